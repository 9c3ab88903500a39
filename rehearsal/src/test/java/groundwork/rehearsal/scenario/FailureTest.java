package groundwork.rehearsal.scenario;

import static groundwork.rehearsal.scenario.Scenario.ADA;
import static groundwork.rehearsal.scenario.Scenario.MANAGEMENT;
import static groundwork.rehearsal.template.ProjectTemplate.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import groundwork.rehearsal.organization.call.Call;
import groundwork.rehearsal.organization.call.CallObserver;
import groundwork.rehearsal.organization.call.ServiceFault;
import groundwork.rehearsal.organization.store.Mail;
import groundwork.rehearsal.stack.FunctionStopped;
import groundwork.rehearsal.stack.LocalTables;
import groundwork.rehearsal.states.ExecutionResult;
import groundwork.rehearsal.states.HistoryEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.sns.model.PublishRequest;

/** What people learn when Groundwork cannot do its own work, as when somebody edited its table. */
@Tag("slow")
class FailureTest {
    @AutoClose
    private static final LocalTables TABLES = new LocalTables();

    private final List<String> causes = new ArrayList<>();
    private World world;

    @BeforeEach
    void ready() {
        ready(Map.of());
    }

    private void ready(Map<String, String> parameters) {
        Scenario scenario = new Scenario(
                "failure",
                "",
                MANAGEMENT,
                organization -> {
                    Scenarios.company(organization);
                    organization.memberAccount(Scenario.MEMBER, "Workload", "workload@example.com");
                    organization.identityCenter(Region.US_EAST_1);
                },
                parameters,
                unused -> {});
        close();
        world = new World(scenario, TEMPLATE, TABLES);
        Scenarios.ready(world);
        causes.clear();
        world.listen(event -> {
            if (event instanceof HistoryEvent.TaskFailed failed) {
                causes.add(failed.cause());
            }
        });
    }

    @AfterEach
    void close() {
        if (world != null) {
            world.close();
        }
    }

    @Test
    void aFailure_isToldOnceWithTheWayOut() {
        recordIs("{\"checklist\": 7}");

        run();
        run();

        assertThat(failures()).singleElement().satisfies(mail -> {
            assertThat(mail.to()).isEqualTo(ADA);
            assertThat(mail.subject()).isEqualTo("AWS 111122223333: Groundwork failed");
            assertThat(mail.text())
                    .contains("Groundwork stopped at the step \"Provision the administrator\"")
                    .contains("Delete its attribute \"record\" to start afresh")
                    .doesNotContain("errorMessage", "stackTrace")
                    .contains("The execution: arn:aws:states:us-east-1:111122223333:execution:");
        });
        assertThat(world.seen().executionStatuses()).endsWith("FAILED", "FAILED");
    }

    @Test
    void anExecutionThatAPersonNamed_isNoLinkInTheEmail() {
        recordIs("{\"checklist\": 7}");

        world.starts("www.evil.example", JsonNodeFactory.instance.objectNode());
        world.settles();

        assertThat(failures())
                .singleElement()
                .satisfies(mail -> assertThat(mail.text())
                        .contains(":execution:")
                        .contains("www[.]evil[.]example")
                        .doesNotContain("evil."));
    }

    @Test
    void afterARunThatSucceeded_theSameFailureIsNews() {
        recordIs("{\"checklist\": 7}");
        run();
        withoutRecord();
        run();
        assertThat(world.seen().checklistStatus()).isEqualTo("READY");

        recordIs("{\"checklist\": 7}");
        run();

        assertThat(failures()).hasSize(2);
    }

    @Test
    void failuresThatTakeTurns_areToldOnceEach() {
        boolean[] gone = {false};
        breaks(call -> gone[0] && call.operation().equals("GetAccountSummary"));
        recordIs("{\"checklist\": 7}");

        for (int run = 0; run < 6; run++) {
            gone[0] = run % 2 == 1;
            run();
        }

        assertThat(world.seen().executionStatuses())
                .endsWith("FAILED", "FAILED", "FAILED", "FAILED", "FAILED", "FAILED");
        assertThat(failures()).hasSize(2);
    }

    @Test
    void aFailureThatNobodyHeard_isNotToldOnceALaterRunSucceeded() {
        unsubscribed();
        recordIs("{\"checklist\": 7}");
        run();
        assertThat(world.seen().executionStatuses()).endsWith("RUNNING");

        withoutRecord();
        run();
        world.addressIsConfirmed();
        world.passes(Duration.ofHours(1));

        assertThat(world.seen().executionStatuses()).contains("FAILED").endsWith("READY");
        assertThat(failures()).isEmpty();
    }

    @Test
    void aFailureThatNobodyHeardInTime_isToldByTheNextRunThatFails() {
        ready(Map.of("PatienceHours", "0"));
        unsubscribed();
        recordIs("{\"checklist\": 7}");
        run();
        assertThat(world.seen().executionStatuses()).endsWith("FAILED");
        world.addressIsConfirmed();
        assertThat(failures()).isEmpty();

        run();

        assertThat(failures()).hasSize(1);
    }

    @Test
    void aFailureThatSnsDidNotTake_isHandedOverAgain() {
        recordIs("{\"checklist\": 7}");
        boolean[] broken = {true};
        breaks(call -> broken[0] && call.request() instanceof PublishRequest);
        run();
        assertThat(failures()).isEmpty();

        broken[0] = false;
        world.passes(Duration.ofMinutes(10));

        assertThat(failures()).hasSize(1);
    }

    @Test
    void fiftyExecutionsThatFailAtOnce_sendOneEmail() {
        breaks(call -> call.request() instanceof UpdateItemRequest update
                && update.updateExpression().contains("claimedAt = :startedAt"));

        for (int execution = 0; execution < 50; execution++) {
            world.starts(JsonNodeFactory.instance.objectNode());
        }
        world.settles();

        assertThat(failures()).hasSize(1);
    }

    @Test
    void aFailureOfTheFirstStep_isToldLikeAnyOther() {
        world.stack().breakFunction("ReadRequestFunction");

        world.starts(JsonNodeFactory.instance.objectNode());
        world.settles();

        assertThat(failures())
                .singleElement()
                .satisfies(mail -> assertThat(mail.text()).contains("at the step \"Read the request\""));
    }

    /** Whoever started it sees it, and the alarm of a failed execution names no account either. */
    @Test
    void aFailureInAMember_failsTheExecutionAndIsNotTold() {
        ready(Scenarios.lookingAfter("all"));
        throwsAt("DescribeAccount", new IllegalStateException("The organization is gone"));

        world.starts(JsonNodeFactory.instance.objectNode().put("accountId", Scenario.MEMBER));
        world.settles();

        assertThat(world.stack().executions().getLast().result())
                .isInstanceOfSatisfying(
                        ExecutionResult.Failed.class,
                        failed -> assertThat(failed.cause()).contains("The organization is gone"));
        assertThat(failures()).isEmpty();
    }

    @Test
    void aLongMessageAndItsStackTrace_reachPeopleAsTheBeginningOfTheMessage() {
        String message = "Line 1 \"quoted\"\nZeile 2 mit Umlaut ä: " + "x".repeat(5_000);
        throwsAt("GetAccountSummary", new IllegalStateException(message));

        run();

        ExecutionResult.Failed failed =
                (ExecutionResult.Failed) world.stack().executions().getLast().result();
        assertThat(causes)
                .anySatisfy(
                        cause -> assertThat(cause).hasSizeGreaterThan(6_000).contains("\"stackTrace\":[\"groundwork."));
        assertThat(failed.cause()).startsWith("Line 1 \"quoted\"\nZeile 2").hasSizeBetween(900, 1_000);
        assertThat(failures())
                .singleElement()
                .satisfies(mail -> assertThat(mail.text())
                        .contains(
                                "Error: java.lang.IllegalStateException\nLine 1 \"quoted\"\nZeile 2 mit Umlaut ä: xxx")
                        .doesNotContain("stackTrace")
                        .hasSizeLessThan(2_500));
    }

    @Test
    void aFunctionThatTimesOut_isToldInLambdasWords() {
        throwsAt("GetAccountSummary", new FunctionStopped(FunctionStopped.Why.TIMED_OUT));

        run();
        world.passes(Duration.ofMinutes(10));

        assertThat(failures())
                .singleElement()
                .satisfies(mail -> assertThat(mail.text())
                        .contains("Error: Sandbox.Timedout\nRequestId: ")
                        .contains("Task timed out after 60.00 seconds\n")
                        .doesNotContain("errorMessage"));
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

    private void throwsAt(String operation, Throwable failure) {
        world.organization().observe(new CallObserver() {
            @Override
            public void before(Call call) {
                if (call.operation().equals(operation)) {
                    switch (failure) {
                        case RuntimeException exception -> throw exception;
                        case Error error -> throw error;
                        default -> throw new IllegalArgumentException(failure);
                    }
                }
            }
        });
    }

    private void breaks(Predicate<Call> which) {
        world.organization().observe(new CallObserver() {
            @Override
            public void before(Call call) {
                if (which.test(call) && world.seen().isOfTheStack(call)) {
                    throw world.organization()
                            .failure(call, ServiceFault.VALIDATION)
                            .orElseThrow();
                }
            }
        });
    }

    private void unsubscribed() {
        world.stack().deliverEvents(List::of);
        world.stack().subscriptions().forEach((topic, address) -> {
            world.organization().emailRecipient(address).unsubscribes(topic);
            world.organization().subscribeEmail(topic, address);
        });
    }

    private void run() {
        world.starts(JsonNodeFactory.instance.objectNode());
        world.settles();
    }

    private List<Mail> failures() {
        return world.seen().mails("Groundwork failed");
    }

    private void recordIs(String record) {
        FailureScenarios.record(world, record);
    }

    private void withoutRecord() {
        table().updateItem(update -> update.tableName(world.tableName())
                .key(ACCOUNT)
                .updateExpression("REMOVE #record")
                .expressionAttributeNames(Map.of("#record", "record")));
    }

    private static final Map<String, AttributeValue> ACCOUNT =
            Map.of("accountId", AttributeValue.fromS(MANAGEMENT), "item", AttributeValue.fromS("ACCOUNT"));

    private DynamoDbClient table() {
        return world.organization().client(DynamoDbClient.class, world.person(), Region.US_EAST_1);
    }
}
