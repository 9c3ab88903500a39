package groundwork.conclusion;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.willReturn;
import static org.mockito.Mockito.CALLS_REAL_METHODS;
import static org.mockito.Mockito.mock;

import groundwork.access.Others;
import groundwork.administrator.Administrator;
import groundwork.checklist.BlockedReason;
import groundwork.checklist.Checklist;
import groundwork.checklist.ChecklistItem;
import groundwork.checklist.Finding;
import groundwork.checklist.Findings;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import groundwork.email.DatedOccasion;
import groundwork.email.Look;
import groundwork.email.OwnStack;
import groundwork.email.Reader;
import groundwork.email.channel.SnsChannel;
import groundwork.identitycenter.IdentityCenterAsFound;
import groundwork.identitycenter.Instance;
import groundwork.identitycenter.PortalUrl;
import groundwork.request.Cause;
import groundwork.root.RootUserAsFound;
import groundwork.state.AccountRecord;
import groundwork.state.OutboxContents;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsByTopicRequest;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsByTopicResponse;

/** One account, looked at in many ways. */
public final class Samples {
    public static final Instant START = Instant.parse("2026-11-20T08:00:00Z");
    public static final String ACCOUNT = "111122223333";
    public static final String USER_ID = "94e80458-1091-70ac-9a1b-000000000001";
    public static final String EXECUTION =
            "arn:aws:states:eu-central-1:111122223333:execution:groundwork-account-setup:6d1f0f6e";
    public static final Instance INSTANCE =
            new Instance("arn:aws:sso:::instance/ssoins-1234567890abcdef", "d-9067012345");
    public static final Administrator ADA = new Administrator(USER_ID, "ada");
    public static final OwnStack STACK = stack(Optional.empty(), false);
    public static final OwnStack STACK_OF_TWO_PEOPLE = stack(Optional.of("owner@example.com"), false);
    public static final OwnStack STACK_OF_A_HUB = stack(Optional.empty(), true);
    public static final Cause.Change DEACTIVATED = new Cause.Change(
            "DeactivateMFADevice",
            "arn:aws:iam::111122223333:root",
            Instant.parse("2026-11-24T14:03:22Z"),
            "us-east-1",
            "8a7b6c5d-1111-2222-3333-444455556666");

    public static final Outcome DONE = new Outcome.Done("As it should be.");
    public static final Outcome NO_MFA = RootUserAsFound.withoutMfa();
    public static final Outcome NOT_ENABLED = IdentityCenterAsFound.notEnabled();
    public static final Outcome NOT_SIGNED_IN = new SignIn(
                    lookFor(Optional.of(USER_ID)),
                    AccountRecord.NONE,
                    OutboxContents.EMPTY,
                    DONE,
                    STACK,
                    START,
                    Optional.of(new SignInHistory.Answer.NoSignIn(true)))
            .first()
            .outcome();
    public static final Outcome UNSUBSCRIBED = new SnsChannel(
                    nobodyIsSubscribed(),
                    "arn:aws:sns:eu-central-1:111122223333:groundwork-Topic-1A2B3C",
                    "ada@example.com",
                    STACK.console())
            .state();
    public static final Outcome UNKNOWN = new Outcome.Unknown("It could not be read.");
    public static final Outcome TO_BE_SENT = new Outcome.Planned("To be sent.");

    private Samples() {}

    /** Whether emails reach the administrator and the owner, who is somebody else. */
    static Reach reach(Outcome administrator, Outcome owner) {
        return new Reach(
                Map.of(
                        Reader.ADMINISTRATOR, new Reach.Way("ada@example.com", administrator),
                        Reader.OWNER, new Reach.Way("owner@example.com", owner)),
                List.of(),
                List.of());
    }

    /** What the template tells the function of a stack in which the administrator is the owner. */
    static Map<String, String> environment(String topicArn) {
        return Map.of(
                "ACCOUNT_ID", ACCOUNT,
                "AWS_REGION", "eu-central-1",
                "TABLE_NAME", "groundwork",
                "TOPIC_ARN", topicArn,
                "ADMINISTRATOR_EMAIL", "ada@example.com",
                "GIVEN_NAME", "Ada",
                "STACK_NAME", "groundwork");
    }

    private static SnsClient nobodyIsSubscribed() {
        SnsClient sns = mock(SnsClient.class, CALLS_REAL_METHODS);
        willReturn(ListSubscriptionsByTopicResponse.builder().build())
                .given(sns)
                .listSubscriptionsByTopic(any(ListSubscriptionsByTopicRequest.class));
        return sns;
    }

    private static OwnStack stack(Optional<String> ownerEmail, boolean hasMembers) {
        return new OwnStack(
                ACCOUNT,
                Region.EU_CENTRAL_1,
                "groundwork",
                "ada@example.com",
                "Ada",
                ownerEmail,
                hasMembers,
                Optional.empty());
    }

    public static Outcome blocked(BlockedReason reason, String subject) {
        return Outcome.Blocked.because(reason, subject);
    }

    /** A look at which nothing was noticed but the findings. */
    public static Look lookOf(
            String accountId,
            String accountName,
            String executionArn,
            Optional<Cause> cause,
            Optional<Instance> instance,
            Optional<Administrator> administrator,
            Optional<PortalUrl> portal,
            List<Finding> findings) {
        return new Look(
                accountId,
                accountName,
                executionArn,
                cause,
                instance,
                administrator,
                portal,
                new Findings(findings),
                Optional.empty(),
                false,
                Optional.empty());
    }

    public static Look look() {
        return look("Example", null);
    }

    public static Look look(String accountName, Cause cause) {
        return lookOf(
                ACCOUNT,
                accountName,
                EXECUTION,
                Optional.ofNullable(cause),
                Optional.of(INSTANCE),
                Optional.of(ADA),
                STACK.portal(Optional.of(INSTANCE)),
                List.of());
    }

    public static Look lookFor(Optional<String> userId) {
        return lookOf(
                ACCOUNT,
                "Example",
                EXECUTION,
                Optional.empty(),
                Optional.of(INSTANCE),
                userId.map(id -> new Administrator(id, "ada")),
                STACK.portal(Optional.of(INSTANCE)),
                List.of());
    }

    public static Look lookWith(Finding finding) {
        return lookOf(
                ACCOUNT,
                "Example",
                EXECUTION,
                Optional.empty(),
                Optional.of(INSTANCE),
                Optional.of(ADA),
                STACK.portal(Optional.of(INSTANCE)),
                List.of(finding));
    }

    /** Occasions that nothing earlier can be mistaken for. */
    public static List<DatedOccasion> occasions(String... names) {
        return Stream.of(names)
                .map(name -> new DatedOccasion(name, Instant.EPOCH))
                .toList();
    }

    public static final Others OTHERS = new Others(
            "Administrators",
            List.of(
                    new Others.Member("m-1", "mallory", START, "arn:aws:sts::111122223333:assumed-role/Ops/eve", false),
                    new Others.Member("m-2", "bob", START.minusSeconds(86_400), "groundwork", true),
                    new Others.Member("m-3", null, null, null, false)),
            false);

    /** Somebody else made the administrator's user, and others are in the group. */
    public static Look lookWithOthers() {
        Look look = look();
        return new Look(
                ACCOUNT,
                look.accountName(),
                look.executionArn(),
                look.cause(),
                look.instance(),
                look.administrator(),
                look.portal(),
                look.findings(),
                Optional.of("Groundwork did not make the user ada: it was made on 19 November 2026, 08:00 UTC by"
                        + " arn:aws:sts::111122223333:assumed-role/Ops/eve."),
                true,
                Optional.of(OTHERS));
    }

    /** A line in its first period. */
    public static ChecklistItem line(Prerequisite prerequisite, Outcome outcome) {
        return line(prerequisite, outcome, 1, START, false);
    }

    public static ChecklistItem line(
            Prerequisite prerequisite, Outcome outcome, int period, Instant since, boolean doneBefore) {
        boolean open = outcome instanceof Outcome.Waiting || outcome instanceof Outcome.Blocked;
        return new ChecklistItem(prerequisite, outcome, open, period, since, doneBefore);
    }

    /** Every line is done in its first period, but for those given. */
    public static Checklist checklist(ChecklistItem... lines) {
        Map<Prerequisite, ChecklistItem> items = new EnumMap<>(Prerequisite.class);
        for (Prerequisite prerequisite : Prerequisite.values()) {
            items.put(prerequisite, line(prerequisite, DONE, 1, START, true));
        }
        for (ChecklistItem line : lines) {
            items.put(line.prerequisite(), line);
        }
        boolean ready = items.values().stream()
                .allMatch(item ->
                        item.outcome() instanceof Outcome.Done || item.outcome() instanceof Outcome.NotApplicable);
        return new Checklist(
                ready ? Checklist.Status.READY : Checklist.Status.WAITING, START, List.copyOf(items.values()));
    }
}
