package groundwork.email;

import groundwork.access.Others;
import groundwork.administrator.Administrator;
import groundwork.checklist.Change;
import groundwork.checklist.Console;
import groundwork.checklist.Finding;
import groundwork.checklist.Findings;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import groundwork.identitycenter.Instance;
import groundwork.identitycenter.PortalUrl;
import groundwork.request.Cause;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One look at an account, as far as emails speak of it.
 *
 * @param findings what the other functions found
 * @param origin when and by whom the administrator was made, if Groundwork did not make the user
 * @param untold whether the administrator gets access once people have been told of that
 * @param others who else has the access
 */
public record Look(
        String accountId,
        String accountName,
        String executionArn,
        Optional<Cause> cause,
        Optional<Instance> instance,
        Optional<Administrator> administrator,
        Optional<PortalUrl> portal,
        Findings findings,
        Optional<String> origin,
        boolean untold,
        Optional<Others> others) {
    private static final Pattern USER_ID = Pattern.compile("[A-Za-z0-9-]{1,47}");
    private static final Pattern EVENT_ID = Pattern.compile("[A-Za-z0-9-]{1,80}");
    private static final int NAME_LIMIT = 60;
    private static final int EVENT_LIMIT = 120;
    private static final int WHO_LIMIT = 300;

    /**
     * A look as a function is told of it. What people wrote is made fit to be shown.
     *
     * @param stack the stack of the functions
     */
    public static Look of(
            OwnStack stack,
            String accountId,
            String accountName,
            String executionArn,
            Optional<Cause> cause,
            Optional<Instance> instance,
            Optional<Administrator> administrator,
            Findings findings,
            Optional<String> origin,
            boolean untold,
            Optional<Others> others) {
        return new Look(
                accountId,
                ExternalText.name(accountName, NAME_LIMIT),
                executionArn,
                cause,
                instance,
                administrator,
                stack.portal(instance),
                findings.with(outcome -> withOwnLink(outcome, stack.console())),
                origin,
                untold,
                others);
    }

    /** Whoever may call the function may say what was found, but not where people are sent. */
    private static Outcome withOwnLink(Outcome outcome, Console console) {
        return switch (outcome) {
            case Outcome.Waiting waiting ->
                console.leadsTo(waiting.link())
                        ? waiting
                        : new Outcome.Waiting(waiting.what(), waiting.todo(), console.home());
            case Outcome.Blocked blocked ->
                blocked.link() == null || console.leadsTo(blocked.link())
                        ? blocked
                        : new Outcome.Blocked(blocked.reason(), blocked.subject(), blocked.what(), null);
            case Outcome.Done done -> done;
            case Outcome.NotApplicable notApplicable -> notApplicable;
            case Outcome.Unknown unknown -> unknown;
            case Outcome.Planned planned -> planned;
        };
    }

    /** The account in a sentence: its id, and its name when that could be read. */
    public String account() {
        return "AWS account " + accountId + (accountName.isEmpty() ? "" : " (" + accountName + ")");
    }

    public Optional<String> userId() {
        return administrator.map(Administrator::userId);
    }

    /** The page of the administrator's user, with "Reset password". */
    public Optional<URI> userPage(Console console) {
        return instance.flatMap(
                found -> userId().filter(id -> USER_ID.matcher(id).matches())
                        .map(id -> console.identityCenterUser(found.instanceArn(), id)));
    }

    /** The change that set the look off, according to the event that told of it, fit to be shown and never a link. */
    public Optional<Change> change() {
        return cause.filter(Cause.Change.class::isInstance)
                .map(Cause.Change.class::cast)
                .map(event -> new Change(
                        ExternalText.unlinked(event.event(), EVENT_LIMIT),
                        event.who() == null ? null : ExternalText.unlinked(event.who(), WHO_LIMIT),
                        event.when(),
                        Console.isRegion(event.region()) ? event.region() : null,
                        isEventId(event.eventId()) ? event.eventId() : null));
    }

    private static boolean isEventId(String text) {
        return text != null && EVENT_ID.matcher(text).matches();
    }

    /** What was found about a prerequisite. */
    public Optional<Finding> finding(Prerequisite prerequisite) {
        return findings.finding(prerequisite);
    }

    public Outcome outcome(Prerequisite prerequisite) {
        return findings.outcome(prerequisite);
    }
}
