package groundwork.email;

import java.util.List;

/** An email that is due. */
record Due(MessageKind kind, List<Point> points) {
    Due {
        points = List.copyOf(points);
    }
}
