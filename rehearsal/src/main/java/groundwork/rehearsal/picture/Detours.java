package groundwork.rehearsal.picture;

import groundwork.rehearsal.picture.Definition.State;
import groundwork.rehearsal.picture.Definition.Step;
import groundwork.rehearsal.picture.Shape.Arrow;
import groundwork.rehearsal.picture.Shape.Box;
import groundwork.rehearsal.picture.Shape.Frame;
import groundwork.rehearsal.picture.Shape.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The column beside the happy path: what happens there is placed next to the state that leads to it. States that differ
 * in nothing but their name and what they wait for share a frame and their arrows.
 */
final class Detours {
    private static final int X = 608;
    private static final int WIDTH = 248;
    private static final int LANE_X = 876;
    private static final int PADDING = 8;

    /** States that share their arrows, or one state; the box is the outline of all. */
    private record Cell(List<State> states, Box outline, boolean isEnd) {}

    private final Layout layout;
    private final Definition definition;
    private final List<Cell> cells = new ArrayList<>();

    Detours(Layout layout) {
        this.layout = layout;
        this.definition = layout.definition();
    }

    int bottom() {
        return cells.isEmpty() ? 0 : cells.getLast().outline().bottom();
    }

    void place() {
        for (String name : layout.path()) {
            placeExits(definition.state(name), layout.box(name).middle());
        }
    }

    private void placeExits(State from, int middle) {
        for (Step step : layout.exits(from)) {
            String target = step.target();
            if (layout.path().contains(target) || layout.isPlaced(target)) {
                continue;
            }
            if (!layout.isRepeated(target)) {
                List<State> alternatives = alternatives(from, definition.state(target));
                placeCell(alternatives, middle);
                placeExits(alternatives.getFirst(), 0);
            } else if (!layout.path().contains(from.name())) {
                placeEnd(definition.state(target));
            }
        }
    }

    private List<State> alternatives(State from, State one) {
        return layout.exits(from).stream()
                .map(step -> definition.state(step.target()))
                .filter(other -> other.kind() == one.kind() && other.steps().equals(one.steps()))
                .filter(other -> !layout.isPlaced(other.name()))
                .toList();
    }

    private void placeCell(List<State> states, int middle) {
        int inset = states.size() > 1 ? PADDING : 0;
        int height = inset;
        for (State state : states) {
            height += Box.around(state, 0, 0, WIDTH - 2 * inset).height() + inset;
        }
        int top = Math.max(middle - height / 2, cells.isEmpty() ? 0 : bottom() + Layout.GAP);
        int y = top + inset;
        for (State state : states) {
            Box box = Box.around(state, X + inset, y, WIDTH - 2 * inset);
            layout.add(box);
            y = box.bottom() + inset;
        }
        if (inset > 0) {
            layout.add(new Frame(X, top, WIDTH, height));
        }
        State first = states.getFirst();
        cells.add(new Cell(states, new Box(first.name(), "", first.kind(), X, top, WIDTH, height), false));
    }

    private void placeEnd(State state) {
        Box box = Box.around(state, X + 24, bottom() + Layout.GAP, WIDTH - 48);
        layout.addEnd(box);
        cells.add(new Cell(List.of(state), box, true));
    }

    void connect() {
        for (String name : layout.path()) {
            layout.exits(definition.state(name))
                    .forEach(step -> cellOf(step.target())
                            .ifPresent(cell -> enter(layout.box(name), cell, step.becauseOfAnError())));
        }
        for (Cell cell : cells) {
            if (!cell.isEnd()) {
                layout.exits(cell.states().getFirst())
                        .forEach(step -> leave(cell, step.target(), step.becauseOfAnError()));
            }
        }
    }

    /** The cell of a state, if the state is in this column once and for all. */
    private Optional<Cell> cellOf(String name) {
        return cells.stream()
                .filter(cell -> !cell.isEnd() && cell.states().getFirst().name().equals(name))
                .findFirst();
    }

    private void enter(Box from, Cell to, boolean dashed) {
        int y = to.outline().y() < from.middle() && from.middle() < to.outline().bottom()
                ? from.middle()
                : to.outline().middle();
        layout.add(
                elbow(new Point(from.right(), from.middle()), new Point(X, y)).dashedIf(dashed));
    }

    private void leave(Cell from, String target, boolean dashed) {
        int index = cells.indexOf(from);
        Box outline = from.outline();
        if (layout.path().contains(target)) {
            layout.add(back(index, layout.box(target)).dashedIf(dashed));
            return;
        }
        Box to = cells.stream()
                .filter(cell -> cell.states().getFirst().name().equals(target))
                .filter(cell -> !cell.isEnd() || cells.indexOf(cell) > index)
                .map(Cell::outline)
                .findFirst()
                .orElseThrow();
        boolean isNext =
                index + 1 < cells.size() && cells.get(index + 1).outline().equals(to);
        Arrow arrow = isNext
                ? Arrow.along(new Point(outline.center(), outline.bottom()), new Point(to.center(), to.y()))
                : Arrow.along(
                        new Point(outline.right(), outline.middle()),
                        new Point(LANE_X, outline.middle()),
                        new Point(LANE_X, to.middle()),
                        new Point(to.right(), to.middle()));
        layout.add(arrow.dashedIf(dashed));
    }

    /** Back to the happy path: straight up or down where the column is free, else through the gutter. */
    private Arrow back(int index, Box to) {
        Box from = cells.get(index).outline();
        boolean isFreeAbove = index == 0 || cells.get(index - 1).outline().bottom() + PADDING < to.middle();
        boolean isFreeBelow =
                index + 1 == cells.size() || cells.get(index + 1).outline().y() - PADDING > to.middle();
        Point end = new Point(to.right(), to.middle());
        if (to.middle() < from.y() && isFreeAbove) {
            return Arrow.along(new Point(from.center(), from.y()), new Point(from.center(), to.middle()), end);
        }
        if (to.middle() > from.bottom() && isFreeBelow) {
            return Arrow.along(new Point(from.center(), from.bottom()), new Point(from.center(), to.middle()), end);
        }
        return elbow(new Point(from.x(), from.middle()), end);
    }

    private static Arrow elbow(Point from, Point to) {
        int gutter = (from.x() + to.x()) / 2;
        return from.y() == to.y()
                ? Arrow.along(from, to)
                : Arrow.along(from, new Point(gutter, from.y()), new Point(gutter, to.y()), to);
    }
}
