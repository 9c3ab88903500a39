package groundwork.rehearsal.organization.people;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import groundwork.rehearsal.organization.call.Caller;
import groundwork.rehearsal.organization.store.Account;
import groundwork.rehearsal.organization.store.Cloud;
import groundwork.rehearsal.organization.store.EventRule;
import groundwork.rehearsal.organization.store.IdentityCenter;
import groundwork.rehearsal.organization.store.Organization;
import groundwork.rehearsal.organization.store.Topics;
import groundwork.rehearsal.organization.trail.Trail;
import groundwork.rehearsal.organization.trail.TrailEvent;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.regions.Region;

/** What a person does in the consoles of CloudTrail, EventBridge and SNS, and with the account as a whole. Every method emits the events of the act. */
public final class AccountConsole {
    private final Cloud cloud;
    private final Caller person;

    public AccountConsole(Cloud cloud, Caller person) {
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

    public void deletesTrail(String trailArn) {
        cloud.act(() -> {
            record(trail(trailArn), "DeleteTrail", trailArn);
            return cloud.trailsByArn.remove(trailArn);
        });
    }

    private void logging(String trailArn, String eventName, boolean on) {
        cloud.act(() -> {
            record(trail(trailArn), eventName, trailArn);
            return cloud.trailsByArn.computeIfPresent(trailArn, (arn, trail) -> trail.withLogging(on));
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

    /** Makes the account the management account of a new organization. */
    public void createsOrganization() {
        cloud.act(() -> NewOrganization.of(cloud, person));
    }

    /** Makes the account a member of somebody else's organization. */
    public void joinsOrganizationOf(String managementAccountId) {
        cloud.act(() -> {
            Organization organization = new Organization("o-" + cloud.ids.alphanumeric(10), managementAccountId);
            cloud.organization = Optional.of(organization);
            cloud.accounts.computeIfAbsent(
                    managementAccountId,
                    id -> new Account(id, "Somebody else's", "owner@example.net", cloud.now(), true));
            organization.place(person.accountId(), organization.rootId);
            record("organizations.amazonaws.com", "AcceptHandshake", cloud.partition.organizationsRegion(), object());
            return organization;
        });
    }

    /** Takes a member account out of its organization. */
    public void leavesOrganization() {
        endsOrganization("LeaveOrganization");
    }

    /** Deletes the organization, and with it its Identity Center. */
    public void deletesOrganization() {
        endsOrganization("DeleteOrganization");
    }

    private void endsOrganization(String eventName) {
        cloud.act(() -> {
            record("organizations.amazonaws.com", eventName, cloud.partition.organizationsRegion(), object());
            cloud.organization = Optional.empty();
            return cloud.identityCenters.removeIf(center -> center.type() == IdentityCenter.Type.ORGANIZATION);
        });
    }

    /** Removes every target of a rule. */
    public void removesTargets(Region region, String name) {
        changeRule(region, name, "RemoveTargets", rule -> Optional.of(rule.withoutTargets()));
    }

    public void disablesRule(Region region, String name) {
        changeRule(region, name, "DisableRule", rule -> Optional.of(rule.withEnabled(false)));
    }

    public void enablesRule(Region region, String name) {
        changeRule(region, name, "EnableRule", rule -> Optional.of(rule.withEnabled(true)));
    }

    public void deletesRule(Region region, String name) {
        changeRule(region, name, "DeleteRule", rule -> Optional.empty());
    }

    private void changeRule(
            Region region, String name, String eventName, Function<EventRule, Optional<EventRule>> change) {
        cloud.act(() -> {
            EventRule rule = cloud.rules.stream()
                    .filter(each -> each.accountId().equals(person.accountId())
                            && each.region().equals(region)
                            && each.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("There is no rule " + name + " in " + region));
            // The rules still match the call that changes one of them.
            cloud.events.record(TrailEvent.apiCall(
                    "events.amazonaws.com", eventName, person, person.accountId(), region, object().put("name", name)));
            cloud.rules.remove(rule);
            change.apply(rule).ifPresent(cloud.rules::add);
            return rule;
        });
    }

    /** Deletes the subscription of an address. */
    public void deletesSubscription(String topicArn, String address) {
        cloud.act(() -> {
            Topics.Topic topic = cloud.topics.topic(topicArn).orElseThrow();
            cloud.topics.subscriptions(topic, cloud.now()).stream()
                    .filter(subscription -> subscription.address().equals(address))
                    .forEach(subscription -> {
                        topic.subscriptions().remove(subscription.arn());
                        record(
                                "sns.amazonaws.com",
                                "Unsubscribe",
                                topic.region(),
                                object().put("subscriptionArn", subscription.arn()));
                    });
            return topic;
        });
    }

    /** Gives the subscription of an address a filter policy. */
    public void filtersSubscription(String topicArn, String address) {
        cloud.act(() -> {
            Topics.Topic topic = cloud.topics.topic(topicArn).orElseThrow();
            cloud.topics.subscriptions(topic, cloud.now()).stream()
                    .filter(subscription -> subscription.address().equals(address))
                    .forEach(subscription -> {
                        cloud.topics.filter(subscription.arn(), "{\"severity\": [\"high\"]}");
                        record(
                                "sns.amazonaws.com",
                                "SetSubscriptionAttributes",
                                topic.region(),
                                object().put("subscriptionArn", subscription.arn())
                                        .put("attributeName", "FilterPolicy"));
                    });
            return topic;
        });
    }

    private void record(String source, String eventName, Region region, JsonNode parameters) {
        cloud.events.record(TrailEvent.apiCall(source, eventName, person, person.accountId(), region, parameters));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
