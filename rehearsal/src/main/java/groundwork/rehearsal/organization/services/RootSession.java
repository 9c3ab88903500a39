package groundwork.rehearsal.organization.services;

import groundwork.rehearsal.organization.call.Caller;
import java.util.List;
import java.util.Set;

/**
 * A session of a member's root user that was assumed centrally, for one privileged task. A {@link Caller} is the session of a role, so that
 * here the task stands as a role with a path that IAM gives to no role.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/security-iam-awsmanpol.html#security-iam-awsmanpol-IAMAuditRootUserCredentials">
 *     AWS managed policies for centralized root access</a>
 */
final class RootSession {
    /** The tasks, by the end of their policies' ARNs. Only the first one is implemented. */
    static final Set<String> TASKS = Set.of(
            "IAMAuditRootUserCredentials",
            "IAMCreateRootUserPassword",
            "IAMDeleteRootUserCredentials",
            "S3UnlockBucketPolicy",
            "SQSUnlockQueuePolicy");

    private static final String AUDIT = "IAMAuditRootUserCredentials";

    /** ListVirtualMFADevices is not among them. */
    private static final List<String> AUDIT_ACTIONS = List.of(
            "iam:ListAccessKeys",
            "iam:ListSigningCertificates",
            "iam:GetLoginProfile",
            "iam:ListMFADevices",
            "iam:GetAccountSummary");

    private static final String PATH = ":role/root-task/";

    private RootSession() {}

    /** The caller that has begun the task of auditing in an account. */
    static Caller audit(String partition, String accountId, String sessionName) {
        return new Caller(accountId, "arn:%s:iam::%s%s%s".formatted(partition, accountId, PATH, AUDIT), sessionName);
    }

    static boolean is(Caller caller) {
        return caller.roleArn().contains(PATH);
    }

    /** Whether the policy of the session's task leaves an action out. Everybody else has no task. */
    static boolean leavesOut(Caller caller, String action) {
        return is(caller) && !AUDIT_ACTIONS.contains(action);
    }
}
