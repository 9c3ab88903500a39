package groundwork.rehearsal.trust;

import static groundwork.rehearsal.scenario.Scenario.MANAGEMENT;
import static groundwork.rehearsal.template.ProjectTemplate.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import groundwork.rehearsal.organization.call.Call;
import groundwork.rehearsal.organization.call.CallObserver;
import groundwork.rehearsal.report.Narrator;
import groundwork.rehearsal.scenario.Scenario;
import groundwork.rehearsal.scenario.Scenarios;
import groundwork.rehearsal.scenario.Seen;
import groundwork.rehearsal.scenario.SignInScenarios;
import groundwork.rehearsal.scenario.World;
import groundwork.rehearsal.stack.FunctionStopped;
import groundwork.rehearsal.stack.LocalTables;
import groundwork.state.AccountRecord;
import groundwork.state.Outbox;
import groundwork.state.PointsInTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.sns.model.PublishRequest;

/** Each guard of the table keeps something from going wrong: a story that ends well with it ends badly without it. */
@Tag("slow")
class GuardsTest {

    /** Longer than a look takes, and shorter than the timeout of a state. */
    private static final Duration HELD_UP = Duration.ofSeconds(25);

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
    void withoutIt_aStoryEndsBadly_thatEndsWellWithIt(Guard guard) {
        Function<LocalTables, List<String>> story = story(guard);

        List<List<String>> broken = workers.all(List.<Function<LocalTables, List<String>>>of(
                story, tables -> story.apply(tables.through(client -> new Overlooking(client, guard)))));

        assertThat(broken.getFirst()).as("with it").isEmpty();
        assertThat(broken.getLast()).as("without it").isNotEmpty();
    }

    @Test
    @Tag("at-length")
    void thereIsNoOtherGuard() {
        Set<String> unknown = new ConcurrentSkipListSet<>();
        EnumSet<Guard> met = EnumSet.noneOf(Guard.class);
        workers.all(Scenarios.all().stream()
                .<Function<LocalTables, Boolean>>map(scenario -> tables -> {
                    try (World world = new World(scenario, TEMPLATE, tables)) {
                        world.organization().observe(new CallObserver() {
                            @Override
                            public void before(Call call) {
                                if (world.seen().isOfTheStack(call)) {
                                    List<Guard> guards =
                                            Guard.of(call.request()).toList();
                                    synchronized (met) {
                                        met.addAll(guards);
                                    }
                                    Guard.words(call.request())
                                            .filter(words -> guards.isEmpty())
                                            .ifPresent(unknown::add);
                                }
                            }
                        });
                        scenario.play().accept(world);
                        return true;
                    }
                })
                .toList());

        assertThat(unknown).isEmpty();
        // In no scenario does a channel refuse what it has worked for.
        assertThat(met).isEqualTo(EnumSet.complementOf(EnumSet.of(Guard.RELEASE)));
    }

    private static Function<LocalTables, List<String>> story(Guard guard) {
        return switch (guard) {
            case CLAIM_OF_THE_ACCOUNT -> company(GuardsTest::anExecutionThatIsLateDoesNotLookAgain);
            case TURN -> scenario("two-regions");
            case RECORD -> company(GuardsTest::anOlderLookThatEndsLaterChangesNothing);
            case FAILURE -> scenario("failures-unheard");
            case SIGN_IN -> company(GuardsTest::signInsThatAreMadeUpAgainAndAgainKeepNoReminderAway);
            case CLAIM_OF_A_MESSAGE -> crossing("crossing SETUP 8 56");
            case LEASE -> company(GuardsTest::anExecutionThatDiesBetweenClaimAndMarkIsFollowedByAnother);
            case RELEASE -> company(GuardsTest::whatAnotherHasTakenOverIsNotGivenBack);
            case NOTE -> crossing("crossing REPAIR 27 60");
            case CLAIM_OF_THE_SWEEP -> organization(GuardsTest::oneOfTwoSweepsGoesOn);
            case READ_OF_A_BATCH -> organization(GuardsTest::theMemberIsSetUp);
            case READ_OF_A_MESSAGE -> scenario("user-squatted");
            case READ_OF_EVERYTHING -> scenario("membership-removed-by-api");
        };
    }

    private static void oneOfTwoSweepsGoesOn(World world) {
        world.stack().start("OrganizationSweep", "one", JsonNodeFactory.instance.objectNode());
        world.stack().start("OrganizationSweep", "two", JsonNodeFactory.instance.objectNode());
        world.passes(Duration.ofMinutes(10));
        world.expect(
                "sweeps that left it to another",
                world.stack().executions("OrganizationSweep").stream()
                        .filter(sweep -> sweep.status().equals("SUPERSEDED"))
                        .count(),
                1L);
    }

    private static void theMemberIsSetUp(World world) {
        world.expect(
                "assignments in the member",
                world.identityCenter().assignments().stream()
                        .filter(assignment -> assignment.accountId().equals(Scenario.MEMBER))
                        .count(),
                1L);
    }

    private static void anExecutionThatIsLateDoesNotLookAgain(World world) {
        meanwhile(world, call -> updates(call, "claimedAt = :startedAt"), () -> {
            world.starts(JsonNodeFactory.instance.objectNode());
            world.simulation().sleep(HELD_UP);
        });
        world.starts(JsonNodeFactory.instance.objectNode());
        world.passes(Duration.ofMinutes(5));
        world.expect(
                "the executions that look",
                world.seen().looks().stream()
                        .map(Seen.Look::execution)
                        .distinct()
                        .count(),
                1L);
    }

    private static void anOlderLookThatEndsLaterChangesNothing(World world) {
        meanwhile(world, call -> updates(call, "observedAt = :observedAt"), () -> {
            world.organization().rootUser(MANAGEMENT).enablesPasskey();
            world.starts(JsonNodeFactory.instance.objectNode());
            world.simulation().sleep(HELD_UP);
        });
        world.starts(JsonNodeFactory.instance.objectNode());
        world.passes(Duration.ofMinutes(1));
        String record = table(world)
                .getItem(get -> get.tableName(world.tableName())
                        .key(Map.of(
                                "accountId", AttributeValue.fromS(MANAGEMENT),
                                "item", AttributeValue.fromS("ACCOUNT"))))
                .item()
                .get("record")
                .s();
        world.expect(
                "MFA on the root user, as recorded",
                AccountRecord.parse(record, new PointsInTime(world.now()))
                                .checklist()
                                .item(Prerequisite.ROOT_MFA)
                                .outcome()
                        instanceof Outcome.Done,
                true);
    }

    private static void signInsThatAreMadeUpAgainAndAgainKeepNoReminderAway(World world) {
        world.organization().rootUser(MANAGEMENT).enablesPasskey();
        world.starts(JsonNodeFactory.instance.objectNode());
        world.passes(Duration.ofHours(1));
        for (int time = 0; time < 30; time++) {
            world.starts(SignInScenarios.event(world, SignInScenarios.userId(world)));
            world.passes(Duration.ofMinutes(50));
        }
        world.expect("reminders", world.seen().mails("you have not signed in").size(), 1);
    }

    private static void anExecutionThatDiesBetweenClaimAndMarkIsFollowedByAnother(World world) {
        List<Call> sent = new ArrayList<>();
        world.organization().observe(new CallObserver() {
            @Override
            public void before(Call call) {
                if (call.request() instanceof PublishRequest && world.seen().isOfTheStack(call) && sent.size() < 7) {
                    sent.add(call);
                    throw new FunctionStopped(FunctionStopped.Why.TIMED_OUT);
                }
            }
        });
        world.starts(JsonNodeFactory.instance.objectNode());
        world.passes(Duration.ofHours(1));
        world.starts(JsonNodeFactory.instance.objectNode());
        world.passes(Duration.ofMinutes(5));
        world.expect(
                "emails with the sign-in URL", world.seen().mails("sign-in URL").size(), 1);
    }

    private static void whatAnotherHasTakenOverIsNotGivenBack(World world) {
        Outbox outbox = new Outbox(
                () -> table(world), world.tableName(), world.simulation().clock());
        Outbox.Claim claim = new Outbox.Claim("ROOT_MFA#1#NOTICE", Instant.EPOCH, "WAITING", Scenario.ADA, false);
        outbox.claim(MANAGEMENT, claim, "first");
        world.passes(Outbox.LEASE.plusMinutes(1));
        world.expect("taken over", outbox.claim(MANAGEMENT, claim, "second"), true);
        outbox.release(MANAGEMENT, claim.occasion(), "first");
        world.expect("claimed while the second sends it", outbox.claim(MANAGEMENT, claim, "third"), false);
    }

    private static Function<LocalTables, List<String>> scenario(String name) {
        return played(Scenarios.named(name).orElseThrow());
    }

    private static Function<LocalTables, List<String>> crossing(String schedule) {
        return tables -> orders.again(schedule, tables, Narrator.silent()).violations();
    }

    private static Function<LocalTables, List<String>> company(Consumer<World> play) {
        return played(new Scenario("company", "Executions meet in the table.", Orders.COMPANY.beginning(), world -> {
            world.stack().deliverEvents(List::of);
            world.addressIsConfirmed();
            play.accept(world);
        }));
    }

    private static Function<LocalTables, List<String>> organization(Consumer<World> play) {
        return played(new Scenario(
                "organization",
                "Sweeps meet in the table.",
                MANAGEMENT,
                organization -> organization
                        .managementAccount(MANAGEMENT, "Example", "root@example.com")
                        .memberAccount(Scenario.MEMBER, "Workload", "workload@example.com")
                        .identityCenter(Region.US_EAST_1),
                Scenarios.lookingAfter("all"),
                world -> {
                    world.addressIsConfirmed();
                    world.stackIsCreated();
                    world.passes(Duration.ofMinutes(10));
                    play.accept(world);
                }));
    }

    private static Function<LocalTables, List<String>> played(Scenario scenario) {
        return tables -> {
            try (World world = new World(scenario, TEMPLATE, tables)) {
                scenario.play().accept(world);
                return world.expectations().broken();
            }
        };
    }

    /** Something happens while the first execution is about to make a call. */
    private static void meanwhile(World world, Predicate<Call> when, Runnable deed) {
        boolean[] done = {false};
        world.organization().observe(new CallObserver() {
            @Override
            public void before(Call call) {
                if (!done[0] && when.test(call)) {
                    done[0] = true;
                    deed.run();
                }
            }
        });
    }

    private static DynamoDbClient table(World world) {
        return world.organization().client(DynamoDbClient.class, world.person(), Region.US_EAST_1);
    }

    private static boolean updates(Call call, String expression) {
        return call.request() instanceof UpdateItemRequest update
                && update.updateExpression().contains(expression);
    }
}
