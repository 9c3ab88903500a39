package groundwork.rehearsal.states;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Jsonata.Frame;
import com.dashjoin.jsonata.Jsonata.JFunction;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * The functions that Step Functions adds to JSONata, and those of JSONata that depend on time or chance, bound to
 * virtual time and to a seeded source so that runs can be repeated. {@code $substring} is here because the engine's own
 * cuts characters outside the Basic Multilingual Plane in two.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html">Transforming data with
 *     JSONata in Step Functions</a>
 */
final class StepFunctionsLibrary {

    private static final Set<String> HASHES = Set.of("MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512");
    private static final int LARGEST_RANGE = 1000;
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private StepFunctionsLibrary() {}

    static void bind(Frame frame, Instant now, RandomGenerator random) {
        frame.bind("partition", new JFunction((input, args) -> partition(args), "<an:a>"));
        frame.bind("range", new JFunction((input, args) -> range(args), "<nnn:a>"));
        frame.bind("hash", new JFunction((input, args) -> hash(args), "<ss:s>"));
        frame.bind("random", new JFunction((input, args) -> random(args, random), "<n?:n>"));
        frame.bind("uuid", new JFunction((input, args) -> uuid(random), "<:s>"));
        frame.bind("parse", new JFunction((input, args) -> parse(args), "<s:x>"));
        frame.bind("millis", new JFunction((input, args) -> now.toEpochMilli(), "<:n>"));
        frame.bind("now", new JFunction((input, args) -> now(args, now), "<s?s?:s>"));
        frame.bind("substring", new JFunction((input, args) -> substring(args), "<s-nn?:s>"));
        // "eval" is refused when a definition is parsed; this catches ways to name it that the parser cannot see.
        frame.bind(
                "eval",
                new JFunction(
                        (input, args) -> {
                            throw new IllegalArgumentException(
                                    "$eval is not supported by Step Functions; $parse reads JSON");
                        },
                        "<s:x>"));
    }

    private static Object argument(List<?> args, int index) {
        return index < args.size() ? args.get(index) : null;
    }

    private static boolean anyUndefined(List<?> args, int count) {
        for (int i = 0; i < count; i++) {
            if (argument(args, i) == null) {
                return true;
            }
        }
        return false;
    }

    private static Object partition(List<?> args) {
        if (anyUndefined(args, 2)) {
            return null;
        }
        List<?> array = (List<?>) args.get(0);
        long size = whole("partition", args.get(1));
        if (size <= 0) {
            throw new IllegalArgumentException("$partition needs a positive chunk size");
        }
        List<Object> chunks = new ArrayList<>();
        for (int from = 0; from < array.size(); from += (int) Math.min(size, array.size())) {
            chunks.add(new ArrayList<>(array.subList(from, (int) Math.min(array.size(), from + size))));
        }
        return chunks;
    }

    private static Object range(List<?> args) {
        if (anyUndefined(args, 3)) {
            return null;
        }
        long first = whole("range", args.get(0));
        long last = whole("range", args.get(1));
        long delta = whole("range", args.get(2));
        if (delta == 0) {
            throw new IllegalArgumentException("$range needs a delta other than 0");
        }
        List<Object> range = new ArrayList<>();
        for (long value = first; delta > 0 ? value <= last : value >= last; value += delta) {
            if (range.size() == LARGEST_RANGE) {
                throw new IllegalArgumentException("$range returns at most " + LARGEST_RANGE + " elements");
            }
            range.add((int) value == value ? (Object) (int) value : (Object) value);
        }
        return range;
    }

    private static long whole(String function, Object number) {
        double value = ((Number) number).doubleValue();
        if (value != Math.rint(value)) {
            throw new IllegalArgumentException("$" + function + " needs integers, not " + number);
        }
        return ((Number) number).longValue();
    }

    private static Object hash(List<?> args) throws NoSuchAlgorithmException {
        if (anyUndefined(args, 2)) {
            return null;
        }
        String algorithm = (String) args.get(1);
        if (!HASHES.contains(algorithm)) {
            throw new IllegalArgumentException("$hash does not know the algorithm " + algorithm);
        }
        byte[] data = ((String) args.get(0)).getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(data));
    }

    private static Object random(List<?> args, RandomGenerator random) {
        Object seed = argument(args, 0);
        return seed == null ? random.nextDouble() : new Random(((Number) seed).longValue()).nextDouble();
    }

    static String uuid(RandomGenerator random) {
        long version4 = (random.nextLong() & ~0xF000L) | 0x4000L;
        long variant2 = (random.nextLong() & ~(0b11L << 62)) | (0b10L << 62);
        return new UUID(version4, variant2).toString();
    }

    private static Object parse(List<?> args) {
        if (anyUndefined(args, 1)) {
            return null;
        }
        try {
            return JsonataValues.toJsonata(JSON.readTree((String) args.get(0)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("$parse was given text that is not JSON: " + e.getOriginalMessage());
        }
    }

    private static Object substring(List<?> args) {
        if (anyUndefined(args, 2)) {
            return null;
        }
        int[] characters = ((String) args.get(0)).codePoints().toArray();
        double start = Math.max(((Number) args.get(1)).doubleValue(), -characters.length);
        int from = (int) start < 0 ? characters.length + (int) start : (int) start;
        double to = characters.length;
        if (argument(args, 2) instanceof Number length) {
            // As in the reference, the fraction of a start that is no integer counts here, but not above.
            to = Math.min(to, (start < 0 ? to : 0) + start + length.doubleValue());
        }
        return from < (int) to ? new String(characters, from, (int) to - from) : "";
    }

    private static Object now(List<?> args, Instant now) {
        return Functions.dateTimeFromMillis(now.toEpochMilli(), (String) argument(args, 0), (String) argument(args, 1));
    }
}
