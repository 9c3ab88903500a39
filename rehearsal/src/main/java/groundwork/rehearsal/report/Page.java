package groundwork.rehearsal.report;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Where something is told: a terminal, with colours and with lines no longer than it is wide; or a file or a pipe, where a line
 * stays a line, so that it can be searched.
 */
public final class Page {
    /** The width of a terminal that does not tell its own. */
    private static final int USUAL_WIDTH = 80;

    /** A column of text that is narrower than this cannot be read. */
    private static final int NARROWEST = 30;

    private final PrintStream out;
    private final Style style;
    private final int width;

    private Page(PrintStream out, Style style, int width) {
        this.out = out;
        this.style = style;
        this.width = width;
    }

    /**
     * A page of this style.
     *
     * @param columns how many characters wide the terminal is, as its shell says; null or nonsense if it does not
     */
    public static Page of(PrintStream out, Style style, String columns) {
        int width = switch (style) {
            case PLAIN -> Integer.MAX_VALUE;
            case TERMINAL ->
                columns != null && columns.matches("[1-9]\\d{1,3}") ? Integer.parseInt(columns) : USUAL_WIDTH;
        };
        return new Page(out, style, width);
    }

    /** A page of plain lines. */
    public static Page plain(PrintStream out) {
        return of(out, Style.PLAIN, null);
    }

    public Style style() {
        return style;
    }

    /** Whether a line has this many characters. */
    boolean hasPlaceFor(int characters) {
        return characters <= width;
    }

    /** Ends a line. */
    public void line() {
        out.println();
    }

    /** A line that is not broken. */
    public void line(String text) {
        out.println(text.stripTrailing());
    }

    /**
     * A text that follows a head in the same line. What has no place there follows below its beginning; if there is not much place
     * beside the head, the whole text follows below the head.
     *
     * @param head with its escape codes, if it has any
     * @param text without; a blank is where it may be broken
     * @param styled gives the text its style
     */
    public void line(String head, String text, UnaryOperator<String> styled) {
        int column = Style.visible(head).length();
        int indent = width - column < NARROWEST ? Math.min(column, width / 4) : column;
        lines(head, " ".repeat(indent), text, styled);
    }

    /** A text whose every line begins with the same. */
    public void quoted(String mark, String text) {
        lines(mark, mark, text, UnaryOperator.identity());
    }

    private void lines(String head, String indent, String text, UnaryOperator<String> styled) {
        List<String> lines =
                broken(text, Style.visible(head).length(), Style.visible(indent).length());
        String begin = head;
        for (String line : lines) {
            line(begin + (line.isEmpty() ? "" : styled.apply(line)));
            begin = indent;
        }
    }

    /** Spaces at the beginning stay, because they mean something: a list, an indented link. A word is never broken. */
    private List<String> broken(String text, int firstColumn, int column) {
        if (firstColumn + text.length() <= width) {
            return List.of(text);
        }
        String margin = text.substring(0, text.length() - text.stripLeading().length());
        List<String> lines = new ArrayList<>();
        if (column < firstColumn) {
            lines.add("");
        }
        int room = width - (lines.isEmpty() ? firstColumn : column);
        StringBuilder line = new StringBuilder(margin);
        for (String word : text.strip().split(" +", -1)) {
            if (line.length() == margin.length()) {
                line.append(word);
            } else if (line.length() + 1 + word.length() <= room) {
                line.append(' ').append(word);
            } else {
                lines.add(line.toString());
                line = new StringBuilder(margin).append(word);
                room = width - column;
            }
        }
        lines.add(line.toString());
        return lines;
    }
}
