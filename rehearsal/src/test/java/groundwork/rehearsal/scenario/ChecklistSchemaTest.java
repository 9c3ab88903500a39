package groundwork.rehearsal.scenario;

import static groundwork.rehearsal.scenario.Scenario.MANAGEMENT;
import static groundwork.rehearsal.template.ProjectTemplate.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import groundwork.checklist.BlockedReason;
import groundwork.checklist.Prerequisite;
import groundwork.rehearsal.organization.trail.EventBus;
import groundwork.rehearsal.stack.EventCatalogue;
import groundwork.rehearsal.stack.LocalTables;
import groundwork.rehearsal.states.ExecutionResult;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.event.ruler.Ruler;

/** The checklist as data is the same in executions, table and events, and is what docs/checklist.schema.json says. */
@Tag("slow")
class ChecklistSchemaTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @AutoClose
    private static final LocalTables TABLES = new LocalTables();

    static List<Scenario> scenarios() {
        return Scenarios.all();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    @Tag("at-length")
    void whateverHappens_outputTableAndEventsAreAsTheSchemasSay(Scenario scenario) throws IOException {
        List<JsonNode> events = new ArrayList<>();
        try (World world = world(scenario, events)) {
            scenario.play().accept(world);

            List<JsonNode> outputs = world.stack().executions().stream()
                    .map(execution -> execution.result())
                    .filter(ExecutionResult.Succeeded.class::isInstance)
                    .map(result -> ((ExecutionResult.Succeeded) result).output())
                    .filter(output -> output.has("checklist"))
                    .toList();
            List<JsonNode> records = records(world);

            assertThat(outputs).allSatisfy(output -> {
                assertThat(PublishedSchema.CHECKLIST.broken(output.path("checklist")))
                        .isEmpty();
                assertThat(output.path("status")).isEqualTo(output.at("/checklist/status"));
            });
            assertThat(records)
                    .allSatisfy(record -> assertThat(PublishedSchema.CHECKLIST.broken(record.path("checklist")))
                            .isEmpty());
            assertThat(events)
                    .allSatisfy(event -> assertThat(PublishedSchema.CHANGE.broken(event.path("detail")))
                            .isEmpty());
        }
    }

    @Test
    void aStoryHasAllThree_andAnEventSaysWhatIsInTheTable() throws IOException {
        List<JsonNode> events = new ArrayList<>();
        try (World world = ready(events)) {
            JsonNode last = events.getLast().path("detail");

            assertThat(last.path("accountId").asText()).isEqualTo(MANAGEMENT);
            assertThat(records(world))
                    .singleElement()
                    .satisfies(
                            record -> assertThat(record.at("/checklist/items")).isEqualTo(last.at("/checklist/items")));
            assertThat(world.stack().executions().getLast().result())
                    .isInstanceOfSatisfying(
                            ExecutionResult.Succeeded.class,
                            ended ->
                                    assertThat(ended.output().path("checklist")).isEqualTo(last.path("checklist")));
        }
    }

    @Test
    void theFirstLookIsTold_thenOnlyWhatHasChanged() {
        List<JsonNode> events = new ArrayList<>();
        try (World world = world(story(), events)) {
            world.addressIsConfirmed();
            world.stackIsCreated();
            world.passes(Duration.ofMinutes(3));

            assertThat(events).isNotEmpty();
            assertThat(events.getFirst().at("/detail/changes"))
                    .hasSize(Prerequisite.values().length)
                    .allSatisfy(change -> assertThat(change.has("before")).isFalse());

            events.clear();
            world.passes(Duration.ofHours(20));
            assertThat(events).isEmpty();

            world.organization().rootUser(MANAGEMENT).enablesPasskey();
            world.settles();
            assertThat(events)
                    .singleElement()
                    .satisfies(
                            event -> assertThat(event.at("/detail/changes"))
                                    .singleElement()
                                    .hasToString(
                                            "{\"prerequisite\":\"ROOT_MFA\",\"before\":\"WAITING\",\"after\":\"DONE\",\"repaired\":false}"));
        }
    }

    @Test
    void aRepairIsToldThoughTheLineStandsWhereItStood() {
        List<JsonNode> events = new ArrayList<>();
        try (World world = ready(events)) {
            events.clear();
            world.adaIsRemoved();
            world.settles();

            assertThat(events)
                    .singleElement()
                    .satisfies(
                            event -> assertThat(event.at("/detail/changes"))
                                    .singleElement()
                                    .hasToString(
                                            "{\"prerequisite\":\"ADMIN_ACCESS\",\"before\":\"DONE\",\"after\":\"DONE\",\"repaired\":true}"));
        }
    }

    /** Groundwork looks at what is to be seen, not at what it said itself. */
    @Test
    void itsOwnEventStartsNothing() {
        List<JsonNode> events = new ArrayList<>();
        try (World world = ready(events)) {
            assertThat(events).isNotEmpty();
            assertThat(world.stack().executions())
                    .noneMatch(execution ->
                            execution.input().path("source").asText().equals("groundwork"));
        }
    }

    @Test
    void theSampleOfTheEvent_isAsTheSchemaSays() {
        JsonNode sample = EventCatalogue.read("events/ignored/account-setup-changed.json");

        assertThat(PublishedSchema.CHANGE.broken(sample.path("detail"))).isEmpty();
    }

    @Test
    void theSchemaNamesEveryLineAndEveryReason() {
        JsonNode schema = EventCatalogue.read("docs/checklist.schema.json");

        assertThat(schema.at("/$defs/prerequisite/enum").valueStream().map(JsonNode::asText))
                .containsExactlyElementsOf(names(Prerequisite.values()));
        assertThat(schema.at("/$defs/outcome/oneOf")
                        .valueStream()
                        .flatMap(
                                outcome -> outcome.at("/properties/reason/enum").valueStream())
                        .map(JsonNode::asText))
                .containsExactlyElementsOf(names(BlockedReason.values()));
    }

    /** A schema that let everything pass would prove nothing. */
    @Test
    void whatIsNotDescribed_isRefused() throws IOException {
        JsonNode sample = EventCatalogue.read("events/ignored/account-setup-changed.json");
        String text = sample.at("/detail/checklist").toString();

        for (String wrong : List.of(
                text.replaceFirst("\"version\":1", "\"version\":2"),
                text.replaceFirst("\"status\":\"DONE\"", "\"status\":\"PLANNED\""),
                text.replaceFirst("\"status\":\"DONE\"", "\"status\":\"WAITING\""),
                text.replaceFirst("\"open\":false", "\"open\":false,\"hidden\":1"),
                text.replaceFirst("\"observedAt\":\"20", "\"observedAt\":\"x20"))) {
            assertThat(wrong).isNotEqualTo(text);
            assertThat(PublishedSchema.CHECKLIST.broken(JSON.readTree(wrong)))
                    .as(wrong)
                    .isNotEmpty();
        }
    }

    /** AWS's own rule engine: what the page shows as an example is told of what needs a person, and of nothing else. */
    @Test
    void theRuleOnThePage_matchesWhatNeedsSomebody() throws Exception {
        Matcher example = Pattern.compile("```yaml\n(AWSTemplateFormatVersion.*?)```", Pattern.DOTALL)
                .matcher(EventCatalogue.text("docs/events.md"));
        assertThat(example.find()).isTrue();
        String yaml = example.group(1)
                .replace("!Ref AWS::AccountId", '"' + MANAGEMENT + '"')
                .replaceAll("![A-Z]\\w+ ", "");
        JsonNode pattern = JSON.<JsonNode>valueToTree(new Yaml().load(yaml))
                .at("/Resources/AccountSetupChanged/Properties/EventPattern");
        List<JsonNode> events = new ArrayList<>();
        try (World world = ready(events)) {
            world.organization().rootUser(MANAGEMENT).createsAccessKey();
            world.settles();
            int told = 0;
            for (JsonNode event : events) {
                boolean needed = event.at("/detail/changes")
                        .valueStream()
                        .anyMatch(change -> List.of("WAITING", "BLOCKED")
                                .contains(change.path("after").asText()));
                assertThat(Ruler.matchesRule(event.toString(), pattern.toString()))
                        .as(event.toString())
                        .isEqualTo(needed);
                told += needed ? 1 : 0;
            }
            assertThat(told).isPositive().isLessThan(events.size());
        }
    }

    private static World ready(List<JsonNode> events) {
        World world = world(story(), events);
        Scenarios.ready(world);
        world.passes(Duration.ofHours(1));
        return world;
    }

    private static Scenario story() {
        return new Scenario(
                "changes",
                "What others are told.",
                organization -> organization
                        .managementAccount(MANAGEMENT, "Example", "root@example.com")
                        .identityCenter(Region.US_EAST_1),
                world -> {});
    }

    private static World world(Scenario scenario, List<JsonNode> events) {
        World world = new World(scenario, TEMPLATE, TABLES);
        EventBus before = world.organization().eventBus();
        world.organization().deliverEventsTo((accountId, region, event) -> {
            if (event.path("source").asText().equals("groundwork")) {
                events.add(event);
            }
            before.put(accountId, region, event);
        });
        return world;
    }

    /** What the table has of accounts, apart from what a story itself wrote into it; nothing where a story deleted it. */
    private static List<JsonNode> records(World world) throws IOException {
        List<JsonNode> records = new ArrayList<>();
        if (TABLES.client().listTables().tableNames().contains(world.tableName())) {
            for (Map<String, AttributeValue> item : TABLES.client()
                    .scanPaginator(scan -> scan.tableName(world.tableName()))
                    .items()) {
                if (item.containsKey("record")) {
                    JsonNode record = JSON.readTree(item.get("record").s());
                    if (record.path("checklist").isObject()) {
                        records.add(record);
                    }
                }
            }
        }
        return records;
    }

    private static List<String> names(Enum<?>[] values) {
        return Arrays.stream(values).map(Enum::name).toList();
    }
}
