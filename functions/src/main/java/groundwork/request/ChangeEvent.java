package groundwork.request;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import groundwork.request.ExecutionRequest.SignIn.Step;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** An event from EventBridge: the schedule, the stack, or a change that CloudTrail recorded. */
final class ChangeEvent {
    private static final Set<String> MFA_REGISTERED =
            Set.of("CompleteVirtualMfaDeviceRegistration", "CompleteWebAuthnDeviceRegistration");

    /**
     * An id of the identity store.
     *
     * @see <a href="https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_User.html">User</a>
     */
    private static final Pattern USER_ID = Pattern.compile(
            "([0-9a-f]{10}-|)[A-Fa-f0-9]{8}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{12}");

    private final ScheduledEvent event;
    private final Map<String, Object> detail;
    private final Instant time;

    /** @param time when it happened, as the envelope says; null if it does not */
    ChangeEvent(ScheduledEvent event, Instant time) {
        this.event = event;
        this.detail = event.getDetail() == null ? Map.of() : event.getDetail();
        this.time = time;
    }

    /**
     * @param accountId the account the event is about, as the envelope says
     */
    ExecutionRequest request(String accountId) {
        return switch (Objects.toString(event.getDetailType())) {
            // One event a day needs no quiet time.
            case "Scheduled Event" -> new ExecutionRequest.Look(accountId, false, new Cause.Schedule());
            case "CloudFormation Stack Status Change" -> new ExecutionRequest.Look(accountId, false, new Cause.Stack());
            case "Groundwork Self-Test" ->
                event.getRegion() == null
                        ? new ExecutionRequest.Look(accountId, false, new Cause.SelfTest())
                        : new ExecutionRequest.TestEvent(accountId, event.getRegion());
            default -> signIn(accountId).orElseGet(() -> new ExecutionRequest.Look(accountId, true, change()));
        };
    }

    private Cause change() {
        return new Cause.Change(
                text(detail, "eventName").orElse(event.getDetailType()),
                who().orElse(null),
                eventTime(),
                text(detail, "awsRegion").orElse(event.getRegion()),
                text(detail, "eventID").orElse(null));
    }

    /**
     * The principal in CloudTrail's own terms.
     *
     * @see <a href="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html">CloudTrail
     *     userIdentity element</a>
     */
    private Optional<String> who() {
        Map<?, ?> identity = object(detail, "userIdentity");
        return text(identity, "arn")
                .or(() -> text(object(identity, "onBehalfOf"), "userId").map(id -> "Identity Center user " + id))
                .or(() -> text(identity, "invokedBy"))
                .or(() -> text(identity, "type"));
    }

    /**
     * Matched on the user id alone: since November 2025 these events carry no user names.
     *
     * @see <a href="https://docs.aws.amazon.com/singlesignon/latest/userguide/understanding-sign-in-events.html">Understanding
     *     IAM Identity Center sign-in events</a>
     */
    private Optional<ExecutionRequest> signIn(String accountId) {
        return step().flatMap(step -> Optional.ofNullable(eventTime())
                .flatMap(at -> text(object(object(detail, "userIdentity"), "onBehalfOf"), "userId")
                        .filter(userId -> USER_ID.matcher(userId).matches())
                        .map(userId -> new ExecutionRequest.SignIn(accountId, userId, step, at, change()))));
    }

    private Optional<Step> step() {
        String name = text(detail, "eventName").orElse("");
        if (name.equals("UserAuthentication")) {
            return Optional.of(Step.SIGNED_IN);
        }
        return MFA_REGISTERED.contains(name) ? Optional.of(Step.MFA_REGISTERED) : Optional.empty();
    }

    private Instant eventTime() {
        try {
            return text(detail, "eventTime").map(Instant::parse).orElse(time);
        } catch (DateTimeException e) {
            return time;
        }
    }

    private static Optional<String> text(Map<?, ?> object, String field) {
        return object.get(field) instanceof String text && !text.isBlank() ? Optional.of(text) : Optional.empty();
    }

    private static Map<?, ?> object(Map<?, ?> object, String field) {
        return object.get(field) instanceof Map<?, ?> nested ? nested : Map.of();
    }
}
