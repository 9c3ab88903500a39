package groundwork.request;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import groundwork.checklist.AccountId;
import groundwork.json.Json;
import groundwork.json.UnreadableJsonException;
import java.time.Instant;
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
            "detail-type", 256,
            "region", 64,
            "detail.eventName", 256,
            "detail.eventTime", 64,
            "detail.awsRegion", 64,
            "detail.eventID", 256,
            "detail.userIdentity.type", 256,
            "detail.userIdentity.arn", 2048,
            "detail.userIdentity.invokedBy", 256,
            "detail.userIdentity.onBehalfOf.userId", 256));

    private static final Set<String> FIELDS = new TreeSet<>(Set.of("accountId", "plan", "selfTest"));
    /** The Step Functions console starts with {@code {"Comment": "Insert your JSON here"}}. */
    private static final String COMMENT = "Comment";

    private final String ownAccountId;

    ExecutionInput(String ownAccountId) {
        this.ownAccountId = ownAccountId;
    }

    /**
     * @throws InvalidRequestException naming the field, the value and what is allowed
     */
    ExecutionRequest read(JsonElement input) {
        if (input == null || input.isJsonNull()) {
            // Any JSON text starts an execution; nothing is asked for by null.
            return handWritten(new JsonObject());
        }
        if (!input.isJsonObject()) {
            throw new InvalidRequestException(
                    "The execution input must be a JSON object such as {}, but is: %s".formatted(shown(input)));
        }
        return Json.isText(Json.at(input, "detail-type")) && Json.isText(Json.at(input, "source"))
                ? event(input.getAsJsonObject())
                : handWritten(input.getAsJsonObject());
    }

    private ExecutionRequest event(JsonObject input) {
        String accountId = accountId(input, "account");
        requireEnvelope(input);
        ScheduledEvent event = new ScheduledEvent();
        event.setDetailType(input.get("detail-type").getAsString());
        event.setRegion(text(input, "region"));
        event.setDetail(Json.fields(Json.at(input, "detail")));
        return new ChangeEvent(event, time(input)).request(accountId);
    }

    /** Not through the class of the event, whose time is one of Joda-Time: a library for one field. */
    private static Instant time(JsonObject input) {
        JsonElement time = Json.at(input, "time");
        try {
            return Json.read(time.toString(), Instant.class);
        } catch (UnreadableJsonException e) {
            throw notAnEvent("time", "a time such as \"2026-11-22T09:00:00Z\"", time.toString());
        }
    }

    private static String text(JsonObject input, String field) {
        JsonElement value = Json.at(input, field);
        return value.isJsonNull() ? null : value.getAsString();
    }

    /** EventBridge fills the envelope in; an event that is not its own may come from a person who tries something out. */
    private static void requireEnvelope(JsonObject input) {
        for (String field : List.of("version", "id", "time", "region")) {
            require(input, field, Json::isText, "a text");
        }
        require(input, "detail", JsonElement::isJsonObject, "an object");
        require(
                input,
                "resources",
                list -> list.isJsonArray()
                        && list.getAsJsonArray().asList().stream().allMatch(Json::isText),
                "a list of texts");
        LIMITS.forEach((field, limit) -> {
            String text = Json.textAt(input, field.split("\\."));
            if (text.length() > limit) {
                throw notAnEvent(field, "of %d characters at most".formatted(limit), text);
            }
        });
    }

    private static void require(JsonObject input, String field, Predicate<JsonElement> valid, String what) {
        JsonElement value = Json.at(input, field);
        if (!value.isJsonNull() && !valid.test(value)) {
            throw notAnEvent(field, what, value.toString());
        }
    }

    private static InvalidRequestException notAnEvent(String field, String what, String value) {
        return new InvalidRequestException(
                "The execution input looks like an event from EventBridge, but is not one: \"%s\" must be %s, but is: %s"
                        .formatted(field, what, shown(value)));
    }

    private ExecutionRequest handWritten(JsonObject input) {
        input.keySet().forEach(field -> {
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

    private String accountId(JsonObject input, String field) {
        JsonElement account = input.get(field);
        if (account == null) {
            return ownAccountId;
        }
        if (!Json.isText(account) || !AccountId.is(account.getAsString())) {
            throw new InvalidRequestException(
                    "\"%s\" must be a string of 12 digits such as \"111122223333\", but is: %s"
                            .formatted(field, shown(account)));
        }
        return account.getAsString();
    }

    private static boolean flag(JsonObject input, String field) {
        JsonElement value = input.get(field);
        if (value == null) {
            return false;
        }
        if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isBoolean()) {
            throw new InvalidRequestException(
                    "\"%s\" must be true or false, without quotes, but is: %s".formatted(field, shown(value)));
        }
        return value.getAsBoolean();
    }

    private static String shown(JsonElement value) {
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
