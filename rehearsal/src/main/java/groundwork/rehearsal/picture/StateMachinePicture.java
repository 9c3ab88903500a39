package groundwork.rehearsal.picture;

import groundwork.rehearsal.picture.Definition.State;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A picture of a state machine as SVG, 900 units wide, for a page that shows it with {@code <img>}: it brings its own
 * background and follows the reader's light or dark colour scheme. The same definition always gives the same text.
 *
 * <p>This class is immutable and thread-safe.
 */
public final class StateMachinePicture {
    private final Definition definition;

    private StateMachinePicture(Definition definition) {
        this.definition = definition;
    }

    /**
     * Reads a definition.
     *
     * @param definition in Amazon States Language, placeholders included; states of type Task, Choice, Pass, Wait,
     *     Succeed and Fail
     * @throws IllegalArgumentException if the text is not JSON, a state has another type, or a state leads to one that
     *     does not exist
     */
    public static StateMachinePicture of(String definition) {
        return new StateMachinePicture(Definition.parse(definition));
    }

    /** Returns the whole SVG document, ending in a line break. */
    public String svg() {
        Layout layout = Layout.of(definition);
        Svg svg = new Svg(Layout.WIDTH, layout.height(), definition.comment(), description());
        layout.drawOn(svg);
        return svg.text();
    }

    private String description() {
        List<String> failures = definition.failurePath();
        String ends = definition.states().values().stream()
                .filter(state -> state.kind().isEnd())
                .map(State::name)
                .collect(Collectors.joining("; "));
        String description =
                "Main path: " + String.join("; ", HappyPath.of(definition)) + ". It can end in: " + ends + ".";
        return failures.isEmpty()
                ? description
                : description + " When a task fails: " + String.join("; ", failures) + ".";
    }
}
