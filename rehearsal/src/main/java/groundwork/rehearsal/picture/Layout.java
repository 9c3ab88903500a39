package groundwork.rehearsal.picture;

import groundwork.rehearsal.picture.Definition.State;
import groundwork.rehearsal.picture.Definition.Step;
import groundwork.rehearsal.picture.Shape.Arrow;
import groundwork.rehearsal.picture.Shape.Box;
import groundwork.rehearsal.picture.Shape.Frame;
import groundwork.rehearsal.picture.Shape.Note;
import groundwork.rehearsal.picture.Shape.Point;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Places the states: the happy path in the middle, the states where it can end on its left, what happens beside it on its
 * right, the handling of failures below. A state at which several ways end is drawn at each of them.
 */
final class Layout {
    static final int WIDTH = 900;
    static final int GAP = 22;

    private static final int ENDS_X = 44;
    private static final int ENDS_WIDTH = 184;
    private static final int PATH_X = 276;
    private static final int PATH_WIDTH = 256;
    private static final int NOTE_LENGTH = 30;
    private static final int NOTE_LINES = 3;
    private static final int LANE_SLOT = 18;
    private static final int FAILURE_GAP = 24;
    private static final int END_GAP = 6;

    private final Definition definition;
    private final List<String> path;
    private final List<String> failurePath;
    private final Map<String, Box> boxes = new LinkedHashMap<>();
    private final Map<String, Integer> lanePorts = new LinkedHashMap<>();
    private final List<Box> ends = new ArrayList<>();
    private final List<Arrow> arrows = new ArrayList<>();
    private final List<Frame> frames = new ArrayList<>();
    private final List<Note> notes = new ArrayList<>();
    private final Legend legend;
    private int bottom;

    private Layout(Definition definition) {
        this.definition = definition;
        this.path = HappyPath.of(definition);
        this.failurePath = definition.failurePath();
        this.legend = Legend.of(definition);
    }

    static Layout of(Definition definition) {
        Layout layout = new Layout(definition);
        layout.placePath();
        Detours detours = new Detours(layout);
        detours.place();
        layout.bottom = Math.max(layout.bottom, detours.bottom());
        layout.connectPath();
        detours.connect();
        layout.requireEveryState();
        layout.annotatePath();
        layout.placeFailures();
        return layout;
    }

    int height() {
        return bottom + 20;
    }

    void drawOn(Svg svg) {
        legend.drawOn(svg);
        frames.forEach(svg::draw);
        arrows.forEach(svg::draw);
        boxes.values().forEach(svg::draw);
        ends.forEach(svg::draw);
        notes.forEach(svg::draw);
    }

    Definition definition() {
        return definition;
    }

    List<String> path() {
        return path;
    }

    Box box(String name) {
        return boxes.get(name);
    }

    boolean isPlaced(String name) {
        return boxes.containsKey(name);
    }

    void add(Box box) {
        boxes.put(box.name(), box);
    }

    void addEnd(Box box) {
        ends.add(box);
    }

    void add(Arrow arrow) {
        arrows.add(arrow);
    }

    void add(Frame frame) {
        frames.add(frame);
    }

    /** Where a state leads, without what every task does when it fails. */
    List<Step> exits(State state) {
        Stream<Step> ownHandler = state.onAnyError().stream()
                .filter(target -> !failurePath.contains(target) && !state.leadsTo(target))
                .map(target -> new Step(target, true));
        return Stream.concat(state.steps().stream(), ownHandler).toList();
    }

    /** Whether a state is drawn wherever something leads to it. */
    boolean isRepeated(String name) {
        return !path.contains(name) && (definition.state(name).kind().isEnd() || failurePath.contains(name));
    }

    private void placePath() {
        int y = legend.bottom() + GAP + 10;
        arrows.add(Arrow.along(new Point(PATH_X + PATH_WIDTH / 2, y - GAP), new Point(PATH_X + PATH_WIDTH / 2, y)));
        for (String name : path) {
            y = placeRow(definition.state(name), y) + GAP;
        }
        bottom = y - GAP;
    }

    private int placeRow(State state, int y) {
        List<Step> endings =
                exits(state).stream().filter(step -> isRepeated(step.target())).toList();
        List<Box> row = endings.stream()
                .map(step -> Box.around(definition.state(step.target()), ENDS_X, 0, ENDS_WIDTH))
                .toList();
        int lane = skips(state).isEmpty() ? 0 : LANE_SLOT;
        int slots = row.stream().mapToInt(end -> end.height() + END_GAP).sum()
                + lane
                - (lane == 0 && !row.isEmpty() ? END_GAP : 0);
        Box box = Box.around(state, PATH_X, y, PATH_WIDTH, Math.max(Box.HEIGHT, slots));
        boxes.put(state.name(), box);
        int slot = box.middle() - slots / 2;
        for (int i = 0; i < row.size(); i++) {
            Box end = Box.around(definition.state(row.get(i).name()), ENDS_X, slot, ENDS_WIDTH);
            ends.add(end);
            arrows.add(
                    Arrow.along(new Point(box.leftAt(end.middle()), end.middle()), new Point(end.right(), end.middle()))
                            .dashedIf(endings.get(i).becauseOfAnError()));
            slot = end.bottom() + END_GAP;
        }
        lanePorts.put(state.name(), lane == 0 ? box.middle() : slot + lane / 2);
        return box.bottom();
    }

    /** The states of the path to which this one leads past the next one. */
    private List<String> skips(State state) {
        int index = path.indexOf(state.name());
        return exits(state).stream()
                .map(Step::target)
                .filter(target -> path.contains(target) && path.indexOf(target) != index + 1)
                .toList();
    }

    private void connectPath() {
        for (int i = 0; i + 1 < path.size(); i++) {
            Box from = box(path.get(i));
            Box to = box(path.get(i + 1));
            arrows.add(Arrow.along(new Point(from.center(), from.bottom()), new Point(to.center(), to.y())));
        }
        int inner = 0;
        for (String target : path) {
            List<Box> sources = path.stream()
                    .filter(source -> skips(definition.state(source)).contains(target))
                    .map(this::box)
                    .toList();
            if (!sources.isEmpty()) {
                int x = hasEndsBeside(sources, box(target)) ? ENDS_X - 20 : PATH_X - 22 - 12 * inner++;
                sources.forEach(source -> skip(source, box(target), x));
            }
        }
    }

    private void skip(Box from, Box to, int laneX) {
        int port = lanePorts.get(from.name());
        arrows.add(Arrow.along(
                new Point(from.leftAt(port), port),
                new Point(laneX, port),
                new Point(laneX, to.middle()),
                new Point(to.x(), to.middle())));
    }

    private boolean hasEndsBeside(List<Box> sources, Box target) {
        int top = Stream.concat(sources.stream(), Stream.of(target))
                .mapToInt(Box::y)
                .min()
                .orElseThrow();
        int below = Stream.concat(sources.stream(), Stream.of(target))
                .mapToInt(Box::bottom)
                .max()
                .orElseThrow();
        return hasEndsBetween(top, below);
    }

    private boolean hasEndsBetween(int top, int below) {
        return ends.stream().anyMatch(end -> end.x() == ENDS_X && end.y() < below && end.bottom() > top);
    }

    private void requireEveryState() {
        definition.states().keySet().stream()
                .filter(name -> !isPlaced(name) && !failurePath.contains(name))
                .filter(name -> !definition.besideFailurePath().contains(definition.state(name)))
                .filter(name -> ends.stream().noneMatch(end -> end.name().equals(name)))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException("No state leads to \"" + name + "\".");
                });
    }

    /** What a state of the path does, in the margin, where nothing else is. */
    private void annotatePath() {
        for (Box box : path.stream().map(this::box).toList()) {
            List<String> lines = Shape.wrapped(box.comment(), NOTE_LENGTH);
            int height = lines.size() * Note.LINE;
            int top = box.middle() - height / 2;
            boolean free = !hasEndsBetween(top, top + height)
                    && arrows.stream().noneMatch(arrow -> arrow.crosses(ENDS_X, top, ENDS_WIDTH, height));
            if (free && lines.size() <= NOTE_LINES && !box.comment().isEmpty()) {
                notes.add(new Note(lines, ENDS_X + ENDS_WIDTH, top + Note.LINE - 4, true));
            }
        }
    }

    private void placeFailures() {
        if (failurePath.isEmpty()) {
            return;
        }
        int top = bottom + GAP;
        int left = ENDS_X - 20;
        int width = WIDTH - 2 * left;
        int count = failurePath.size();
        int boxWidth = Math.min(PATH_WIDTH, (width - 40 - FAILURE_GAP * (count - 1)) / count);
        int x = (WIDTH - boxWidth * count - FAILURE_GAP * (count - 1)) / 2;
        notes.add(new Note(List.of("When a task fails for good:"), x, top + 24, false));
        Map<String, Box> row = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            State state = definition.state(failurePath.get(i));
            Box box = Box.around(state, x + i * (boxWidth + FAILURE_GAP), top + 34, boxWidth);
            row.put(state.name(), box);
            bottom = Math.max(bottom, box.bottom());
        }
        int middle = (top + 34 + bottom) / 2;
        row.replaceAll((name, box) -> box.movedTo(middle - box.height() / 2));
        ends.addAll(row.values());
        row.values().stream()
                .skip(1)
                .map(box -> Arrow.along(new Point(box.x() - FAILURE_GAP, middle), new Point(box.x(), middle)))
                .forEach(arrows::add);
        definition.besideFailurePath().forEach(state -> placeBelow(row, state));
        List<String> remarks = failureRemarks();
        notes.add(new Note(remarks, x, bottom + 22, false));
        bottom += 16 + remarks.size() * Note.LINE;
        frames.add(new Frame(left, top, width, bottom - top));
    }

    /** A state to which one of the row leads and that leads back to an earlier one. */
    private void placeBelow(Map<String, Box> row, State state) {
        Box from = row.values().stream()
                .filter(box -> definition.state(box.name()).leadsTo(state.name()))
                .findFirst()
                .orElseThrow();
        Box to = row.get(state.steps().getFirst().target());
        Box box = Box.around(state, to.center() + GAP, bottom + GAP, from.center() - to.center() - 2 * GAP);
        ends.add(box);
        bottom = box.bottom();
        arrows.add(Arrow.along(
                new Point(from.center(), from.bottom()),
                new Point(from.center(), box.middle()),
                new Point(box.right(), box.middle())));
        arrows.add(Arrow.along(
                new Point(box.x(), box.middle()),
                new Point(to.center(), box.middle()),
                new Point(to.center(), to.bottom())));
    }

    /** Which states do not begin at the first step of the failure path, and what a dashed arrow is. */
    private List<String> failureRemarks() {
        Stream<String> shortcuts = failurePath.stream()
                .skip(1)
                .flatMap(target -> definition.states().values().stream()
                        .filter(state -> !failurePath.contains(state.name()))
                        .filter(state ->
                                state.onAnyError().filter(target::equals).isPresent())
                        .map(state -> "“" + state.name() + "” goes straight to “" + target + "”."));
        Stream<String> dashed = arrows.stream().anyMatch(Arrow::dashed)
                ? Stream.of("A dashed arrow is the way of an error that the state expects.")
                : Stream.empty();
        return Stream.concat(shortcuts, dashed).toList();
    }
}
