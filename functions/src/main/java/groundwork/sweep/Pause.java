package groundwork.sweep;

import java.time.Duration;

/** Lets time pass between two calls, so that a service's rate is kept and not run into. */
@FunctionalInterface
public interface Pause {
    void of(Duration duration);

    /** In a function that AWS runs. */
    static Pause real() {
        return duration -> {
            try {
                Thread.sleep(duration);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("The function was stopped", e);
            }
        };
    }
}
