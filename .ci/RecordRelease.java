package groundwork.rehearsal.scenario;

import static groundwork.rehearsal.scenario.Scenario.MANAGEMENT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import groundwork.rehearsal.organization.store.IdentityCenter;
import groundwork.rehearsal.stack.ExecutionRecord;
import groundwork.rehearsal.stack.LocalTables;
import groundwork.rehearsal.states.HistoryEvent;
import groundwork.rehearsal.template.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Plays a story and writes down where it stands: the table, the definition as it was deployed, the execution that waits
 * with its variables and the steps of its last look, and the emails so far. Compiled with the rehearsal of the commit that
 * is recorded, so it uses only what that one has.
 */
public final class RecordRelease {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, ObjectNode> variables = new LinkedHashMap<>();
    private final Map<String, ObjectNode> looks = new LinkedHashMap<>();

    private RecordRelease() {}

    /** @param arguments the root of the commit, its id, its date, the file to write */
    public static void main(String[] arguments) throws IOException {
        Template template = Template.read(Path.of(arguments[0]).resolve("template.yaml"));
        Scenario story = new Scenario(
                "recorded",
                "Lines are open, messages were sent, something was repaired, and an execution waits.",
                organization -> organization
                        .managementAccount(MANAGEMENT, "Example", "root@example.com")
                        .identityCenter(Region.US_EAST_1),
                world -> {});
        RecordRelease recorder = new RecordRelease();
        try (LocalTables tables = new LocalTables();
                World world = new World(story, template, tables)) {
            world.listen(recorder::happened);
            world.addressIsConfirmed();
            world.stackIsCreated();
            world.after(Duration.ofHours(2), "Grace removes Ada from the group", () -> world.console()
                    .removesMember(
                            world.identityCenter().group("Administrators").orElseThrow().groupId(),
                            world.identityCenter().user("ada").orElseThrow().userId()));
            world.passes(Duration.ofMinutes(75));
            Files.writeString(Path.of(arguments[3]), lines(recorder.recording(world, arguments[1], arguments[2])));
        }
        System.exit(0);
    }

    private void happened(HistoryEvent event) {
        String name = event.execution().substring(event.execution().lastIndexOf(':') + 1);
        if (event instanceof HistoryEvent.StateEntered entered) {
            ObjectNode known = variables.computeIfAbsent(name, key -> JsonNodeFactory.instance.objectNode());
            if (entered.state().equals("Check the root user")) {
                ObjectNode look = JsonNodeFactory.instance.objectNode();
                look.set("variables", known.deepCopy());
                look.putArray("steps");
                looks.put(name, look);
            }
            if (looks.containsKey(name)) {
                ((ArrayNode) looks.get(name).get("steps")).addObject().put("state", entered.state());
            }
        } else if (event instanceof HistoryEvent.StateExited exited) {
            variables.get(name).setAll(exited.assigned());
            if (looks.containsKey(name) && !exited.assigned().isEmpty()) {
                JsonNode steps = looks.get(name).get("steps");
                ((ObjectNode) steps.get(steps.size() - 1)).putObject("assigned").setAll(exited.assigned());
            }
        }
    }

    private ObjectNode recording(World world, String commit, String date) {
        ObjectNode recording = JsonNodeFactory.instance.objectNode();
        recording.put("commit", commit).put("date", date).put("at", world.now().toString());
        IdentityCenter center = world.identityCenter();
        recording.putObject("ids")
                .put("instance", center.instanceArn())
                .put("identityStore", center.identityStoreId())
                .put("user", center.user("ada").orElseThrow().userId())
                .put("group", center.group("Administrators").orElseThrow().groupId())
                .put("permissionSet", center.permissionSet("AdministratorAccess").orElseThrow().arn());
        ArrayNode mails = recording.putArray("mails");
        world.seen().mails().forEach(mail -> mails.addObject().put("to", mail.to()).put("subject", mail.subject()));
        ArrayNode items = recording.putArray("items");
        world.organization()
                .client(DynamoDbClient.class, world.person(), world.region())
                .query(query -> query.tableName(
                                world.stack().template().resource("Table").ref().orElseThrow())
                        .consistentRead(true)
                        .keyConditionExpression("accountId = :account")
                        .expressionAttributeValues(Map.of(":account", AttributeValue.fromS(MANAGEMENT))))
                .items()
                .forEach(item -> items.add(json(item)));
        ArrayNode executions = recording.putArray("executions");
        for (ExecutionRecord execution : world.stack().executions()) {
            if (execution.status().equals("RUNNING")) {
                ObjectNode running = executions.addObject()
                        .put("name", execution.name())
                        .put("startedAt", execution.startedAt().toString());
                running.set("input", execution.input());
                running.setAll(looks.get(execution.name()));
            }
        }
        recording.set(
                "definition",
                world.stack()
                        .template()
                        .substitutedDefinition(world.stack().template().resource("AccountSetup")));
        return recording;
    }

    private static ObjectNode json(Map<String, AttributeValue> item) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        new TreeMap<>(item).forEach((name, value) -> {
            if (value.hasSs()) {
                value.ss().forEach(json.putObject(name).putArray("SS")::add);
            } else if (value.n() != null) {
                json.putObject(name).put("N", value.n());
            } else {
                json.putObject(name).put("S", value.s());
            }
        });
        return json;
    }

    /** A line for each entry of a list, and for each state of the definition. */
    private static String lines(ObjectNode recording) throws IOException {
        List<String> parts = new ArrayList<>();
        for (Map.Entry<String, JsonNode> part : recording.properties()) {
            String key = JSON.writeValueAsString(part.getKey()) + ": ";
            JsonNode value = part.getValue();
            if (value.isArray() && part.getKey().equals("executions")) {
                parts.add(key + value.valueStream().map(RecordRelease::execution).collect(Collectors.joining(",\n", "[\n", "\n]")));
            } else if (value.isArray()) {
                parts.add(key + list(value));
            } else if (value.has("States")) {
                ObjectNode rest = value.deepCopy();
                JsonNode states = rest.remove("States");
                parts.add(key + "{\n" + fields(rest) + ",\n\"States\": {\n" + fields(states) + "\n}}");
            } else {
                parts.add(key + JSON.writeValueAsString(value));
            }
        }
        return parts.stream().collect(Collectors.joining(",\n", "{\n", "\n}\n"));
    }

    private static String execution(JsonNode execution) {
        ObjectNode rest = execution.deepCopy();
        JsonNode steps = rest.remove("steps");
        JsonNode known = rest.remove("variables");
        return "{\n" + fields(rest) + ",\n\"variables\": {\n" + fields(known) + "\n},\n\"steps\": " + list(steps) + "\n}";
    }

    private static String list(JsonNode values) {
        return values.valueStream().map(JsonNode::toString).collect(Collectors.joining(",\n", "[\n", "\n]"));
    }

    private static String fields(JsonNode object) {
        return object.properties().stream()
                .map(field -> "\"" + field.getKey() + "\": " + field.getValue())
                .collect(Collectors.joining(",\n"));
    }
}
