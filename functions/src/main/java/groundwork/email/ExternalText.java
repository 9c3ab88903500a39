package groundwork.email;

/** Makes text that others had a hand in fit for an email or a page: account and user names, principals, AWS's words. */
public final class ExternalText {
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private ExternalText() {}

    /**
     * The text as one line: line breaks and control characters become blanks, and characters that change what others
     * look like, such as the overrides of the writing direction, are dropped.
     *
     * @param text may be null, which is the empty line
     * @param limit the most characters to keep; what is longer ends in an ellipsis
     */
    public static String line(String text, int limit) {
        if (text == null) {
            return "";
        }
        StringBuilder kept = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (isBlank(c)) {
                if (!kept.isEmpty() && kept.charAt(kept.length() - 1) != ' ') {
                    kept.append(' ');
                }
            } else if (isVisible(c)) {
                kept.appendCodePoint(c);
            }
        });
        return shortened(kept.toString().strip(), limit);
    }

    /**
     * Text that somebody else chose, or that may contain such text: as {@link #line}, and not an address that a mail
     * program would make a link of.
     */
    public static String name(String text, int limit) {
        // After the cleaning, which may join what stood apart.
        return shortened(line(text, Integer.MAX_VALUE).replace("://", ": //"), limit);
    }

    /**
     * Text that anybody may have made up, such as what an event says: as {@link #name}, and not a host either, of which mail
     * programs make links too. The dots of hosts, also those that browsers take for dots, are put in brackets.
     *
     * @see <a href="https://www.unicode.org/reports/tr46/#Notation">Unicode IDNA Compatibility Processing</a>, for the dots
     */
    public static String unlinked(String text, int limit) {
        return shortened(
                name(text, Integer.MAX_VALUE).replaceAll("[.\\u2024\\u3002\\uFF0E\\uFF61](?=[^\\s.])", "[.]"), limit);
    }

    /** The text as HTML, also within an attribute in quotes. */
    public static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    static String shortened(String text, int limit) {
        if (text.codePointCount(0, text.length()) <= limit) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, limit - 1)).strip() + "…";
    }

    private static boolean isBlank(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            // The two joiners are part of the spelling in several scripts, and harmless.
            case Character.FORMAT -> c == ZERO_WIDTH_NON_JOINER || c == ZERO_WIDTH_JOINER;
            case Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
