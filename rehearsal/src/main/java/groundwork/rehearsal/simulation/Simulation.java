package groundwork.rehearsal.simulation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Runs processes in virtual time, one at a time, in an order that can be replayed.
 *
 * <p>A process is ordinary blocking code on a virtual thread. It runs until it sleeps, pauses, waits for others or ends;
 * then the {@link Order} chooses the next among those that can run. Time advances only when none can. The same
 * processes under the same order therefore always do the same things at the same times.
 *
 * <p>Processes may use the simulation and one another's data without synchronization. The methods that start or run
 * processes are meant for one controlling thread.
 */
public final class Simulation implements AutoCloseable {

    private static final long DEFAULT_STEP_LIMIT = 1_000_000;

    /** Work done by a process of its own while another one waits for it. */
    private static final class Child<T> {
        private final List<T> value = new ArrayList<>(1);
        private SimulatedProcess process;
        private Throwable thrown;

        T result() {
            switch (thrown) {
                case null -> {}
                case Error error -> throw error;
                case RuntimeException exception -> throw exception;
                default -> throw new IllegalStateException(thrown);
            }
            return value.getFirst();
        }
    }

    private final Agenda agenda;
    private final Clock clock;
    private final Set<SimulatedProcess> live = new LinkedHashSet<>();
    private final Semaphore baton = new Semaphore(0);
    private volatile SimulatedProcess current;
    private RuntimeException failure;
    private boolean closed;

    /** Creates a simulation that gives up after a million scheduling steps. */
    public Simulation(Instant start, Order order) {
        this(start, order, DEFAULT_STEP_LIMIT);
    }

    /**
     * Creates a simulation.
     *
     * @param start virtual time at the beginning
     * @param order who goes next when several processes can run
     * @param stepLimit how many scheduling steps may happen in all before the run is taken for an endless loop
     */
    public Simulation(Instant start, Order order, long stepLimit) {
        this.agenda = new Agenda(Objects.requireNonNull(start), Objects.requireNonNull(order), stepLimit);
        this.clock = ((InstantSource) agenda::now).withZone(ZoneOffset.UTC);
    }

    /** The virtual clock, in UTC. It may be read from anywhere. */
    public Clock clock() {
        return clock;
    }

    /** The decisions taken so far. Their chosen indexes, given to {@link Order#scripted}, repeat this run. */
    public List<Choice> choices() {
        return agenda.choices();
    }

    /**
     * The name of the started process for which the calling one works: its own, or that of the one that waits for it.
     */
    public String origin() {
        return self("origin").origin();
    }

    /** Whether a process of this simulation is calling, so that it may sleep or pause. */
    public boolean isInProcess() {
        SimulatedProcess running = current;
        return running != null && running.isRunByCurrentThread();
    }

    /** Starts a process that can run from now on. */
    public void start(String name, Runnable body) {
        agenda.add(admit(name, name, body));
    }

    /**
     * Starts a process at an instant.
     *
     * @throws IllegalArgumentException if the instant has passed
     */
    public void startAt(Instant at, String name, Runnable body) {
        if (at.isBefore(agenda.now())) {
            throw new IllegalArgumentException(
                    "Process '" + name + "' cannot start at " + at + ": it is " + agenda.now());
        }
        agenda.wake(at, admit(name, name, body));
    }

    /** Starts a process, and lets the calling one continue when that has ended. */
    public void startAndWait(String name, Runnable body) {
        SimulatedProcess self = self("startAndWait");
        start(name, () -> {
            body.run();
            if (!self.finished()) {
                agenda.add(self);
            }
        });
        passBaton(self);
    }

    /** Lets the calling process continue after the duration, which must not be negative. */
    public void sleep(Duration duration) {
        SimulatedProcess self = self("sleep");
        if (duration.isNegative()) {
            throw new IllegalArgumentException("A process cannot sleep for " + duration);
        }
        agenda.wake(agenda.now().plus(duration), self);
        passBaton(self);
    }

    /** Lets any other process that can run now go first, if the order says so. First come, first served says no. */
    public void pause() {
        SimulatedProcess self = self("pause");
        if (agenda.givesWay(self)) {
            passBaton(self);
        }
    }

    /**
     * Does all the work, each piece as a process of its own, and waits for it. When one piece fails the others are
     * stopped where they are and its exception is thrown.
     *
     * @param maxConcurrency how many pieces may be under way at once; 0 is no limit
     * @return the results in the order of the list
     */
    public <T> List<T> all(List<? extends Supplier<? extends T>> work, int maxConcurrency) {
        SimulatedProcess self = self("all");
        if (work.isEmpty()) {
            return List.of();
        }
        List<Child<T>> children = new ArrayList<>();
        Deque<Child<T>> waiting = new ArrayDeque<>();
        int[] unfinished = {work.size()};
        for (Supplier<? extends T> piece : work) {
            Child<T> child = new Child<>();
            child.process = admit(self.name() + "/" + children.size(), self.origin(), () -> {
                perform(piece, child);
                if (child.thrown != null || --unfinished[0] == 0) {
                    agenda.handTo(self);
                } else if (!waiting.isEmpty()) {
                    agenda.add(waiting.remove().process);
                }
            });
            children.add(child);
            waiting.add(child);
        }
        int limit = maxConcurrency == 0 ? children.size() : Math.min(maxConcurrency, children.size());
        for (int i = 0; i < limit; i++) {
            agenda.add(waiting.remove().process);
        }
        try {
            passBaton(self);
        } finally {
            children.forEach(child -> stop(child.process));
        }
        children.stream().filter(child -> child.thrown != null).findFirst().ifPresent(Child::result);
        return children.stream().map(Child::result).toList();
    }

    /**
     * Does work that cannot be called back: when it takes longer than the limit the caller goes on without it, at that
     * very instant, and the work continues on its own. What it then returns or throws, short of an error, is lost.
     *
     * @throws TimeoutException if the work was still under way after the limit
     */
    public <T> T call(String name, Duration limit, Supplier<? extends T> work) throws TimeoutException {
        return await(name, limit, work, false);
    }

    /**
     * Does work that is stopped when it takes longer than the limit.
     *
     * @throws TimeoutException if the work was stopped
     */
    public <T> T within(String name, Duration limit, Supplier<? extends T> work) throws TimeoutException {
        return await(name, limit, work, true);
    }

    private <T> T await(String name, Duration limit, Supplier<? extends T> work, boolean stopWhenLate)
            throws TimeoutException {
        SimulatedProcess self = self("call");
        Agenda.Timer deadline = agenda.deadline(agenda.now().plus(limit), self);
        Child<T> child = new Child<>();
        child.process = admit(name, self.origin(), () -> {
            perform(work, child);
            if (agenda.cancel(deadline)) {
                agenda.handTo(self);
            } else if (child.thrown instanceof Error error) {
                throw error;
            }
        });
        agenda.handTo(child.process);
        try {
            passBaton(self);
        } finally {
            if (stopWhenLate) {
                stop(child.process);
            }
        }
        if (!child.process.finished() || child.process.stopping()) {
            throw new TimeoutException("'" + name + "' took longer than " + limit);
        }
        return child.result();
    }

    private static <T> void perform(Supplier<? extends T> work, Child<T> child) {
        try {
            child.value.add(work.get());
        } catch (SimulatedProcess.Stopped e) {
            throw e;
        } catch (RuntimeException | Error e) {
            child.thrown = e;
        }
    }

    /**
     * Runs until no process is left that can ever continue.
     *
     * @throws ProcessFailedException if a process ends with an exception; the others stay where they are
     * @throws IllegalStateException if the step limit is reached
     */
    public void runUntilIdle() {
        run(Instant.MAX);
    }

    /**
     * Runs everything that is due up to the instant, inclusive, and leaves the clock there.
     *
     * @throws ProcessFailedException if a process ends with an exception; the others stay where they are
     * @throws IllegalStateException if the step limit is reached
     */
    public void runUntil(Instant limit) {
        run(limit);
        agenda.advanceTo(limit);
    }

    private void run(Instant limit) {
        requireOutside("run");
        for (SimulatedProcess process = agenda.take(limit); process != null; process = agenda.take(limit)) {
            current = process;
            process.resume();
            baton.acquireUninterruptibly();
            current = null;
            if (failure != null) {
                RuntimeException thrown = failure;
                failure = null;
                throw thrown;
            }
        }
    }

    private SimulatedProcess admit(String name, String origin, Runnable body) {
        if (closed) {
            throw new IllegalStateException("Process '" + name + "' cannot start: the simulation is closed.");
        }
        SimulatedProcess process = new SimulatedProcess(name, origin, self -> live(self, body));
        live.add(process);
        return process;
    }

    private void live(SimulatedProcess self, Runnable body) {
        try {
            body.run();
        } catch (SimulatedProcess.Stopped e) {
            // Whoever stopped it waits for this end.
        } catch (Throwable e) {
            if (!self.stopping()) {
                failure = new ProcessFailedException(self.name(), agenda.now(), e);
            }
        }
        self.finish();
        live.remove(self);
        if (!self.stopping()) {
            baton.release();
        }
    }

    private void passBaton(SimulatedProcess self) {
        if (self.stopping()) {
            throw new SimulatedProcess.Stopped();
        }
        baton.release();
        self.awaitBaton();
    }

    private void stop(SimulatedProcess process) {
        if (process.finished()) {
            return;
        }
        agenda.forget(process);
        SimulatedProcess stopper = current;
        current = process;
        process.stop();
        current = stopper;
        live.remove(process);
    }

    private SimulatedProcess self(String method) {
        SimulatedProcess self = current;
        if (self == null || !self.isRunByCurrentThread()) {
            throw new IllegalStateException(
                    method + " is for processes of the simulation: call it in what is given to start.");
        }
        return self;
    }

    private void requireOutside(String method) {
        if (current != null) {
            throw new IllegalStateException(method + " is for the outside: process '" + current.name()
                    + "' is running, and it can sleep or pause.");
        }
    }

    /** Stops the processes that are still there, so that none outlives the simulation. */
    @Override
    public void close() {
        requireOutside("close");
        closed = true;
        while (!live.isEmpty()) {
            stop(live.iterator().next());
        }
    }
}
