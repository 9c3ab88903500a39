package groundwork.rehearsal.account;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Everything that is stored, behind one lock: an operation is atomic, as an API call is for those who make it. Events are handed
 * over outside the lock, so that whoever receives one may call back.
 */
final class Cloud {
    final Partition partition;
    final Ids ids = new Ids(20_26);
    final Map<String, Account> accounts = new LinkedHashMap<>();
    final Set<Region> enabledRegions = new LinkedHashSet<>();
    final List<IdentityCenter> identityCenters = new ArrayList<>();
    final Map<String, Trail> trailsByArn = new LinkedHashMap<>();
    final Map<String, Caller> sessionsByAccessKey = new HashMap<>();
    final List<EventRule> rules = new ArrayList<>();
    final Topics topics = new Topics();
    final Mailbox mailbox = new Mailbox();
    final EventLog events = new EventLog(this);
    final RequestRates rates = new RequestRates();
    Optional<DynamoDbClient> tables = Optional.empty();
    Optional<Organization> organization = Optional.empty();

    volatile Behavior behavior = Behavior.USUAL;
    volatile AccessChecks accessChecks = AccessChecks.ALLOW_ALL;
    volatile RoleTrust roleTrust = (caller, request) -> true;
    volatile EventBus eventBus = (accountId, region, event) -> {};

    private final InstantSource clock;
    private final Object lock = new Object();

    Cloud(InstantSource clock, Partition partition) {
        this.clock = clock;
        this.partition = partition;
    }

    Instant now() {
        return clock.instant();
    }

    String arn(String service, String region, String accountId, String resource) {
        return partition.arn(service, region, accountId, resource);
    }

    /** Runs atomically, after everything that has been completed by now. */
    <T> T locked(Supplier<T> action) {
        synchronized (lock) {
            identityCenters.forEach(center -> center.permissionSets.settle(now()));
            return action.get();
        }
    }

    /** Runs atomically what a person does, then lets the events out. */
    <T> T act(Supplier<T> action) {
        try {
            return locked(action);
        } finally {
            deliverEvents();
        }
    }

    void deliverEvents() {
        for (Optional<EventLog.Delivery> next = nextEvent(); next.isPresent(); next = nextEvent()) {
            EventLog.Delivery delivery = next.get();
            eventBus.put(delivery.accountId(), delivery.region(), delivery.event());
        }
    }

    private Optional<EventLog.Delivery> nextEvent() {
        synchronized (lock) {
            return Optional.ofNullable(events.nextPending());
        }
    }

    void publish(Topics.Topic topic, Optional<String> subject, String message) {
        topics.mails(topic, now(), subject, message).forEach(mailbox::deliver);
    }

    /** Subscribes an address; whoever has confirmed already stays subscribed, and gets no request. */
    String subscribe(Topics.Topic topic, String address) {
        Optional<Topics.Subscription> former = topics.subscriptions(topic, now()).stream()
                .filter(subscription -> subscription.address().equals(address))
                .findFirst();
        if (former.filter(Topics.Subscription::confirmed).isPresent()) {
            return former.get().arn();
        }
        String arn = former.map(Topics.Subscription::arn).orElseGet(() -> topic.arn() + ":" + ids.uuid());
        topic.subscriptions().put(arn, new Topics.Subscription(arn, topic.arn(), address, now(), false));
        mailbox.deliver(new Mail(
                now(),
                "AWS Notifications <no-reply@sns.amazonaws.com>",
                address,
                "AWS Notification - Subscription Confirmation",
                """
                You have chosen to subscribe to the topic:
                %s

                To confirm this subscription, click or visit the link below (If this was in error no action is necessary):
                https://sns.%s.amazonaws.com/confirmation.html?TopicArn=%s&Token=%s&Endpoint=%s
                """.formatted(topic.arn(), topic.region().id(), topic.arn(), ids.hex(64), address),
                Optional.empty()));
        return arn;
    }

    Account account(String accountId) {
        Account account = accounts.get(accountId);
        if (account == null) {
            throw new IllegalArgumentException("There is no account " + accountId);
        }
        return account;
    }

    boolean isManagement(String accountId) {
        return organization.filter(org -> org.isManagement(accountId)).isPresent();
    }

    boolean isDelegated(String accountId, String servicePrincipal) {
        return organization
                .filter(org -> org.isDelegated(accountId, servicePrincipal))
                .isPresent();
    }

    /** An account that may run the organization's Identity Center: the management account or the delegated administrator. */
    boolean administersIdentityCenter(String accountId) {
        return isManagement(accountId) || isDelegated(accountId, Organization.IDENTITY_CENTER);
    }

    Optional<IdentityCenter> organizationInstance() {
        return identityCenters.stream()
                .filter(center -> center.type() == IdentityCenter.Type.ORGANIZATION)
                .findFirst();
    }

    String trailArn(Trail trail) {
        return arn("cloudtrail", trail.homeRegion().id(), trail.accountId(), "trail/" + trail.name());
    }

    /** The trails that record what happens in the account: its own, and the organization's. */
    List<Trail> trailsOf(String accountId) {
        return trailsByArn.values().stream()
                .filter(trail -> trail.accountId().equals(accountId)
                        || (trail.organizationTrail() && isManagement(trail.accountId())))
                .toList();
    }

    boolean isTrailed(TrailEvent event) {
        return trailsOf(event.accountId()).stream()
                .anyMatch(trail ->
                        trail.logging() && trail.isIn(event.region()) && trail.logsWritesOf(event.eventSource()));
    }
}
