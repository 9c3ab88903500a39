package groundwork.request;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.datatype.joda.JodaModule;
import groundwork.checklist.AccountId;
import groundwork.runtime.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Reads what an execution was started with: an EventBridge event, or an object that a person wrote.
 *
 * <p>Of an event only the envelope, which EventBridge fills in, decides anything. Of an object every field must be known,
 * so that a slip of the pen is an answer and not a surprise.
 */
final class ExecutionInput {
    /**
     * How many characters the fields that are used may have at most. No ARN has more than 2,048, and more than a state's 256 KiB
     * could not be handed on.
     *
     * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_User.html">User</a>, for the length of an ARN
     */
    private static final Map<String, Integer> LIMITS = new TreeMap<>(Map.of(
            "/detail-type", 256,
            "/region", 64,
            "/detail/eventName", 256,
            "/detail/eventTime", 64,
            "/detail/awsRegion", 64,
            "/detail/eventID", 256,
            "/detail/userIdentity/type", 256,
            "/detail/userIdentity/arn", 2048,
            "/detail/userIdentity/invokedBy", 256,
            "/detail/userIdentity/onBehalfOf/userId", 256));

    private static final Set<String> FIELDS = new TreeSet<>(Set.of("accountId", "plan", "selfTest"));
    /** The Step Functions console starts with {@code {"Comment": "Insert your JSON here"}}. */
    private static final String COMMENT = "Comment";

    /** What the names of the class and of EventBridge differ in. */
    private interface EventFields {
        @JsonProperty("detail-type")
        void setDetailType(String detailType);
    }

    private final ObjectMapper events =
            Json.MAPPER.copy().registerModule(new JodaModule()).addMixIn(ScheduledEvent.class, EventFields.class);
    private final String ownAccountId;

    ExecutionInput(String ownAccountId) {
        this.ownAccountId = ownAccountId;
    }

    /**
     * @throws InvalidRequestException naming the field, the value and what is allowed
     */
    ExecutionRequest read(JsonNode input) {
        if (input == null || input.isNull() || input.isMissingNode()) {
            // Any JSON text starts an execution; nothing is asked for by null.
            return handWritten(JsonNodeFactory.instance.objectNode());
        }
        if (!input.isObject()) {
            throw new InvalidRequestException(
                    "The execution input must be a JSON object such as {}, but is: %s".formatted(shown(input)));
        }
        return input.path("detail-type").isTextual() && input.path("source").isTextual()
                ? event(input)
                : handWritten(input);
    }

    private ExecutionRequest event(JsonNode input) {
        String accountId = accountId(input, "account");
        requireEnvelope(input);
        ScheduledEvent event;
        try {
            event = events.treeToValue(input, ScheduledEvent.class);
        } catch (JsonProcessingException e) {
            // Of the fields of the envelope, only the time is more than a text.
            throw notAnEvent(
                    "time",
                    "a time such as \"2026-11-22T09:00:00Z\"",
                    input.get("time").toString());
        }
        return new ChangeEvent(event).request(accountId);
    }

    /** EventBridge fills the envelope in; an event that is not its own may come from a person who tries something out. */
    private static void requireEnvelope(JsonNode input) {
        for (String field : List.of("version", "id", "time", "region")) {
            require(input, field, JsonNode::isTextual, "a text");
        }
        require(input, "detail", JsonNode::isObject, "an object");
        require(
                input,
                "resources",
                list -> list.isArray() && list.valueStream().allMatch(JsonNode::isTextual),
                "a list of texts");
        LIMITS.forEach((field, limit) -> {
            String text = input.at(field).asText();
            if (text.length() > limit) {
                throw notAnEvent(
                        field.substring(1).replace('/', '.'), "of %d characters at most".formatted(limit), text);
            }
        });
    }

    private static void require(JsonNode input, String field, Predicate<JsonNode> valid, String what) {
        if (input.hasNonNull(field) && !valid.test(input.get(field))) {
            throw notAnEvent(field, what, input.get(field).toString());
        }
    }

    private static InvalidRequestException notAnEvent(String field, String what, String value) {
        return new InvalidRequestException(
                "The execution input looks like an event from EventBridge, but is not one: \"%s\" must be %s, but is: %s"
                        .formatted(field, what, shown(value)));
    }

    private ExecutionRequest handWritten(JsonNode input) {
        input.fieldNames().forEachRemaining(field -> {
            if (!FIELDS.contains(field) && !field.equals(COMMENT)) {
                throw new InvalidRequestException("The execution input has an unknown field \"%s\". Allowed are: %s."
                        .formatted(shown(field), String.join(", ", FIELDS)));
            }
        });
        String accountId = accountId(input, "accountId");
        boolean plan = flag(input, "plan");
        boolean selfTest = flag(input, "selfTest");
        if (selfTest && (plan || !accountId.equals(ownAccountId))) {
            throw new InvalidRequestException(
                    "\"selfTest\" sends events in account %s: leave \"plan\" and \"accountId\" out."
                            .formatted(ownAccountId));
        }
        if (selfTest) {
            return new ExecutionRequest.SelfTest(accountId, new Cause.SelfTest());
        }
        return plan
                ? new ExecutionRequest.Plan(accountId, new Cause.ByHand())
                : new ExecutionRequest.Look(accountId, false, new Cause.ByHand());
    }

    private String accountId(JsonNode input, String field) {
        JsonNode account = input.get(field);
        if (account == null) {
            return ownAccountId;
        }
        if (!account.isTextual() || !AccountId.is(account.textValue())) {
            throw new InvalidRequestException(
                    "\"%s\" must be a string of 12 digits such as \"111122223333\", but is: %s"
                            .formatted(field, shown(account)));
        }
        return account.textValue();
    }

    private static boolean flag(JsonNode input, String field) {
        JsonNode value = input.get(field);
        if (value == null) {
            return false;
        }
        if (!value.isBoolean()) {
            throw new InvalidRequestException(
                    "\"%s\" must be true or false, without quotes, but is: %s".formatted(field, shown(value)));
        }
        return value.booleanValue();
    }

    private static String shown(JsonNode value) {
        return shown(value.toString());
    }

    private static String shown(String text) {
        return printable(text, 60);
    }

    /** What comes back to a person stays short and printable. */
    static String printable(String text, int limit) {
        String printable = text.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
        return printable.codePointCount(0, printable.length()) <= limit
                ? printable
                : printable.substring(0, printable.offsetByCodePoints(0, limit)) + "...";
    }
}
