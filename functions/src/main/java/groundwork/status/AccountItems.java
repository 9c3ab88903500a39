package groundwork.status;

import groundwork.checklist.Change;
import groundwork.checklist.ChecklistItem;
import groundwork.checklist.Console;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import groundwork.email.MessageKind;
import groundwork.email.Reader;
import groundwork.runtime.Settings;
import groundwork.state.AccountRecord;
import groundwork.state.PointsInTime;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What the table has of one account, with what each line rests on. The table may lie, so no link is taken from it that Groundwork does not make. */
final class AccountItems {
    private final DynamoDbClient dynamoDb;
    private final Settings settings;

    AccountItems(DynamoDbClient dynamoDb, Settings settings) {
        this.dynamoDb = dynamoDb;
        this.settings = settings;
    }

    /** @throws groundwork.state.UnreadableRecordException if the record is none that this release can read */
    Status.Remembered of(String accountId, PointsInTime times) {
        List<Map<String, AttributeValue>> items = dynamoDb
                .queryPaginator(query -> query.tableName(settings.tableName())
                        .keyConditionExpression("accountId = :accountId")
                        .expressionAttributeValues(Map.of(":accountId", AttributeValue.fromS(accountId))))
                .items()
                .stream()
                .toList();
        Map<String, AttributeValue> account = items.stream()
                .filter(item -> text(item, "item").equals("ACCOUNT"))
                .findFirst()
                .orElse(Map.of());
        AccountRecord record = AccountRecord.parse(text(account, "record"), times);
        return new Status.Remembered(
                record.lastChecklist(),
                record.lastChecklist().stream()
                        .flatMap(checklist -> checklist.items().stream())
                        .map(item -> line(item, record, items, times))
                        .toList(),
                Optional.of(text(account, "failure")).filter(failure -> !failure.isEmpty()),
                times.read(account, "failedAt").orElse(null),
                sent(items, times));
    }

    private Status.Line line(
            ChecklistItem item, AccountRecord record, List<Map<String, AttributeValue>> items, PointsInTime times) {
        return new Status.Line(item, who(item, record), link(item.outcome()), evidence(item, record, items, times));
    }

    private Optional<String> who(ChecklistItem item, AccountRecord record) {
        return switch (item.outcome()) {
            case Outcome.Waiting waiting -> Optional.of(person(item.prerequisite(), record));
            case Outcome.Blocked blocked -> Optional.of(person(item.prerequisite(), record));
            case Outcome.Done done -> Optional.empty();
            case Outcome.NotApplicable notApplicable -> Optional.empty();
            case Outcome.Unknown unknown -> Optional.empty();
            case Outcome.Planned planned -> Optional.empty();
        };
    }

    private String person(Prerequisite prerequisite, AccountRecord record) {
        Optional<String> owner = settings.ownerEmail();
        boolean administratorHears =
                record.reached().stream().anyMatch(settings.administratorEmail()::equalsIgnoreCase);
        return owner.filter(
                        address -> Reader.whoActs(prerequisite, record.checklist(), administratorHears) == Reader.OWNER)
                .map("the owner (%s)"::formatted)
                .orElseGet(() -> "the administrator (%s)".formatted(settings.administratorEmail()));
    }

    private Optional<Status.Link> link(Outcome outcome) {
        URI address = switch (outcome) {
            case Outcome.Waiting waiting -> waiting.link();
            case Outcome.Blocked blocked -> blocked.link();
            case Outcome.Done done -> null;
            case Outcome.NotApplicable notApplicable -> null;
            case Outcome.Unknown unknown -> null;
            case Outcome.Planned planned -> null;
        };
        return Optional.ofNullable(address)
                .flatMap(page -> new Console(settings.region()).title(page).map(title -> new Status.Link(title, page)));
    }

    private static List<Status.Evidence> evidence(
            ChecklistItem item, AccountRecord record, List<Map<String, AttributeValue>> items, PointsInTime times) {
        List<Status.Evidence> found = new ArrayList<>();
        if (item.cause() != null) {
            found.add(change(item.cause()));
        }
        AccountRecord.Known known = record.known();
        switch (item.prerequisite()) {
            case ADMIN_USER ->
                id(known.userId(), "the user in the identity store").ifPresent(found::add);
            case ADMIN_ACCESS -> {
                id(known.groupId(), "the group in the identity store").ifPresent(found::add);
                id(known.permissionSetArn(), "the permission set").ifPresent(found::add);
            }
            case FIRST_SIGN_IN ->
                noted(items, "PROVEN_SIGN_IN#", "provenAt", times)
                        .map(noted ->
                                new Status.Evidence("CloudTrail's event history showed a sign-in", null, noted.at()))
                        .forEach(found::add);
            case CHANGE_EVENTS -> {
                noted(items, "SELF_TEST#", "seenAt", times)
                        .map(noted ->
                                new Status.Evidence("a test event arrived from " + noted.name(), null, noted.at()))
                        .forEach(found::add);
                noted(items, "EVENTS", "seenAt", times)
                        .map(noted -> new Status.Evidence("an event of the account arrived", null, noted.at()))
                        .forEach(found::add);
            }
            case ROOT_MFA, ROOT_ACCESS_KEYS, EMAIL_CHANNEL, IDENTITY_CENTER, SIGN_IN_EMAIL -> {}
        }
        items.stream()
                .filter(each -> text(each, "item").startsWith("REPAIR#")
                        && text(each, "prerequisite").equals(item.prerequisite().name())
                        && !text(each, "what").isEmpty())
                .map(each -> new Status.Evidence(
                        text(each, "what"), null, times.read(each, "notedAt").orElse(null)))
                .forEach(found::add);
        return found;
    }

    private static Status.Evidence change(Change change) {
        return new Status.Evidence(
                "%s%s%s, according to the event"
                        .formatted(
                                change.event(),
                                change.who() == null ? "" : " by " + change.who(),
                                Console.isRegion(change.region()) ? " in " + change.region() : ""),
                change.eventId(),
                change.when());
    }

    private static Optional<Status.Evidence> id(String id, String what) {
        return Optional.ofNullable(id).map(known -> new Status.Evidence(what, known, null));
    }

    private record Noted(String name, Instant at) {}

    private static Stream<Noted> noted(
            List<Map<String, AttributeValue>> items, String prefix, String attribute, PointsInTime times) {
        return items.stream()
                .filter(item -> text(item, "item").startsWith(prefix))
                .flatMap(item -> times
                        .read(item, attribute)
                        .map(at -> new Noted(text(item, "item").substring(prefix.length()), at))
                        .stream());
    }

    private static List<Status.Sent> sent(List<Map<String, AttributeValue>> items, PointsInTime times) {
        return items.stream()
                .filter(item -> text(item, "item").startsWith("MESSAGE#")
                        && text(item, "state").equals("SENT"))
                .flatMap(item -> times
                        .read(item, "sentAt")
                        .map(at -> new Status.Sent(words(text(item, "kind")), text(item, "to"), at))
                        .stream())
                .sorted(Comparator.comparing(Status.Sent::at).reversed())
                .toList();
    }

    private static String words(String kind) {
        return Arrays.stream(MessageKind.values())
                .filter(each -> each.name().equals(kind))
                .map(MessageKind::words)
                .findFirst()
                .orElse(kind);
    }

    private static String text(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        return value == null || value.s() == null ? "" : value.s();
    }
}
