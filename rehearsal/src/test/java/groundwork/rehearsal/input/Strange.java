package groundwork.rehearsal.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Strange input from a seed: what people, other programs and attackers put where a name or a number is expected. */
final class Strange {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "\n",
            "a\r\nBcc: everyone@example.net\r\n\r\n<p>hello",
            "a\u0000b\u0007c\u001B[31md\u007Fe\u0085f",
            "a\u2028b\u2029c\u00A0d\u3000e",
            "\u202Egnp.exe\u202C \u2066x\u2069 \u200F\u061C\u200B\uFEFF",
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "\"><a href=\"http://evil.example/\">Sign in</a>",
            "'><a href='javascript:alert(1)'>Sign in</a>",
            "&lt;b&gt; &amp; &#60;",
            "https://evil.example/signin",
            "http://evil.example",
            "HTTPS://EVIL.EXAMPLE/ ftp://evil.example javascript://evil.example/%0aalert(1)",
            "${Token[AWS.AccountId]} {{resolve:ssm:x}} {% $states %} %s %n %1$s",
            "$1\\1\\",
            "Ada \uD83D\uDC69\u200D\uD83D\uDCBB \uD83C\uDDE9\uD83C\uDDEA",
            "\uD83D",
            "\uDC00\uD800",
            "\u05E2\u05D3\u05D4 \u0627\u0644\u0639\u0631\u0628\u064A\u0629 \u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645",
            "Z\u0351\u036B\u0343\u036Aa\u0300\u0301\u0302\u0303",
            "Ünïcödé ﬁ Ⅷ ½ ß Æ ı",
            "\uFDFA".repeat(40),
            "null",
            "[object Object]",
            "1e400",
            "9".repeat(60),
            "-1",
            "2026-02-30T25:61:61Z",
            "+1000000000-12-31T23:59:59Z",
            "111122223333",
            "111122223333\n",
            "\u0661\u0661\u0661\u0661\u0662\u0662\u0662\u0662\u0663\u0663\u0663\u0663",
            "arn:aws:iam::111122223333:root",
            "../../etc/passwd",
            "'; DROP TABLE accounts; --",
            "x".repeat(10_000),
            "<b>".repeat(3_400),
            "\uD83D\uDE00".repeat(5_000),
            "line\n".repeat(2_000));

    private final Random random;

    Strange(long seed) {
        this.random = new Random(seed);
    }

    boolean chance(int in) {
        return random.nextInt(in) == 0;
    }

    int number(int bound) {
        return random.nextInt(bound);
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    String text() {
        return switch (random.nextInt(4)) {
            case 0 ->
                random.ints(random.nextInt(40), 0, 0x3000)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
            case 1 -> one(TEXTS) + one(TEXTS);
            default -> one(TEXTS);
        };
    }

    JsonNode value() {
        return value(3);
    }

    private JsonNode value(int depth) {
        return switch (random.nextInt(depth == 0 ? 6 : 8)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.booleanNode(random.nextBoolean());
            case 2 -> JSON.numberNode(one(List.of(0L, -1L, 1L, 111122223333L, Long.MAX_VALUE, 60L)));
            case 3 -> JSON.numberNode(one(List.of(0.5, 1e300, -0.0)));
            case 4, 5 -> JSON.textNode(text());
            case 6 -> {
                ArrayNode array = JSON.arrayNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    array.add(value(depth - 1));
                }
                yield array;
            }
            default -> {
                ObjectNode object = JSON.objectNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    object.set(text(), value(depth - 1));
                }
                yield object;
            }
        };
    }

    /** The same document but for one to three places, each replaced, removed, or joined by something new. */
    JsonNode mutated(JsonNode original) {
        JsonNode mutated = original.deepCopy();
        for (int i = random.nextInt(3); i >= 0; i--) {
            mutate(mutated);
        }
        return mutated;
    }

    private void mutate(JsonNode document) {
        List<ObjectNode> objects = new ArrayList<>();
        List<ArrayNode> arrays = new ArrayList<>();
        collect(document, objects, arrays);
        if (!arrays.isEmpty() && chance(5)) {
            mutate(one(arrays));
            return;
        }
        if (objects.isEmpty()) {
            return;
        }
        ObjectNode object = one(objects);
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        if (names.isEmpty() || chance(10)) {
            object.set(text(), value());
        } else if (chance(4)) {
            object.remove(one(names));
        } else {
            object.set(one(names), chance(2) ? JSON.textNode(text()) : value());
        }
    }

    private void mutate(ArrayNode array) {
        int place = array.isEmpty() ? 0 : number(array.size());
        switch (number(3)) {
            case 0 -> array.remove(place);
            case 1 -> array.add(array.isEmpty() ? value() : array.get(place).deepCopy());
            default -> array.insert(place, value());
        }
    }

    private static void collect(JsonNode node, List<ObjectNode> objects, List<ArrayNode> arrays) {
        if (node instanceof ObjectNode object) {
            objects.add(object);
        } else if (node instanceof ArrayNode array) {
            arrays.add(array);
        }
        node.forEach(child -> collect(child, objects, arrays));
    }
}
