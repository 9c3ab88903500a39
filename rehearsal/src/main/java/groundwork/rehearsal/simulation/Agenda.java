package groundwork.rehearsal.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;

/** Virtual time, who can run now, and who will be able to run later. */
final class Agenda {

    /** A deadline fires only when nothing else can run at its instant: what ends in time is not late. */
    record Timer(Instant at, boolean deadline, long sequence, SimulatedProcess process) implements Comparable<Timer> {
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

    private final Order order;
    private final long stepLimit;
    private final List<SimulatedProcess> runnable = new ArrayList<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private final List<Choice> choices = new ArrayList<>();
    private volatile Instant now;
    private SimulatedProcess next;
    private long steps;
    private long timersSet;

    Agenda(Instant start, Order order, long stepLimit) {
        this.now = start;
        this.order = order;
        this.stepLimit = stepLimit;
    }

    Instant now() {
        return now;
    }

    void advanceTo(Instant instant) {
        if (instant.isAfter(now)) {
            now = instant;
        }
    }

    List<Choice> choices() {
        return Collections.unmodifiableList(choices);
    }

    /** The process can run now, after those that already can. */
    void add(SimulatedProcess process) {
        runnable.add(process);
    }

    /** The process is the next to run, without a choice. */
    void handTo(SimulatedProcess process) {
        next = process;
    }

    Timer wake(Instant at, SimulatedProcess process) {
        return add(new Timer(at, false, timersSet++, process));
    }

    Timer deadline(Instant at, SimulatedProcess process) {
        return add(new Timer(at, true, timersSet++, process));
    }

    private Timer add(Timer timer) {
        timers.add(timer);
        return timer;
    }

    /** Returns whether the timer had not fired yet. */
    boolean cancel(Timer timer) {
        return timers.remove(timer);
    }

    void forget(SimulatedProcess process) {
        runnable.remove(process);
        timers.removeIf(timer -> timer.process() == process);
        if (next == process) {
            next = null;
        }
    }

    /** Whether the running process has to let another one run first, which the agenda has then chosen. */
    boolean givesWay(SimulatedProcess running) {
        if (++steps > stepLimit) {
            // The process might swallow an exception; the runner, which goes on here, does not.
            runnable.addFirst(running);
            return true;
        }
        wakeSleepers();
        runnable.addFirst(running);
        SimulatedProcess chosen = runnable.get(choose());
        if (chosen == running) {
            runnable.removeFirst();
            return false;
        }
        runnable.remove(chosen);
        next = chosen;
        return true;
    }

    /** Takes the next process, advancing time as far as the limit where necessary; null when there is none. */
    SimulatedProcess take(Instant limit) {
        if (next == null) {
            wakeSleepers();
            if (runnable.isEmpty() && !advance(limit)) {
                return null;
            }
        }
        if (++steps > stepLimit) {
            throw new IllegalStateException("No end after " + stepLimit + " steps, at " + now
                    + ": a process seems to loop for ever. (Work that recurs for ever needs runUntil.)");
        }
        SimulatedProcess process = next == null ? runnable.remove(choose()) : next;
        next = null;
        return process;
    }

    private boolean advance(Instant limit) {
        Timer timer = timers.peek();
        if (timer == null || timer.at().isAfter(limit)) {
            return false;
        }
        now = timer.at();
        if (timer.deadline()) {
            runnable.add(timers.remove().process());
        } else {
            wakeSleepers();
        }
        return true;
    }

    private void wakeSleepers() {
        Timer timer = timers.peek();
        while (timer != null && !timer.deadline() && !timer.at().isAfter(now)) {
            runnable.add(timers.remove().process());
            timer = timers.peek();
        }
    }

    private int choose() {
        if (runnable.size() == 1) {
            return 0;
        }
        int chosen = order.choose(runnable.size());
        if (chosen < 0 || chosen >= runnable.size()) {
            throw new IllegalStateException("Choice " + choices.size() + " has " + runnable.size()
                    + " alternatives and the order chose index " + chosen + ": it belongs to another run.");
        }
        choices.add(
                new Choice(now, runnable.size(), chosen, runnable.get(chosen).name()));
        return chosen;
    }
}
