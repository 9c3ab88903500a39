package groundwork.rehearsal.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SimulationTest {

    private static final Instant START = Instant.parse("2026-11-01T08:00:00Z");

    private final List<String> log = new ArrayList<>();
    private Simulation simulation = new Simulation(START, Order.fifo());

    @AfterEach
    void close() {
        simulation.close();
    }

    private void log(String what) {
        log.add(Duration.between(START, simulation.clock().instant()).toSeconds() + " " + what);
    }

    private Runnable sleeper(String name, int seconds) {
        return () -> {
            log(name + " begins");
            simulation.sleep(Duration.ofSeconds(seconds));
            log(name + " ends");
        };
    }

    @Test
    void processesShareTheVirtualClockAndWakeInTheOrderOfTheirTimes() {
        simulation.start("slow", sleeper("slow", 30));
        simulation.start("quick", sleeper("quick", 10));

        simulation.runUntilIdle();

        assertThat(log).containsExactly("0 slow begins", "0 quick begins", "10 quick ends", "30 slow ends");
    }

    @Test
    void aProcessThatWorksForAnotherHasItsOrigin() {
        Supplier<Boolean> work = () -> log.add(simulation.origin());
        Supplier<List<Boolean>> deeper = () -> simulation.all(List.of(work), 0);
        simulation.start("execution", () -> simulation.all(List.of(work, deeper), 0));

        simulation.runUntilIdle();

        assertThat(log).containsExactly("execution", "execution");
    }

    @Test
    void aProcessCanStartAtAnInstant() {
        simulation.startAt(START.plusSeconds(60), "late", () -> log("late"));

        simulation.runUntilIdle();

        assertThat(log).containsExactly("60 late");
    }

    @Test
    void startAt_whenTheInstantHasPassed_isRefused() {
        assertThatThrownBy(() -> simulation.startAt(START.minusSeconds(1), "late", () -> {}))
                .hasMessage("Process 'late' cannot start at 2026-11-01T07:59:59Z: it is 2026-11-01T08:00:00Z");
    }

    @Test
    void aProcessCanStartAnother() {
        simulation.start("parent", () -> {
            simulation.start("child", () -> log("child"));
            log("parent");
        });

        simulation.runUntilIdle();

        assertThat(log).containsExactly("0 parent", "0 child");
    }

    @Test
    void runUntil_runsWhatIsDueAndLeavesTheClockAtTheLimit() {
        simulation.start("sleeper", sleeper("sleeper", 30));

        simulation.runUntil(START.plusSeconds(20));
        assertThat(log).containsExactly("0 sleeper begins");
        assertThat(simulation.clock().instant()).isEqualTo(START.plusSeconds(20));

        simulation.runUntil(START.plusSeconds(30));
        assertThat(log).containsExactly("0 sleeper begins", "30 sleeper ends");
    }

    @Test
    void runUntil_whenNothingIsDue_advancesTheClockAllTheSame() {
        simulation.runUntil(START.plusSeconds(5));

        assertThat(simulation.clock().instant()).isEqualTo(START.plusSeconds(5));
    }

    @Test
    void anUncaughtExceptionReachesTheRunnerWithTheProcessName() {
        simulation.start("import users", () -> {
            throw new IllegalStateException("no users");
        });

        assertThatThrownBy(() -> simulation.runUntilIdle())
                .isInstanceOf(ProcessFailedException.class)
                .hasMessageContaining("'import users' failed at 2026-11-01T08:00:00Z")
                .hasRootCauseMessage("no users");
    }

    @Test
    void theStepLimitStopsALoopOfPauses() {
        simulation = new Simulation(START, Order.fifo(), 100);
        simulation.start("loop", () -> {
            while (true) {
                simulation.pause();
            }
        });

        assertThatThrownBy(() -> simulation.runUntilIdle()).hasMessageContaining("No end after 100 steps");
    }

    @Test
    void theStepLimitStopsALoopOfSleeps() {
        simulation = new Simulation(START, Order.fifo(), 100);
        simulation.start("loop", () -> {
            while (true) {
                simulation.sleep(Duration.ofSeconds(1));
            }
        });

        assertThatThrownBy(() -> simulation.runUntilIdle()).hasMessageContaining("needs runUntil");
    }

    @Test
    void theStepLimitStopsALoopOfCalls() {
        simulation = new Simulation(START, Order.fifo(), 100);
        simulation.start("loop", () -> {
            while (true) {
                callAndLog(1, () -> "again");
            }
        });

        assertThatThrownBy(() -> simulation.runUntilIdle()).hasMessageContaining("No end after 100 steps");
    }

    @Test
    void sleep_whenCalledOutsideAProcess_isRefused() {
        assertThatThrownBy(() -> simulation.sleep(Duration.ofSeconds(1)))
                .hasMessage("sleep is for processes of the simulation: call it in what is given to start.");
    }

    @Test
    void runUntilIdle_whenCalledInsideAProcess_isRefused() {
        simulation.start("nested", () -> simulation.runUntilIdle());

        assertThatThrownBy(() -> simulation.runUntilIdle())
                .hasStackTraceContaining("run is for the outside: process 'nested' is running");
    }

    @Test
    void close_unwindsProcessesThatAreStillAsleep() {
        simulation.start("sleeper", () -> {
            try {
                simulation.sleep(Duration.ofDays(1));
            } finally {
                log("unwound");
            }
        });
        simulation.runUntil(START.plusSeconds(1));

        simulation.close();

        assertThat(log).containsExactly("1 unwound");
    }

    @Test
    void start_whenTheSimulationIsClosed_isRefused() {
        simulation.close();

        assertThatThrownBy(() -> simulation.start("late", () -> {})).hasMessageContaining("the simulation is closed");
    }

    // -- order ---------------------------------------------------------------------------------------------------

    private Runnable twoSteps(String name) {
        return () -> {
            log(name + "1");
            simulation.pause();
            log(name + "2");
        };
    }

    private String runTwoProcesses(Order order) {
        log.clear();
        simulation = new Simulation(START, order);
        simulation.start("a", twoSteps("a"));
        simulation.start("b", twoSteps("b"));
        simulation.runUntilIdle();
        return String.join(" ", log).replace("0 ", "");
    }

    @Test
    void underFirstComeFirstServed_pauseDoesNotSwitch() {
        assertThat(runTwoProcesses(Order.fifo())).isEqualTo("a1 a2 b1 b2");
    }

    @Test
    void aScriptChoosesTheInterleaving() {
        assertThat(runTwoProcesses(Order.scripted(0, 1, 1))).isEqualTo("a1 b1 a2 b2");
    }

    @Test
    void theSameSeedGivesTheSameRun() {
        assertThat(runTwoProcesses(Order.seeded(7))).isEqualTo(runTwoProcesses(Order.seeded(7)));
    }

    @Test
    void theChoicesOfARandomRunReplayIt() {
        for (long seed = 0; seed < 20; seed++) {
            String run = runTwoProcesses(Order.seeded(seed));
            int[] script =
                    simulation.choices().stream().mapToInt(Choice::chosen).toArray();

            assertThat(runTwoProcesses(Order.scripted(script))).isEqualTo(run);
        }
    }

    @Test
    void aChoiceNamesTimeAlternativesAndProcess() {
        runTwoProcesses(Order.scripted(1));

        assertThat(simulation.choices().getFirst()).isEqualTo(new Choice(START, 2, 1, "b"));
    }

    @Test
    void aScriptThatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> runTwoProcesses(Order.scripted(2)))
                .hasMessageContaining("Choice 0 has 2 alternatives and the order chose index 2");
    }

    @Test
    void shortRunsCanBeEnumeratedExhaustively() {
        Set<String> runs = new HashSet<>();
        List<Integer> script = List.of();
        while (script != null) {
            runs.add(runTwoProcesses(
                    Order.scripted(script.stream().mapToInt(Integer::intValue).toArray())));
            script = successor(simulation.choices());
        }

        assertThat(runs)
                .containsExactlyInAnyOrder(
                        "a1 a2 b1 b2", "a1 b1 a2 b2", "a1 b1 b2 a2", "b1 b2 a1 a2", "b1 a1 b2 a2", "b1 a1 a2 b2");
    }

    /** Depth first: the last choice that has an alternative left takes it, and what followed is dropped. */
    private static List<Integer> successor(List<Choice> choices) {
        List<Integer> script =
                new ArrayList<>(choices.stream().map(Choice::chosen).toList());
        while (!script.isEmpty()) {
            int last = script.removeLast();
            if (last + 1 < choices.get(script.size()).alternatives()) {
                script.add(last + 1);
                return script;
            }
        }
        return null;
    }

    @Test
    void processesDueAtTheSameInstantAreAChoice() {
        simulation = new Simulation(START, Order.scripted(0, 1));
        simulation.start("a", sleeper("a", 10));
        simulation.start("b", sleeper("b", 10));

        simulation.runUntilIdle();

        assertThat(log).containsExactly("0 a begins", "0 b begins", "10 b ends", "10 a ends");
    }

    // -- fork and join -------------------------------------------------------------------------------------------

    private Supplier<String> piece(String name, int seconds) {
        return () -> {
            sleeper(name, seconds).run();
            return name;
        };
    }

    private Supplier<String> failingPiece(String name, int seconds) {
        return () -> {
            simulation.sleep(Duration.ofSeconds(seconds));
            throw new IllegalStateException(name + " failed");
        };
    }

    @Test
    void all_returnsTheResultsInTheOrderOfTheList() {
        simulation.start(
                "parent", () -> log(String.join(",", simulation.all(List.of(piece("a", 20), piece("b", 10)), 0))));

        simulation.runUntilIdle();

        assertThat(log).containsExactly("0 a begins", "0 b begins", "10 b ends", "20 a ends", "20 a,b");
    }

    @Test
    void all_keepsToTheMaximumConcurrency() {
        simulation.start(
                "parent",
                () -> log(String.join(",", simulation.all(List.of(piece("a", 20), piece("b", 5), piece("c", 10)), 2))));

        simulation.runUntilIdle();

        assertThat(log)
                .containsExactly(
                        "0 a begins", "0 b begins", "5 b ends", "5 c begins", "15 c ends", "20 a ends", "20 a,b,c");
    }

    @Test
    void all_ofNothingIsNothing() {
        simulation.start(
                "parent",
                () -> log(simulation.all(List.<Supplier<String>>of(), 0).toString()));

        simulation.runUntilIdle();

        assertThat(log).containsExactly("0 []");
    }

    @Test
    void all_whenOnePieceFails_stopsTheOthersAndThrowsItsException() {
        simulation.start("parent", () -> {
            try {
                simulation.all(List.of(piece("a", 60), failingPiece("b", 10), piece("c", 60)), 2);
            } catch (IllegalStateException e) {
                log(e.getMessage());
            }
        });

        simulation.runUntilIdle();

        assertThat(log).containsExactly("0 a begins", "10 b failed");
    }

    @Test
    void all_whenItsProcessIsStopped_stopsItsPieces() {
        Supplier<String> nested =
                () -> simulation.all(List.of(piece("inner", 60)), 0).getFirst();
        simulation.start("parent", () -> {
            try {
                simulation.all(List.of(nested, failingPiece("b", 10)), 0);
            } catch (IllegalStateException e) {
                log(e.getMessage());
            }
        });

        simulation.runUntilIdle();

        assertThat(log).containsExactly("0 inner begins", "10 b failed");
    }

    // -- work with a limit ---------------------------------------------------------------------------------------

    private void callAndLog(int limit, Supplier<String> work) {
        try {
            log(simulation.call("work", Duration.ofSeconds(limit), work));
        } catch (TimeoutException e) {
            log(e.getMessage());
        }
    }

    @Test
    void call_returnsWhatTheWorkReturns() {
        simulation.start("caller", () -> callAndLog(10, piece("a", 5)));

        simulation.runUntilIdle();

        assertThat(log).containsExactly("0 a begins", "5 a ends", "5 a");
    }

    @Test
    void call_whenTheWorkThrows_throwsTheSame() {
        simulation.start("caller", () -> callAndLog(10, failingPiece("a", 5)));

        assertThatThrownBy(() -> simulation.runUntilIdle()).hasRootCauseMessage("a failed");
    }

    @Test
    void call_whenTheWorkIsLate_goesOnAtTheLimitAndLeavesTheWorkToItself() {
        simulation.start("caller", () -> callAndLog(10, piece("a", 15)));

        simulation.runUntilIdle();

        assertThat(log).containsExactly("0 a begins", "10 'work' took longer than PT10S", "15 a ends");
    }

    @Test
    void call_whenLateWorkThrows_isNotDisturbed() {
        simulation.start("caller", () -> callAndLog(10, failingPiece("a", 15)));

        simulation.runUntilIdle();

        assertThat(log).containsExactly("10 'work' took longer than PT10S");
    }

    @Test
    void call_whenTheWorkEndsExactlyAtTheLimit_isInTime() {
        simulation.start("caller", () -> callAndLog(10, piece("a", 10)));

        simulation.runUntilIdle();

        assertThat(log).containsExactly("0 a begins", "10 a ends", "10 a");
    }

    @Test
    void call_takesNoChoice() {
        simulation = new Simulation(START, Order.seeded(1));
        simulation.start("caller", () -> callAndLog(10, () -> "done"));

        simulation.runUntilIdle();

        assertThat(simulation.choices()).isEmpty();
    }

    @Test
    void within_whenTheWorkIsLate_stopsIt() {
        simulation.start("caller", () -> {
            try {
                simulation.within("work", Duration.ofSeconds(10), piece("a", 15));
            } catch (TimeoutException e) {
                log(e.getMessage());
            }
        });

        simulation.runUntilIdle();

        assertThat(log).containsExactly("0 a begins", "10 'work' took longer than PT10S");
    }
}
