package groundwork.rehearsal.simulation;

import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * A virtual thread that runs only while it holds the baton. Whoever passes the baton on waits until it comes back, so
 * every field here and in {@link Simulation} is used by one thread at a time.
 */
final class SimulatedProcess {

    /** Unwinds a process that will not be continued. An error, so that no handler for exceptions swallows it. */
    static final class Stopped extends Error {
        Stopped() {
            super("The process was stopped", null, false, false);
        }
    }

    private final String name;
    private final String origin;
    private final Thread thread;
    private final Semaphore baton = new Semaphore(0);
    private boolean stopping;
    private boolean finished;

    SimulatedProcess(String name, String origin, Consumer<SimulatedProcess> body) {
        this.name = name;
        this.origin = origin;
        this.thread = Thread.ofVirtual().name("simulation: " + name).unstarted(() -> body.accept(this));
    }

    String name() {
        return name;
    }

    /** Name of the process that was started, for which this one works; its own if it was started itself. */
    String origin() {
        return origin;
    }

    boolean isRunByCurrentThread() {
        return thread == Thread.currentThread();
    }

    boolean stopping() {
        return stopping;
    }

    boolean finished() {
        return finished;
    }

    void finish() {
        finished = true;
    }

    /** Gives this process the baton. */
    void resume() {
        if (thread.getState() == Thread.State.NEW) {
            thread.start();
        } else {
            baton.release();
        }
    }

    /** Called by the process itself once it has passed the baton on. */
    void awaitBaton() {
        baton.acquireUninterruptibly();
        if (stopping) {
            throw new Stopped();
        }
    }

    /** Unwinds this process and waits for its end; the caller keeps the baton. */
    void stop() {
        stopping = true;
        if (thread.getState() == Thread.State.NEW) {
            finished = true;
            return;
        }
        baton.release();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
