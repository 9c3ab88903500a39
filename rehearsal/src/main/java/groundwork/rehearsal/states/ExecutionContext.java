package groundwork.rehearsal.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Random;

/**
 * What the expressions of an execution can see besides data: the context object, time and chance.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html">Accessing execution
 *     data from the Context object in Step Functions</a>
 */
record ExecutionContext(
        StateMachine machine,
        WorkflowType type,
        String arn,
        String name,
        JsonNode input,
        Instant startTime,
        Random random) {

    static ExecutionContext start(StateMachine machine, String name, JsonNode input) {
        return start(machine, machine.definition().type(), machine.executionArn(name), name, input);
    }

    private static ExecutionContext start(
            StateMachine machine, WorkflowType type, String arn, String name, JsonNode input) {
        Instant now = machine.simulation().clock().instant();
        return new ExecutionContext(machine, type, arn, name, input, now, new Random(machine.seed() ^ arn.hashCode()));
    }

    /** The context of a child execution, whose name chance decides. */
    ExecutionContext child(State.Distributed distributed, JsonNode childInput) {
        String childName = StepFunctionsLibrary.uuid(random);
        String childArn = machine.arn()
                        .replace(
                                ":stateMachine:",
                                switch (distributed.type()) {
                                    case STANDARD -> ":execution:";
                                    case EXPRESS -> ":express:";
                                })
                + "/" + distributed.label() + ":" + childName;
        return start(machine, distributed.type(), childArn, childName, childInput);
    }

    ExecutionContext startedAt(Instant time) {
        return new ExecutionContext(machine, type, arn, name, input, time, random);
    }

    /** For states that cannot be retried. */
    Evaluator evaluator(StateEntry entry) {
        return evaluator(entry, contextObject(entry));
    }

    /** For states that can be retried; the first try has 0 retries. */
    Evaluator evaluator(StateEntry entry, int retries) {
        ObjectNode context = contextObject(entry);
        context.withObject("State").put("RetryCount", retries);
        return evaluator(entry, context);
    }

    private Evaluator evaluator(StateEntry entry, ObjectNode context) {
        ObjectNode states = JsonNodeFactory.instance.objectNode();
        states.set("input", entry.input());
        states.set("context", context);
        return new Evaluator(
                entry.state(), states, entry.variables(), machine.simulation().clock(), random, machine.observer());
    }

    ObjectNode contextObject(StateEntry entry) {
        ObjectNode context = JsonNodeFactory.instance.objectNode();
        context.putObject("Execution")
                .put("Id", arn)
                .put("Name", name)
                .put("RoleArn", machine.roleArn())
                .put("StartTime", Timestamps.format(startTime))
                .put("RedriveCount", 0)
                .set("Input", input);
        context.putObject("StateMachine").put("Id", machine.arn()).put("Name", machine.name());
        context.putObject("State")
                .put("EnteredTime", Timestamps.format(entry.enteredTime()))
                .put("Name", entry.state());
        entry.mapItem().ifPresent(item -> context.putObject("Map").set("Item", item));
        return context;
    }
}
