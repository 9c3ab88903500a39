package groundwork.rehearsal.simulation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
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

    /** A deadline fires only when nothing else can run at its instant: what ends in time is not late. */
    private record Timer(Instant at, boolean deadline, long sequence, SimulatedProcess process)
            implements Comparable<Timer> {
        @Override
        public int compareTo(Timer other) {
            int byTime = at.compareTo(other.at);
            if (byTime != 0) {
                return byTime;
            }
            int byKind = Boolean.compare(deadline, other.deadline);
            return byKind != 0 ? byKind : Long.compare(sequence, other.sequence);
        }
    }

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

    private final Order order;
    private final long stepLimit;
    private final Clock clock = ((InstantSource) this::now).withZone(ZoneOffset.UTC);
    private final List<SimulatedProcess> runnable = new ArrayList<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private final Set<SimulatedProcess> live = new LinkedHashSet<>();
    private final List<Choice> choices = new ArrayList<>();
    private final Semaphore baton = new Semaphore(0);

    private volatile Instant now;
    private volatile SimulatedProcess current;
    private SimulatedProcess next;
    private RuntimeException failure;
    private long steps;
    private long timersSet;
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
        this.now = Objects.requireNonNull(start);
        this.order = Objects.requireNonNull(order);
        this.stepLimit = stepLimit;
    }

    /** The virtual clock, in UTC. It may be read from anywhere. */
    public Clock clock() {
        return clock;
    }

    /** The decisions taken so far. Their chosen indexes, given to {@link Order#scripted}, repeat this run. */
    public List<Choice> choices() {
        return Collections.unmodifiableList(choices);
    }

    /** Starts a process that can run from now on. */
    public void start(String name, Runnable body) {
        runnable.add(admit(name, body));
    }

    /**
     * Starts a process at an instant.
     *
     * @throws IllegalArgumentException if the instant has passed
     */
    public void startAt(Instant at, String name, Runnable body) {
        if (at.isBefore(now)) {
            throw new IllegalArgumentException("Process '" + name + "' cannot start at " + at + ": it is " + now);
        }
        timer(at, false, admit(name, body));
    }

    /** Lets the calling process continue after the duration, which must not be negative. */
    public void sleep(Duration duration) {
        SimulatedProcess self = self("sleep");
        if (duration.isNegative()) {
            throw new IllegalArgumentException("A process cannot sleep for " + duration);
        }
        timer(now.plus(duration), false, self);
        passBaton(self);
    }

    /** Lets any other process that can run now go first, if the order says so. First come, first served says no. */
    public void pause() {
        SimulatedProcess self = self("pause");
        countStep();
        wakeSleepers();
        List<SimulatedProcess> candidates = new ArrayList<>(runnable.size() + 1);
        candidates.add(self);
        candidates.addAll(runnable);
        SimulatedProcess chosen = failure == null ? candidates.get(choose(candidates)) : self;
        if (chosen != self) {
            runnable.remove(chosen);
            next = chosen;
        }
        if (chosen != self || failure != null) {
            runnable.addFirst(self);
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
        for (Supplier<? extends T> piece : work) {
            Child<T> child = new Child<>();
            child.process = admit(self.name() + "/" + children.size(), () -> {
                perform(piece, child);
                if (child.thrown != null || children.stream().allMatch(c -> c == child || c.process.finished())) {
                    next = self;
                } else if (!waiting.isEmpty()) {
                    runnable.add(waiting.remove().process);
                }
            });
            children.add(child);
            waiting.add(child);
        }
        int limit = maxConcurrency == 0 ? children.size() : Math.min(maxConcurrency, children.size());
        for (int i = 0; i < limit; i++) {
            runnable.add(waiting.remove().process);
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
        Timer deadline = timer(now.plus(limit), true, self);
        Child<T> child = new Child<>();
        child.process = admit(name, () -> {
            perform(work, child);
            if (timers.remove(deadline)) {
                next = self;
            } else if (child.thrown instanceof Error error) {
                throw error;
            }
        });
        next = child.process;
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
        if (limit.isAfter(now)) {
            now = limit;
        }
    }

    private void run(Instant limit) {
        requireOutside("run");
        while (true) {
            SimulatedProcess process = pick(limit);
            if (failure == null && process != null) {
                current = process;
                process.resume();
                baton.acquireUninterruptibly();
                current = null;
            }
            if (failure != null) {
                RuntimeException thrown = failure;
                failure = null;
                throw thrown;
            }
            if (process == null) {
                return;
            }
        }
    }

    private SimulatedProcess pick(Instant limit) {
        if (next != null) {
            SimulatedProcess process = next;
            next = null;
            return process;
        }
        wakeSleepers();
        if (runnable.isEmpty()) {
            Timer timer = timers.peek();
            if (timer == null || timer.at().isAfter(limit)) {
                return null;
            }
            now = timer.at();
            if (timer.deadline()) {
                runnable.add(timers.remove().process());
            } else {
                wakeSleepers();
            }
        }
        countStep();
        return failure == null ? runnable.remove(choose(runnable)) : null;
    }

    private void wakeSleepers() {
        for (Timer timer = timers.peek();
                timer != null && !timer.deadline() && !timer.at().isAfter(now);
                timer = timers.peek()) {
            runnable.add(timers.remove().process());
        }
    }

    private int choose(List<SimulatedProcess> candidates) {
        if (candidates.size() == 1) {
            return 0;
        }
        int chosen = order.choose(candidates.size());
        if (chosen < 0 || chosen >= candidates.size()) {
            throw new IllegalStateException("Choice " + choices.size() + " has " + candidates.size()
                    + " alternatives and the order chose index " + chosen + ": it belongs to another run.");
        }
        choices.add(new Choice(
                now, candidates.size(), chosen, candidates.get(chosen).name()));
        return chosen;
    }

    private void countStep() {
        if (++steps > stepLimit) {
            failure = new IllegalStateException("No end after " + stepLimit + " steps, at " + now
                    + ": a process seems to loop for ever. (Work that recurs for ever needs runUntil.)");
        }
    }

    private SimulatedProcess admit(String name, Runnable body) {
        if (closed) {
            throw new IllegalStateException("Process '" + name + "' cannot start: the simulation is closed.");
        }
        SimulatedProcess process = new SimulatedProcess(name, self -> live(self, body));
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
                failure = new ProcessFailedException(self.name(), now, e);
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
        runnable.remove(process);
        timers.removeIf(timer -> timer.process() == process);
        if (next == process) {
            next = null;
        }
        SimulatedProcess stopper = current;
        current = process;
        process.stop();
        current = stopper;
        live.remove(process);
    }

    private Timer timer(Instant at, boolean deadline, SimulatedProcess process) {
        Timer timer = new Timer(at, deadline, timersSet++, process);
        timers.add(timer);
        return timer;
    }

    private Instant now() {
        return now;
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
