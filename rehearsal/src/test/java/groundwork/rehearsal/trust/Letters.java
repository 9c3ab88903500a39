package groundwork.rehearsal.trust;

import groundwork.rehearsal.organization.call.AwsService;
import groundwork.rehearsal.organization.call.Call;
import groundwork.rehearsal.organization.call.CallObserver;
import groundwork.rehearsal.organization.store.Mail;
import groundwork.rehearsal.scenario.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.sesv2.model.SendEmailRequest;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sns.model.SubscribeRequest;

/**
 * Follows the messages by their occasions, on the wire: who claims one, which of them an email that arrives speaks of,
 * and which are marked as sent.
 */
final class Letters implements CallObserver {
    private static final String MESSAGE = "MESSAGE#";

    private final World world;
    private final Map<String, String> holders = new HashMap<>();
    private final Map<String, Integer> deliveries = new TreeMap<>();
    private final List<String> marked = new ArrayList<>();

    Letters(World world) {
        this.world = world;
    }

    /** How often an email spoke of each occasion. */
    Map<String, Integer> deliveries() {
        return Map.copyOf(deliveries);
    }

    /** The occasions that are held to be settled although nothing was said. */
    List<String> lost() {
        return marked.stream()
                .filter(occasion -> !deliveries.containsKey(occasion))
                .toList();
    }

    /** The occasions that were spoken of more than once. */
    List<String> repeated() {
        return deliveries.entrySet().stream()
                .filter(delivery -> delivery.getValue() > 1)
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public void after(Call call, Object response) {
        if (!world.seen().isOfTheStack(call)) {
            return;
        }
        switch (call.request()) {
            // A function begins: what an attempt before it claimed is not yet part of its emails.
            case QueryRequest query ->
                holders.values().removeIf(world.simulation().origin()::equals);
            case UpdateItemRequest update ->
                occasion(update.key()).ifPresent(occasion -> {
                    if (update.updateExpression().contains("REMOVE #state")) {
                        holders.remove(occasion);
                    } else {
                        holders.put(occasion, world.simulation().origin());
                    }
                });
            case TransactWriteItemsRequest write -> marked(write).forEach(this::mark);
            case PublishRequest publish -> {
                if (arrived(publish)) {
                    delivered();
                }
            }
            case SendEmailRequest send -> delivered();
            // The email is AWS's own.
            case SubscribeRequest subscribe -> delivered();
            default -> {}
        }
    }

    private void mark(String occasion) {
        holders.remove(occasion);
        marked.add(occasion);
    }

    /** Amazon SNS takes a message also when nobody is subscribed; Amazon SES refuses what it would not send. */
    private boolean arrived(PublishRequest publish) {
        List<Mail> mails = world.seen().allMails();
        return !mails.isEmpty() && mails.getLast().text().startsWith(publish.message());
    }

    private void delivered() {
        String sender = world.simulation().origin();
        holders.forEach((occasion, holder) -> {
            if (holder.equals(sender)) {
                deliveries.merge(occasion, 1, Integer::sum);
            }
        });
    }

    private static Optional<String> occasion(Map<String, AttributeValue> item) {
        return Optional.ofNullable(item.get("item"))
                .map(AttributeValue::s)
                .filter(id -> id.startsWith(MESSAGE))
                .map(id -> id.substring(MESSAGE.length()));
    }

    /** Whether the call notes that an email went out. */
    static boolean marks(Call call) {
        return call.request() instanceof TransactWriteItemsRequest;
    }

    /** Whether the call claims a message or gives it back, which may meet a mark. */
    static boolean claims(Call call) {
        return call.request() instanceof UpdateItemRequest update
                && occasion(update.key()).isPresent();
    }

    private static List<String> marked(TransactWriteItemsRequest write) {
        return write.transactItems().stream()
                .flatMap(item -> occasion(item.update().key()).stream())
                .toList();
    }

    /** Whether the call hands an email of a function over. */
    static boolean sends(Call call) {
        return call.kind() == Call.Kind.SEND && (call.service() == AwsService.SNS || call.service() == AwsService.SES);
    }
}
