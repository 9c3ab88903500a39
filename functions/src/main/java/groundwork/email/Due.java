package groundwork.email;

import java.util.List;

/** An email that is due. */
public record Due(MessageKind kind, List<Point> points) {
    public Due {
        points = List.copyOf(points);
    }
}
