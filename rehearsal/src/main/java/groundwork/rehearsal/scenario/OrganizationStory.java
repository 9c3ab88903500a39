package groundwork.rehearsal.scenario;

import static groundwork.rehearsal.scenario.Scenario.MANAGEMENT;

import groundwork.rehearsal.organization.OrganizationBuilder;
import groundwork.rehearsal.organization.store.Behavior;
import groundwork.rehearsal.organization.store.EmbeddedAssignment;
import groundwork.rehearsal.organization.trail.Trail;
import groundwork.rehearsal.report.Narrator;
import groundwork.rehearsal.simulation.Order;
import groundwork.rehearsal.simulation.Simulation;
import groundwork.rehearsal.stack.ExecutionRecord;
import groundwork.rehearsal.stack.LocalTables;
import groundwork.rehearsal.stack.Witness;
import groundwork.rehearsal.states.ExecutionResult;
import groundwork.rehearsal.template.Template;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.regions.Region;

/**
 * A hub and as many member accounts as one likes, with AWS's rates and quotas: the first look at all of them, the roll-out of their stacks,
 * a quiet day, and incidents. Chapters are played in this order, each once, or all with {@link #play}.
 */
public final class OrganizationStory implements AutoCloseable {
    /** The accounts that Identity Center takes until AWS raises it: https://docs.aws.amazon.com/singlesignon/latest/userguide/limits.html */
    public static final int QUOTA = 7_000;

    /** How long a call to AWS takes, so that a function does not make all of its calls at the same instant. An assumption. */
    private static final Duration CALL = Duration.ofMillis(50);

    private static final Duration PATIENCE = Duration.ofDays(30);

    /** Marks bring a sweep within five minutes; after twice that nothing more is to come. */
    private static final Duration SILENCE = Duration.ofMinutes(11);

    private static final Duration STEP = Duration.ofSeconds(10);

    private static final int MANY = 100;

    /** So many steps of the simulation are far from what an account takes, and near enough to notice what never ends. */
    private static final long STEPS_OF_AN_ACCOUNT = 20_000;

    final World world;
    private final List<String> members;
    private final OrganizationTally tally;
    private final Consumer<String> progress;
    private final List<OrganizationTally.Chapter> chapters = new ArrayList<>();

    /**
     * Deploys the hub into an organization; nothing has happened yet.
     *
     * @param accounts how many member accounts there are
     * @param quota how many accounts Identity Center takes
     * @param progress is told what happens, a sentence at a time
     */
    public OrganizationStory(
            Template template, LocalTables tables, int accounts, int quota, Consumer<String> progress) {
        this(template, tables, accounts, quota, Behavior.USUAL, progress);
    }

    OrganizationStory(
            Template template,
            LocalTables tables,
            int accounts,
            int quota,
            Behavior behavior,
            Consumer<String> progress) {
        this.progress = progress;
        this.members =
                IntStream.rangeClosed(1, accounts).mapToObj("%012d"::formatted).toList();
        Scenario scenario = new Scenario(
                        "organization",
                        "",
                        MANAGEMENT,
                        organization -> describe(organization, quota, behavior),
                        Scenarios.lookingAfter("all"),
                        unused -> {})
                .in(Region.EU_CENTRAL_1);
        this.world = new World(
                scenario,
                template,
                tables,
                new Simulation(World.START, Order.fifo(), 1_000_000 + STEPS_OF_AN_ACCOUNT * accounts),
                Narrator.silent(),
                Witness.NONE);
        world.organization().retryThrottledCalls(world.simulation()::sleep);
        this.tally = new OrganizationTally(world, CALL);
        world.organization()
                .createTrail(Trail.multiRegion("organization", MANAGEMENT, Region.EU_CENTRAL_1)
                        .ofOrganization());
    }

    private void describe(OrganizationBuilder organization, int quota, Behavior behavior) {
        Scenarios.company(organization);
        organization
                .identityCenter(Region.EU_CENTRAL_1)
                .identityCenterAccounts(quota)
                .behavior(behavior.withThrottling());
        members.forEach(id -> organization.memberAccount(id, "Account " + Long.parseLong(id), id + "@example.org"));
    }

    /** Plays everything. */
    public List<OrganizationTally.Chapter> play() {
        theHubBecomesReady();
        theAccountsAreSetUp();
        theMemberStacksAreRolledOut();
        aQuietDayPasses();
        anIncidentHappens("an incident in one account", 1);
        if (members.size() > 1) {
            int accounts = Math.min(MANY, members.size());
            anIncidentHappens("an incident in %d accounts".formatted(accounts), accounts);
        }
        return chapters();
    }

    /** What was played so far. */
    public List<OrganizationTally.Chapter> chapters() {
        return List.copyOf(chapters);
    }

    /** Everybody does their part, and the first sweep is about to begin. */
    OrganizationTally.Chapter theHubBecomesReady() {
        return chapter("the hub becomes ready", () -> {
            world.organization().rootUser(MANAGEMENT).enablesPasskey();
            world.addressIsConfirmed();
            world.stackIsCreated();
            passesUntil(() -> world.stack().executions().stream()
                    .anyMatch(execution -> execution.input().has("accountId")));
            world.console()
                    .resetsPassword(
                            world.identityCenter().user("ada").orElseThrow().userId());
            world.organization().accessPortalUser("ada").signsIn();
        });
    }

    /** The first sweep, from its beginning to its end. */
    OrganizationTally.Chapter theAccountsAreSetUp() {
        return chapter("the first sweep: access to all accounts", () -> passesUntil(this::hasBeenSwept));
    }

    /** The owner rolls the member stacks out, a twentieth of the accounts at a time, and sweeps work off their marks. */
    OrganizationTally.Chapter theMemberStacksAreRolledOut() {
        return chapter("the roll-out of the member stacks", () -> {
            world.stack().memberStacks().rollOut(members, Math.max(10, members.size() / 20), Map.of());
            passesUntil(() -> world.stack().memberStacks().accounts().size() == members.size());
            untilNothingHappens();
        });
    }

    /** A day without any change. */
    OrganizationTally.Chapter aQuietDayPasses() {
        return chapter("a quiet day", () -> world.passes(Duration.ofDays(1)));
    }

    /** Somebody takes the access to accounts away, and their root users get passwords. */
    OrganizationTally.Chapter anIncidentHappens(String name, int accounts) {
        return chapter(name, () -> {
            Set<String> concerned = new HashSet<>(members.subList(members.size() - accounts, members.size()));
            List<EmbeddedAssignment> assignments = world.identityCenter().assignments().stream()
                    .filter(assignment -> concerned.contains(assignment.accountId()))
                    .toList();
            assignments.forEach(world.console()::deletesAssignment);
            concerned.stream()
                    .sorted()
                    .forEach(id -> world.organization().rootUser(id).getsPassword());
            untilNothingHappens();
        });
    }

    /** The member accounts that the administrators' group cannot enter. */
    public List<String> withoutAccess() {
        Set<String> entered = world.identityCenter().assignments().stream()
                .map(EmbeddedAssignment::accountId)
                .collect(Collectors.toSet());
        return members.stream().filter(id -> !entered.contains(id)).toList();
    }

    private OrganizationTally.Chapter chapter(String name, Runnable events) {
        progress.accept(name);
        OrganizationTally.Chapter chapter = tally.during(name, events);
        chapters.add(chapter);
        return chapter;
    }

    List<ExecutionRecord> sweeps() {
        return world.stack().executions("OrganizationSweep");
    }

    private boolean hasBeenSwept() {
        return sweeps().stream().noneMatch(sweep -> sweep.result() == null)
                && sweeps().stream()
                        .anyMatch(sweep -> sweep.result() instanceof ExecutionResult.Succeeded swept
                                && swept.output().path("obstacle").isNull());
    }

    private void untilNothingHappens() {
        Instant[] busy = {world.now()};
        int[] before = {0};
        passesUntil(() -> {
            List<ExecutionRecord> sweeps = sweeps();
            if (sweeps.size() != before[0] || sweeps.stream().anyMatch(sweep -> sweep.result() == null)) {
                before[0] = sweeps.size();
                busy[0] = world.now();
            }
            return world.now().isAfter(busy[0].plus(SILENCE));
        });
    }

    private void passesUntil(BooleanSupplier condition) {
        Instant limit = world.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            if (world.now().isAfter(limit)) {
                throw new IllegalStateException("Nothing came of it within " + PATIENCE);
            }
            world.passes(STEP);
        }
    }

    @Override
    public void close() {
        world.close();
    }
}
