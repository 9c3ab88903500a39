package groundwork.rehearsal.release;

import static groundwork.rehearsal.template.ProjectTemplate.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import groundwork.rehearsal.template.Deployment;
import groundwork.rehearsal.template.ExpandedTemplate;
import groundwork.rehearsal.template.Template;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What docs/permissions.md says of deploying follows from the template and from what AWS publishes of its resource types. */
class PermissionsPageTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Services that a resource type calls only for certain properties, and a part of the names of these. */
    private static final Map<String, String> UNUSED = Map.of(
            "ec2", "VpcConfig",
            "elasticfilesystem", "FileSystemConfig",
            "firehose", "DeliveryStream",
            "kinesis", "Kinesis",
            "kms", "Kms",
            "s3files", "FileSystemConfig",
            "s3tables", "MetadataTable");

    /** A policy of the template is one of roles, never of users or groups. */
    private static final String OF_USERS_OR_GROUPS = "iam:[A-Za-z]+(User|Group)Policy";

    private final String page;
    private final ExpandedTemplate stack;
    private final Map<String, Set<String>> actions = new TreeMap<>();

    PermissionsPageTest() throws IOException {
        page = Files.readString(Path.of("..", "docs", "permissions.md"));
        Template template = TEMPLATE;
        Map<String, String> everything = new HashMap<>(
                Map.of("AdministratorEmail", "ada@example.com", "GivenName", "Ada", "FamilyName", "Lovelace"));
        everything.put("OwnerEmail", "owner@example.com");
        everything.put("SenderEmail", "aws@example.com");
        everything.put("OrganizationId", "o-a1b2c3d4e5");
        // A Region from where something has to be forwarded.
        stack = template.expand(everything, Deployment.of("111122223333", "eu-central-1", "groundwork"));
        JsonNode published;
        try (InputStream schemas = PermissionsPageTest.class.getResourceAsStream("handler-permissions.json")) {
            published = JSON.readTree(schemas).path("types");
        }
        stack.resources()
                .values()
                .forEach(resource -> actions.put(
                        resource.deployedType(),
                        StreamSupport.stream(
                                        published.path(resource.deployedType()).spliterator(), false)
                                .map(JsonNode::asText)
                                // Some are not spelled as in a policy, and one is none.
                                .filter(action -> action.matches("[A-Za-z0-9]+:[A-Za-z]+"))
                                .map(action -> service(action) + action.substring(action.indexOf(':')))
                                .filter(action -> !UNUSED.containsKey(service(action)))
                                .filter(action -> !action.matches(OF_USERS_OR_GROUPS))
                                .collect(Collectors.toCollection(TreeSet::new))));
    }

    @Test
    void everyTypeOfTheTemplateHasARow_withThePublishedActions() {
        List<String> rows = new ArrayList<>();
        actions.forEach((type, allowed) -> {
            assertThat(allowed).as("published actions of " + type).isNotEmpty();
            rows.add("| `" + type + "` | " + row(allowed) + " |");
        });

        assertThat(page.lines().filter(line -> line.startsWith("| `"))).containsExactlyElementsOf(rows);
    }

    private static String row(Set<String> allowed) {
        Map<String, List<String>> services = allowed.stream()
                .collect(Collectors.groupingBy(
                        PermissionsPageTest::service,
                        TreeMap::new,
                        Collectors.mapping(action -> action.substring(action.indexOf(':') + 1), Collectors.toList())));
        return services.entrySet().stream()
                .map(service -> "`" + service.getKey() + ":` " + String.join(", ", service.getValue()))
                .collect(Collectors.joining("; "));
    }

    private static String service(String action) {
        return action.substring(0, action.indexOf(':')).toLowerCase(Locale.ROOT);
    }

    @Test
    void theServicesThatAreLeftOut_areForPropertiesThatTheTemplateDoesNotUse() {
        String properties = stack.resources().values().stream()
                .map(resource -> resource.deployedProperties().toString())
                .collect(Collectors.joining());

        assertThat(stack.resourcesOfType("AWS::IAM::Policy"))
                .isNotEmpty()
                .allSatisfy(policy -> assertThat(policy.properties().has("Users")
                                || policy.properties().has("Groups"))
                        .isFalse());
        UNUSED.values().forEach(name -> assertThat(properties).doesNotContainPattern("(?i)\"\\w*" + name + "\\w*\":"));
    }

    @Test
    void thePolicyAllowsEveryActionOfTheTable_andFitsIntoOne() throws IOException {
        String policy = page.substring(page.indexOf("```json") + 7, page.lastIndexOf("```"));
        JsonNode statement = JSON.readTree(policy).path("Statement").path(0);
        List<String> allowed = StreamSupport.stream(statement.path("Action").spliterator(), false)
                .map(JsonNode::asText)
                .toList();

        assertThat(actions.values().stream().flatMap(Set::stream).distinct())
                .allMatch(action -> allowed.contains(action) || allowed.contains(service(action) + ":*"));
        Set<String> needed = actions.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        needed.add("freetier:GetAccountPlanState");
        assertThat(allowed)
                .allMatch(action -> needed.contains(action)
                        || needed.stream().anyMatch(each -> action.equals(service(each) + ":*")));
        assertThat(allowed).doesNotContain("iam:*");
        // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
        assertThat(policy.replaceAll("\\s", "")).hasSizeLessThanOrEqualTo(6_144);
    }
}
