package groundwork.rehearsal.states;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A state of a definition. Optional templates are absent where the definition leaves the field out. */
sealed interface State {

    String name();

    /** The value of the field Type. */
    String type();

    record Task(
            String name,
            String resource,
            Optional<ValueTemplate> arguments,
            Optional<ValueTemplate> timeoutSeconds,
            Recovery recovery,
            Exit exit)
            implements State {
        @Override
        public String type() {
            return "Task";
        }
    }

    record Pass(String name, Exit exit) implements State {
        @Override
        public String type() {
            return "Pass";
        }
    }

    /** Exactly one of the two is present. */
    record Wait(String name, Optional<ValueTemplate> seconds, Optional<ValueTemplate> timestamp, Exit exit)
            implements State {
        @Override
        public String type() {
            return "Wait";
        }
    }

    /** @param otherwise what Default and the state's own Assign and Output say; absent without Default */
    record Choice(String name, List<Rule> rules, Optional<Exit> otherwise) implements State {
        @Override
        public String type() {
            return "Choice";
        }
    }

    record Parallel(
            String name, Optional<ValueTemplate> arguments, List<StateGraph> branches, Recovery recovery, Exit exit)
            implements State {
        @Override
        public String type() {
            return "Parallel";
        }
    }

    /** @param distributed present where items are processed by child executions */
    record Map(
            String name,
            Optional<ValueTemplate> items,
            Optional<ValueTemplate> itemSelector,
            Optional<ValueTemplate> maxConcurrency,
            Optional<Distributed> distributed,
            StateGraph processor,
            Recovery recovery,
            Exit exit)
            implements State {
        @Override
        public String type() {
            return "Map";
        }
    }

    record Succeed(String name, Optional<ValueTemplate> output) implements State {
        @Override
        public String type() {
            return "Succeed";
        }
    }

    record Fail(String name, Optional<ValueTemplate> error, Optional<ValueTemplate> cause) implements State {
        @Override
        public String type() {
            return "Fail";
        }
    }

    /**
     * How a Map state processes its items in child executions.
     *
     * @param label part of the ARNs of the child executions
     * @param type of the child executions
     * @param toleratedFailurePercentage how many of a hundred items may fail; none where both are absent
     * @param toleratedFailureCount how many items may fail
     */
    record Distributed(
            String label,
            WorkflowType type,
            Optional<ValueTemplate> toleratedFailurePercentage,
            Optional<ValueTemplate> toleratedFailureCount) {}

    record Rule(ValueTemplate condition, Exit exit) {}

    /**
     * How a state is left.
     *
     * @param assign the variables to set; empty where there is no Assign
     * @param output absent where the output is what the state has by default
     * @param next absent where the state is an end
     */
    record Exit(java.util.Map<String, ValueTemplate> assign, Optional<ValueTemplate> output, Optional<String> next) {}

    record Recovery(List<Retrier> retriers, List<Catcher> catchers) {}

    /** @param jitter whether the delay is drawn at random between 0 and what the other fields yield */
    record Retrier(
            List<String> errorEquals,
            Duration interval,
            int maxAttempts,
            double backoffRate,
            Optional<Duration> maxDelay,
            boolean jitter) {

        /** Delay before a retry without jitter: the interval, multiplied by the rate for each retry before, capped. */
        Duration delay(int retriesBefore) {
            double cap = maxDelay.orElse(Duration.ofSeconds(FieldReader.LARGEST_SECONDS))
                    .toMillis();
            return Duration.ofMillis((long) Math.min(cap, interval.toMillis() * Math.pow(backoffRate, retriesBefore)));
        }
    }

    record Catcher(List<String> errorEquals, Exit exit) {}
}
