package groundwork.rehearsal.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import groundwork.rehearsal.organization.call.AccessCheck;
import groundwork.rehearsal.organization.call.AccessChecks;
import groundwork.rehearsal.organization.call.Caller;
import groundwork.rehearsal.states.ExecutionResult;
import groundwork.rehearsal.states.TaskFailure;
import groundwork.rehearsal.states.WorkflowType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Step Functions as Task states call it: executions that start others, wait for them and ask how they are.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html">Start a new AWS Step
 *     Functions state machine from a running execution</a>
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html">StartExecution</a>
 */
final class NestedWorkflows {
    private static final Set<String> ARGUMENTS = Set.of("StateMachineArn", "Name", "Input");

    /** What the API reference says a name must not contain. */
    private static final Pattern NAME = Pattern.compile("[^\\s\\p{Cntrl}<>{}\\[\\]?*\"#%\\\\^|~`$&,;:/]{1,80}");

    private final Caller role;
    private final RolePolicies policies;
    private final Map<String, Executions> byStateMachine;

    /**
     * @param role whose permissions count
     * @param byStateMachine the executions of each state machine of the stack, by its ARN
     */
    NestedWorkflows(Caller role, RolePolicies policies, Map<String, Executions> byStateMachine) {
        this.role = role;
        this.policies = policies;
        this.byStateMachine = byStateMachine;
    }

    /** Starts an execution. In Standard workflows a running one of the same name and input counts as started. */
    JsonNode start(JsonNode arguments) {
        Executions executions = startable(arguments);
        JsonNode input = input(arguments);
        String name = name(arguments, executions);
        ExecutionRecord started = existing(executions, name, input).orElseGet(() -> {
            executions.start(name, input);
            return executions.named(name).orElseThrow();
        });
        // A running execution was recorded in localstack/localstack, test_sfn_task_service: of version 1 of the SDK,
        // which
        // gives times as milliseconds, floci-io/floci recorded that.
        return JsonNodeFactory.instance
                .objectNode()
                .put("ExecutionArn", executions.arn(name))
                .put("StartDate", started.startedAt().toEpochMilli());
    }

    /**
     * Starts an execution and waits for its end; the output is JSON, not text. Other than in AWS, the execution goes on when
     * the one that waits is stopped.
     */
    JsonNode startAndWait(JsonNode arguments) {
        Executions executions = startable(arguments);
        String stateMachineArn = arguments.path("StateMachineArn").asText();
        JsonNode input = input(arguments);
        String name = name(arguments, executions);
        if (executions.type() == WorkflowType.EXPRESS) {
            throw new IllegalArgumentException(
                    "No execution of an Express workflow can be waited for: " + stateMachineArn);
        }
        // https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html, IAM policies
        String rule = stateMachineArn.replaceFirst(":states:(.*):stateMachine:.*", ":events:$1")
                + ":rule/StepFunctionsGetEventsForStepFunctionsExecutionRule";
        require(Stream.concat(
                        Stream.of("states:DescribeExecution", "states:StopExecution")
                                .map(action -> check(action, executions.arn(name))),
                        Stream.of("events:PutTargets", "events:PutRule", "events:DescribeRule")
                                .map(action -> check(action, rule)))
                .toList());
        if (existing(executions, name, input).isPresent()) {
            throw new IllegalArgumentException("The rehearsal cannot wait for an execution that runs: " + name);
        }
        executions.startAndWait(name, input);
        ExecutionRecord ended = executions.named(name).orElseThrow();
        ObjectNode described = described(executions, ended);
        described.put("StartDate", ended.startedAt().toEpochMilli());
        described.put("StopDate", ended.endedAt().toEpochMilli());
        return switch (ended.result()) {
            case ExecutionResult.Succeeded succeeded -> described.set("Output", succeeded.output());
            case ExecutionResult.Failed failed -> throw new TaskFailure("States.TaskFailed", described.toString());
        };
    }

    /**
     * Says how an execution is.
     *
     * @see <a href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeExecution.html">
     *     DescribeExecution</a>
     */
    JsonNode describe(JsonNode arguments) {
        requireOnly(Set.of("ExecutionArn"), arguments);
        String arn = arguments.path("ExecutionArn").asText();
        refusal(List.of(check("states:DescribeExecution", arn))).ifPresent(refused -> {
            throw new TaskFailure("Sfn.SfnException", refused.message(role));
        });
        for (Executions executions : byStateMachine.values()) {
            String name = arn.substring(arn.lastIndexOf(':') + 1);
            Optional<ExecutionRecord> found = executions.type() == WorkflowType.STANDARD
                            && executions.arn(name).equals(arn)
                    ? executions.named(name)
                    : Optional.empty();
            if (found.isPresent()) {
                ObjectNode described = described(executions, found.get());
                described.put("StartDate", found.get().startedAt().toString());
                if (found.get().endedAt() != null) {
                    described.put("StopDate", found.get().endedAt().toString());
                }
                return described;
            }
        }
        throw new TaskFailure("Sfn.ExecutionDoesNotExistException", "Execution Does Not Exist: '" + arn + "'");
    }

    /**
     * Refuses a Distributed Map whose role may not start, describe and stop executions of its own state machine. Which error
     * name the execution gets then no page says; this one is what AWS calls insufficient privileges.
     *
     * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html">IAM policies for using
     *     Distributed Map states</a>
     */
    void startsMapRun(String stateMachineArn, String executionArn) {
        refusal(List.of(
                        check("states:StartExecution", stateMachineArn),
                        check("states:DescribeExecution", executionArn),
                        check("states:StopExecution", executionArn)))
                .ifPresent(refused -> {
                    throw new TaskFailure("States.Permissions", refused.message(role));
                });
    }

    private Executions startable(JsonNode arguments) {
        requireOnly(ARGUMENTS, arguments);
        String arn = arguments.path("StateMachineArn").asText();
        require(List.of(check("states:StartExecution", arn)));
        Executions executions = byStateMachine.get(arn);
        if (executions == null || executions.isGone()) {
            throw failure("StateMachineDoesNotExistException", "State Machine Does Not Exist: '" + arn + "'");
        }
        if (executions.isEnding()) {
            throw failure("StateMachineDeletingException", "State Machine is deleting: '" + arn + "'");
        }
        return executions;
    }

    /** The execution that makes a start needless; none may have the same name and end or begin otherwise. */
    private static Optional<ExecutionRecord> existing(Executions executions, String name, JsonNode input) {
        if (executions.type() == WorkflowType.EXPRESS) {
            return Optional.empty();
        }
        Optional<ExecutionRecord> existing = executions.named(name);
        if (existing.filter(other -> other.result() != null || !other.input().equals(input))
                .isPresent()) {
            throw failure(
                    "ExecutionAlreadyExistsException", "Execution Already Exists: '" + executions.arn(name) + "'");
        }
        return existing;
    }

    private static String name(JsonNode arguments, Executions executions) {
        if (!arguments.has("Name")) {
            return executions.nextName();
        }
        String name = arguments.path("Name").asText();
        if (!NAME.matcher(name).matches()) {
            throw failure("InvalidNameException", "Invalid Name: '" + name + "'");
        }
        return name;
    }

    /** JSON, or a text that holds JSON. */
    private static JsonNode input(JsonNode arguments) {
        JsonNode input = arguments.path("Input");
        if (input.isMissingNode()) {
            return JsonNodeFactory.instance.objectNode();
        }
        return input.isTextual() ? SdkJson.parse(input.textValue()) : input;
    }

    private static ObjectNode described(Executions executions, ExecutionRecord execution) {
        ObjectNode described = JsonNodeFactory.instance.objectNode();
        described.put("ExecutionArn", executions.arn(execution.name()));
        described.put("StateMachineArn", executions.stateMachineArn());
        described.put("Name", execution.name());
        described.put("Input", execution.input().toString());
        switch (execution.result()) {
            case null -> described.put("Status", "RUNNING");
            case ExecutionResult.Succeeded succeeded ->
                described
                        .put("Status", "SUCCEEDED")
                        .put("Output", succeeded.output().toString());
            case ExecutionResult.Failed failed ->
                described
                        .put("Status", failed.error().equals("States.Timeout") ? "TIMED_OUT" : "FAILED")
                        .put("Error", failed.error())
                        .put("Cause", failed.cause());
        }
        return described;
    }

    private void require(List<AccessCheck> checks) {
        refusal(checks).ifPresent(refused -> {
            throw failure("AccessDeniedException", refused.message(role));
        });
    }

    private Optional<AccessChecks.Refusal> refusal(List<AccessCheck> checks) {
        return policies.refusal(role, checks);
    }

    private static AccessCheck check(String action, String resource) {
        return new AccessCheck(action, resource, Map.of(), false);
    }

    private static void requireOnly(Set<String> parameters, JsonNode arguments) {
        arguments.fieldNames().forEachRemaining(name -> {
            if (!parameters.contains(name)) {
                throw new TaskFailure(
                        "States.Runtime", "The Arguments do not fit the API: it has no parameter " + name);
            }
        });
    }

    private static TaskFailure failure(String exception, String message) {
        return new TaskFailure(ErrorNames.STEP_FUNCTIONS.named(exception), message);
    }
}
