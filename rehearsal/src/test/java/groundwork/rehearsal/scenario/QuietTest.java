package groundwork.rehearsal.scenario;

import static groundwork.rehearsal.scenario.Scenario.MANAGEMENT;
import static groundwork.rehearsal.scenario.Scenario.MEMBER;
import static groundwork.rehearsal.template.ProjectTemplate.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import groundwork.rehearsal.stack.ExecutionRecord;
import groundwork.rehearsal.stack.LocalTables;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** How many executions and state transitions changes cost, and how long they may hold a look up. */
@Tag("slow")
class QuietTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @AutoClose
    private static final LocalTables TABLES = new LocalTables();

    private final String events;
    private World world;
    private int before;

    QuietTest() throws IOException {
        this.events = Files.readString(ROOT.resolve("docs/events.md"));
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void newAccount_looksOnceForTheStackAndOnceForEachThingPeopleDo_howeverManyEventsItCauses() {
        Scenario scenario = Scenarios.named("new-account").orElseThrow();
        world = new World(scenario, TEMPLATE, TABLES);

        scenario.play().accept(world);

        assertThat(causes(world.stack().executions()))
                .containsExactly(
                        "CREATE_COMPLETE",
                        // The owner signs in and assigns a passkey,
                        "ConsoleLogin",
                        "EnableMFADevice",
                        // presses Enable, which creates the organization too, and turns "Send email OTP" on.
                        "CreateOrganization",
                        "EnableAWSServiceAccess",
                        "StartSSO",
                        "UpdateSsoConfiguration",
                        "UserAuthentication");
        assertThat(world.seen().looks().stream().map(Seen.Look::execution).distinct())
                .containsExactly("0001", "0003", "0007", "0008");
    }

    @Test
    void managementAccount_needsAnExecutionForTheStackAndForEachThingPeopleDo() {
        Scenario scenario = Scenarios.named("management-account").orElseThrow();
        world = new World(scenario, TEMPLATE, TABLES);

        scenario.play().accept(world);

        // The stack, the passkey and the sign-in; nobody is told of the confirmed address, which is found by waiting.
        assertThat(causes(world.stack().executions()))
                .containsExactly("CREATE_COMPLETE", "EnableMFADevice", "UserAuthentication");
        assertThat(world.stack().executions())
                .allSatisfy(
                        execution -> assertThat(execution.stateTransitions()).isLessThan(100));
    }

    @Test
    void oneChange_costsOneLook() {
        ready();

        world.organization().rootUser(MANAGEMENT).signsIn();
        world.passes(Duration.ofMinutes(5));

        assertThat(executions()).singleElement().satisfies(execution -> {
            assertThat(execution.status()).isEqualTo("READY");
            assertThat(execution.stateTransitions()).isEqualTo(18);
        });
    }

    @Test
    void fiftyChangesInAMinute_leadToOneLook() {
        ready();
        String group = world.console().createsGroup("Leavers");
        List<String> leavers = IntStream.rangeClosed(1, 25)
                .mapToObj(number -> world.console()
                        .createsUser("leaver" + number, "Leaver", "No. " + number, number + "@example.com"))
                .toList();
        leavers.forEach(leaver -> world.console().addsMember(group, leaver));
        world.passes(Duration.ofMinutes(5));
        int looks = world.seen().looks().size();

        for (String leaver : leavers) {
            world.console().removesMember(group, leaver);
            world.passes(Duration.ofMillis(1200));
            world.console().deletesUser(leaver);
            world.passes(Duration.ofMillis(1200));
        }
        world.passes(Duration.ofMinutes(5));

        assertThat(world.seen().looks()).hasSize(looks + 1);
        assertThat(executions()).hasSize(50);
        assertThat(Collections.frequency(statuses(), "SUPERSEDED")).isEqualTo(49);
        assertThat(executions().getLast().status()).isEqualTo("READY");
        // Six for each that ends after its pause, nineteen for the one that looks.
        assertThat(transitions()).isEqualTo(49 * 6 + 18);
        assertThat(events).contains("| fifty changes in a minute | 50 | %d | 1 |".formatted(transitions()));
    }

    @Test
    void aHundredExecutionsStartedByHandAtOnce_leadToOneLook() {
        ready();
        int looks = world.seen().looks().size();

        for (int execution = 0; execution < 100; execution++) {
            world.starts(JsonNodeFactory.instance.objectNode());
        }
        world.passes(Duration.ofMinutes(5));

        assertThat(world.seen().looks()).hasSize(looks + 1);
        assertThat(executions()).hasSize(100);
        assertThat(Collections.frequency(statuses(), "SUPERSEDED")).isEqualTo(99);
        assertThat(statuses()).contains("READY");
        assertThat(executions().stream()
                        .filter(execution -> execution.status().equals("SUPERSEDED"))
                        .map(ExecutionRecord::stateTransitions))
                .as("three before the claim, and at most four from it on")
                .allSatisfy(transitions -> assertThat(transitions).isBetween(5L, 7L));
        assertThat(events)
                .contains("| a hundred executions started by hand at once | 100 | %d | 1 |".formatted(transitions()));
    }

    /** DynamoDB bills a write by the kilobyte of the whole item, a read by four, begun ones in full. */
    @Test
    void aMillionChanges_costWhatTheDocumentationSays() {
        ready();
        Map<String, AttributeValue> account = world.organization()
                .client(DynamoDbClient.class, world.person(), Region.US_EAST_1)
                .getItem(get -> get.tableName(world.tableName())
                        .key(Map.of(
                                "accountId",
                                AttributeValue.fromS(MANAGEMENT),
                                "item",
                                AttributeValue.fromS("ACCOUNT"))))
                .item();
        int bytes = account.entrySet().stream()
                .mapToInt(attribute ->
                        attribute.getKey().length() + attribute.getValue().s().getBytes(StandardCharsets.UTF_8).length)
                .sum();
        int writes = 2 * (int) Math.ceil(bytes / 1024.0);
        int reads = (int) Math.ceil(bytes / 4096.0);

        assertThat(events)
                .contains("| Step Functions | 7 state transitions | $0.000025 each | $175 |")
                .contains("| DynamoDB on demand | %d read units, %d write units | $0.125 and $0.625 a million | $%s |"
                        .formatted(reads, writes, String.format(Locale.ROOT, "%.2f", reads * 0.125 + writes * 0.625)));
    }

    @Test
    void executionsThatPeopleStartAllTheTime_leadToALookEveryTenMinutesAtLeast() {
        ready();
        int looks = world.seen().looks().size();

        for (int execution = 0; execution < 360; execution++) {
            world.starts(JsonNodeFactory.instance.objectNode());
            world.passes(Duration.ofSeconds(5));
        }

        assertThat(world.seen().looks().size() - looks).isBetween(3, 6);
        assertThat(statuses()).doesNotContain("FAILED");
    }

    @Test
    void changesThatNeverSettle_leadToALookEveryTenMinutesAtLeast() {
        ready();
        String eve = world.console().createsUser("eve", "Eve", "Example", "eve@example.com");
        Instant begin = world.now();

        for (int change = 0; change < 360; change++) {
            world.console().disablesUser(eve);
            world.passes(Duration.ofSeconds(5));
            world.console().enablesUser(eve);
            world.passes(Duration.ofSeconds(5));
        }
        Instant end = world.now();

        List<Instant> looks = new ArrayList<>(List.of(begin));
        world.seen().looks().stream()
                .map(Seen.Look::at)
                .filter(look -> look.isAfter(begin))
                .forEach(looks::add);
        looks.add(end);
        assertThat(IntStream.range(1, looks.size())
                        .mapToObj(look -> Duration.between(looks.get(look - 1), looks.get(look))))
                .allSatisfy(gap -> assertThat(gap).isLessThan(Duration.ofMinutes(10)));
        assertThat(looks).as("ten looks, between begin and end").hasSize(12);
        assertThat(executions()).hasSize(720);
        assertThat(statuses()).doesNotContain("FAILED");
        assertThat(events)
                .contains("| a change every five seconds, for an hour | 720 | %s | 10 |"
                        .formatted("%,d".formatted(transitions()).replace(',', ' ')));
    }

    @Test
    void afterChangesThatSettle_theLastOneIsLookedAt() {
        ready();
        String eve = world.console().createsUser("eve", "Eve", "Example", "eve@example.com");
        for (int change = 0; change < 20; change++) {
            world.console().disablesUser(eve);
            world.passes(Duration.ofSeconds(20));
        }
        Instant last = world.now();

        world.passes(Duration.ofMinutes(1));

        assertThat(world.seen().looks().getLast().at()).isAfter(last);
        assertThat(executions().getLast().status()).isEqualTo("READY");
    }

    /** A sweep starts one for each member that differs, and waits for it. */
    @Test
    void aMember_isLookedAtAtOnce_alsoWhileTheHubSettles() {
        ready();

        world.starts(change(MANAGEMENT));
        world.starts(change(MEMBER));
        world.passes(Duration.ofSeconds(5));

        assertThat(looksAt(MEMBER)).isEqualTo(1);
        assertThat(looksAt(MANAGEMENT)).isZero();
        world.passes(Duration.ofMinutes(2));
        assertThat(looksAt(MANAGEMENT)).isEqualTo(1);
    }

    private void ready() {
        world = new World(
                new Scenario(
                        "quiet",
                        "",
                        MANAGEMENT,
                        organization -> {
                            Scenarios.company(organization);
                            organization
                                    .memberAccount(MEMBER, "Workload", "workload@example.com")
                                    .identityCenter(Region.US_EAST_1);
                        },
                        Scenarios.lookingAfter("all"),
                        unused -> {}),
                TEMPLATE,
                TABLES);
        Scenarios.ready(world);
        assertThat(world.expectations().broken()).isEmpty();
        before = world.stack().executions().size();
    }

    private static JsonNode change(String accountId) {
        try {
            ObjectNode event = (ObjectNode) new ObjectMapper()
                    .readTree(
                            ROOT.resolve("events/root-user/console-login.json").toFile());
            return event.put("account", accountId);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The executions since the account was ready. */
    private List<ExecutionRecord> executions() {
        List<ExecutionRecord> all = world.stack().executions();
        return all.subList(before, all.size());
    }

    private long transitions() {
        return executions().stream()
                .mapToLong(ExecutionRecord::stateTransitions)
                .sum();
    }

    private List<String> statuses() {
        return executions().stream().map(ExecutionRecord::status).toList();
    }

    private long looksAt(String accountId) {
        return world.seen().looks().stream()
                .filter(look -> executions().stream()
                        .anyMatch(execution -> execution.name().equals(look.execution())
                                && execution.input().path("account").asText().equals(accountId)))
                .count();
    }

    private static Stream<String> causes(List<ExecutionRecord> executions) {
        return executions.stream()
                .map(execution -> execution
                        .input()
                        .path("detail")
                        .path("eventName")
                        .asText(execution
                                .input()
                                .at("/detail/status-details/status")
                                .asText()));
    }
}
