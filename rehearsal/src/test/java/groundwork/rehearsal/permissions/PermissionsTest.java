package groundwork.rehearsal.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import groundwork.rehearsal.permissions.Played.Permission;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The permissions of the template against the calls of all scenarios and situations. */
class PermissionsTest {

    /** What AWS needs and the embedded account does not do, by statement and pattern, with the page that says so. */
    private static final Map<String, String> NOT_PLAYED = Map.of(
            // The Lambda runtime writes the logs, not the handler.
            "\\w+Role/\\w+\\.WriteLogs (logs:CreateLogStream|logs:PutLogEvents|arn:aws:logs:\\S+Logs:\\*)",
            "https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html",
            // CloudFormation deploys the forwarding stack with these, in its StackSets and in the resource types' own
            // handlers.
            "(AssumeForwardingExecutionRole|ForwardingExecutionRole/DeployForwardingStack)\\..*",
            "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-prereqs-self-managed.html",
            // Asked for beside sso:CreatePermissionSet when the new set is given tags.
            "GrantAccessRole/GrantAccess\\.ProvisionPermissionSet sso:TagResource",
            "https://docs.aws.amazon.com/singlesignon/latest/userguide/tagging.html");

    @Test
    void noCallLacksAPermission() {
        assertThat(Played.everything().refused()).isEmpty();
    }

    @Test
    void everyStoryEndsAsExpected() {
        assertThat(Played.everything().broken()).isEmpty();
    }

    @Test
    void everyPermissionIsUsedByACall() {
        Set<Permission> unused = unused();
        unused.removeIf(permission -> NOT_PLAYED.keySet().stream().anyMatch(permission.toString()::matches));

        assertThat(unused).isEmpty();
    }

    @Test
    void everyExceptionIsStillNeeded() {
        assertThat(NOT_PLAYED.keySet())
                .allSatisfy(exception -> assertThat(unused())
                        .anyMatch(permission -> permission.toString().matches(exception)));
    }

    private static Set<Permission> unused() {
        Set<Permission> unused = new TreeSet<>(Played.everything().declared());
        unused.removeAll(Played.everything().used());
        return unused;
    }
}
