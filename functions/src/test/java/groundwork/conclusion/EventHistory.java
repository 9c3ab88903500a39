package groundwork.conclusion;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.Event;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttributeKey;
import software.amazon.awssdk.services.cloudtrail.model.LookupEventsRequest;
import software.amazon.awssdk.services.cloudtrail.model.LookupEventsResponse;

/** CloudTrail's event history, as LookupEvents shows it: newest first, in pages. */
final class EventHistory implements CloudTrailClient {
    static final String STORE =
            "arn:aws:identitystore::111122223333:identitystore/" + Samples.INSTANCE.identityStoreId();

    private final List<Event> events = new ArrayList<>();
    private final List<LookupEventsRequest> asked = new ArrayList<>();
    private AwsServiceException failure;

    /** A successful sign-in. */
    void signIn(String userId, Instant at) {
        event("UserAuthentication", at, signIn(userId, STORE, "Success", ""));
    }

    static String signIn(String userId, String storeArn, String result, String more) {
        return """
                {"eventSource": "signin.amazonaws.com", "eventName": "UserAuthentication",
                 "userIdentity": {"onBehalfOf": {"userId": "%s", "identityStoreArn": "%s"}},
                 "serviceEventDetails": {"UserAuthentication": "%s"} %s}
                """.formatted(userId, storeArn, result, more);
    }

    void event(String name, Instant at, String record) {
        events.add(Event.builder()
                .eventName(name)
                .eventTime(at)
                .cloudTrailEvent(record)
                .build());
        events.sort(Comparator.comparing(Event::eventTime).reversed());
    }

    void fails(AwsServiceException why) {
        failure = why;
    }

    List<LookupEventsRequest> asked() {
        return asked;
    }

    @Override
    public LookupEventsResponse lookupEvents(LookupEventsRequest request) {
        asked.add(request);
        if (failure != null) {
            throw failure;
        }
        if (request.lookupAttributes().size() != 1
                || request.lookupAttributes().getFirst().attributeKey() != LookupAttributeKey.EVENT_NAME
                || request.maxResults() > 50) {
            throw new AssertionError("CloudTrail would refuse " + request);
        }
        List<Event> found = events.stream()
                .filter(event -> event.eventName()
                        .equals(request.lookupAttributes().getFirst().attributeValue()))
                .filter(event ->
                        request.startTime() == null || !event.eventTime().isBefore(request.startTime()))
                .filter(event -> request.endTime() == null || !event.eventTime().isAfter(request.endTime()))
                .toList();
        int from = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
        int to = Math.min(from + request.maxResults(), found.size());
        return LookupEventsResponse.builder()
                .events(found.subList(from, to))
                .nextToken(to < found.size() ? Integer.toString(to) : null)
                .build();
    }

    @Override
    public String serviceName() {
        return "cloudtrail";
    }

    @Override
    public void close() {}
}
