package groundwork.root;

import groundwork.checklist.AwsPartition;
import groundwork.checklist.BlockedReason;
import groundwork.checklist.Console;
import groundwork.checklist.Finding;
import groundwork.checklist.Findings;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import groundwork.runtime.AwsFailure;
import groundwork.runtime.Settings;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccountNotManagementOrDelegatedAdministratorException;
import software.amazon.awssdk.services.iam.model.FeatureType;
import software.amazon.awssdk.services.iam.model.OrganizationNotFoundException;
import software.amazon.awssdk.services.iam.model.OrganizationNotInAllFeaturesModeException;
import software.amazon.awssdk.services.iam.model.ServiceAccessNotEnabledException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * Looks at the root users of member accounts: with the role of the member stack, and without that by centralized root access, if the
 * parameters allow it and the organization has it. Writes nothing. One is made for each look, because what holds for the organization
 * is asked once. This class is not thread-safe.
 */
public final class MemberRoots {
    /** The shortest that STS offers for a role, and the longest for a root session. */
    private static final int SESSION_SECONDS = 900;

    private static final String SESSION_NAME = "groundwork-root-check";

    private final Settings settings;
    private final StsClient sts;
    private final MemberClients clients;
    private final IamClient iam;
    private final AwsPartition partition;
    private final Console console;
    private Boolean centrallyManaged;

    /**
     * @param sts of the Region of the stack: a root session is only begun at a Regional endpoint
     * @param iam of the account of the stack, for what the organization has enabled
     */
    public MemberRoots(Settings settings, StsClient sts, MemberClients clients, IamClient iam) {
        this.settings = settings;
        this.sts = sts;
        this.clients = clients;
        this.iam = iam;
        this.partition = AwsPartition.of(settings.region());
        this.console = new Console(settings.region());
    }

    /**
     * Checks the root user of an account.
     *
     * @param accountId an active member account
     * @return one finding for {@link Prerequisite#ROOT_MFA} and one for {@link Prerequisite#ROOT_ACCESS_KEYS}
     * @throws groundwork.runtime.TryAgainException if AWS cannot tell now
     */
    public Findings check(String accountId) {
        try {
            return check(role(accountId), accountId, true);
        } catch (AwsServiceException e) {
            if (AwsFailure.deniedAction(e).isEmpty()) {
                throw AwsFailure.rethrown(e);
            }
            return isExplicit(e) ? denied("sts:AssumeRole") : withoutRole(accountId);
        } catch (SdkException e) {
            throw AwsFailure.rethrown(e);
        }
    }

    private Findings check(Credentials session, String accountId, boolean showsDevices) {
        try (IamClient ofMember = clients.iam(session)) {
            return new RootUserCheck(ofMember, new RootUserOf.MemberAccount(accountId, showsDevices, console)).check();
        }
    }

    private Credentials role(String accountId) {
        return sts.assumeRole(request -> request.roleArn(
                                "arn:%s:iam::%s:role/%s".formatted(partition.id(), accountId, settings.memberRole()))
                        .roleSessionName(SESSION_NAME)
                        .durationSeconds(SESSION_SECONDS))
                .credentials();
    }

    private Findings withoutRole(String accountId) {
        String noRole = "The root user of account %s cannot be looked at: there is no role %s that lets this stack in."
                .formatted(accountId, settings.memberRole());
        String rollOut = " Roll out the member stack there: docs/organization.md.";
        if (!settings.usesCentralRootAccess()) {
            return both(new Outcome.Unknown(noRole + rollOut));
        }
        try {
            return isCentrallyManaged()
                    ? check(rootSession(accountId), accountId, false)
                    : both(new Outcome.Unknown(
                            noRole + " Centralized root access is not enabled in the organization either." + rollOut));
        } catch (AwsServiceException e) {
            return AwsFailure.deniedAction(e).map(MemberRoots::denied).orElseThrow(() -> AwsFailure.rethrown(e));
        }
    }

    /**
     * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOrganizationsFeatures.html">ListOrganizationsFeatures</a>
     */
    private boolean isCentrallyManaged() {
        if (centrallyManaged == null) {
            try {
                centrallyManaged = iam.listOrganizationsFeatures(request -> {})
                        .enabledFeatures()
                        .contains(FeatureType.ROOT_CREDENTIALS_MANAGEMENT);
            } catch (ServiceAccessNotEnabledException
                    | AccountNotManagementOrDelegatedAdministratorException
                    | OrganizationNotFoundException
                    | OrganizationNotInAllFeaturesModeException e) {
                centrallyManaged = false;
            }
        }
        return centrallyManaged;
    }

    /**
     * A session that may read what credentials the root user has, and nothing else.
     *
     * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html">AssumeRoot</a>
     */
    private Credentials rootSession(String accountId) {
        return sts.assumeRoot(request -> request.targetPrincipal(accountId)
                        .taskPolicyArn(
                                policy -> policy.arn("arn:%s:iam::aws:policy/root-task/IAMAuditRootUserCredentials"
                                        .formatted(partition.id())))
                        .durationSeconds(SESSION_SECONDS))
                .credentials();
    }

    /**
     * Whether a policy denies it. A role that is not there, or that trusts somebody else, is denied without that.
     *
     * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html">Troubleshoot access
     *     denied error messages</a>
     */
    private static boolean isExplicit(AwsServiceException failure) {
        return AwsFailure.words(failure).contains("explicit deny");
    }

    private static Findings denied(String action) {
        return both(Outcome.Blocked.because(BlockedReason.ACCESS_DENIED, action));
    }

    private static Findings both(Outcome outcome) {
        return Findings.of(
                new Finding(Prerequisite.ROOT_MFA, outcome), new Finding(Prerequisite.ROOT_ACCESS_KEYS, outcome));
    }
}
