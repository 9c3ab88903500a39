package groundwork.rehearsal.trust;

import com.fasterxml.jackson.databind.JsonNode;
import groundwork.rehearsal.organization.store.DirectoryGroup;
import groundwork.rehearsal.organization.store.DirectoryUser;
import groundwork.rehearsal.organization.store.EmbeddedPermissionSet;
import groundwork.rehearsal.organization.store.IdentityCenter;
import groundwork.rehearsal.scenario.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What there is in IAM Identity Center and on the checklist, by name: ids and times differ from run to run.
 *
 * @param lines what there is, by what it is
 */
record EndState(Map<String, String> lines) {
    static EndState of(World world) {
        Map<String, String> lines = new TreeMap<>();
        world.organization().identityCenter().ifPresent(center -> add(center, lines));
        world.seen().checklist().ifPresent(checklist -> {
            for (JsonNode item : checklist.path("items")) {
                JsonNode outcome = item.path("outcome");
                lines.put(
                        item.path("prerequisite").asText(),
                        (outcome.path("status").asText() + " "
                                        + outcome.path("reason").asText())
                                .strip());
            }
        });
        return new EndState(lines);
    }

    /** In how far another state is not like this one. */
    List<String> differences(EndState other) {
        List<String> differences = new ArrayList<>();
        Stream.concat(lines.keySet().stream(), other.lines.keySet().stream())
                .distinct()
                .sorted()
                .filter(key -> !lines.getOrDefault(key, "none").equals(other.lines.getOrDefault(key, "none")))
                .forEach(key -> differences.add("%s should be %s and is %s"
                        .formatted(key, lines.getOrDefault(key, "none"), other.lines.getOrDefault(key, "none"))));
        return differences;
    }

    private static void add(IdentityCenter center, Map<String, String> lines) {
        Map<String, String> users =
                center.users().stream().collect(Collectors.toMap(DirectoryUser::userId, DirectoryUser::userName));
        Map<String, String> groups = center.groups().stream()
                .collect(Collectors.toMap(DirectoryGroup::groupId, DirectoryGroup::displayName));
        Map<String, String> sets = center.permissionSets().stream()
                .collect(Collectors.toMap(EmbeddedPermissionSet::arn, EmbeddedPermissionSet::name));
        lines.put("users", list(center.users(), user -> user.userName() + " " + user.email() + " " + user.enabled()));
        lines.put("groups", list(center.groups(), DirectoryGroup::displayName));
        lines.put(
                "memberships",
                list(
                        center.memberships(),
                        membership -> users.get(membership.userId()) + " in " + groups.get(membership.groupId())));
        lines.put("permission sets", list(center.permissionSets(), EndState::described));
        lines.put(
                "assignments",
                list(
                        center.assignments(),
                        assignment -> "%s to %s in %s"
                                .formatted(
                                        sets.get(assignment.permissionSetArn()),
                                        groups.get(assignment.principalId()),
                                        assignment.accountId())));
        lines.put("provisioned", list(center.provisionedIn(center.ownerAccountId()), EndState::described));
    }

    private static String described(EmbeddedPermissionSet set) {
        return "%s %s %s %s".formatted(set.name(), set.sessionDuration(), set.managedPolicies(), set.tags());
    }

    private static <T> String list(List<T> all, Function<T, String> name) {
        return all.stream().map(name).sorted().toList().toString();
    }
}
