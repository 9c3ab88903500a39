package groundwork.rehearsal.organization;

import com.fasterxml.jackson.databind.JsonNode;
import groundwork.rehearsal.organization.call.AccessChecks;
import groundwork.rehearsal.organization.call.AwsService;
import groundwork.rehearsal.organization.call.Call;
import groundwork.rehearsal.organization.call.CallObserver;
import groundwork.rehearsal.organization.call.Caller;
import groundwork.rehearsal.organization.call.Partition;
import groundwork.rehearsal.organization.call.RoleTrust;
import groundwork.rehearsal.organization.call.ServiceFault;
import groundwork.rehearsal.organization.people.AccessPortalUser;
import groundwork.rehearsal.organization.people.AccountConsole;
import groundwork.rehearsal.organization.people.EmailRecipient;
import groundwork.rehearsal.organization.people.IamConsole;
import groundwork.rehearsal.organization.people.IdentityCenterConsole;
import groundwork.rehearsal.organization.people.InstanceConsole;
import groundwork.rehearsal.organization.people.OrganizationsConsole;
import groundwork.rehearsal.organization.people.RootUser;
import groundwork.rehearsal.organization.services.Dispatcher;
import groundwork.rehearsal.organization.store.AlarmStates;
import groundwork.rehearsal.organization.store.Behavior;
import groundwork.rehearsal.organization.store.Cloud;
import groundwork.rehearsal.organization.store.EmailSending;
import groundwork.rehearsal.organization.store.EventRule;
import groundwork.rehearsal.organization.store.IdentityCenter;
import groundwork.rehearsal.organization.store.Mailbox;
import groundwork.rehearsal.organization.store.Topics;
import groundwork.rehearsal.organization.store.Workflows;
import groundwork.rehearsal.organization.trail.EventBus;
import groundwork.rehearsal.organization.trail.Trail;
import groundwork.rehearsal.organization.trail.TrailEvent;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * An AWS organization, or a standalone account, in memory. Its clients implement the SDK's interfaces and throw the SDK's
 * exceptions; time is that of the clock it was built with; every run with the same calls yields the same ids and events.
 *
 * <pre>{@code
 * EmbeddedOrganization organization = EmbeddedOrganization.builder(clock, Partition.AWS)
 *         .managementAccount("111122223333", "Example", "root@example.com")
 *         .build();
 * organization.rootUser("111122223333").enablesPasskey();
 * organization.client(IamClient.class, caller, Region.US_EAST_1).getAccountSummary();
 * }</pre>
 *
 * <p>This class is thread-safe. Each operation is atomic; observers are called on the calling thread, outside any lock.
 */
public final class EmbeddedOrganization {
    private final Cloud cloud;
    private final Dispatcher dispatcher;

    EmbeddedOrganization(Cloud cloud) {
        this.cloud = cloud;
        this.dispatcher = new Dispatcher(cloud);
    }

    /** Begins the description of an organization, or a standalone account, in the commercial partition. */
    public static OrganizationBuilder builder(InstantSource clock) {
        return builder(clock, Partition.AWS);
    }

    /** Begins the description in the given partition. */
    public static OrganizationBuilder builder(InstantSource clock, Partition partition) {
        return new OrganizationBuilder(new Cloud(clock, partition));
    }

    /**
     * A client of one of the services of {@link AwsService}. An operation that is not implemented throws
     * {@link UnsupportedOperationException} with its name.
     */
    public <C extends SdkClient> C client(Class<C> clientInterface, Caller caller, Region region) {
        cloud.account(caller.accountId());
        return dispatcher.client(clientInterface, caller, region);
    }

    /**
     * A client with temporary credentials that the embedded AWS STS gave out.
     *
     * @throws IllegalArgumentException if it did not, or if they have expired
     */
    public <C extends SdkClient> C client(Class<C> clientInterface, Credentials credentials, Region region) {
        Caller caller = cloud.locked(() -> cloud.sessions.caller(credentials.accessKeyId(), cloud.now()));
        return client(clientInterface, caller, region);
    }

    /** The id of the organization that an account belongs to; empty if it belongs to none. */
    public Optional<String> organizationId(String accountId) {
        return cloud.locked(() -> cloud.organizationOf(accountId).map(organization -> organization.id));
    }

    /** Lets the trust of further roles be asked, after that of those before. */
    public void trustRoles(RoleTrust more) {
        RoleTrust before = cloud.roleTrust;
        cloud.roleTrust = (roleArn, caller, context) ->
                before.lets(roleArn, caller, context) || more.lets(roleArn, caller, context);
    }

    /** The error that the operation of the call reports for the fault; empty if it has none. */
    public Optional<AwsServiceException> failure(Call call, ServiceFault fault) {
        return dispatcher.failure(call, fault);
    }

    /** Lets the observer see all further calls, after those that were added before. */
    public void observe(CallObserver observer) {
        dispatcher.observe(observer);
    }

    /** Ends {@link #observe}. */
    public void ignore(CallObserver observer) {
        dispatcher.ignore(observer);
    }

    /** What decides on access now. */
    public AccessChecks accessChecks() {
        return cloud.accessChecks;
    }

    public void checkAccess(AccessChecks checks) {
        cloud.accessChecks = checks;
    }

    /** What events are handed to now. */
    public EventBus eventBus() {
        return cloud.eventBus;
    }

    /** Hands events to the bus from now on; it may call back. */
    public void deliverEventsTo(EventBus bus) {
        cloud.eventBus = bus;
    }

    public Behavior behavior() {
        return cloud.behavior;
    }

    public void behave(Behavior behavior) {
        cloud.behavior = behavior;
    }

    /** Lets clients repeat a call that was throttled, as those of the SDK do; they pause like this. */
    public void retryThrottledCalls(Consumer<Duration> pause) {
        cloud.retryPause = Optional.of(pause);
    }

    public Partition partition() {
        return cloud.partition;
    }

    /** Messages that reached somebody. */
    public Mailbox mailbox() {
        return cloud.mailbox;
    }

    /** The events of all writes, in EventBridge's envelope, whether a trail covers them or not; oldest first. */
    public List<JsonNode> eventHistory() {
        return cloud.locked(cloud.events::history);
    }

    /** The organization instance; empty if there is none. */
    public Optional<IdentityCenter> identityCenter() {
        return cloud.locked(cloud::organizationInstance);
    }

    /** The account instance of the account; empty if there is none. */
    public Optional<IdentityCenter> accountInstance(String accountId) {
        return cloud.locked(() -> cloud.identityCenters.stream()
                .filter(center -> center.type() == IdentityCenter.Type.ACCOUNT
                        && center.ownerAccountId().equals(accountId))
                .findFirst());
    }

    /** Amazon SES of the account in the Region. */
    public EmailSending emailSending(String accountId, Region region) {
        return cloud.locked(() -> cloud.account(accountId).emailSending(region));
    }

    /** Creates a topic without a display name and returns its ARN. */
    public String createTopic(String name, String accountId, Region region) {
        return createTopic(name, "", accountId, region);
    }

    /** Creates a topic and returns its ARN. */
    public String createTopic(String name, String displayName, String accountId, Region region) {
        return cloud.locked(() -> {
            String arn = cloud.arn("sns", region.id(), accountId, name);
            cloud.topics.add(new Topics.Topic(arn, accountId, region, displayName, new LinkedHashMap<>()));
            return arn;
        });
    }

    /** Gives a topic a policy. */
    public void topicPolicy(String arn, String policy) {
        cloud.locked(() -> {
            cloud.topics.policy(arn, policy);
            return arn;
        });
    }

    /** Deletes a topic with its subscriptions. */
    public void deleteTopic(String arn) {
        cloud.locked(() -> {
            cloud.topics.remove(arn);
            return arn;
        });
    }

    /** Subscribes an address, which gets AWS's request to confirm; returns the ARN it will have when confirmed. */
    public String subscribeEmail(String topicArn, String address) {
        return cloud.locked(() -> {
            Topics.Topic topic = cloud.topics
                    .topic(topicArn)
                    .orElseThrow(() -> new IllegalArgumentException("There is no topic " + topicArn));
            return cloud.subscribe(topic, address);
        });
    }

    /** Creates a trail, or replaces the one of the same name, account and home Region; returns its ARN. */
    public String createTrail(Trail trail) {
        return cloud.locked(() -> {
            String arn = cloud.trailArn(trail);
            cloud.trailsByArn.put(arn, trail);
            return arn;
        });
    }

    /** Lets Step Functions know the state machines of a stack. */
    public void addWorkflows(Workflows workflows) {
        cloud.locked(() -> cloud.workflows.add(workflows));
    }

    /** Lets CloudWatch know the alarms of a stack. */
    public void addAlarms(AlarmStates alarms) {
        cloud.locked(() -> cloud.alarms.add(alarms));
    }

    /** Creates a rule. What it matches is not kept here. */
    public void createRule(EventRule rule) {
        cloud.locked(() -> cloud.rules.add(rule));
    }

    /** Deletes a rule. */
    public void deleteRule(String accountId, Region region, String name) {
        cloud.locked(() -> cloud.rules.removeIf(rule -> rule.accountId().equals(accountId)
                && rule.region().equals(region)
                && rule.name().equals(name)));
    }

    /** A rule by its name; empty if there is none. */
    public Optional<EventRule> rule(String accountId, Region region, String name) {
        return cloud.locked(() -> cloud.rules.stream()
                .filter(rule -> rule.accountId().equals(accountId)
                        && rule.region().equals(region)
                        && rule.name().equals(name))
                .findFirst());
    }

    /** Publishes to a topic, as a service does that the topic's policy lets in. */
    public void publish(String topicArn, String subject, String message) {
        cloud.locked(() -> {
            Topics.Topic topic = cloud.topics
                    .topic(topicArn)
                    .orElseThrow(() -> new IllegalArgumentException("There is no topic " + topicArn));
            cloud.publish(topic, Optional.of(subject), message);
            return topic;
        });
    }

    /** Something happens that no service here plays; CloudTrail records it. */
    public void record(TrailEvent event) {
        cloud.act(() -> {
            cloud.events.record(event);
            return event;
        });
    }

    /** The root user of an account. */
    public RootUser rootUser(String accountId) {
        return new RootUser(cloud, cloud.account(accountId));
    }

    /** Somebody who works in the IAM Identity Center console with the permissions of a role in its account. */
    public IdentityCenterConsole identityCenterConsole(Caller person) {
        return new IdentityCenterConsole(cloud, person);
    }

    /** Somebody who works with the permissions of a role on the pages of that console about the instance as a whole. */
    public InstanceConsole instanceConsole(Caller person) {
        return new InstanceConsole(cloud, person);
    }

    /** Somebody of the management account who works in the AWS Organizations console with the permissions of a role. */
    public OrganizationsConsole organizationsConsole(Caller person) {
        return new OrganizationsConsole(cloud, person);
    }

    /** Somebody who works in the consoles of CloudTrail, EventBridge and SNS with the permissions of a role. */
    public AccountConsole accountConsole(Caller person) {
        return new AccountConsole(cloud, person);
    }

    /** Somebody who works in the IAM console with the permissions of a role. */
    public IamConsole iamConsole(Caller person) {
        return new IamConsole(cloud, person, person.accountId());
    }

    /** The user of the organization instance, at the AWS access portal. */
    public AccessPortalUser accessPortalUser(String userName) {
        return new AccessPortalUser(cloud, userName);
    }

    /** Whoever reads the mail of an address. */
    public EmailRecipient emailRecipient(String address) {
        return new EmailRecipient(cloud, address);
    }
}
