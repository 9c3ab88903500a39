package groundwork.rehearsal.stack;

import groundwork.rehearsal.template.ExpandedTemplate;
import java.util.List;
import java.util.stream.Stream;

/** Whether CloudFormation could create a stack: whatever one resource fails of rolls all of it back. */
final class StackCreation {
    private StackCreation() {}

    /**
     * Checks a stack before it is deployed.
     *
     * @throws IllegalArgumentException if a service would refuse a resource, or would use a role too early
     */
    static void require(ExpandedTemplate stack) {
        List<String> violations = Stream.concat(
                        DeploymentLimits.violations(stack).stream(), RoleUses.tooEarly(stack).stream())
                .toList();
        if (!violations.isEmpty()) {
            throw new IllegalArgumentException("The stack %s cannot be created:\n  %s"
                    .formatted(stack.deployment().stackName(), String.join("\n  ", violations)));
        }
    }
}
