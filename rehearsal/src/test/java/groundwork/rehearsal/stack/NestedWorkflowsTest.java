package groundwork.rehearsal.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import groundwork.rehearsal.organization.EmbeddedOrganization;
import groundwork.rehearsal.organization.call.AccessCheck;
import groundwork.rehearsal.policy.Decision;
import groundwork.rehearsal.simulation.Order;
import groundwork.rehearsal.simulation.Simulation;
import groundwork.rehearsal.states.ExecutionResult;
import groundwork.rehearsal.template.Deployment;
import groundwork.rehearsal.template.IamRole;
import groundwork.rehearsal.template.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Executions that start others, wait for them and ask how they are, with the permissions of the role. */
class NestedWorkflowsTest {
    private static final LocalTables TABLES = new LocalTables();
    private static final Instant START = Instant.parse("2026-11-02T08:00:00Z");

    private static final String TEMPLATE = """
            Transform: AWS::Serverless-2016-10-31
            Resources:
              AccountSetup:
                Type: AWS::Serverless::StateMachine
                Properties:
                  Type: STANDARD
                  DefinitionUri: parent.asl.json
                  DefinitionSubstitutions: { Child: !Ref Child }
                  Role: !GetAtt ParentRole.Arn
              Child:
                Type: AWS::Serverless::StateMachine
                Properties:
                  Type: %s
                  Name: child
                  DefinitionUri: child.asl.json
                  Role: !GetAtt ChildRole.Arn
              ChildRole:
                Type: AWS::IAM::Role
                Properties: { AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { Service: states.amazonaws.com }, Action: "sts:AssumeRole" }] } }
              ParentRole:
                Type: AWS::IAM::Role
                Properties:
                  AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { Service: states.amazonaws.com }, Action: "sts:AssumeRole" }] }
                  Policies:
                    - PolicyName: Nested
                      PolicyDocument:
                        Version: "2012-10-17"
                        Statement:
                          - { Effect: Allow, Action: states:StartExecution, Resource: !Ref Child }
                          - Effect: Allow
                            Action: [states:DescribeExecution, states:StopExecution]
                            Resource: !Sub arn:aws:states:eu-west-1:111122223333:execution:child:*
                          - Effect: Allow
                            Action: [events:PutTargets, events:PutRule, events:DescribeRule]
                            Resource: arn:aws:events:eu-west-1:111122223333:rule/StepFunctionsGetEventsForStepFunctionsExecutionRule
              MapPolicy:
                Type: AWS::IAM::Policy
                Properties:
                  Roles: [!Ref ParentRole]
                  PolicyName: Map
                  PolicyDocument:
                    Version: "2012-10-17"
                    Statement:
                      - { Effect: Allow, Action: states:StartExecution, Resource: !Ref AccountSetup }
                      - Effect: Allow
                        Action: [states:DescribeExecution, states:StopExecution]
                        Resource: !Sub arn:aws:states:eu-west-1:111122223333:execution:${AccountSetup.Name}:*
            """;

    /** Takes half a minute, and fails if it is told to. */
    private static final String CHILD = """
            {"QueryLanguage": "JSONata", "StartAt": "Wait", "States": {
              "Wait": {"Type": "Wait", "Seconds": 30, "Next": "Which?"},
              "Which?": {"Type": "Choice", "Default": "Well", "Choices": [{"Condition": "{% $exists($states.input.sad) %}", "Next": "Sad"}]},
              "Well": {"Type": "Succeed", "Output": {"of": "{% $states.context.Execution.Id %}"}},
              "Sad": {"Type": "Fail", "Error": "Sad", "Cause": "It was told to."}}}
            """;

    private static final String ARN = "arn:aws:states:eu-west-1:111122223333:execution:child:one";

    @TempDir
    private Path directory;

    private final List<String> refused = new ArrayList<>();
    private final Set<String> used = new TreeSet<>();

    @AfterAll
    static void close() {
        TABLES.close();
    }

    @Test
    void startExecution_goesOnAtOnce() throws IOException {
        ExecutionRecord parent = run(task("Start", "states:startExecution", start("one", "{\"a\": 1}")));

        assertThat(output(parent).path("ExecutionArn").asText()).isEqualTo(ARN);
        assertThat(took(parent)).isLessThan(Duration.ofSeconds(1));
    }

    // API_StartExecution: the same name and input as a running execution succeeds with the same response.
    @Test
    void startExecution_ofTheSameNameAndInputWhileItRuns_isTheSameExecution() throws IOException {
        ExecutionRecord parent = run(
                task("Start", "states:startExecution", start("one", "{\"a\": 1}")),
                task("Again", "states:startExecution", start("one", "{\"a\": 1}")));

        assertThat(output(parent).path("ExecutionArn").asText()).isEqualTo(ARN);
        assertThat(output(parent).path("StartDate").longValue())
                .isEqualTo(START.plusMillis(20).toEpochMilli());
    }

    @Test
    void startExecution_ofTheSameNameWithOtherInput_isRefused() throws IOException {
        ExecutionRecord parent = run(
                task("Start", "states:startExecution", start("one", "{\"a\": 1}")),
                task("Again", "states:startExecution", start("one", "{\"a\": 2}")));

        assertThat(failure(parent).error()).isEqualTo("StepFunctions.ExecutionAlreadyExistsException");
    }

    @Test
    void startExecution_ofTheNameOfOneThatHasEnded_isRefused() throws IOException {
        ExecutionRecord parent = run(
                task("Start", "states:startExecution", start("one", "{}")),
                "\"Wait\": {\"Type\": \"Wait\", \"Seconds\": 60, %s}",
                task("Again", "states:startExecution", start("one", "{}")));

        assertThat(failure(parent).error()).isEqualTo("StepFunctions.ExecutionAlreadyExistsException");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a/b", "a*", ""})
    void startExecution_ofAWrongName_isRefused(String name) throws IOException {
        ExecutionRecord parent = run(task("Start", "states:startExecution", start(name, "{}")));

        assertThat(failure(parent).error()).isEqualTo("StepFunctions.InvalidNameException");
    }

    @Test
    void startExecution_ofAStateMachineThatIsNotThere_isRefused() throws IOException {
        ExecutionRecord parent = run(task(
                "Start",
                "states:startExecution",
                "{\"StateMachineArn\": \"arn:aws:states:eu-west-1:111122223333:stateMachine:other\"}"));

        assertThat(refused).containsExactly("states:StartExecution");
        assertThat(failure(parent).error()).isEqualTo("StepFunctions.AWSStepFunctionsException");
    }

    @Test
    void startExecution_ofAnExpressWorkflow_startsEveryTime() throws IOException {
        ExecutionRecord parent = runExpress(
                task("Start", "states:startExecution", start("one", "{}")),
                task("Again", "states:startExecution", start("one", "{\"a\": 1}")));

        assertThat(output(parent).path("ExecutionArn").asText())
                .startsWith("arn:aws:states:eu-west-1:111122223333:express:child:one:");
    }

    @Test
    void startExecutionSync_waitsAndHasTheOutputAsJson() throws IOException {
        ExecutionRecord parent = run(task("Run", "states:startExecution.sync:2", start("one", "{}")));

        assertThat(output(parent).at("/Output/of").asText()).isEqualTo(ARN);
        assertThat(output(parent).path("Status").asText()).isEqualTo("SUCCEEDED");
        assertThat(took(parent)).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(31));
        assertThat(used)
                .containsExactly(
                        "events:DescribeRule",
                        "events:PutRule",
                        "events:PutTargets",
                        "states:DescribeExecution",
                        "states:StartExecution",
                        "states:StopExecution");
    }

    @Test
    void startExecutionSync_whenTheChildFails_failsWithWhatIsKnownOfIt() throws IOException {
        ExecutionRecord parent = run(task("Run", "states:startExecution.sync:2", start("one", "{\"sad\": true}")));

        assertThat(failure(parent).error()).isEqualTo("States.TaskFailed");
        JsonNode cause = SdkJson.parse(failure(parent).cause());
        assertThat(cause.path("Status").asText()).isEqualTo("FAILED");
        assertThat(cause.path("Error").asText()).isEqualTo("Sad");
        assertThat(cause.path("Cause").asText()).isEqualTo("It was told to.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"states:StartExecution", "states:StopExecution", "events:PutRule", "events:DescribeRule"})
    void startExecutionSync_withoutAPermission_isRefused(String action) throws IOException {
        ExecutionRecord parent = run(
                TEMPLATE.formatted("STANDARD").replace(action, "states:Nothing"),
                task("Run", "states:startExecution.sync:2", start("one", "{}")));

        assertThat(refused).containsExactly(action);
        assertThat(failure(parent).error()).isEqualTo("StepFunctions.AWSStepFunctionsException");
    }

    @Test
    void describeExecution_saysWhetherItRuns() throws IOException {
        ExecutionRecord parent = run(
                task("Start", "states:startExecution", start("one", "{\"a\": 1}")),
                task("Ask", "aws-sdk:sfn:describeExecution", "{\"ExecutionArn\": \"" + ARN + "\"}"));

        assertThat(output(parent).path("Status").asText()).isEqualTo("RUNNING");
        assertThat(output(parent).path("Input").asText()).isEqualTo("{\"a\":1}");
        assertThat(output(parent).has("Output")).isFalse();
    }

    @Test
    void describeExecution_afterItsEnd_hasTheOutputAsText() throws IOException {
        ExecutionRecord parent = run(
                task("Start", "states:startExecution", start("one", "{}")),
                "\"Wait\": {\"Type\": \"Wait\", \"Seconds\": 60, %s}",
                task("Ask", "aws-sdk:sfn:describeExecution", "{\"ExecutionArn\": \"" + ARN + "\"}"));

        assertThat(output(parent).path("Status").asText()).isEqualTo("SUCCEEDED");
        assertThat(output(parent).path("Output").asText()).isEqualTo("{\"of\":\"" + ARN + "\"}");
        assertThat(output(parent).path("StopDate").asText()).isEqualTo("2026-11-02T08:00:30.020Z");
    }

    @Test
    void describeExecution_ofOneThatNeverWas_isRefused() throws IOException {
        ExecutionRecord parent =
                run(task("Ask", "aws-sdk:sfn:describeExecution", "{\"ExecutionArn\": \"" + ARN + "\"}"));

        assertThat(failure(parent).error()).isEqualTo("Sfn.ExecutionDoesNotExistException");
    }

    @Test
    void aDistributedMap_needsThePermissionsToStartItsOwnStateMachine() throws IOException {
        String map = """
                "Each": {"Type": "Map", "Label": "accounts", "Items": [1, 2], "ItemProcessor": {
                  "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                  "StartAt": "Run", "States": {%s}}, %%s}
                """.formatted(task("Run", "states:startExecution.sync:2", "{\"StateMachineArn\": \"${Child}\"}")
                .formatted("\"End\": true"));

        assertThat(output(run(map))).hasSize(2);
        assertThat(refused).isEmpty();

        ExecutionRecord without =
                run(TEMPLATE.formatted("STANDARD").replace("Resource: !Ref AccountSetup", "Resource: !Ref Child"), map);
        assertThat(failure(without).error()).isEqualTo("States.Permissions");
    }

    private static String start(String name, String input) {
        return "{\"StateMachineArn\": \"${Child}\", \"Name\": \"%s\", \"Input\": %s}".formatted(name, input);
    }

    /** A state that lacks what comes next. */
    private static String task(String name, String resource, String arguments) {
        return "\"%s\": {\"Type\": \"Task\", \"Resource\": \"arn:aws:states:::%s\", \"Arguments\": %s, %%s}"
                .formatted(name, resource, arguments);
    }

    private ExecutionRecord run(String state, String... more) throws IOException {
        if (state.startsWith("Transform")) {
            return play(state, List.of(more));
        }
        List<String> states = new ArrayList<>(List.of(state));
        states.addAll(List.of(more));
        return play(TEMPLATE.formatted("STANDARD"), states);
    }

    private ExecutionRecord runExpress(String... states) throws IOException {
        return play(TEMPLATE.formatted("EXPRESS"), List.of(states));
    }

    private ExecutionRecord play(String template, List<String> states) throws IOException {
        List<String> names =
                states.stream().map(state -> state.split("\"", -1)[1]).toList();
        StringBuilder chained = new StringBuilder();
        for (int i = 0; i < states.size(); i++) {
            boolean last = i == states.size() - 1;
            chained.append(i == 0 ? "" : ",")
                    .append(states.get(i).formatted(last ? "\"End\": true" : "\"Next\": \"" + names.get(i + 1) + "\""));
        }
        Files.writeString(
                directory.resolve("parent.asl.json"),
                "{\"Comment\": \"Starts ${Child}\", \"QueryLanguage\": \"JSONata\", \"StartAt\": \"%s\", \"States\": {%s}}"
                        .formatted(names.getFirst(), chained));
        Files.writeString(directory.resolve("child.asl.json"), CHILD);
        try (Simulation simulation = new Simulation(START, Order.fifo())) {
            EmbeddedOrganization organization = EmbeddedOrganization.builder(simulation.clock())
                    .standaloneAccount("111122223333", "Main", "owner@example.com")
                    .tables(TABLES::client)
                    .build();
            Stack stack = new Stack(
                    Template.parse(template, directory)
                            .expand(Map.of(), Deployment.of("111122223333", "eu-west-1", "hub")),
                    organization,
                    TABLES,
                    simulation,
                    event -> {},
                    witness());
            stack.start(JsonNodeFactory.instance.objectNode());
            simulation.runUntilIdle();
            return stack.executions().getFirst();
        }
    }

    private Witness witness() {
        return new Witness() {
            @Override
            public void allowed(IamRole role, AccessCheck check, Decision.Allowed by) {
                by.by().forEach(match -> used.addAll(match.actions()));
            }

            @Override
            public void refused(IamRole role, AccessCheck check) {
                refused.add(check.action());
            }
        };
    }

    private static JsonNode output(ExecutionRecord execution) {
        assertThat(execution.result()).isInstanceOf(ExecutionResult.Succeeded.class);
        return ((ExecutionResult.Succeeded) execution.result()).output();
    }

    private static ExecutionResult.Failed failure(ExecutionRecord execution) {
        assertThat(execution.result()).isInstanceOf(ExecutionResult.Failed.class);
        return (ExecutionResult.Failed) execution.result();
    }

    private static Duration took(ExecutionRecord execution) {
        return Duration.between(execution.startedAt(), execution.endedAt());
    }
}
