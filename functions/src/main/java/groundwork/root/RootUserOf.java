package groundwork.root;

import groundwork.checklist.Console;
import groundwork.checklist.Outcome;
import groundwork.runtime.AwsFailure;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.organizations.model.AwsOrganizationsNotInUseException;

/** Whose root user is looked at. It decides what is asked, what is enough, and what a person can do. */
sealed interface RootUserOf {
    /** Where the account is. */
    Console console();

    /** Whether a root user without any credentials is enough, as it is in a member account. */
    boolean mayHaveNoCredentials();

    /** Whether the caller may list virtual MFA devices. */
    boolean showsDevices();

    /** What it means that the account summary cannot be read. */
    Outcome unreadable(SdkException failure);

    /** What a person does about missing MFA. */
    Outcome.Waiting mfaMissing(String what);

    /**
     * What a person does about credentials that the root user should not have.
     *
     * @param found what they are, such as {@code access keys}
     */
    Outcome.Waiting credentials(String found);

    /**
     * How credentials are deleted where nobody signs in as the root user: by whoever has them.
     *
     * @see <a href="https://repost.aws/knowledge-center/manage-govcloud-root-key">Delete, deactivate or rotate root access keys of an AWS
     *     GovCloud (US) account</a>
     */
    private static String deletionWithoutSignIn(String found) {
        return "Whoever has the access keys of the root user deletes the %s with the AWS CLI: with that access key,"
                        .formatted(found)
                + " aws iam list-access-keys and aws iam delete-access-key --access-key-id ID, or aws iam list-signing-certificates and"
                + " aws iam delete-signing-certificate --certificate-id ID. If nobody has them, AWS Support helps.";
    }

    /** The account of the stack. */
    record OwnAccount(String accountId, Supplier<OrganizationsClient> organizations, Console console)
            implements RootUserOf {
        /** @throws SdkException if the organization cannot be read */
        @Override
        public boolean mayHaveNoCredentials() {
            try {
                return !accountId.equals(organizations
                        .get()
                        .describeOrganization()
                        .organization()
                        .masterAccountId());
            } catch (AwsOrganizationsNotInUseException e) {
                return false;
            }
        }

        @Override
        public boolean showsDevices() {
            return true;
        }

        @Override
        public Outcome unreadable(SdkException failure) {
            return AwsFailure.unreadable(failure, "the root user's credentials");
        }

        @Override
        public Outcome.Waiting mfaMissing(String what) {
            return new Outcome.Waiting(
                    what,
                    "Sign in as the root user, open Security credentials from the account menu, and assign an MFA device:"
                            + " a passkey or an authenticator app.",
                    console.rootSecurityCredentials());
        }

        @Override
        public Outcome.Waiting credentials(String found) {
            if (!console.partition().rootUserSignsIn()) {
                return new Outcome.Waiting(
                        "The root user has " + found + ".",
                        "See first when they were last used, and that nothing depends on them. "
                                + deletionWithoutSignIn(found),
                        console.iam());
            }
            return new Outcome.Waiting(
                    "The root user has " + found + ".",
                    "Sign in as the root user, open Security credentials from the account menu, and delete the " + found
                            + ". Check first, under Last used, that nothing depends on them.",
                    console.rootSecurityCredentials());
        }
    }

    /**
     * A member account. Its root user needs no credentials, and the management account can remove them.
     *
     * @param showsDevices false in a root session for auditing, whose policy leaves that out
     * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html">Perform a privileged task
     *     on an AWS Organizations member account</a>
     */
    record MemberAccount(String accountId, boolean showsDevices, Console console) implements RootUserOf {
        @Override
        public boolean mayHaveNoCredentials() {
            return true;
        }

        /** Whoever was let in may read it, so that a policy keeps it back. */
        @Override
        public Outcome unreadable(SdkException failure) {
            return AwsFailure.obstacle(failure);
        }

        @Override
        public Outcome.Waiting mfaMissing(String what) {
            return new Outcome.Waiting(
                    what,
                    removal("Or sign in as the root user of that account and assign an MFA device."),
                    console.iam());
        }

        @Override
        public Outcome.Waiting credentials(String found) {
            return new Outcome.Waiting(
                    "The root user has " + found + ".",
                    "See first when they were last used, and that nothing depends on them. "
                            + removal(
                                    console.partition().rootUserSignsIn()
                                            ? "Or sign in as the root user of that account and delete the " + found
                                                    + "."
                                            : "Or: " + deletionWithoutSignIn(found)),
                    console.iam());
        }

        private String removal(String otherwise) {
            return "In the management account open Root access management in the IAM console, choose account %s, and delete its root"
                            .formatted(accountId)
                    + " user credentials. " + otherwise;
        }
    }
}
