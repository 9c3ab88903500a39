package groundwork.rehearsal.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import software.amazon.awssdk.regions.Region;

/** What a person does in the consoles of CloudTrail and Organizations. Every method emits the events of the act. */
public final class AccountConsole {
    private final Cloud cloud;
    private final Caller person;

    AccountConsole(Cloud cloud, Caller person) {
        this.cloud = cloud;
        this.person = person;
    }

    // The trail still covers the call that stops it.
    public void stopsTrail(String trailArn) {
        logging(trailArn, "StopLogging", false);
    }

    public void startsTrail(String trailArn) {
        logging(trailArn, "StartLogging", true);
    }

    private void logging(String trailArn, String eventName, boolean on) {
        cloud.act(() -> {
            record(trail(trailArn), eventName, trailArn);
            return cloud.trailsByArn.computeIfPresent(trailArn, (arn, trail) -> trail.withLogging(on));
        });
    }

    public void deletesTrail(String trailArn) {
        cloud.act(() -> {
            record(trail(trailArn), "DeleteTrail", trailArn);
            return cloud.trailsByArn.remove(trailArn);
        });
    }

    private Trail trail(String arn) {
        Trail trail = cloud.trailsByArn.get(arn);
        if (trail == null) {
            throw new IllegalArgumentException("There is no trail " + arn);
        }
        return trail;
    }

    private void record(Trail trail, String eventName, String trailArn) {
        record("cloudtrail.amazonaws.com", eventName, trail.homeRegion(), object().put("name", trailArn));
    }

    /** Creates a member account, whose root user has no credentials. */
    public void createsMemberAccount(String id, String name, String email) {
        cloud.act(() -> {
            if (!cloud.isManagement(person.accountId())) {
                throw new IllegalStateException("Only the management account creates accounts");
            }
            Account account = new Account(id, name, email, cloud.now(), false);
            cloud.accounts.put(id, account);
            Region region = cloud.partition.globalRegion();
            ObjectNode hidden = object().put("accountName", "HIDDEN_DUE_TO_SECURITY_REASONS")
                    .put("email", "HIDDEN_DUE_TO_SECURITY_REASONS");
            record("organizations.amazonaws.com", "CreateAccount", region, hidden);
            // https://docs.aws.amazon.com/organizations/latest/userguide/orgs_cloudtrail-integration.html
            ObjectNode details = object();
            details.putObject("createAccountStatus").put("accountId", id).put("state", "SUCCEEDED");
            serviceEvent("CreateAccountResult", details);
            serviceEvent(
                    "AccountJoinedOrganization", object().put("accountId", id).put("joinedMethod", "CREATED"));
            return account;
        });
    }

    private void serviceEvent(String eventName, ObjectNode details) {
        cloud.events.record(TrailEvent.apiCall(
                        "organizations.amazonaws.com",
                        eventName,
                        person,
                        person.accountId(),
                        cloud.partition.globalRegion(),
                        NullNode.getInstance())
                .as(TrailEvent.Type.SERVICE_EVENT)
                .with(Map.of("serviceEventDetails", details)));
    }

    private void record(String source, String eventName, Region region, JsonNode parameters) {
        cloud.events.record(TrailEvent.apiCall(source, eventName, person, person.accountId(), region, parameters));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
