package groundwork.rehearsal.organization.call;

import java.util.Objects;

/**
 * A role session that calls AWS.
 *
 * @param accountId the account of the role
 * @param roleArn the ARN of the role, with its path
 * @param sessionName the role session name; for a Lambda function that is the function's name
 */
public record Caller(String accountId, String roleArn, String sessionName) implements UserIdentity {
    public Caller {
        Objects.requireNonNull(accountId, "accountId");
        Objects.requireNonNull(sessionName, "sessionName");
        if (!roleArn.contains(":role/")) {
            throw new IllegalArgumentException("Not the ARN of a role: " + roleArn);
        }
    }

    /** A session of the named role, without path, of an account in the commercial partition. */
    public static Caller role(String accountId, String roleName, String sessionName) {
        return new Caller(accountId, "arn:aws:iam::" + accountId + ":role/" + roleName, sessionName);
    }

    /** The role's name, without its path. */
    public String roleName() {
        return roleArn.substring(roleArn.lastIndexOf('/') + 1);
    }

    /** The ARN that IAM error messages and {@code GetCallerIdentity} show; it leaves the path of the role out. */
    public String assumedRoleArn() {
        String partition = roleArn.split(":", 3)[1];
        return "arn:" + partition + ":sts::" + accountId + ":assumed-role/" + roleName() + "/" + sessionName;
    }
}
