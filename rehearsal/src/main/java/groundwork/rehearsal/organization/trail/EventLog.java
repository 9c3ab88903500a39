package groundwork.rehearsal.organization.trail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import groundwork.rehearsal.organization.call.Caller;
import groundwork.rehearsal.organization.call.Ids;
import groundwork.rehearsal.organization.call.Partition;
import groundwork.rehearsal.organization.call.UserIdentity;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Predicate;
import software.amazon.awssdk.regions.Region;

/** Writes CloudTrail's records and hands to EventBridge those that a logging trail covers. Whoever uses it sees to it that nobody else does. */
public final class EventLog {
    /** An event on its way to a bus. */
    public record Delivery(String accountId, Region region, JsonNode event) {}

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final InstantSource clock;
    private final Partition partition;
    private final Ids ids;
    private final Predicate<TrailEvent> trailed;
    private final List<JsonNode> history = new ArrayList<>();
    private final Queue<Delivery> pending = new ArrayDeque<>();
    private final Map<String, String> roleIds = new HashMap<>();

    /** @param trailed whether a logging trail covers an event */
    public EventLog(InstantSource clock, Partition partition, Ids ids, Predicate<TrailEvent> trailed) {
        this.clock = clock;
        this.partition = partition;
        this.ids = ids;
        this.trailed = trailed;
    }

    public void record(TrailEvent event) {
        JsonNode envelope = envelope(event);
        history.add(envelope);
        // Without a trail the record stays in the event history and EventBridge gets nothing:
        // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
        if (trailed.test(event)) {
            pending.add(new Delivery(event.accountId(), event.region(), envelope));
        }
    }

    /** An event that somebody makes up; returns its id. No trail is needed for it. */
    public String custom(String accountId, Region region, String source, String detailType, JsonNode detail) {
        ObjectNode envelope = envelope(accountId, region, source, detailType);
        envelope.set("detail", detail);
        pending.add(new Delivery(accountId, region, envelope));
        return envelope.get("id").asText();
    }

    public List<JsonNode> history() {
        return List.copyOf(history);
    }

    public Delivery nextPending() {
        return pending.poll();
    }

    private JsonNode envelope(TrailEvent event) {
        ObjectNode envelope = envelope(
                event.accountId(),
                event.region(),
                "aws." + event.eventSource().replace(".amazonaws.com", ""),
                event.type().detailType);
        envelope.set("detail", detail(event));
        return envelope;
    }

    private ObjectNode envelope(String accountId, Region region, String source, String detailType) {
        ObjectNode envelope = JSON.objectNode();
        envelope.put("version", "0");
        envelope.put("id", ids.uuid());
        envelope.put("detail-type", detailType);
        envelope.put("source", source);
        envelope.put("account", accountId);
        envelope.put("time", now().toString());
        envelope.put("region", region.id());
        envelope.putArray("resources");
        return envelope;
    }

    // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
    private ObjectNode detail(TrailEvent event) {
        ObjectNode detail = JSON.objectNode();
        detail.put("eventVersion", "1.11");
        detail.set("userIdentity", userIdentity(event));
        detail.put("eventTime", now().toString());
        detail.put("eventSource", event.eventSource());
        detail.put("eventName", event.eventName());
        detail.put("awsRegion", event.region().id());
        detail.put("sourceIPAddress", event.invokedBy().orElse("192.0.2.1"));
        detail.put("userAgent", event.invokedBy().orElse("aws-sdk-java/2"));
        detail.set("requestParameters", event.requestParameters());
        detail.set("responseElements", event.responseElements());
        detail.put("requestID", ids.uuid());
        detail.put("eventID", ids.uuid());
        detail.put("readOnly", false);
        detail.put("eventType", event.type().eventType);
        detail.put("managementEvent", true);
        detail.put("recipientAccountId", event.accountId());
        detail.put("eventCategory", "Management");
        event.details().forEach(detail::set);
        return detail;
    }

    // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
    private ObjectNode userIdentity(TrailEvent event) {
        ObjectNode identity = JSON.objectNode();
        switch (event.principal()) {
            case Caller caller -> {
                identity.put("type", "AssumedRole");
                identity.put("principalId", roleId(caller) + ":" + caller.sessionName());
                identity.put("arn", caller.assumedRoleArn());
                identity.put("accountId", caller.accountId());
                ObjectNode session = identity.putObject("sessionContext");
                session.putObject("sessionIssuer")
                        .put("type", "Role")
                        .put("principalId", roleId(caller))
                        .put("arn", caller.roleArn())
                        .put("accountId", caller.accountId())
                        .put("userName", caller.roleName());
                session.putObject("attributes")
                        .put("creationDate", now().toString())
                        .put("mfaAuthenticated", "false");
            }
            case UserIdentity.Root root -> {
                identity.put("type", "Root");
                identity.put("principalId", root.accountId());
                identity.put("arn", partition.arn("iam", "", root.accountId(), "root"));
                identity.put("accountId", root.accountId());
                identity.putObject("sessionContext")
                        .putObject("attributes")
                        .put("creationDate", now().toString())
                        .put("mfaAuthenticated", Boolean.toString(root.mfa()));
            }
            // Neither user name nor principal id since November 2025:
            // https://aws.amazon.com/blogs/security/modifications-to-aws-cloudtrail-event-data-of-iam-identity-center/
            case UserIdentity.PortalUser user -> {
                identity.put("type", "IdentityCenterUser");
                identity.put("accountId", user.accountId());
                identity.putObject("onBehalfOf")
                        .put("userId", user.userId())
                        .put("identityStoreArn", user.identityStoreArn());
                identity.put("credentialId", user.credentialId());
            }
        }
        event.invokedBy().ifPresent(service -> identity.put("invokedBy", service));
        return identity;
    }

    private String roleId(Caller caller) {
        return roleIds.computeIfAbsent(caller.roleArn(), ignored -> ids.unique("AROA"));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
