package groundwork.administrator;

import static java.util.Objects.requireNonNull;

import groundwork.checklist.BlockedReason;
import groundwork.checklist.Console;
import groundwork.checklist.Finding;
import groundwork.checklist.Findings;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import groundwork.identitycenter.CustomerManagedKey;
import groundwork.identitycenter.Instance;
import groundwork.identitycenter.UserDirectory;
import groundwork.runtime.AwsFailure;
import groundwork.state.AccountRecord;
import groundwork.state.Effects;
import groundwork.state.RepairedTooOftenException;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.identitystore.IdentitystoreClient;
import software.amazon.awssdk.services.identitystore.model.ConflictException;
import software.amazon.awssdk.services.identitystore.model.ConflictExceptionReason;
import software.amazon.awssdk.services.identitystore.model.DescribeUserResponse;
import software.amazon.awssdk.services.identitystore.model.Email;
import software.amazon.awssdk.services.identitystore.model.UserStatus;

/** Sees to it that the administrator exists in the identity store: adopts the user if there is one, else creates it. */
final class AdministratorProvisioning {
    /**
     * How many characters a user name has at most. The parameter has no more; the email address, which stands in for it, may have.
     *
     * @see <a href="https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_CreateUser.html">CreateUser</a>
     */
    private static final int LONGEST_USER_NAME = 128;

    private final IdentitystoreClient identityStore;
    private final UserDirectory directory;
    private final Person person;
    private final AdministratorIdentity identity;
    private final Console console;

    AdministratorProvisioning(
            IdentitystoreClient identityStore, Person person, AdministratorIdentity identity, Console console) {
        this.identityStore = identityStore;
        this.directory = new UserDirectory(identityStore);
        this.person = person;
        this.identity = identity;
        this.console = console;
    }

    /**
     * Who the administrator is, from the stack's parameters.
     *
     * @param userName the name to sign in with
     * @param givenName first name
     * @param familyName last name
     * @param email where the sign-in URL goes
     * @param external whether users come from an external identity provider or Active Directory, so that none may be
     *     created here
     */
    record Person(String userName, String givenName, String familyName, String email, boolean external) {
        Person {
            requireNonNull(userName);
            requireNonNull(givenName);
            requireNonNull(familyName);
            requireNonNull(email);
        }

        boolean canHaveItsName() {
            return userName.codePointCount(0, userName.length()) <= LONGEST_USER_NAME;
        }

        String displayName() {
            return (givenName + " " + familyName).strip();
        }
    }

    /**
     * @param known what an earlier run recorded. Whoever was the administrator still is, also after a change of name or
     *     address in Identity Center; another address in the stack's parameters may mean another person. Somebody else may
     *     have written into the table, so that after a change of both only a user that Groundwork made is taken for the
     *     same.
     * @param earlier what an earlier look of the same execution came up against
     * @param waited how many seconds the execution has waited
     */
    Provisioning provision(
            Instance instance, AccountRecord known, Effects effects, Optional<Setback> earlier, int waited) {
        String knownUserId = known.known().userId();
        try {
            Optional<DescribeUserResponse> byName = named(instance, knownUserId)
                    .or(() -> person.canHaveItsName()
                            ? directory.byUserName(instance.identityStoreId(), person.userName())
                            : Optional.empty());
            if (byName.isPresent()
                    && !byName.get().userId().equals(knownUserId)
                    && !identity.isOurs(byName.get())
                    && !UserDirectory.hasEmail(byName.get(), person.email())) {
                return without(Outcome.Blocked.because(
                        BlockedReason.USER_NAME_TAKEN,
                        "The user name %s belongs to a user with%s."
                                .formatted(
                                        person.userName(),
                                        byName.get().emails().isEmpty()
                                                ? "out an email address"
                                                : " another email address")));
            }
            Optional<DescribeUserResponse> found = byName.or(
                            () -> directory.byEmail(instance.identityStoreId(), person.email()))
                    .or(() -> renamed(instance, known));
            return found.isPresent() ? adopt(instance, found.get(), knownUserId, effects) : create(instance, effects);
        } catch (RepairedTooOftenException e) {
            return without(e.outcome());
        } catch (ConflictException e) {
            if (e.reason() == ConflictExceptionReason.UNIQUENESS_CONSTRAINT_VIOLATION) {
                return taken(Setback.continued(earlier, Setback.Kind.NOT_YET, AwsFailure.words(e), waited), waited);
            }
            return without(AwsFailure.obstacle(e));
        } catch (SdkException e) {
            return without(CustomerManagedKey.obstacle(e, console));
        }
    }

    /**
     * Name or address are taken, and yet no look-up finds the user: one that was just made is not visible at once, and
     * Identity Center may compare otherwise when it looks up than when it creates, in lower case for example.
     */
    private Provisioning taken(Setback setback, int waited) {
        Outcome outcome = setback.isLongAgo(waited)
                ? Outcome.Blocked.because(
                        BlockedReason.USER_NAME_TAKEN,
                        "IAM Identity Center says that the user name %s or the address %s is taken, but does not find the user. It says: %s"
                                .formatted(person.userName(), person.email(), setback.reason()))
                : new Outcome.Unknown(
                        "IAM Identity Center says that the user name %s or the address %s is taken, but does not find the user yet."
                                .formatted(person.userName(), person.email()));
        return without(outcome, setback);
    }

    /** The known user, if it has the name, which no other user can have: then the name need not be looked up. */
    private Optional<DescribeUserResponse> named(Instance instance, String knownUserId) {
        return Optional.ofNullable(knownUserId)
                .flatMap(userId -> directory.byId(instance.identityStoreId(), userId))
                .filter(user -> person.userName().equals(user.userName()));
    }

    private Optional<DescribeUserResponse> renamed(Instance instance, AccountRecord known) {
        return Optional.ofNullable(known.known().userId())
                .filter(userId -> person.email().equalsIgnoreCase(known.administratorEmail()))
                .flatMap(userId -> directory.byId(instance.identityStoreId(), userId))
                .filter(identity::isOurs);
    }

    private Provisioning adopt(Instance instance, DescribeUserResponse user, String knownUserId, Effects effects) {
        effects.adopt("user " + user.userName(), user.userId(), knownUserId);
        Administrator administrator = new Administrator(
                user.userId(),
                user.userName(),
                person.external() || !user.externalIds().isEmpty());
        // The API can neither enable a user nor say that one is enabled in older Regions: absent counts as enabled.
        Outcome outcome = user.userStatus() == UserStatus.DISABLED
                ? new Outcome.Waiting(
                        "The user %s is disabled.".formatted(user.userName()),
                        "Open the user in IAM Identity Center and press \"Enable user access\".",
                        console.identityCenterUser(instance.instanceArn(), user.userId()))
                : exists(user);
        return new Provisioning(
                Findings.of(new Finding(Prerequisite.ADMIN_USER, outcome, effects.made())),
                administrator,
                null,
                identity.origin(user).orElse(null));
    }

    private Provisioning create(Instance instance, Effects effects) {
        if (person.external() || comesFromOutside(instance)) {
            return without(Outcome.Blocked.because(
                    BlockedReason.EXTERNAL_IDENTITY_SOURCE,
                    "the user %s with the address %s".formatted(person.userName(), person.email())));
        }
        if (!person.canHaveItsName()) {
            return without(new Outcome.Waiting(
                    "Without the parameter UserName the user name would be the email address %s, and that is longer than the %d characters that IAM Identity Center takes."
                            .formatted(person.email(), LONGEST_USER_NAME),
                    "Deploy again with UserName, the name to sign in with.",
                    console.home()));
        }
        Optional<String> userId = effects.create(
                "user " + person.userName(),
                () -> identityStore
                        .createUser(request -> request.identityStoreId(instance.identityStoreId())
                                .userName(person.userName())
                                .displayName(person.displayName())
                                .name(name -> name.givenName(person.givenName()).familyName(person.familyName()))
                                .emails(Email.builder()
                                        .value(person.email())
                                        .type("work")
                                        .primary(true)
                                        .build()))
                        .userId());
        Outcome outcome = userId.isPresent()
                ? exists(person.userName())
                : new Outcome.Planned(exists(person.userName()).what());
        return new Provisioning(
                Findings.of(new Finding(Prerequisite.ADMIN_USER, outcome, effects.made())),
                userId.map(id -> new Administrator(id, person.userName())).orElse(null),
                null,
                null);
    }

    /**
     * No API tells the identity source. Users that a SCIM provider or a directory synchronised carry an external id, so that a
     * page of them is enough to tell; reading all the users of a large store is not worth it before creating one.
     *
     * @see <a href="https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_ExternalId.html">ExternalId</a>
     */
    private boolean comesFromOutside(Instance instance) {
        return identityStore
                .listUsers(request ->
                        request.identityStoreId(instance.identityStoreId()).maxResults(100))
                .users()
                .stream()
                .anyMatch(user -> !user.externalIds().isEmpty());
    }

    private Outcome exists(DescribeUserResponse user) {
        Outcome made = exists(user.userName());
        Outcome exists = identity.origin(user).map(made::withRemark).orElse(made);
        if (UserDirectory.hasEmail(user, person.email())) {
            return exists;
        }
        return exists.withRemark(
                user.emails().isEmpty()
                        ? "Identity Center has no email address for the user, and cannot send its own emails."
                        : "Identity Center has another email address for the user than the stack, and sends its own emails"
                                + " there.");
    }

    private static Outcome.Done exists(String userName) {
        return new Outcome.Done("The user " + userName + " exists and is enabled.");
    }

    /** Without an administrator there is nobody to give access to. */
    private static Provisioning without(Outcome obstacle) {
        return without(obstacle, null);
    }

    private static Provisioning without(Outcome obstacle, Setback setback) {
        return new Provisioning(
                Findings.of(
                        new Finding(Prerequisite.ADMIN_USER, obstacle),
                        new Finding(Prerequisite.ADMIN_ACCESS, obstacle)),
                null,
                setback,
                null);
    }
}
