package groundwork.rehearsal.report;

/** Colours for a terminal, and nothing at all anywhere else. */
public enum Style {
    PLAIN,
    TERMINAL;

    /** Coloured only where somebody looks at it, and not where they asked for none: https://no-color.org */
    public static Style of(java.io.Console console, String noColor) {
        return console != null && console.isTerminal() && (noColor == null || noColor.isEmpty()) ? TERMINAL : PLAIN;
    }

    /** What a reader sees of a styled text. */
    static String visible(String text) {
        return text.replaceAll("\u001b\\[[0-9;]*m", "");
    }

    public String bold(String text) {
        return wrap("1", text);
    }

    public String faint(String text) {
        return wrap("2", text);
    }

    public String good(String text) {
        return wrap("32", text);
    }

    public String attention(String text) {
        return wrap("33", text);
    }

    public String bad(String text) {
        return wrap("31", text);
    }

    public String accent(String text) {
        return wrap("36", text);
    }

    private String wrap(String code, String text) {
        return switch (this) {
            case PLAIN -> text;
            case TERMINAL -> "\u001b[" + code + "m" + text + "\u001b[0m";
        };
    }
}
