package groundwork.administrator;

import static java.util.Objects.requireNonNull;

/**
 * A role of this stack, by which AWS knows what Groundwork made. AWS documents that users, groups and memberships carry "the
 * identifier of the user or system" that made them, and not which one; so each by which it knows a role or its session counts.
 * Anything else, and nothing, is no proof: then it was somebody else.
 *
 * @param arn the role's ARN, with its path
 * @param id its unique id, such as {@code AROAEXAMPLEID}
 * @see <a href="https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_DescribeUser.html">DescribeUser</a>
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html">IAM identifiers</a>
 */
public record OwnRole(String arn, String id) {
    public OwnRole {
        requireNonNull(arn);
        requireNonNull(id);
    }

    /** The role that a setting names by ARN and id, with a blank in between. */
    public static OwnRole of(String setting) {
        String[] parts = setting.split(" ", 0);
        return new OwnRole(parts[0], parts[1]);
    }

    /**
     * Whether the role made something.
     *
     * @param createdBy what AWS says of who made it; null if it says nothing
     */
    public boolean made(String createdBy) {
        return createdBy != null
                && (createdBy.equals(arn)
                        || createdBy.startsWith(sessions())
                        || createdBy.equals(id)
                        || createdBy.startsWith(id + ":"));
    }

    /** How the ARNs of the role's sessions begin; they leave its path out. */
    private String sessions() {
        return arn.substring(0, arn.indexOf(":role/")).replace(":iam:", ":sts:") + ":assumed-role"
                + arn.substring(arn.lastIndexOf('/')) + "/";
    }
}
