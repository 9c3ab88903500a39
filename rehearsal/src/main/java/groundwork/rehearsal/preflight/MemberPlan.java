package groundwork.rehearsal.preflight;

import java.util.Optional;

/**
 * What would be done about a member account.
 *
 * @param name its name; the account itself may choose it
 * @param stack its member stack; empty where the account is left alone
 */
record MemberPlan(String id, String name, Access access, Optional<Stack> stack) {
    /** The access of the administrators' group, or why it gets none. */
    enum Access {
        WOULD_GET("would get access"),
        /** The permission set was changed after it was provisioned in the account. */
        WOULD_PROVISION("would be provisioned anew"),
        HAS("has access"),
        NOT_ACTIVE("closed or not active"),
        EXCLUDED("in ExcludedAccounts"),
        NOT_INCLUDED("not in MemberAccounts");

        private final String words;

        Access(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }

        boolean isLeftAlone() {
            return switch (this) {
                case WOULD_GET, WOULD_PROVISION, HAS -> false;
                case NOT_ACTIVE, EXCLUDED, NOT_INCLUDED -> true;
            };
        }
    }

    /** What the StackSet says of an account, the worst last. */
    enum Stack {
        NONE("no member stack"),
        CURRENT("member stack current"),
        /** Its creation or last update failed, was stopped or has not begun. */
        OUTDATED("member stack outdated"),
        /** Its deletion failed; the StackSet does not update it any more. */
        INOPERABLE("member stack inoperable");

        private final String words;

        Stack(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }
}
