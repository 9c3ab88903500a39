package groundwork.rehearsal.trust;

import static groundwork.rehearsal.template.ProjectTemplate.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;

import groundwork.rehearsal.report.Narrator;
import groundwork.rehearsal.report.Page;
import groundwork.rehearsal.scenario.Scenarios;
import groundwork.rehearsal.scenario.World;
import groundwork.rehearsal.trust.Verdict.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Whatever happens to a call to AWS, the account ends up as without it, and nobody is told anything twice or not at all.
 *
 * <p>{@code .ci/run} plays a sample, always the same, and pairs of faults for a while; the plain build leaves out what is
 * tagged {@code at-length}. {@code -Dgroundwork.excluded= -Dgroundwork.trust.share=1} plays every fault at every call, which
 * takes hours. {@code -Dgroundwork.trust.replay="new-account 17:THROTTLED"} tells one run.
 */
@Tag("slow")
class FaultsTest {
    private static final long SECONDS = Long.getLong("groundwork.trust.seconds", 0);
    private static final int SHARE = Integer.getInteger("groundwork.trust.share", 151);
    private static final int PAIRS = 12;

    private static Workers workers;
    private static Faults faults;

    @BeforeAll
    static void start() {
        workers = Workers.all();
        faults = new Faults(TEMPLATE, workers, Scenarios.withoutFailures());
    }

    @AfterAll
    static void stop() {
        workers.close();
    }

    @Test
    @Tag("at-length")
    void aFaultAtAnyCallLeavesTheAccountAsWithout() throws IOException {
        List<Verdict> verdicts = faults.singles(SHARE);

        String table = FaultTable.of(faults.newCalls(), verdicts);
        System.out.println(table);
        Files.createDirectories(Path.of("target/rehearsal"));
        Files.writeString(Path.of("target/rehearsal/faults.txt"), table);
        assertThat(violations(verdicts)).isEmpty();
    }

    @Test
    @Tag("at-length")
    void twoFaultsLeaveTheAccountAsWithout() {
        Instant end = Instant.now().plusSeconds(SECONDS);
        List<Verdict> verdicts = new ArrayList<>();
        do {
            verdicts.addAll(faults.pairs(verdicts.size() + 1L, PAIRS));
        } while (Instant.now().isBefore(end));

        System.out.println(verdicts.size() + " pairs of faults");
        assertThat(violations(verdicts)).isEmpty();
    }

    @Test
    void aDeniedActionIsNamedWhereverItIsDenied() {
        List<Verdict> verdicts = faults.everywhere("already-set-up", Fault.ACCESS_DENIED);

        assertThat(violations(verdicts)).isEmpty();
        assertThat(verdicts).extracting(Verdict::outcome).contains(Outcome.TOLD, Outcome.FAILED);
    }

    @Test
    void aCallOfTheStateMachineItselfThatFailsForNowIsMadeAgainWithoutAnybodyNoticing() {
        Baseline baseline = faults.baseline("already-set-up");

        for (Fault fault : List.of(Fault.THROTTLED, Fault.SERVER_ERROR, Fault.CONNECTION_RESET)) {
            assertThat(baseline.calls().stream()
                            .filter(call ->
                                    call.byStateMachine() && call.faults().contains(fault))
                            .map(call -> outcome("already-set-up", call.number(), fault)))
                    .isNotEmpty()
                    .containsOnly(Outcome.UNNOTICED);
        }
    }

    @Test
    void aFunctionThatExitsIsStartedAgainWithoutAnybodyNoticing() {
        assertThat(faults.everywhere("already-set-up", Fault.FUNCTION_EXITED))
                .extracting(Verdict::outcome)
                .isNotEmpty()
                .containsOnly(Outcome.UNNOTICED);
    }

    @Test
    void onlyAFunctionThatDoesNotLearnThatItsEmailWentOutSendsItAgain() {
        Baseline baseline = faults.baseline("management-account");
        int publish = baseline.calls().stream()
                .filter(call -> call.name().equals("sns:Publish"))
                .findFirst()
                .orElseThrow()
                .number();

        assertThat(outcome("management-account", publish, Fault.TIMEOUT_AFTER)).isEqualTo(Outcome.REPEATED);
        assertThat(outcome("management-account", publish, Fault.FUNCTION_EXITED))
                .isEqualTo(Outcome.REPEATED);
        assertThat(outcome("management-account", publish, Fault.TIMEOUT_BEFORE)).isEqualTo(Outcome.UNNOTICED);
        // The call after it marks all that the email spoke of as sent.
        assertThat(outcome("management-account", publish + 1, Fault.FUNCTION_EXITED))
                .isEqualTo(Outcome.UNNOTICED);
        assertThat(outcome("management-account", publish + 1, Fault.TIMEOUT_BEFORE))
                .isEqualTo(Outcome.UNNOTICED);
        assertThat(outcome("management-account", publish + 1, Fault.TIMEOUT_AFTER))
                .isEqualTo(Outcome.UNNOTICED);
        assertThat(outcome("management-account", publish + 1, Fault.THROTTLED)).isEqualTo(Outcome.UNNOTICED);
        assertThat(outcome("management-account", publish + 1, Fault.ACCESS_DENIED))
                .isIn(Outcome.UNNOTICED, Outcome.TOLD);
    }

    @Test
    @EnabledIfSystemProperty(named = "groundwork.trust.replay", matches = ".+")
    void replay() {
        String[] words = System.getProperty("groundwork.trust.replay").split(" ", 0);
        List<PlannedFault> plan =
                Arrays.stream(words).skip(1).map(PlannedFault::parse).toList();

        Verdict verdict = faults.again(words[0], plan, new Narrator(Page.plain(System.out), World.START));

        assertThat(verdict.violations()).isEmpty();
    }

    private static Outcome outcome(String scenario, int call, Fault fault) {
        return faults.again(scenario, List.of(new PlannedFault(call, fault)), Narrator.silent())
                .outcome();
    }

    private static List<String> violations(List<Verdict> verdicts) {
        return verdicts.stream()
                .filter(verdict -> !verdict.violations().isEmpty())
                .map(Verdict::report)
                .toList();
    }
}
