package groundwork.rehearsal.scenario;

import java.util.ArrayList;
import java.util.List;

/** What people would object to. */
public final class Expectations {
    private final List<String> broken = new ArrayList<>();
    private boolean usualPace = true;

    Expectations() {}

    /** AWS is not at its usual pace from now on. */
    void atAnyPace() {
        usualPace = false;
    }

    void expect(String expectation, boolean held) {
        if (!held) {
            broken.add(expectation);
        }
    }

    void expect(String what, Object actual, Object expected) {
        expect("%s should be %s and is %s".formatted(what, expected, actual), expected.equals(actual));
    }

    void expectAtUsualPace(String what, Object actual, Object expected) {
        if (usualPace) {
            expect(what, actual, expected);
        }
    }

    /** Those that did not hold. */
    public List<String> broken() {
        return List.copyOf(broken);
    }
}
