package groundwork.rehearsal.trust;

import static groundwork.rehearsal.scenario.Scenario.MANAGEMENT;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import groundwork.rehearsal.organization.call.Call;
import groundwork.rehearsal.organization.call.CallObserver;
import groundwork.rehearsal.organization.store.DirectoryUser;
import groundwork.rehearsal.report.Narrator;
import groundwork.rehearsal.scenario.Scenario;
import groundwork.rehearsal.scenario.World;
import groundwork.rehearsal.simulation.Choice;
import groundwork.rehearsal.simulation.Order;
import groundwork.rehearsal.stack.EventDelivery;
import groundwork.rehearsal.stack.LocalTables;
import groundwork.rehearsal.template.Template;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import software.amazon.awssdk.regions.Region;

/** Lets executions for one account get in each other's way, call by call. */
final class Orders {
    private static final String SIGN_IN_EMAIL = "sign-in URL";
    private static final Duration TICK = Duration.ofMillis(400);

    /** A management account with IAM Identity Center; the rest of the story is told here. */
    static final Scenario COMPANY = new Scenario(
            "company",
            "Executions get in each other's way.",
            organization -> organization
                    .managementAccount(MANAGEMENT, "Example", "root@example.com")
                    .identityCenter(Region.US_EAST_1),
            world -> {});

    /**
     * What came of one order.
     *
     * @param schedule how to play it again: the calls at which the first and the second execution are held, or the seed,
     *     and the choices that it led to
     */
    record Verdict(String schedule, List<String> violations) {
        String report() {
            return schedule + ": " + violations;
        }
    }

    private final Template template;
    private final Workers workers;

    Orders(Template template, Workers workers) {
        this.template = template;
        this.workers = workers;
    }

    /** What there is to do for two executions that cross. */
    enum Work {
        /** Nothing has been done yet. */
        SETUP,
        /** Everything was done, and then Grace removed Ada from the group; the event was lost. */
        REPAIR
    }

    /**
     * Two executions with the same work, crossing at every pair of calls.
     *
     * @param share one in how many pairs is played; 1 is all of them
     */
    List<Verdict> crossings(Work work, int share) {
        int calls = calls(work);
        List<Function<LocalTables, Verdict>> crossings = new ArrayList<>();
        int run = 0;
        for (int heldAt = 1; heldAt <= calls; heldAt++) {
            for (int secondHeldAt = 1; secondHeldAt <= calls + 1; secondHeldAt++) {
                if (run++ % share == 0) {
                    int first = heldAt;
                    int second = secondHeldAt;
                    crossings.add(tables -> crossing(work, first, second, tables, Narrator.silent()));
                }
            }
        }
        return workers.all(crossings);
    }

    /** The calls of an execution that does the work alone. */
    private int calls(Work work) {
        return workers.all(List.<Function<LocalTables, Integer>>of(tables -> {
                    try (World world = company(tables, Order.fifo(), Narrator.silent())) {
                        prepare(work, world);
                        int before = world.seen().calls().size();
                        world.starts(JsonNodeFactory.instance.objectNode());
                        world.passes(Duration.ofSeconds(30));
                        return world.seen().calls().size() - before;
                    }
                }))
                .getFirst();
    }

    /** Plays three executions and what people do, at random; one run for each seed. */
    List<Verdict> seeded(long firstSeed, int count) {
        List<Function<LocalTables, Verdict>> work = new ArrayList<>();
        for (long seed = firstSeed; seed < firstSeed + count; seed++) {
            long of = seed;
            work.add(tables -> random(of, tables, Narrator.silent()));
        }
        return workers.all(work);
    }

    /** Tells the run that a verdict's schedule begins with, such as {@code crossing SETUP 3 5} or {@code seed 11}. */
    Verdict again(String schedule, LocalTables tables, Narrator narrator) {
        String[] words = schedule.split(" ", 0);
        return switch (words[0]) {
            case "crossing" ->
                crossing(
                        Work.valueOf(words[1]),
                        Integer.parseInt(words[2]),
                        Integer.parseInt(words[3]),
                        tables,
                        narrator);
            case "seed" -> random(Long.parseLong(words[1]), tables, narrator);
            default -> throw new IllegalArgumentException("No schedule: " + schedule);
        };
    }

    private World company(LocalTables tables, Order order, Narrator narrator) {
        World world = new World(COMPANY, template, tables, order, narrator);
        world.stack().deliverEvents(List::of);
        world.addressIsConfirmed();
        world.stack().deliverEvents(EventDelivery.prompt());
        return world;
    }

    private Verdict crossing(Work work, int heldAt, int secondHeldAt, LocalTables tables, Narrator narrator) {
        try (World world = company(tables, Order.fifo(), narrator)) {
            Letters letters = new Letters(world);
            world.organization().observe(letters);
            int removals = prepare(work, world);
            int first = world.stack().executions().size() + 1;
            world.organization().observe(new Crossing(world, first, heldAt, secondHeldAt));
            world.starts(JsonNodeFactory.instance.objectNode());
            world.passes(Duration.ofMinutes(15));
            return new Verdict(
                    "crossing %s %d %d".formatted(work, heldAt, secondHeldAt),
                    violations(world, letters, removals, false));
        }
    }

    /** Returns how many repairs there are to report. */
    private static int prepare(Work work, World world) {
        return switch (work) {
            case SETUP -> 0;
            case REPAIR -> {
                world.organization().rootUser(MANAGEMENT).enablesPasskey();
                world.starts(JsonNodeFactory.instance.objectNode());
                world.passes(Duration.ofMinutes(2));
                signIn(world);
                world.passes(Duration.ofMinutes(10));
                world.stack().deliverEvents(List::of);
                removeFromGroup(world);
                world.stack().deliverEvents(EventDelivery.prompt());
                yield 1;
            }
        };
    }

    private Verdict random(long seed, LocalTables tables, Narrator narrator) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        try (World world = company(tables, Order.seeded(seed), narrator)) {
            Letters letters = new Letters(world);
            world.organization().observe(letters);
            world.organization().observe(slow(world, random));
            for (int execution = 0; execution < 3; execution++) {
                later(world, random, 90, "start", () -> world.starts(JsonNodeFactory.instance.objectNode()));
            }
            later(
                    world,
                    random,
                    240,
                    "root",
                    () -> world.organization().rootUser(MANAGEMENT).enablesPasskey());
            List<String> removals = new ArrayList<>();
            later(world, random, 240, "Grace", () -> {
                if (removeFromGroup(world)) {
                    removals.add("removed");
                }
            });
            List<String> invitedBySomebodyElse = new ArrayList<>();
            later(world, random, 240, "Ada", () -> {
                if (signIn(world) && world.seen().mails(SIGN_IN_EMAIL).isEmpty()) {
                    invitedBySomebodyElse.add("Ada");
                }
            });
            world.passes(Duration.ofMinutes(30));
            signIn(world);
            world.passes(Duration.ofMinutes(30));
            List<String> violations = violations(world, letters, removals.size(), !invitedBySomebodyElse.isEmpty());
            if (!world.seen().checklistStatus().equals("READY")) {
                violations.add("the account is " + world.seen().checklistStatus());
            }
            return new Verdict(
                    "seed %d%s".formatted(seed, violations.isEmpty() ? "" : ", choices " + chosen(world)), violations);
        }
    }

    private static void later(World world, RandomGenerator random, int seconds, String who, Runnable deed) {
        world.simulation().startAt(world.now().plus(TICK.multipliedBy(random.nextInt(1, seconds * 5 / 2))), who, deed);
    }

    /** Every call takes some ticks, so that those of several executions often meet; then the order decides. */
    private static CallObserver slow(World world, RandomGenerator random) {
        return new CallObserver() {
            @Override
            public void before(Call call) {
                if (world.simulation().isInProcess() && world.seen().isOfTheStack(call)) {
                    world.simulation().sleep(TICK.multipliedBy(random.nextInt(4)));
                    world.simulation().pause();
                }
            }
        };
    }

    private static boolean removeFromGroup(World world) {
        Optional<DirectoryUser> ada = world.identityCenter().user("ada");
        if (world.identityCenter().memberships().isEmpty() || ada.isEmpty()) {
            return false;
        }
        world.adaIsRemoved();
        return true;
    }

    private static boolean signIn(World world) {
        Optional<DirectoryUser> ada = world.identityCenter().user("ada");
        ada.ifPresent(user -> world.console().resetsPassword(user.userId()));
        return ada.isPresent() && world.organization().accessPortalUser("ada").signsIn();
    }

    private static List<String> violations(World world, Letters letters, int removals, boolean knowsTheWayIn) {
        List<String> violations = new ArrayList<>();
        one(violations, "user", world.identityCenter().users());
        one(violations, "group", world.identityCenter().groups());
        one(violations, "membership", world.identityCenter().memberships());
        one(violations, "permission set", world.identityCenter().permissionSets());
        one(violations, "assignment", world.identityCenter().assignments());
        if (world.seen().mails(SIGN_IN_EMAIL).size() != 1
                && !(knowsTheWayIn && world.seen().mails(SIGN_IN_EMAIL).isEmpty())) {
            violations.add("%d sign-in emails"
                    .formatted(world.seen().mails(SIGN_IN_EMAIL).size()));
        }
        letters.repeated().forEach(occasion -> violations.add("sent twice: " + occasion));
        letters.lost().forEach(occasion -> violations.add("marked as sent, and never sent: " + occasion));
        long repairs = letters.deliveries().keySet().stream()
                .filter(occasion -> occasion.startsWith("REPAIRED#"))
                .count();
        if (repairs > removals) {
            violations.add("%d repairs were reported, of %d".formatted(repairs, removals));
        }
        world.stack().executions().stream()
                .filter(execution -> execution.status().equals("FAILED"))
                .forEach(execution -> violations.add(execution.name() + " failed: " + execution.result()));
        return violations;
    }

    private static void one(List<String> violations, String what, List<?> all) {
        if (all.size() != 1) {
            violations.add("%d of what should be one %s".formatted(all.size(), what));
        }
    }

    private static List<Integer> chosen(World world) {
        return world.simulation().choices().stream().map(Choice::chosen).toList();
    }
}
