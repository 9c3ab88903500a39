package groundwork.rehearsal.scenario;

import static groundwork.rehearsal.scenario.Scenario.ADA;
import static groundwork.rehearsal.scenario.Scenario.MANAGEMENT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import groundwork.rehearsal.account.Call;
import groundwork.rehearsal.account.CallObserver;
import groundwork.rehearsal.account.Mail;
import groundwork.rehearsal.stack.LocalTables;
import groundwork.rehearsal.template.Template;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** What people learn when Groundwork cannot do its own work: here somebody edited its table. */
class FailureTest {
    @AutoClose
    private static final LocalTables TABLES = new LocalTables();

    private World world;

    @BeforeEach
    void ready() {
        Scenario scenario = new Scenario(
                "failure",
                "",
                organization -> {
                    Scenarios.company(organization);
                    organization.identityCenter(Region.US_EAST_1);
                },
                unused -> {});
        world = new World(scenario, Template.read(Path.of("../template.yaml")), TABLES);
        Scenarios.ready(world);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aFailure_isToldOnceWithTheWayOut() {
        recordIs("{\"checklist\": 7}");

        run();
        run();

        assertThat(failures()).singleElement().satisfies(mail -> {
            assertThat(mail.to()).isEqualTo(ADA);
            assertThat(mail.subject()).isEqualTo("AWS account 111122223333: Groundwork could not do its work");
            assertThat(mail.text())
                    .contains("Groundwork stopped at the step \"Provision the administrator\"")
                    .contains("Delete its attribute \"record\" to start afresh")
                    .doesNotContain("errorMessage", "stackTrace")
                    .contains("The execution: arn:aws:states:us-east-1:111122223333:execution:");
        });
        assertThat(world.executionStatuses()).endsWith("FAILED", "FAILED");
    }

    @Test
    void afterARunThatSucceeded_theSameFailureIsNews() {
        recordIs("{\"checklist\": 7}");
        run();
        withoutRecord();
        run();
        assertThat(world.checklistStatus()).isEqualTo("READY");

        recordIs("{\"checklist\": 7}");
        run();

        assertThat(failures()).hasSize(2);
    }

    @Test
    void aFailureWhoseNoteWasTakenForLost_isToldAllTheSame() {
        recordIs("{\"checklist\": 7}");
        world.organization().observe(new LostAnswer());

        run();

        assertThat(failures()).hasSize(1);
    }

    /** The first note of a failure is written, and the state machine does not learn of it. */
    private static final class LostAnswer implements CallObserver {
        private boolean lost;

        @Override
        public void after(Call call, Object response) {
            if (!lost
                    && call.request() instanceof UpdateItemRequest update
                    && update.updateExpression().contains("failure = :failure")) {
                lost = true;
                throw SdkClientException.create("Read timed out");
            }
        }
    }

    private void run() {
        world.starts(JsonNodeFactory.instance.objectNode());
        world.settles();
    }

    private List<Mail> failures() {
        return world.mails("could not do its work");
    }

    private void recordIs(String record) {
        table().updateItem(update -> update.tableName(tableName())
                .key(ACCOUNT)
                .updateExpression("SET #record = :record")
                .expressionAttributeNames(Map.of("#record", "record"))
                .expressionAttributeValues(Map.of(":record", AttributeValue.fromS(record))));
    }

    private void withoutRecord() {
        table().updateItem(update -> update.tableName(tableName())
                .key(ACCOUNT)
                .updateExpression("REMOVE #record")
                .expressionAttributeNames(Map.of("#record", "record")));
    }

    private static final Map<String, AttributeValue> ACCOUNT =
            Map.of("accountId", AttributeValue.fromS(MANAGEMENT), "item", AttributeValue.fromS("ACCOUNT"));

    private DynamoDbClient table() {
        return world.organization().client(DynamoDbClient.class, world.person(), Region.US_EAST_1);
    }

    private String tableName() {
        return world.stack().template().resource("Table").ref().orElseThrow();
    }
}
