package groundwork.rehearsal.picture;

import groundwork.rehearsal.picture.Definition.State;
import java.util.Arrays;
import java.util.List;

/** The head of the picture: what the state machine does and what the colours mean. */
record Legend(List<String> heading, List<Kind> kinds) {
    private static final int TOP = 40;
    private static final int HEADING_LINE = 22;
    private static final int HEADING_LENGTH = 90;
    private static final int X = 44;

    static Legend of(Definition definition) {
        List<Kind> kinds = Arrays.stream(Kind.values())
                .filter(kind ->
                        definition.states().values().stream().map(State::kind).anyMatch(kind::equals))
                .toList();
        return new Legend(Shape.wrapped(definition.comment(), HEADING_LENGTH), kinds);
    }

    int bottom() {
        return TOP + heading.size() * HEADING_LINE + 22;
    }

    void drawOn(Svg svg) {
        for (int i = 0; i < heading.size(); i++) {
            svg.heading(heading.get(i), X, TOP + i * HEADING_LINE);
        }
        int x = X;
        for (Kind kind : kinds) {
            svg.sample(kind, x, TOP + heading.size() * HEADING_LINE);
            x += 38 + kind.legend().length() * 6;
        }
    }
}
