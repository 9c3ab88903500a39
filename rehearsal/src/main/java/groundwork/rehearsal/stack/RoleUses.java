package groundwork.rehearsal.stack;

import com.fasterxml.jackson.databind.JsonNode;
import groundwork.rehearsal.template.ExpandedTemplate;
import groundwork.rehearsal.template.IamRole;
import groundwork.rehearsal.template.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Where the resources of a stack use its roles. IAM is eventually consistent: for some seconds after a role or its policy was
 * made, a service may find that it cannot assume it. Most uses bear that; those that do not have to come late enough.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency">
 *     Changes that I make are not always immediately visible</a>
 */
final class RoleUses {
    /** How old a role and its policies are when a service that tries only once uses it. */
    static final Duration OLD_ENOUGH = Duration.ofSeconds(15);

    /** What becomes of a use when the role is too young. */
    private enum Patience {
        /** The handler of the resource type or the service tries again, or the 16 seconds of a role's creation do. */
        WAITS,
        /** The creation fails, and the whole stack is rolled back. */
        FAILS
    }

    /** By type and property; an unknown use is an error, so that none is forgotten. */
    private static final Map<String, Patience> KNOWN = Map.of(
            // The handler waits for the operation and gives up when it failed (isStackSetOperationDone in
            // aws-cloudformation-resource-providers-cloudformation). The operation fails while IAM lags:
            // cdklabs/cdk-stacksets issues 438 and 61. Terraform had to add retries: hashicorp/terraform-provider-aws
            // pull request 15173.
            "AWS::CloudFormation::StackSet AdministrationRoleARN", Patience.FAILS,
            "AWS::CloudFormation::StackSet ExecutionRoleName", Patience.FAILS,
            // CreateFunction tries to assume the role. In CloudFormation a role is complete 16 seconds after IAM made
            // it, and the function, created a second later, is taken: the order of every AWS::Serverless::Function.
            "AWS::Lambda::Function Role", Patience.WAITS,
            // CreateStateMachine likewise, and in the order of every AWS::Serverless::StateMachine. Faster tools than
            // CloudFormation had to wait: hashicorp/terraform-provider-aws issue 7893, go-to-k/cdkd pull request 950.
            "AWS::StepFunctions::StateMachine RoleArn", Patience.WAITS,
            // EventBridge assumes the role when it delivers, and tries again for as long as the target's RetryPolicy
            // says. The handler repeats PutTargets for entries that failed (mitigateFailedPutTargets in
            // aws-cloudformation-resource-providers-events).
            "AWS::Events::Rule Targets[].RoleArn", Patience.WAITS,
            // IAM itself looks for the principal, and a role is complete 16 seconds after it was made.
            "AWS::IAM::Role AssumeRolePolicyDocument.Statement[].Principal.AWS", Patience.WAITS,
            // No use: it gives the role a policy.
            "AWS::IAM::Policy Roles[]", Patience.WAITS);

    private RoleUses() {}

    /**
     * Returns what makes the creation of a stack fail because a role is too young, or its deletion because the role is gone,
     * a sentence for each.
     *
     * @throws IllegalArgumentException if it is not known how a service uses a role
     */
    static List<String> tooEarly(ExpandedTemplate stack) {
        CreationTimes times = new CreationTimes(stack);
        List<String> found = new ArrayList<>();
        for (Use use : uses(stack)) {
            switch (patience(use)) {
                case WAITS -> {}
                case FAILS ->
                    permissions(use.role(), stack)
                            .flatMap(needed -> tooEarly(use, needed, times).stream())
                            .forEach(found::add);
            }
        }
        return found;
    }

    private static Optional<String> tooEarly(Use use, Resource needed, CreationTimes times) {
        String user = use.resource().logicalId();
        String place = "%s uses %s in %s".formatted(user, needed.logicalId(), use.property());
        if (!times.dependsOn(user, needed.logicalId())) {
            return Optional.of(place + " and depends on it in no way");
        }
        Duration age = times.begins(user).minus(times.ends(needed.logicalId()));
        return age.compareTo(OLD_ENOUGH) < 0
                ? Optional.of("%s, %d seconds after it was made".formatted(place, age.toSeconds()))
                : Optional.empty();
    }

    /** The role, and the resources that give it policies. */
    private static Stream<Resource> permissions(Resource role, ExpandedTemplate stack) {
        return Stream.concat(
                Stream.of(role),
                stack.resources().values().stream()
                        .filter(policy -> IamRole.isPolicyOf(policy, role.ref().orElseThrow())));
    }

    private static Patience patience(Use use) {
        String known = use.resource().deployedType() + " " + use.property();
        Patience patience = KNOWN.get(known);
        if (patience == null) {
            throw new IllegalArgumentException(
                    "What becomes of \"%s\" when the role is young is not known".formatted(known));
        }
        return patience;
    }

    /**
     * A property that names a role of the stack.
     *
     * @param property its path; lists are {@code []}
     */
    private record Use(Resource resource, String property, Resource role) {}

    private static List<Use> uses(ExpandedTemplate stack) {
        List<Use> found = new ArrayList<>();
        for (Resource role : stack.resourcesOfType("AWS::IAM::Role")) {
            List<String> names = List.of(role.arn(), role.ref().orElseThrow());
            for (Resource resource : stack.resources().values()) {
                find(resource.deployedProperties(), "", names, path -> found.add(new Use(resource, path, role)));
            }
        }
        return found;
    }

    private static void find(JsonNode value, String path, List<String> names, Consumer<String> found) {
        if (value.isTextual() && names.contains(value.textValue())) {
            found.accept(path);
        }
        if (value.isArray()) {
            value.forEach(element -> find(element, path + "[]", names, found));
        }
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            // What a policy is about is not looked at when it is made.
            if (!field.getKey().equals("Resource")) {
                find(field.getValue(), path.isEmpty() ? field.getKey() : path + "." + field.getKey(), names, found);
            }
        }
    }
}
