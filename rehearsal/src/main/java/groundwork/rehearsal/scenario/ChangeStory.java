package groundwork.rehearsal.scenario;

import static groundwork.rehearsal.scenario.Scenario.HOME;

import groundwork.checklist.Prerequisite;
import groundwork.rehearsal.organization.store.Mail;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.regions.Region;

/**
 * How stories go in which somebody changes something in an account that has been ready for two days. The stories themselves, one
 * for each family of docs/events.md, are in {@link RootChanges}, {@link AccessChanges} and {@link WatchChanges}.
 */
final class ChangeStory {

    /** Who makes most of the changes, at the end of the ARN. */
    static final String GRACE = "assumed-role/Operations/grace";

    private ChangeStory() {}

    /** Goes as the given steps say. */
    static Scenario ready(String name, String story, Consumer<World> then) {
        return readyIn(HOME, name, story, then);
    }

    /** Goes as the given steps say, with the stack and Identity Center in a Region of choice. */
    static Scenario readyIn(Region region, String name, String story, Consumer<World> then) {
        return new Scenario(
                        name,
                        story,
                        organization -> {
                            Scenarios.company(organization);
                            organization.identityCenter(region);
                        },
                        world -> {
                            Scenarios.ready(world);
                            world.passes(Duration.ofDays(2));
                            then.accept(world);
                        })
                .in(region);
    }

    /** Something happens that takes nothing away: Groundwork looks, finds everything in place and says nothing. */
    static Scenario noticed(String name, String story, String deed, Consumer<World> act) {
        return ready(name, story, world -> {
            int mails = world.seen().mails().size();
            int looks = world.seen().looks().size();
            world.after(Duration.ofMinutes(1), deed, () -> act.accept(world));
            world.settles();
            world.expect("looks", world.seen().looks().size() - looks, 1);
            world.expect("emails", world.seen().mails().size() - mails, 0);
            world.expect("the account", world.seen().checklistStatus(), "READY");
        });
    }

    /** Somebody undoes something that Groundwork can put back: it does, and says so once. */
    static Scenario repaired(
            String name,
            String story,
            String deed,
            Consumer<World> act,
            Prerequisite prerequisite,
            List<String> events,
            Consumer<World> then) {
        return ready(name, story, world -> {
            int mails = world.seen().mails().size();
            world.after(Duration.ofMinutes(1), deed, () -> act.accept(world));
            world.settles();
            String event = world.seen().cause(prerequisite).path("event").asText();
            world.expect("the change on the line is %s, not %s".formatted(events, event), events.contains(event));
            expectCause(world, prerequisite, event, GRACE);
            world.expect(prerequisite.name(), world.seen().status(prerequisite), "DONE");
            List<Mail> repairs = world.seen().mails("undone and put back");
            world.expect("emails that tell of a repair", repairs.size(), 1);
            if (!repairs.isEmpty()) {
                // Where two looks cross, the one that tells and the one that records last may name different changes.
                Mail repair = repairs.getLast();
                String named = events.stream()
                        .filter(repair.text()::contains)
                        .findFirst()
                        .orElse(event);
                expectNames(world, repair, named, GRACE);
            }
            world.expect("failed executions", world.seen().executionStatuses().contains("FAILED"), false);
            then.accept(world);
            if (world.seen().checklistStatus().equals("READY")) {
                world.expect("emails", world.seen().mails().size() - mails, 1);
            }
        });
    }

    /** Somebody undoes something that only a person can put right: one is asked, and Groundwork notices when it is done. */
    static Scenario asked(
            String name,
            String story,
            String deed,
            Consumer<World> act,
            Prerequisite prerequisite,
            String event,
            String who,
            String remedy,
            Consumer<World> put) {
        return ready(name, story, world -> {
            world.after(Duration.ofMinutes(1), deed, () -> act.accept(world));
            world.settles();
            world.expect(prerequisite.name(), world.seen().status(prerequisite), "WAITING");
            expectCause(world, prerequisite, event, who);
            List<Mail> asking = world.seen().mails("needs you again");
            world.expect("emails that ask", asking.size(), 1);
            if (!asking.isEmpty()) {
                expectNames(world, asking.getLast(), event, who);
            }
            world.after(Duration.ofHours(1), remedy, () -> put.accept(world));
            world.passes(Duration.ofHours(2));
            world.expect("the account, in the end", world.seen().checklistStatus(), "READY");
            world.expect(
                    "emails that say ready again",
                    world.seen().mails("ready again").size(),
                    1);
        });
    }

    /** Expects that the line of the prerequisite tells of the change: which it was, who made it and where it is recorded. */
    static void expectCause(World world, Prerequisite prerequisite, String event, String who) {
        world.expect(
                "the change on the line " + prerequisite,
                world.seen().cause(prerequisite).path("event").asText(),
                event);
        world.expect(
                "who made it",
                world.seen().cause(prerequisite).path("who").asText().endsWith(who),
                true);
        world.expect(
                "where it was recorded",
                world.seen().cause(prerequisite).path("region").asText(),
                "us-east-1");
        world.expect(
                "its id",
                world.seen().cause(prerequisite).path("eventId").asText().matches("[0-9a-f-]{36}"),
                true);
        world.expect("a link to it", world.seen().cause(prerequisite).has("link"), false);
    }

    private static void expectNames(World world, Mail mail, String event, String who) {
        for (String named : List.of(event, who, "us-east-1", "According to the event")) {
            world.expect("the email names " + named, mail.text().contains(named));
        }
        world.expect("the email links to no event", !mail.text().contains("#/events/"));
        world.expect("the email shows no JSON", !mail.text().contains("{\""));
    }
}
