package groundwork.rehearsal.organization.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Amazon SES of one account in one Region. It starts in the sandbox: only to verified identities, 200 messages a day.
 *
 * @see <a href="https://docs.aws.amazon.com/ses/latest/dg/request-production-access.html">Request production access</a>
 */
public final class EmailSending {
    private static final Duration DAY = Duration.ofDays(1);

    private final Map<String, Boolean> verifiedByIdentity = new HashMap<>();
    private final List<Instant> sent = new ArrayList<>();
    private Optional<String> configurationSet = Optional.empty();
    private boolean productionAccess;
    private boolean enabled = true;
    private boolean suspended;

    EmailSending() {}

    /** Adds an address or a domain, verified or still waiting for the click. */
    public synchronized EmailSending identity(String addressOrDomain, boolean verified) {
        verifiedByIdentity.put(addressOrDomain.toLowerCase(Locale.ROOT), verified);
        return this;
    }

    /** Makes a configuration set the default of the identities. */
    public synchronized EmailSending configurationSet(String name) {
        configurationSet = Optional.of(name);
        return this;
    }

    public synchronized EmailSending productionAccess(boolean granted) {
        productionAccess = granted;
        return this;
    }

    /** Pauses or resumes sending, as the owner can. */
    public synchronized EmailSending enabled(boolean on) {
        enabled = on;
        return this;
    }

    /** Shuts sending down, as AWS does with a bad reputation. */
    public synchronized EmailSending suspended(boolean shutDown) {
        suspended = shutDown;
        return this;
    }

    public synchronized Optional<String> configurationSet() {
        return configurationSet;
    }

    public synchronized boolean hasProductionAccess() {
        return productionAccess;
    }

    public synchronized boolean isEnabled() {
        return enabled;
    }

    public synchronized boolean isSuspended() {
        return suspended;
    }

    /** Whether the identity is verified; empty if it does not exist. */
    public synchronized Optional<Boolean> verification(String addressOrDomain) {
        return Optional.ofNullable(verifiedByIdentity.get(addressOrDomain.toLowerCase(Locale.ROOT)));
    }

    public boolean isVerified(String address) {
        String domain = address.substring(address.indexOf('@') + 1);
        return verification(address).orElse(false) || verification(domain).orElse(false);
    }

    public double dailyQuota() {
        return hasProductionAccess() ? 50_000 : 200;
    }

    public double perSecond() {
        return hasProductionAccess() ? 14 : 1;
    }

    public synchronized int sentLastDay(Instant now) {
        sent.removeIf(time -> !time.isAfter(now.minus(DAY)));
        return sent.size();
    }

    public synchronized void count(Instant now) {
        sent.add(now);
    }
}
