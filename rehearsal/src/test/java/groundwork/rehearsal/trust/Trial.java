package groundwork.rehearsal.trust;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import groundwork.checklist.Prerequisite;
import groundwork.rehearsal.organization.call.AwsService;
import groundwork.rehearsal.organization.call.Call;
import groundwork.rehearsal.report.Narrator;
import groundwork.rehearsal.scenario.World;
import groundwork.rehearsal.simulation.Order;
import groundwork.rehearsal.stack.ExecutionRecord;
import groundwork.rehearsal.stack.LocalTables;
import groundwork.rehearsal.states.ExecutionResult;
import groundwork.rehearsal.template.Template;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Plays a scenario while planned faults befall its calls. Where things are not as they would be without the fault when
 * the next person wants to do something, and waiting does not help, one more execution is started, as the schedule does.
 */
final class Trial {
    /** Longer than the lease of a message, which somebody who died may hold. */
    private static final Duration LEASE = Duration.ofMinutes(6);

    private final Baseline baseline;
    private final List<PlannedFault> plan;
    private final World world;
    private final FaultInjector injector;
    private final Letters letters;
    private final List<String> violations = new ArrayList<>();
    private int deeds;
    private int nextRuns;

    private Trial(Baseline baseline, List<PlannedFault> plan, World world) {
        this.baseline = baseline;
        this.plan = plan;
        this.world = world;
        this.letters = new Letters(world);
        this.injector = new FaultInjector(world, plan);
        // In this order: what has arrived is noted before a fault hides it from the caller.
        world.organization().observe(letters);
        world.organization().observe(injector);
        world.slower(Duration.ZERO);
        world.beforeDeeds(() -> settle(baseline.states().get(deeds++)));
    }

    static Verdict play(Baseline baseline, List<PlannedFault> plan, Template template, LocalTables tables) {
        return play(baseline, plan, template, tables, Narrator.silent());
    }

    static Verdict play(
            Baseline baseline, List<PlannedFault> plan, Template template, LocalTables tables, Narrator narrator) {
        try (World world = new World(baseline.scenario(), template, tables, Order.fifo(), narrator)) {
            return new Trial(baseline, plan, world).play();
        }
    }

    private Verdict play() {
        try {
            baseline.scenario().play().accept(world);
            settle(baseline.states().getLast());
        } catch (RuntimeException e) {
            violations.add("the story could not go on: " + e);
        }
        judge();
        return new Verdict(baseline.scenario().name(), plan, outcome(), List.copyOf(violations));
    }

    private void settle(EndState expected) {
        if (injector.strikes().isEmpty() || isReached(expected)) {
            return;
        }
        aWhilePasses();
        // A second fault may befall the very execution that makes up for the first.
        for (int run = 0; run < plan.size() && !isReached(expected); run++) {
            next();
            nextRuns++;
            aWhilePasses();
        }
    }

    /** Access may have to be taken away and given again, and where AWS is slow it is looked at ever more rarely. */
    private void aWhilePasses() {
        world.passes(LEASE.plus(world.organization().behavior().provisioning().multipliedBy(4)));
    }

    /**
     * An event that was lost with its execution is not sent again, but who signed in once signs in again, and who asked
     * for a self-test asks again.
     */
    private void next() {
        if (signInLost()) {
            world.organization().accessPortalUser("ada").signsIn();
        } else {
            world.starts(JsonNodeFactory.instance.objectNode().put("selfTest", selfTestLost()));
        }
    }

    private boolean selfTestLost() {
        return injector.strikes().stream()
                        .anyMatch(strike -> strike.call().name().equals("events:PutEvents"))
                || failed("/detail-type", "Groundwork Self-Test");
    }

    private boolean signInLost() {
        return failed("/detail/eventName", "UserAuthentication")
                && world.seen().checklist().isPresent()
                && world.seen().status(Prerequisite.FIRST_SIGN_IN).equals("WAITING");
    }

    /** Whether an execution failed that was started by such an event. */
    private boolean failed(String field, String value) {
        return world.stack().executions().stream()
                .anyMatch(execution -> execution.status().equals("FAILED")
                        && execution.input().at(field).asText().equals(value));
    }

    private boolean isReached(EndState expected) {
        return expected.differences(EndState.of(world)).isEmpty();
    }

    private void judge() {
        violations.addAll(baseline.states().getLast().differences(EndState.of(world)));
        if (nextRuns > injector.strikes().size()) {
            violations.add(nextRuns + " more executions were needed");
        }
        letters.lost().forEach(occasion -> violations.add("marked as sent, and never sent: " + occasion));
        int repeats = letters.deliveries().values().stream()
                .mapToInt(count -> count - 1)
                .sum();
        if (!letters.repeated().isEmpty() && mayRepeat() == 0) {
            violations.add("sent twice: " + letters.repeated());
        }
        letters.deliveries().forEach((occasion, count) -> {
            if (count > 1 + mayRepeat()) {
                violations.add("sent %d times: %s".formatted(count, occasion));
            }
        });
        if (repeats == 0 && mayRepeat() == 0 && !denied() && nextRuns == 0) {
            violations.addAll(world.expectations().broken());
        }
        for (ExecutionRecord execution : world.stack().executions()) {
            if (execution.result() instanceof ExecutionResult.Failed failed && !mayFail()) {
                violations.add(
                        "execution %s failed: %s %s".formatted(execution.name(), failed.error(), failed.cause()));
            }
        }
        // After another fault the step may run again, and the permission is back by then.
        injector.strikes().stream()
                .filter(strike -> injector.strikes().size() == 1)
                // A denied mark, or the read after it, is tried again, and the permission is back by then.
                .filter(strike -> strike.fault() == Fault.ACCESS_DENIED)
                .filter(strike -> !Letters.marks(strike.call()) && !followsAMark(strike.call()))
                // So is whatever the state machine itself was denied.
                .filter(strike -> world.stack().isFunction(strike.call().caller()))
                // The name of the account is a courtesy: without it people are told its id.
                .filter(strike -> !strike.call().name().equals("account:GetAccountInformation"))
                .filter(strike -> !isMadeAgainBeforeAnEmail(strike.call()))
                .filter(strike -> !asksWhoElseIsLetInWhereNobodyIs(strike.call()))
                .filter(strike -> !isNamed(strike.call()) && !isNamedOnceSomebodyHears(strike.call()))
                .forEach(strike -> violations.add("nobody is told that AWS denied %s to %s"
                        .formatted(strike.call().name(), strike.call().caller().roleName())));
    }

    /**
     * The line between sending once and sending twice: a function that does not learn that its email went out sends it
     * again, as none may be lost. Whatever else happens repeats nothing.
     */
    private long mayRepeat() {
        return injector.strikes().stream()
                .filter(strike -> strike.fault().strikesAfterTheEffect() && Letters.sends(strike.call()))
                .count();
    }

    /** Without its table Groundwork cannot do its own work. */
    private boolean mayFail() {
        return injector.strikes().stream()
                .anyMatch(strike ->
                        strike.fault() == Fault.ACCESS_DENIED && strike.call().service() == AwsService.DYNAMODB);
    }

    private boolean denied() {
        return injector.strikes().stream().anyMatch(strike -> strike.fault() == Fault.ACCESS_DENIED);
    }

    private boolean isNamed(Call call) {
        String action = call.accessChecks().getFirst().action();
        for (JsonNode checklist : world.seen().checklists()) {
            for (JsonNode item : checklist.path("items")) {
                if (item.path("outcome").path("what").asText().contains(action)) {
                    return true;
                }
            }
        }
        return world.stack().failures().stream()
                .anyMatch(failed -> failed.cause().contains(action));
    }

    private boolean followsAMark(Call call) {
        return world.seen().calls().stream()
                .filter(earlier ->
                        earlier.sequence() < call.sequence() && earlier.caller().equals(call.caller()))
                .reduce((earlier, later) -> later)
                .filter(Letters::marks)
                .isPresent();
    }

    /** The permission is back when the step looks again, as after an order to AWS, and so there is nothing to tell. */
    private boolean isMadeAgainBeforeAnEmail(Call denied) {
        return world.seen().calls().stream()
                .filter(call -> call.sequence() > denied.sequence())
                .takeWhile(call -> !call.caller().roleName().contains("SendEmail"))
                .anyMatch(call ->
                        call.name().equals(denied.name()) && call.caller().equals(denied.caller()));
    }

    /** Who else is in the group is said with access that is there. */
    private boolean asksWhoElseIsLetInWhereNobodyIs(Call denied) {
        return denied.operation().equals("ListGroupMemberships")
                && world.seen().checklists().stream()
                        .filter(checklist -> !Instant.parse(
                                        checklist.path("observedAt").asText())
                                .isAfter(denied.time()))
                        .reduce((earlier, later) -> later)
                        .filter(checklist -> isOpen(checklist, Prerequisite.ADMIN_ACCESS))
                        .isPresent();
    }

    private static boolean isOpen(JsonNode checklist, Prerequisite prerequisite) {
        return checklist
                .path("items")
                .valueStream()
                .filter(item -> item.path("prerequisite").asText().equals(prerequisite.name()))
                .noneMatch(item -> item.path("outcome").path("status").asText().equals("DONE"));
    }

    /** A failure waits to be told until somebody confirms an address, which a story with another channel never does. */
    private boolean isNamedOnceSomebodyHears(Call denied) {
        if (!world.seen().executionStatuses().getLast().equals("RUNNING")) {
            return false;
        }
        world.addressIsConfirmed();
        aWhilePasses();
        return isNamed(denied);
    }

    private Verdict.Outcome outcome() {
        if (!violations.isEmpty()) {
            return Verdict.Outcome.VIOLATED;
        } else if (injector.strikes().isEmpty()) {
            return Verdict.Outcome.NOT_REACHED;
        } else if (!letters.repeated().isEmpty()) {
            return Verdict.Outcome.REPEATED;
        } else if (world.seen().executionStatuses().contains("FAILED")) {
            return Verdict.Outcome.FAILED;
        } else if (nextRuns > 0) {
            return Verdict.Outcome.NEXT_RUN;
        }
        return denied() ? Verdict.Outcome.TOLD : Verdict.Outcome.UNNOTICED;
    }
}
