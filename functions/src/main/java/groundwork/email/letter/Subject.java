package groundwork.email.letter;

import groundwork.email.ExternalText;
import java.text.Normalizer;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The subject of an email: which account, then what about.
 *
 * @param accountId the account
 * @param accountName its name; empty if it could not be read
 * @param topic what the email is about, in ASCII
 */
public record Subject(String accountId, String accountName, String topic) {
    /** What a phone shows of a subject. Amazon SNS would take twice as much. */
    static final int LIMIT = 50;

    private static final int NAME_LIMIT = 100;

    private static final Map<String, String> ASCII = Map.ofEntries(
            Map.entry("ß", "ss"),
            Map.entry("æ", "ae"),
            Map.entry("Æ", "AE"),
            Map.entry("œ", "oe"),
            Map.entry("Œ", "OE"),
            Map.entry("ø", "o"),
            Map.entry("Ø", "O"),
            Map.entry("ł", "l"),
            Map.entry("Ł", "L"),
            Map.entry("đ", "d"),
            Map.entry("Đ", "D"),
            Map.entry("ð", "d"),
            Map.entry("þ", "th"),
            Map.entry("ı", "i"),
            Map.entry("–", "-"),
            Map.entry("—", "-"),
            Map.entry("‘", "'"),
            Map.entry("’", "'"),
            Map.entry("“", "\""),
            Map.entry("”", "\""),
            Map.entry("…", "..."));

    public Subject {
        accountName = ExternalText.name(accountName, NAME_LIMIT);
    }

    /** The subject as one line. The account's name is left out where there is no room for it. */
    public String line() {
        return line(accountName);
    }

    /** As {@link #line()}, in printable ASCII. A name of which hardly anything would be left is left out. */
    public String ascii() {
        String name = asciiOf(accountName);
        return line(readable(name) ? name : "");
    }

    private String line(String name) {
        String named = "AWS %s (%s): %s".formatted(accountId, name, topic);
        return name.isEmpty() || named.length() > LIMIT ? "AWS %s: %s".formatted(accountId, topic) : named;
    }

    private boolean readable(String ascii) {
        long letters = ascii.chars().filter(Character::isLetterOrDigit).count();
        return letters * 2
                        >= accountName
                                .codePoints()
                                .filter(Character::isLetterOrDigit)
                                .count()
                && letters > 0;
    }

    private static String asciiOf(String text) {
        String known = text.codePoints()
                .mapToObj(Character::toString)
                .map(c -> ASCII.getOrDefault(c, c))
                .collect(Collectors.joining());
        return ExternalText.line(
                Normalizer.normalize(known, Normalizer.Form.NFKD).replaceAll("[^\\x20-\\x7E]", ""), NAME_LIMIT);
    }
}
