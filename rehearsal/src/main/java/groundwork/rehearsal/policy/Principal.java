package groundwork.rehearsal.policy;

/** Who makes a request. */
public sealed interface Principal {
    /**
     * An IAM identity.
     *
     * @param arn the ARN as policies write it; for a role session, the ARN of the role
     */
    record Identity(String arn) implements Principal {
        public Identity {
            if (arn.split(":", 6).length < 6) {
                throw new IllegalArgumentException(arn + " is not an ARN");
            }
        }

        String accountId() {
            return arn.split(":", 6)[4];
        }

        String partition() {
            return arn.split(":", 6)[1];
        }
    }

    /** An AWS service that acts for itself, such as {@code events.amazonaws.com}. */
    record Service(String name) implements Principal {}
}
