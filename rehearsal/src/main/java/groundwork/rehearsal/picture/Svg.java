package groundwork.rehearsal.picture;

import groundwork.rehearsal.picture.Shape.Arrow;
import groundwork.rehearsal.picture.Shape.Box;
import groundwork.rehearsal.picture.Shape.Frame;
import groundwork.rehearsal.picture.Shape.Note;
import groundwork.rehearsal.picture.Shape.Point;
import java.util.List;

/** Writes an SVG document whose style is inside it, as a page that shows it with {@code <img>} needs. */
final class Svg {
    private static final int BEND = 8;

    private static final String STYLE = """
            text { font-family: -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; fill: #1f2328; }
            .name { font-size: 14px; font-weight: 500; text-anchor: middle; }
            .heading { font-size: 16px; font-weight: 600; }
            .note { font-size: 12px; fill: #59636e; }
            .ends { text-anchor: end; }
            .paper { fill: #ffffff; stroke: #d1d9e0; }
            .frame { fill: #f6f8fa; stroke: #d1d9e0; }
            .arrow { fill: none; stroke: #6e7781; stroke-width: 1.5; stroke-linejoin: round; }
            .dashed { stroke-dasharray: 5 4; }
            .tip { fill: #6e7781; }
            .function { fill: #ddf4ff; stroke: #0969da; }
            .service { fill: #f3eeff; stroke: #8250df; }
            .variables { fill: #f6f8fa; stroke: #6e7781; }
            .decision { fill: #dcf7f3; stroke: #0f766e; }
            .pause { fill: #eaeef2; stroke: #6e7781; }
            .others { fill: #fff1c2; stroke: #9a6700; }
            .success { fill: #dafbe1; stroke: #1a7f37; }
            .failure { fill: #ffebe9; stroke: #cf222e; }
            @media (prefers-color-scheme: dark) {
              text { fill: #e6edf3; }
              .note { fill: #9198a1; }
              .paper { fill: #0d1117; stroke: #3d444d; }
              .frame { fill: #151b23; stroke: #3d444d; }
              .arrow { stroke: #9198a1; }
              .tip { fill: #9198a1; }
              .function { fill: #0c2d4d; stroke: #4493f8; }
              .service { fill: #2a1d47; stroke: #a371f7; }
              .variables { fill: #151b23; stroke: #9198a1; }
              .decision { fill: #0b302d; stroke: #2dd4bf; }
              .pause { fill: #262c36; stroke: #9198a1; }
              .others { fill: #3b2a05; stroke: #d29922; }
              .success { fill: #0f2e18; stroke: #3fb950; }
              .failure { fill: #3f1618; stroke: #f85149; }
            }
            """;

    private final StringBuilder text = new StringBuilder();

    Svg(int width, int height, String title, String description) {
        line(("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$s\" height=\"%2$s\" viewBox=\"0 0 %1$s %2$s\""
                        + " role=\"img\" aria-labelledby=\"title description\">")
                .formatted(width, height));
        line("<title id=\"title\">%s</title>".formatted(escaped(title)));
        line("<desc id=\"description\">%s</desc>".formatted(escaped(description)));
        text.append("<style>\n").append(STYLE).append("</style>\n");
        line("<defs><marker id=\"tip\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"7\" markerHeight=\"7\""
                + " orient=\"auto\"><path class=\"tip\" d=\"M0 0 10 5 0 10z\"/></marker></defs>");
        line("<rect class=\"paper\" x=\"0.5\" y=\"0.5\" width=\"%s\" height=\"%s\" rx=\"12\"/>"
                .formatted(width - 1, height - 1));
    }

    String text() {
        return text + "</svg>\n";
    }

    void draw(Box box) {
        String tip = box.comment().isEmpty() ? box.name() : box.name() + ": " + box.comment();
        line("<g><title>%s</title>".formatted(escaped(tip)));
        outline(box.kind(), box.x(), box.y(), box.width(), box.height());
        List<String> lines = box.lines();
        int baseline = box.middle() - lines.size() * Box.LINE / 2 + 13;
        for (int i = 0; i < lines.size(); i++) {
            text("name", lines.get(i), box.center(), baseline + i * Box.LINE);
        }
        line("</g>");
    }

    void draw(Frame frame) {
        line("<rect class=\"frame\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"12\"/>"
                .formatted(frame.x(), frame.y(), frame.width(), frame.height()));
    }

    void draw(Note note) {
        for (int i = 0; i < note.lines().size(); i++) {
            text(note.endsThere() ? "note ends" : "note", note.lines().get(i), note.x(), note.y() + i * Note.LINE);
        }
    }

    void draw(Arrow arrow) {
        List<Point> points = arrow.points();
        StringBuilder way = new StringBuilder("M" + at(points.getFirst()));
        for (int i = 1; i + 1 < points.size(); i++) {
            Point corner = points.get(i);
            way.append(" L").append(at(towards(corner, points.get(i - 1))));
            way.append(" Q").append(at(corner)).append(' ').append(at(towards(corner, points.get(i + 1))));
        }
        way.append(" L").append(at(points.getLast()));
        line("<path class=\"%s\" d=\"%s\" marker-end=\"url(#tip)\"/>"
                .formatted(arrow.dashed() ? "arrow dashed" : "arrow", way));
    }

    void heading(String words, int x, int y) {
        text("heading", words, x, y);
    }

    /** A patch of the kind's colour and shape with its meaning behind it. */
    void sample(Kind kind, int x, int y) {
        outline(kind, x, y, 18, 12);
        text("note", kind.legend(), x + 24, y + 10);
    }

    private void outline(Kind kind, int x, int y, int width, int height) {
        if (kind == Kind.DECISION) {
            int point = Math.min(Box.POINT, width / 4);
            line("<path class=\"%s\" d=\"M%s %s h%s l%s %s l%s %s h%s l%s %s z\"/>"
                    .formatted(
                            kind.style(),
                            x + point,
                            y,
                            width - 2 * point,
                            point,
                            height / 2,
                            -point,
                            height - height / 2,
                            2 * point - width,
                            -point,
                            height / 2 - height));
            return;
        }
        int radius = kind.isEnd() ? height / 2 : Math.min(8, height / 4);
        line("<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"%s\"/>"
                .formatted(kind.style(), x, y, width, height, radius));
    }

    private void text(String style, String words, int x, int y) {
        line("<text class=\"%s\" x=\"%s\" y=\"%s\">%s</text>".formatted(style, x, y, escaped(words)));
    }

    private void line(String element) {
        text.append(element).append('\n');
    }

    private static String at(Point point) {
        return point.x() + " " + point.y();
    }

    private static Point towards(Point from, Point to) {
        return new Point(step(from.x(), to.x()), step(from.y(), to.y()));
    }

    private static int step(int from, int to) {
        int distance = to - from;
        return from + Integer.signum(distance) * Math.min(BEND, Math.abs(distance) / 2);
    }

    static String escaped(String words) {
        return words.replaceAll("\\p{Cntrl}", " ")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
