package groundwork.rehearsal.limits;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What one authority says of a property.
 *
 * @param min at least this much of what is measured
 * @param max at most this much of what is measured
 * @param pattern a regular expression that is found in the value
 * @param sources operations of API models, the resource schema, or pages
 */
record Limit(
        Kind kind,
        Optional<BigDecimal> min,
        Optional<BigDecimal> max,
        Optional<Pattern> pattern,
        List<String> sources) {

    /** What is measured. */
    enum Kind {
        /** Characters; those of compact JSON for a document, as white space in it does not count. */
        LENGTH("characters"),
        /** Bytes in UTF-8, of compact JSON for a document. */
        BYTES("bytes"),
        /** Entries of a list or a map. */
        ENTRIES("entries"),
        /** The number itself. */
        VALUE("as its value");

        private final String unit;

        Kind(String unit) {
            this.unit = unit;
        }

        private BigDecimal measure(JsonNode value) {
            String text = text(value);
            return switch (this) {
                case LENGTH -> BigDecimal.valueOf(text.codePointCount(0, text.length()));
                case BYTES -> BigDecimal.valueOf(text.getBytes(UTF_8).length);
                // In a policy a single value stands for a list of one.
                case ENTRIES -> BigDecimal.valueOf(value.isContainerNode() ? value.size() : 1);
                case VALUE -> new BigDecimal(text);
            };
        }
    }

    static Limit parse(JsonNode json) {
        return new Limit(
                Kind.valueOf(json.path("kind").asText().toUpperCase(Locale.ROOT)),
                Optional.ofNullable(json.get("min")).map(JsonNode::decimalValue),
                Optional.ofNullable(json.get("max")).map(JsonNode::decimalValue),
                Optional.ofNullable(json.get("pattern")).map(JsonNode::asText).map(Pattern::compile),
                json.path("sources").valueStream().map(JsonNode::asText).toList());
    }

    /** Returns how a value breaks this limit, as the rest of a sentence about it; empty if it does not. */
    Optional<String> violation(JsonNode value) {
        BigDecimal measured = kind.measure(value);
        if (max.isPresent() && measured.compareTo(max.get()) > 0) {
            return Optional.of("has %s %s, %s at most".formatted(measured, kind.unit, max.get()));
        }
        if (min.isPresent() && measured.compareTo(min.get()) < 0) {
            return Optional.of("has %s %s, %s at least".formatted(measured, kind.unit, min.get()));
        }
        return pattern.filter(expected -> !expected.matcher(text(value)).find())
                .map(expected -> "\"%s\" does not match %s".formatted(text(value), expected));
    }

    /** A document is sent as JSON. */
    private static String text(JsonNode value) {
        return value.isValueNode() ? value.asText() : value.toString();
    }
}
