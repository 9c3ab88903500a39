package groundwork.rehearsal.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What a picture consists of; all lengths are in units of the SVG's view box. */
sealed interface Shape {
    /** A state in its place. */
    record Box(String name, String comment, Kind kind, int x, int y, int width, int height) implements Shape {
        static final int HEIGHT = 38;
        static final int LINE = 17;
        static final int POINT = 16;
        private static final int CHARACTER = 8;

        /** A box around the name, as tall as the name needs at this width. */
        static Box around(Definition.State state, int x, int y, int width) {
            return around(state, x, y, width, HEIGHT);
        }

        static Box around(Definition.State state, int x, int y, int width, int leastHeight) {
            int lines = wrapped(state.name(), (width - 20) / CHARACTER).size();
            return new Box(
                    state.name(), state.comment(), state.kind(), x, y, width, Math.max(leastHeight, lines * LINE + 12));
        }

        Box movedTo(int top) {
            return new Box(name, comment, kind, x, top, width, height);
        }

        List<String> lines() {
            return wrapped(name, (width - 20) / CHARACTER);
        }

        int bottom() {
            return y + height;
        }

        int right() {
            return x + width;
        }

        int middle() {
            return y + height / 2;
        }

        int center() {
            return x + width / 2;
        }

        /** Where the left edge is at this height: a decision is pointed. */
        int leftAt(int height) {
            return kind == Kind.DECISION ? x + POINT * Math.abs(height - middle()) * 2 / this.height : x;
        }
    }

    /** An arrow along straight lines. */
    record Arrow(List<Point> points, boolean dashed) implements Shape {
        static Arrow along(Point... points) {
            return new Arrow(List.of(points), false);
        }

        boolean crosses(int x, int y, int width, int height) {
            for (int i = 0; i + 1 < points.size(); i++) {
                Point from = points.get(i);
                Point to = points.get(i + 1);
                boolean beside = Math.max(from.x(), to.x()) < x || Math.min(from.x(), to.x()) > x + width;
                boolean aboveOrBelow = Math.max(from.y(), to.y()) < y || Math.min(from.y(), to.y()) > y + height;
                if (!beside && !aboveOrBelow) {
                    return true;
                }
            }
            return false;
        }

        Arrow dashedIf(boolean condition) {
            return new Arrow(points, condition);
        }
    }

    /** @param endsThere whether the lines of small text end at {@code x} rather than begin there; {@code y} is the first baseline */
    record Note(List<String> lines, int x, int y, boolean endsThere) implements Shape {
        static final int LINE = 16;
    }

    /** A frame around what belongs together. */
    record Frame(int x, int y, int width, int height) implements Shape {}

    record Point(int x, int y) {}

    /**
     * Breaks a text between words into as few lines as so many characters a line allow, and those about equally long. A
     * longer word stays whole.
     */
    static List<String> wrapped(String text, int length) {
        List<String> lines = filled(text, length);
        return IntStream.rangeClosed(1, length)
                .mapToObj(shorter -> filled(text, shorter))
                .filter(candidate -> candidate.size() == lines.size())
                .findFirst()
                .orElse(lines);
    }

    private static List<String> filled(String text, int length) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > length) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return List.copyOf(lines);
    }
}
