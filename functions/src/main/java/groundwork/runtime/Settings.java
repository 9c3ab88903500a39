package groundwork.runtime;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.regions.Region;

/**
 * What the template tells a function, by environment variables. Each method throws
 * {@link IllegalStateException} if its variable is missing or blank, unless it is optional.
 */
public record Settings(Map<String, String> environment) {
    public Settings {
        environment = Map.copyOf(environment);
    }

    /** The account that the stack is in. */
    public String accountId() {
        return required("ACCOUNT_ID");
    }

    /** The Region that the stack is in; Lambda sets it. */
    public Region region() {
        return Region.of(required("AWS_REGION"));
    }

    public String stackId() {
        return required("STACK_ID");
    }

    public String stackName() {
        return required("STACK_NAME");
    }

    /** The name of the DynamoDB table. */
    public String tableName() {
        return required("TABLE_NAME");
    }

    /** The name with which the administrator signs in. */
    public String userName() {
        return required("USER_NAME");
    }

    public String givenName() {
        return required("GIVEN_NAME");
    }

    public String familyName() {
        return required("FAMILY_NAME");
    }

    public String administratorEmail() {
        return required("ADMINISTRATOR_EMAIL");
    }

    /** Whether users come from an external identity provider or Active Directory. */
    public boolean hasExternalIdentitySource() {
        return required("IDENTITY_SOURCE").equals("External");
    }

    /** The role with which Groundwork makes users: ARN and unique id, with a blank in between. */
    public String userMaker() {
        return required("USER_MAKER");
    }

    /** The role with which Groundwork makes groups and memberships: ARN and unique id, with a blank in between. */
    public String groupMaker() {
        return required("GROUP_MAKER");
    }

    public String groupName() {
        return required("GROUP_NAME");
    }

    public String permissionSetName() {
        return required("PERMISSION_SET_NAME");
    }

    /** The duration of a session, as ISO 8601 writes it. */
    public String sessionDuration() {
        return required("SESSION_DURATION");
    }

    /** What the names of Groundwork's rules begin with, in every Region. */
    public String rulePrefix() {
        return required("RULE_PREFIX");
    }

    /** The names of Groundwork's rules in the stack's own Region that start the state machine of the set-up. */
    public List<String> rules() {
        return rules("RULES");
    }

    /** The names of Groundwork's rules in the stack's own Region that start the state machine of the notices. */
    public List<String> noticeRules() {
        return rules("NOTICE_RULES");
    }

    /** The names of Groundwork's rules on the default bus that mark member accounts; none where no members are looked after. */
    public List<String> markRules() {
        return optional("MARK_RULES").isEmpty() ? List.of() : rules("MARK_RULES");
    }

    /** The names of Groundwork's rules on the bus that members hand their events to; none where no members are looked after. */
    public List<String> memberRules() {
        return optional("MEMBER_RULES").isEmpty() ? List.of() : rules("MEMBER_RULES");
    }

    /** The name of that bus; null where no members are looked after. */
    public String memberBus() {
        return optional("MEMBER_BUS").orElse(null);
    }

    /** The state machine of the notices. */
    public String noticeArn() {
        return required("NOTICE_ARN");
    }

    /** The names of Groundwork's rules in the forwarding Region. */
    public List<String> forwardingRules() {
        return rules("FORWARDING_RULES");
    }

    /** The bus in the stack's own Region that the rules in the forwarding Region lead to. */
    public String busArn() {
        return required("BUS_ARN");
    }

    /** The other Region that events are forwarded from; empty if there is none. */
    public Optional<Region> forwardingRegion() {
        return optional("FORWARDING_REGION").map(Region::of);
    }

    /** The topic through which the administrator is told. */
    public String topicArn() {
        return required("TOPIC_ARN");
    }

    /**
     * The owner of the account, if that is somebody else than the administrator.
     *
     * @param address where emails go
     * @param topicArn the topic through which they go
     */
    public record Owner(String address, String topicArn) {}

    /** The owner of the account; empty if that is the administrator. */
    public Optional<Owner> owner() {
        return ownerEmail()
                .flatMap(address -> optional("OWNER_TOPIC_ARN").map(topicArn -> new Owner(address, topicArn)));
    }

    /** The address of the account's owner; empty if that is the administrator. */
    public Optional<String> ownerEmail() {
        return optional("OWNER_EMAIL").filter(address -> !address.equalsIgnoreCase(administratorEmail()));
    }

    /** The state machine of the set-up. */
    public String stateMachineArn() {
        return required("STATE_MACHINE_ARN");
    }

    /** The function that starts it. */
    public String lookAgainArn() {
        return required("LOOK_AGAIN_ARN");
    }

    /** The names of the stack's alarms in its own Region. */
    public List<String> alarms() {
        return List.of(required("ALARMS").split(",", 0));
    }

    /** When the account of the stack is looked at in any case, as EventBridge writes it. */
    public String schedule() {
        return required("SCHEDULE");
    }

    /** The same of member accounts. */
    public String memberSchedule() {
        return required("MEMBER_SCHEDULE");
    }

    /** The address that Amazon SES sends from; empty if emails go through Amazon SNS. */
    public Optional<String> senderEmail() {
        return optional("SENDER_EMAIL");
    }

    /** The address of the AWS access portal, if the owner gave one. */
    public Optional<String> portalUrl() {
        return optional("PORTAL_URL");
    }

    /** The id of the organization whose member accounts are looked after. */
    public String organizationId() {
        return required("ORGANIZATION_ID");
    }

    /** Which member accounts are looked after, as the template's parameter says; empty if none are. */
    public String memberAccounts() {
        return optional("MEMBER_ACCOUNTS").orElse("");
    }

    /** Which member accounts are left alone, as the template's parameter says; empty if none are. */
    public String excludedAccounts() {
        return optional("EXCLUDED_ACCOUNTS").orElse("");
    }

    /** The name of the permission set in the member accounts. */
    public String memberPermissionSetName() {
        return required("MEMBER_PERMISSION_SET_NAME");
    }

    /** Path and name of the role of the member stacks that looks at the root user, without the slash that a path begins with. */
    public String memberRole() {
        return required("MEMBER_ROLE");
    }

    /** Whether root users of member accounts may be looked at by centralized root access. */
    public boolean usesCentralRootAccess() {
        return required("CENTRAL_ROOT_ACCESS").equals("true");
    }

    private List<String> rules(String name) {
        return Stream.of(required(name).split(",", 0)).map(rulePrefix()::concat).toList();
    }

    private String required(String name) {
        return optional(name)
                .orElseThrow(() -> new IllegalStateException(
                        "The environment variable %s is missing. The template sets it; was the function changed by hand?"
                                .formatted(name)));
    }

    private Optional<String> optional(String name) {
        return Optional.of(environment.getOrDefault(name, "").strip()).filter(value -> !value.isEmpty());
    }
}
