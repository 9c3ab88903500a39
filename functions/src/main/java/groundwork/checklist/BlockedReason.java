package groundwork.checklist;

/** Why Groundwork cannot go on with a prerequisite, and how to get out of it. */
public enum BlockedReason {
    NOT_MANAGEMENT_ACCOUNT(
            "Administrators are provisioned from the organization's management account (%s). Deploy Groundwork there."),
    NO_ORGANIZATION(
            "The account is not in an organization yet. Enabling IAM Identity Center in the console creates one."),
    IDENTITY_CENTER_NOT_ENABLED("IAM Identity Center is not enabled yet."),
    IDENTITY_CENTER_IN_OTHER_REGION(
            "IAM Identity Center has its primary Region in %s. Deploy Groundwork there and delete this stack."),
    ACCOUNT_INSTANCE_ONLY(
            "There is only an account instance of IAM Identity Center (%s), which cannot give access to AWS"
                    + " accounts. See in its settings that it is one, delete it, then enable IAM Identity Center with"
                    + " AWS Organizations."),
    EXTERNAL_IDENTITY_SOURCE("Users come from an external identity source. Create %s there, let it be synchronised to"
            + " IAM Identity Center, and Groundwork will grant the access."),
    DELEGATED_ADMINISTRATOR_LIMIT("This account is only a delegated administrator of IAM Identity Center, which may not"
            + " manage access to the management account. Deploy Groundwork in the management account (%s)."),
    USER_NAME_TAKEN(
            "%s Choose another user name or correct the email address and update the stack, or change the address of"
                    + " that user in IAM Identity Center."),
    PERMISSION_SET_TAKEN(
            "A permission set %s exists that Groundwork did not create and that does not give administrator"
                    + " access. Choose another permission set name and update the stack."),
    GROUP_TAKEN("%s Choose another group name and update the stack, or take the members out of that group."),
    ACCESS_LIMITED("%s Groundwork leaves it as it is: see whether it is meant, and put it right if it is not."),
    REPAIRED_TOO_OFTEN(
            "Groundwork has put the %s right three times within a day, and it was undone again. Find out who or what undoes"
                    + " it, such as another automation, and end that. Groundwork tries again a day after the first of the"
                    + " three."),
    ASSIGNMENT_FAILED(
            "IAM Identity Center could not complete the assignment. Groundwork tries again at its next run. AWS says: %s"),
    ACCESS_DENIED("AWS denied %s. Allow it for Groundwork's role, also in service control policies and"
            + " permissions boundaries."),
    EMAIL_UNCONFIRMED("It is sent as soon as the email address is confirmed."),
    SERVICE_QUOTA("A service quota is reached. Raise it in the Service Quotas console or wait. AWS says: %s");

    private final String sentence;

    BlockedReason(String sentence) {
        this.sentence = sentence;
    }

    /**
     * What is wrong and how to get out of it.
     *
     * @param subject what the reason is about: an account, a Region, an action; ignored by reasons without one
     */
    String sentence(String subject) {
        return sentence.formatted(subject);
    }
}
