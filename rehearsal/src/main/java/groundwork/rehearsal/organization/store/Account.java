package groundwork.rehearsal.organization.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.regions.Region;

/** What one account holds apart from Identity Center, topics and trails. */
public final class Account {
    /** An MFA device of the root user; a passkey has no entry among the virtual devices. */
    public record MfaDevice(String serialNumber, boolean virtual, Instant enabledAt) {}

    /**
     * The phases of an account's life.
     *
     * @see <a href="https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_account_state.html">Monitor
     *     the state of your AWS accounts</a>
     */
    public enum State {
        PENDING_ACTIVATION,
        ACTIVE,
        SUSPENDED,
        PENDING_CLOSURE,
        CLOSED
    }

    public final String id;
    public final String name;
    public final String email;
    public final Instant createdAt;
    public boolean rootPassword;
    public State state = State.ACTIVE;
    public Optional<String> alias = Optional.empty();

    public final List<MfaDevice> rootMfaDevices = new ArrayList<>();
    public final List<String> rootAccessKeys = new ArrayList<>();
    public int rootSigningCertificates;

    /** The documents of the account's own managed policies by ARN. */
    public final Map<String, String> customerManagedPolicies = new HashMap<>();

    final Map<Region, EmailSending> emailSending = new HashMap<>();

    public Account(String id, String name, String email, Instant createdAt, boolean rootPassword) {
        if (!id.matches("\\d{12}")) {
            throw new IllegalArgumentException("An account id has twelve digits: " + id);
        }
        this.id = id;
        this.name = name;
        this.email = email;
        this.createdAt = createdAt;
        this.rootPassword = rootPassword;
    }

    public EmailSending emailSending(Region region) {
        return emailSending.computeIfAbsent(region, ignored -> new EmailSending());
    }
}
