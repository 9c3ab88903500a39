package groundwork.email;

import java.util.List;

/**
 * What is due to be told. What is due together to the same address goes in one email.
 *
 * @param kind what kind of thing it is
 * @param reader whom it is for
 * @param points what there is to say; nothing is due if there is none
 */
public record Due(MessageKind kind, Reader reader, List<Point> points) {
    public Due {
        points = List.copyOf(points);
    }
}
