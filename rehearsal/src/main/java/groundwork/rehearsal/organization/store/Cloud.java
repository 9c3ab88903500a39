package groundwork.rehearsal.organization.store;

import groundwork.rehearsal.organization.call.AccessChecks;
import groundwork.rehearsal.organization.call.Ids;
import groundwork.rehearsal.organization.call.Partition;
import groundwork.rehearsal.organization.call.RoleTrust;
import groundwork.rehearsal.organization.trail.EventBus;
import groundwork.rehearsal.organization.trail.EventLog;
import groundwork.rehearsal.organization.trail.Trail;
import groundwork.rehearsal.organization.trail.TrailEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Everything that is stored, behind one lock: an operation is atomic, as an API call is for those who make it. Events are handed
 * over outside the lock, so that whoever receives one may call back.
 */
public final class Cloud {
    public final Partition partition;
    public final Ids ids = new Ids(20_26);
    public final Map<String, Account> accounts = new LinkedHashMap<>();
    public final Set<Region> enabledRegions = new LinkedHashSet<>();
    public final List<IdentityCenter> identityCenters = new ArrayList<>();
    public final Map<String, Trail> trailsByArn = new LinkedHashMap<>();
    public final List<EventRule> rules = new ArrayList<>();
    public final List<Workflows> workflows = new ArrayList<>();
    public final List<AlarmStates> alarms = new ArrayList<>();
    public final Topics topics = new Topics();
    public final Mailbox mailbox = new Mailbox();
    public final EventLog events;
    public final RequestRates rates = new RequestRates();
    public final Sessions sessions = new Sessions(ids);
    public Optional<Supplier<DynamoDbClient>> tables = Optional.empty();
    public Optional<Organization> organization = Optional.empty();

    /** How many accounts Identity Center takes, https://docs.aws.amazon.com/singlesignon/latest/userguide/limits.html */
    public int identityCenterAccounts = 7_000;

    public volatile Behavior behavior = Behavior.USUAL;
    public volatile AccessChecks accessChecks = AccessChecks.ALLOW_ALL;
    public volatile RoleTrust roleTrust = RoleTrust.NO_ROLES;
    public volatile EventBus eventBus = (accountId, region, event) -> {};

    /** How clients pause before they repeat a call that was throttled; empty if they do not repeat it. */
    public volatile Optional<Consumer<Duration>> retryPause = Optional.empty();

    private final InstantSource clock;
    private final Object lock = new Object();

    public Cloud(InstantSource clock, Partition partition) {
        this.clock = clock;
        this.partition = partition;
        this.events = new EventLog(clock, partition, ids, this::isTrailed);
    }

    public Instant now() {
        return clock.instant();
    }

    public String arn(String service, String region, String accountId, String resource) {
        return partition.arn(service, region, accountId, resource);
    }

    /** Runs atomically, after everything that has been completed by now. */
    public <T> T locked(Supplier<T> action) {
        synchronized (lock) {
            identityCenters.forEach(center -> center.permissionSets.settle(now()));
            return action.get();
        }
    }

    /** Runs atomically what a person does, then lets the events out. */
    public <T> T act(Supplier<T> action) {
        try {
            return locked(action);
        } finally {
            deliverEvents();
        }
    }

    public void deliverEvents() {
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

    public void publish(Topics.Topic topic, Optional<String> subject, String message) {
        topics.mails(topic, now(), subject, message).forEach(mailbox::deliver);
    }

    /** Subscribes an address; whoever has confirmed already stays subscribed, and gets no request. */
    public String subscribe(Topics.Topic topic, String address) {
        Optional<Topics.Subscription> former = topics.subscriptions(topic, now()).stream()
                .filter(subscription -> subscription.address().equals(address))
                .findFirst();
        if (former.filter(Topics.Subscription::confirmed).isPresent()) {
            return former.get().arn();
        }
        String arn = former.map(Topics.Subscription::arn).orElseGet(() -> topic.arn() + ":" + ids.uuid());
        topic.subscriptions().put(arn, new Topics.Subscription(arn, topic.arn(), address, now(), false, false));
        mailbox.deliver(topic.confirmation(now(), address, ids.hex(64)));
        return arn;
    }

    public Account account(String accountId) {
        Account account = accounts.get(accountId);
        if (account == null) {
            throw new IllegalArgumentException("There is no account " + accountId);
        }
        return account;
    }

    /** The organization that an account belongs to; empty if it belongs to none. */
    public Optional<Organization> organizationOf(String accountId) {
        return organization.filter(org -> org.has(accountId));
    }

    public boolean isManagement(String accountId) {
        return organization.filter(org -> org.isManagement(accountId)).isPresent();
    }

    public boolean isDelegated(String accountId, String servicePrincipal) {
        return organization
                .filter(org -> org.isDelegated(accountId, servicePrincipal))
                .isPresent();
    }

    /** An account that may run the organization's Identity Center: the management account or the delegated administrator. */
    public boolean administersIdentityCenter(String accountId) {
        return isManagement(accountId) || isDelegated(accountId, Organization.IDENTITY_CENTER);
    }

    public Optional<IdentityCenter> organizationInstance() {
        return identityCenters.stream()
                .filter(center -> center.type() == IdentityCenter.Type.ORGANIZATION)
                .findFirst();
    }

    public String trailArn(Trail trail) {
        return arn("cloudtrail", trail.homeRegion().id(), trail.accountId(), "trail/" + trail.name());
    }

    /** The trails that record what happens in the account: its own, and the organization's. */
    public List<Trail> trailsOf(String accountId) {
        return trailsByArn.values().stream()
                .filter(trail -> trail.accountId().equals(accountId)
                        || (trail.organizationTrail()
                                && isManagement(trail.accountId())
                                && organizationOf(accountId).isPresent()))
                .toList();
    }

    private boolean isTrailed(TrailEvent event) {
        return trailsOf(event.accountId()).stream()
                .anyMatch(trail ->
                        trail.logging() && trail.isIn(event.region()) && trail.logsWritesOf(event.eventSource()));
    }
}
