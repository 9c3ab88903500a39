package groundwork.rehearsal.trust;

import static groundwork.rehearsal.template.ProjectTemplate.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;

import groundwork.rehearsal.report.Narrator;
import groundwork.rehearsal.report.Page;
import groundwork.rehearsal.scenario.World;
import groundwork.rehearsal.stack.LocalTables;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * However executions for one account get in each other's way, there is one of everything and one sign-in email.
 *
 * <p>The build plays a sample, always the same. With {@code -Dgroundwork.trust.share=1} two executions cross at every
 * pair of calls, and with {@code -Dgroundwork.trust.seconds=60} seeds are played for a minute. {@code -Dgroundwork.trust.order="seed 11"} tells one run.
 */
@Tag("slow")
class OrdersTest {
    private static final long SECONDS = Long.getLong("groundwork.trust.seconds", 0);
    private static final int SHARE = Integer.getInteger("groundwork.trust.share", 60);
    private static final int SEEDS = 24;

    private static Workers workers;
    private static Orders orders;

    @BeforeAll
    static void start() {
        workers = Workers.all();
        orders = new Orders(TEMPLATE, workers);
    }

    @AfterAll
    static void stop() {
        workers.close();
    }

    @ParameterizedTest
    @EnumSource
    void twoExecutionsWithTheSameWorkMayCrossAtAnyTwoCalls(Orders.Work work) {
        List<Orders.Verdict> verdicts = orders.crossings(work, SHARE);

        System.out.println(verdicts.size() + " crossings of two executions, " + work);
        assertThat(violations(verdicts)).isEmpty();
    }

    @Test
    void threeExecutionsAndPeopleMayActInAnyOrder() {
        Instant end = Instant.now().plusSeconds(SECONDS);
        List<Orders.Verdict> verdicts = new ArrayList<>();
        do {
            verdicts.addAll(orders.seeded(verdicts.size() + 1L, SEEDS));
        } while (Instant.now().isBefore(end));

        System.out.println(verdicts.size() + " orders of three executions and three people");
        assertThat(violations(verdicts)).isEmpty();
    }

    @Test
    @EnabledIfSystemProperty(named = "groundwork.trust.order", matches = ".+")
    void replay() {
        try (LocalTables tables = new LocalTables()) {
            Orders.Verdict verdict = orders.again(
                    System.getProperty("groundwork.trust.order"),
                    tables,
                    new Narrator(Page.plain(System.out), World.START));

            assertThat(verdict.violations()).isEmpty();
        }
    }

    private static List<String> violations(List<Orders.Verdict> verdicts) {
        return verdicts.stream()
                .filter(verdict -> !verdict.violations().isEmpty())
                .map(Orders.Verdict::report)
                .toList();
    }
}
