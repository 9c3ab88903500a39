package groundwork.rehearsal.scenario;

import static groundwork.rehearsal.report.Prices.GIGABYTE_SECOND;
import static groundwork.rehearsal.report.Prices.SECONDS_OF_AN_INVOCATION;
import static groundwork.rehearsal.report.Prices.TRANSITION;
import static groundwork.rehearsal.report.Prices.dollars;
import static groundwork.rehearsal.scenario.Scenario.MANAGEMENT;
import static groundwork.rehearsal.template.ProjectTemplate.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import groundwork.rehearsal.organization.call.AwsService;
import groundwork.rehearsal.stack.EventCatalogue;
import groundwork.rehearsal.stack.ExecutionRecord;
import groundwork.rehearsal.stack.LocalTables;
import groundwork.rehearsal.states.HistoryEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;

/** What README.md, docs/architecture.md and docs/events.md say of costs is what the rehearsal measures, at AWS's prices. */
@Tag("slow")
class CostsTest {
    /** To AWS, of a look that finds everything as it was. */
    private static final int STEADY_CALLS = 40;

    /** Of an alarm for a month: https://aws.amazon.com/cloudwatch/pricing/, November 2026. */
    private static final double ALARM = 0.1;

    /**
     * Of a dashboard for a month, after three that are free if they show no more metrics each: https://aws.amazon.com/cloudwatch/pricing/,
     * November 2026.
     */
    private static final double DASHBOARD = 3;

    private static final int METRICS_OF_A_FREE_DASHBOARD = 50;

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @AutoClose
    private static final LocalTables TABLES = new LocalTables();

    private final String readme;
    private final String events;
    private final String budget;

    CostsTest() throws IOException {
        this.readme = between(Files.readString(ROOT.resolve("README.md")), "## What it costs", "## Remove it");
        this.events = between(Files.readString(ROOT.resolve("docs/events.md")), "**What it costs.**", "**Self-test.**");
        this.budget = between(Files.readString(ROOT.resolve("docs/architecture.md")), "## Budget", "## State");
    }

    private static String between(String text, String begin, String end) {
        return text.substring(text.indexOf(begin), text.indexOf(end));
    }

    @Test
    void theNewAccount() {
        Scenario scenario = Scenarios.named("new-account").orElseThrow();
        try (World world = new World(scenario, TEMPLATE, TABLES)) {
            scenario.play().accept(world);

            isInBudget(
                    "the new account of the README, from nothing to done",
                    world.seen().stateTransitions(),
                    calls(world));
            assertThat(readme)
                    .contains(row(
                            "the new account above, once",
                            world.seen().stateTransitions(),
                            world.seen().stateTransitions() * TRANSITION));
        }
    }

    @Test
    void aDayOfWaiting() {
        try (World world = new World(scenario(Region.US_EAST_1), TEMPLATE, TABLES)) {
            List<String> entered = new ArrayList<>();
            world.listen(event -> {
                if (event instanceof HistoryEvent.StateEntered state) {
                    entered.add(state.state());
                }
            });
            world.addressIsConfirmed();
            world.stackIsCreated();
            // Then the schedule comes.
            world.passes(Duration.ofDays(1));
            isInBudget("a day of waiting for a person", entered.size(), calls(world));

            int looks = Collections.frequency(entered, "Check the root user");
            int waits = Collections.frequency(entered, "Wait for MFA on the root user");
            // With one wait for each look, nothing would have to be asked after it.
            int becauseWaitsAreShort = (waits - looks) + waits;
            assertThat(readme)
                    .contains(row("each day of waiting for a person", entered.size(), entered.size() * TRANSITION))
                    .contains("%d of the %d are".formatted(becauseWaitsAreShort, entered.size()));
        }
    }

    @Test
    void theDailyLook() {
        try (World world = ready(Region.US_EAST_1)) {
            int calls = tableCalls(world);
            int allCalls = calls(world);
            List<String> invoked = invocations(world);
            List<ExecutionRecord> executions = since(world, () -> world.passes(Duration.ofDays(1)));

            assertThat(executions).singleElement().satisfies(look -> {
                long transitions = look.stateTransitions();
                isInBudget("a steady look", transitions, calls(world) - allCalls);
                assertThat(transitions).isLessThanOrEqualTo(21);
                assertThat(calls(world) - allCalls).isLessThanOrEqualTo(STEADY_CALLS);
                assertThat(readme)
                        .contains(row("the daily look, in a month", 30 * transitions, 30 * transitions * TRANSITION))
                        .contains("A look takes %d state transitions, starts %d functions and calls the table %d times"
                                .formatted(transitions, invoked.size(), tableCalls(world) - calls))
                        .contains("| its functions | %d seconds each with 1 GB, an assumption; [a benchmark]"
                                .formatted(SECONDS_OF_AN_INVOCATION))
                        .contains("took %s for all of them | %s |"
                                .formatted(
                                        secondsOfTheBenchmark(),
                                        dollars(30 * invoked.size() * SECONDS_OF_AN_INVOCATION * GIGABYTE_SECOND)));
                assertThat(events)
                        .contains("| the daily schedule, nothing to do | 1 | %d | 1 |".formatted(transitions));
            });
        }
    }

    /** Of all functions of a look together, as {@code .ci/benchmark} wrote it. */
    private static String secondsOfTheBenchmark() throws IOException {
        Matcher measured = Pattern.compile("they take (\\d+) seconds in all")
                .matcher(Files.readString(ROOT.resolve("docs/performance.md")));
        assertThat(measured.find()).isTrue();
        return measured.group(1);
    }

    @Test
    void allThatRunsInAMonth() {
        try (World world = ready(Region.EU_CENTRAL_1)) {
            List<String> invoked = invocations(world);
            long look = sum(since(world, () -> world.passes(Duration.ofDays(1))), ExecutionRecord::stateTransitions);
            int functions = invoked.size();
            invoked.clear();
            long selfTest = sum(
                    since(world, () -> {
                        world.starts(JsonNodeFactory.instance.objectNode().put("selfTest", true));
                        world.settles();
                    }),
                    ExecutionRecord::stateTransitions);

            double month = 30 * price(look, functions) + 52 / 12.0 * price(selfTest, invoked.size());

            assertThat(readme)
                    .contains("| **all that runs, in a month** | once nobody is waited for | **%s** |"
                            .formatted(dollars(month)));
        }
    }

    @Test
    void theDailyLookOfAStackThatAnotherRegionForwardsTo() {
        try (World world = ready(Region.EU_CENTRAL_1)) {
            int calls = calls(world);
            List<ExecutionRecord> executions = since(world, () -> world.passes(Duration.ofDays(1)));

            assertThat(calls(world) - calls).isLessThanOrEqualTo(STEADY_CALLS);
            isInBudget(
                    "a steady look, in a Region other than the global one",
                    sum(executions, ExecutionRecord::stateTransitions),
                    calls(world) - calls);
        }
    }

    @Test
    void theDailyLookAmongManyUsersGroupsAndAccounts_isNoDearer() {
        try (World world = ready(scenario(Region.US_EAST_1, 120))) {
            for (int number = 0; number < 120; number++) {
                String user =
                        world.console().createsUser("user" + number, "User", "No. " + number, number + "@example.com");
                world.console().addsMember(world.console().createsGroup("Group " + number), user);
            }
            world.settles();
            int calls = calls(world);
            List<ExecutionRecord> executions = since(world, () -> world.passes(Duration.ofDays(1)));

            isInBudget("a steady look", sum(executions, ExecutionRecord::stateTransitions), calls(world) - calls);
        }
    }

    @Test
    void aRepair() {
        try (World world = ready(Region.US_EAST_1)) {
            int calls = calls(world);
            List<ExecutionRecord> executions = since(world, () -> {
                world.adaIsRemoved();
                world.settles();
            });

            isInBudget(
                    "a repair: the administrator is put back into the group",
                    sum(executions, ExecutionRecord::stateTransitions),
                    calls(world) - calls);
        }
    }

    @Test
    void aPlan() {
        try (World world = ready(Region.US_EAST_1)) {
            int calls = calls(world);
            List<ExecutionRecord> executions = since(world, () -> {
                world.starts(JsonNodeFactory.instance.objectNode().put("plan", true));
                world.settles();
            });

            isInBudget("a plan", sum(executions, ExecutionRecord::stateTransitions), calls(world) - calls);
        }
    }

    @Test
    void theSelfTest() {
        try (World world = ready(Region.EU_CENTRAL_1)) {
            int calls = calls(world);
            List<ExecutionRecord> executions = since(world, () -> {
                world.starts(JsonNodeFactory.instance.objectNode().put("selfTest", true));
                world.settles();
            });

            long transitions = sum(executions, ExecutionRecord::stateTransitions);
            isInBudget("a self-test in two Regions", transitions, calls(world) - calls);
            assertThat(events)
                    .contains("| a self-test in two Regions | %d | %d | 0 |".formatted(executions.size(), transitions));
            // There are 52 weeks in twelve months.
            double month = transitions * 52 / 12.0;
            assertThat(readme).contains(row("the weekly self-test, in a month", Math.round(month), month * TRANSITION));
        }
    }

    @Test
    void aChange() {
        try (World world = ready(Region.US_EAST_1)) {
            List<ExecutionRecord> executions = since(world, () -> {
                world.organization().rootUser(MANAGEMENT).signsIn();
                world.settles();
            });

            assertThat(events)
                    .contains("| one change, nothing to do | %d | %d | 1 |"
                            .formatted(executions.size(), sum(executions, ExecutionRecord::stateTransitions)));
        }
    }

    @Test
    void anotherUsersSignIn() {
        try (World world = ready(Region.US_EAST_1)) {
            String bob = world.console().createsUser("bob", "Bob", "Byte", "bob@example.com");
            world.console().resetsPassword(bob);
            world.settles();
            List<ExecutionRecord> executions = since(world, () -> {
                world.organization().accessPortalUser("bob").signsIn();
                world.settles();
            });

            assertThat(events)
                    .contains("| another Identity Center user signs in | %d | %d | 0 |"
                            .formatted(executions.size(), sum(executions, ExecutionRecord::stateTransitions)));
        }
    }

    @Test
    void theAlarms() {
        try (World here = new World(scenario(Region.US_EAST_1), TEMPLATE, TABLES)) {
            int alarms = here.stack()
                    .template()
                    .resourcesOfType("AWS::CloudWatch::Alarm")
                    .size();

            assertThat(readme)
                    .contains(
                            "| %d alarms, and one more where the stack lives in another Region than us-east-1 | | %s or %s |"
                                    .formatted(alarms, dollars(alarms * ALARM), dollars((alarms + 1) * ALARM)));
        }
    }

    @Test
    void theDashboard() {
        try (World here = new World(scenario(Region.US_EAST_1), TEMPLATE, TABLES)) {
            List<String> metrics = here.stack().template().resourcesOfType("AWS::CloudWatch::Dashboard").stream()
                    .flatMap(dashboard ->
                            EventCatalogue.json(
                                    dashboard.properties().path("DashboardBody").asText())
                                    .findValues("metrics")
                                    .stream())
                    .flatMap(widget -> widget.valueStream().map(metric -> metric.get(1) + " of " + metric.get(3)))
                    .distinct()
                    .toList();

            assertThat(metrics).hasSizeGreaterThan(10).hasSizeLessThanOrEqualTo(METRICS_OF_A_FREE_DASHBOARD);
            assertThat(readme)
                    .contains("free for the first three dashboards of an account | %s |".formatted(dollars(DASHBOARD)))
                    .contains("three [dashboards](https://aws.amazon.com/cloudwatch/pricing/) of up to %d metrics"
                            .formatted(METRICS_OF_A_FREE_DASHBOARD));
        }
    }

    private static double price(long transitions, int functions) {
        return transitions * TRANSITION + functions * SECONDS_OF_AN_INVOCATION * GIGABYTE_SECOND;
    }

    private static Scenario scenario(Region region) {
        return scenario(region, 0);
    }

    private static Scenario scenario(Region region, int memberAccounts) {
        return new Scenario(
                        "costs",
                        "",
                        organization -> {
                            Scenarios.company(organization);
                            organization.identityCenter(region);
                            for (int number = 1; number <= memberAccounts; number++) {
                                organization.memberAccount(
                                        "%012d".formatted(number), "Account " + number, number + "@example.org");
                            }
                        },
                        unused -> {})
                .in(region);
    }

    private static World ready(Region region) {
        return ready(scenario(region));
    }

    private static World ready(Scenario scenario) {
        World world = new World(scenario, TEMPLATE, TABLES);
        Scenarios.ready(world);
        assertThat(world.expectations().broken()).isEmpty();
        return world;
    }

    private static List<ExecutionRecord> since(World world, Runnable deed) {
        int before = world.stack().executions().size();
        deed.run();
        List<ExecutionRecord> all = world.stack().executions();
        return all.subList(before, all.size());
    }

    private void isInBudget(String what, long transitions, int calls) {
        assertThat(budget).contains("| %s | %d | %d |".formatted(what, transitions, calls));
    }

    private static int calls(World world) {
        return (int)
                world.seen().calls().stream().filter(world.seen()::isOfTheStack).count();
    }

    private static int tableCalls(World world) {
        return (int) world.seen().calls().stream()
                .filter(call -> call.service() == AwsService.DYNAMODB)
                .count();
    }

    /** The steps that start a function from now on. */
    private static List<String> invocations(World world) {
        List<String> invoked = new ArrayList<>();
        world.listen(event -> {
            if (event instanceof HistoryEvent.TaskSucceeded task
                    && task.result().has("Payload")) {
                invoked.add(task.state());
            }
        });
        return invoked;
    }

    private static long sum(List<ExecutionRecord> executions, ToLongFunction<ExecutionRecord> what) {
        return executions.stream().mapToLong(what).sum();
    }

    private static String row(String what, long transitions, double price) {
        return "| %s | %d state transitions | %s |".formatted(what, transitions, dollars(price));
    }
}
