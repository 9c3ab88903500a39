package groundwork.rehearsal.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import groundwork.rehearsal.organization.EmbeddedOrganization;
import groundwork.rehearsal.organization.call.Caller;
import groundwork.rehearsal.stack.EventCatalogue.Row;
import groundwork.rehearsal.states.TaskFailure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.organizations.OrganizationsClient;

/** What the first function of an execution makes of the samples. */
class ReadRequestTest {
    private final LambdaFunction function = new LambdaFunction(
            "groundwork.request.ReadRequestHandler::handleRequest",
            Duration.ofSeconds(60),
            Map.of(
                    Map.class,
                    Map.of("ACCOUNT_ID", "111122223333", "AWS_REGION", "eu-central-1", "MEMBER_ACCOUNTS", "all"),
                    OrganizationsClient.class,
                    EmbeddedOrganization.builder(InstantSource.system())
                            .managementAccount("111122223333", "Example", "root@example.com")
                            .memberAccount("444455556666", "Workload", "workload@example.com")
                            .build()
                            .client(
                                    OrganizationsClient.class,
                                    Caller.role("111122223333", "groundwork", "read-request"),
                                    Region.EU_CENTRAL_1)));

    private JsonNode read(String sample) {
        return function.invoke(EventCatalogue.read(sample));
    }

    static List<Row> changes() {
        return EventCatalogue.rows().stream()
                .filter(row -> !List.of(
                                "StackCompleted",
                                "StackDeleted",
                                "SelfTestArrived",
                                "UndeliveredElsewhere",
                                "AlarmsChanged",
                                "SignInPolicyChanged")
                        .contains(row.rule()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("changes")
    void aChangeIsReadWithItsCauseAndWaitsForMore(Row row) {
        JsonNode event = EventCatalogue.read(row.sample());

        JsonNode request = read(row.sample());

        assertThat(request.path("accountId").asText()).isEqualTo("111122223333");
        assertThat(request.path("quiet").asBoolean()).isTrue();
        assertThat(request.path("plan").asBoolean()).isFalse();
        JsonNode cause = request.path("cause");
        assertThat(cause.path("kind").asText()).isEqualTo("CHANGE");
        assertThat(cause.path("region")).isEqualTo(event.path("region"));
        if (row.nativeEvent()) {
            assertThat(cause.path("event").asText()).isEqualTo(row.detailType());
        } else {
            assertThat(cause.path("event").asText()).isEqualTo(row.eventName());
            assertThat(cause.path("eventId")).isEqualTo(event.at("/detail/eventID"));
            assertThat(cause.path("when")).isEqualTo(event.at("/detail/eventTime"));
            assertThat(cause.path("who").asText()).isNotBlank();
        }
    }

    @Test
    void aPrincipalIsNamedAsCloudTrailNamesIt() {
        assertThat(who("events/root-user/create-access-key.json")).isEqualTo("arn:aws:iam::111122223333:root");
        assertThat(who("events/groundwork/disable-rule.json"))
                .isEqualTo("arn:aws:sts::111122223333:assumed-role/"
                        + "AWSReservedSSO_AdministratorAccess_8c1f0e2d3b4a5968/operator");
        assertThat(who("events/sign-in/user-authentication.json")).startsWith("Identity Center user ");
    }

    private String who(String sample) {
        return read(sample).at("/cause/who").asText();
    }

    @Test
    void aSignInNamesTheUser() {
        JsonNode request = read("events/sign-in/user-authentication.json");

        assertThat(request.path("userId"))
                .isEqualTo(EventCatalogue.read("events/sign-in/user-authentication.json")
                        .at("/detail/userIdentity/onBehalfOf/userId"));
        assertThat(request.path("at").isTextual()).isTrue();
    }

    @Test
    void stackAndScheduleAreNoChangesAndDoNotWait() {
        JsonNode stack = read("events/stack/created.json");
        JsonNode schedule = read("events/requests/schedule.json");

        assertThat(stack.at("/cause/kind").asText()).isEqualTo("STACK");
        assertThat(stack.path("quiet").asBoolean()).isFalse();
        assertThat(schedule.at("/cause/kind").asText()).isEqualTo("SCHEDULE");
        assertThat(schedule.path("quiet").asBoolean()).isFalse();
    }

    @Test
    void aTestEventSaysWhereItCameFrom() {
        JsonNode request = read("events/groundwork/self-test.json");

        assertThat(request.path("region").asText()).isEqualTo("us-east-1");
        assertThat(request.path("kind").asText()).isEqualTo("TEST_EVENT");
    }

    @Test
    void aSelfTestIsAskedForByHandAndWaitsForItsEvents() {
        JsonNode request = read("events/requests/self-test.json");

        assertThat(request.path("kind").asText()).isEqualTo("SELF_TEST");
        assertThat(request.path("quiet").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"selfTest\": true, \"plan\": true}",
                "{\"selfTest\": true, \"accountId\": \"444455556666\"}",
                "{\"selfTest\": \"yes\"}"
            })
    void aSelfTestIsOfThisAccountAndNoPlan(String input) {
        assertThatThrownBy(() -> function.invoke(EventCatalogue.json(input)))
                .isInstanceOfSatisfying(
                        TaskFailure.class,
                        failure -> assertThat(failure.error()).isEqualTo("groundwork.request.InvalidRequestException"));
    }

    @Test
    void everySampleRequestCanBeUsed() {
        assertThat(EventCatalogue.files("events/requests"))
                .allSatisfy(sample ->
                        assertThat(read(sample).path("accountId").asText()).hasSize(12));
    }
}
