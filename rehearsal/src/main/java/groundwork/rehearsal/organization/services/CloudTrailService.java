package groundwork.rehearsal.organization.services;

import com.fasterxml.jackson.databind.JsonNode;
import groundwork.rehearsal.organization.call.AwsService;
import groundwork.rehearsal.organization.call.ServiceFault;
import groundwork.rehearsal.organization.store.Cloud;
import groundwork.rehearsal.organization.trail.Trail;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudtrail.model.CloudTrailException;
import software.amazon.awssdk.services.cloudtrail.model.ConflictException;
import software.amazon.awssdk.services.cloudtrail.model.DescribeTrailsRequest;
import software.amazon.awssdk.services.cloudtrail.model.DescribeTrailsResponse;
import software.amazon.awssdk.services.cloudtrail.model.Event;
import software.amazon.awssdk.services.cloudtrail.model.GetEventSelectorsRequest;
import software.amazon.awssdk.services.cloudtrail.model.GetEventSelectorsResponse;
import software.amazon.awssdk.services.cloudtrail.model.GetTrailStatusRequest;
import software.amazon.awssdk.services.cloudtrail.model.GetTrailStatusResponse;
import software.amazon.awssdk.services.cloudtrail.model.InvalidLookupAttributesException;
import software.amazon.awssdk.services.cloudtrail.model.InvalidMaxResultsException;
import software.amazon.awssdk.services.cloudtrail.model.InvalidNextTokenException;
import software.amazon.awssdk.services.cloudtrail.model.InvalidParameterException;
import software.amazon.awssdk.services.cloudtrail.model.InvalidTimeRangeException;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttribute;
import software.amazon.awssdk.services.cloudtrail.model.LookupEventsRequest;
import software.amazon.awssdk.services.cloudtrail.model.LookupEventsResponse;
import software.amazon.awssdk.services.cloudtrail.model.ServiceQuotaExceededException;
import software.amazon.awssdk.services.cloudtrail.model.ThrottlingException;
import software.amazon.awssdk.services.cloudtrail.model.TrailNotFoundException;

/** AWS CloudTrail, for those who look at trails and at the event history: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/Welcome.html */
final class CloudTrailService extends Service {
    /**
     * On average about five minutes, which AWS does not guarantee; the rehearsal takes a bad day.
     *
     * @see <a href="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/how-cloudtrail-works.html">How CloudTrail works</a>
     */
    private static final Duration LAG = Duration.ofMinutes(15);

    private static final Duration KEPT = Duration.ofDays(90);
    private static final int PAGE = 50;

    CloudTrailService(Cloud cloud) {
        super(cloud, AwsService.CLOUDTRAIL);
        read("DescribeTrails", DescribeTrailsRequest.class, anyResource(), this::describeTrails);
        read(
                "GetTrailStatus",
                GetTrailStatusRequest.class,
                (call, r) -> List.of(arn(call, r.name())),
                this::getTrailStatus);
        read(
                "GetEventSelectors",
                GetEventSelectorsRequest.class,
                (call, r) -> List.of(arn(call, r.trailName())),
                this::getEventSelectors);
        read("LookupEvents", LookupEventsRequest.class, anyResource(), this::lookupEvents);
    }

    /**
     * The event history: of one account and Region, newest first, whether or not there is a trail. The limit of two requests a
     * second is not enforced: the SDK waits and asks again, and in virtual time no time passes meanwhile.
     *
     * @see <a href="https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html">LookupEvents</a>
     */
    private LookupEventsResponse lookupEvents(Invocation call, LookupEventsRequest request) {
        if (request.lookupAttributes().size() > 1) {
            throw refused(
                    call,
                    InvalidLookupAttributesException::builder,
                    "InvalidLookupAttributesException",
                    "You can specify only one lookup attribute.");
        }
        if (request.startTime() != null
                && request.endTime() != null
                && request.startTime().isAfter(request.endTime())) {
            throw refused(
                    call,
                    InvalidTimeRangeException::builder,
                    "InvalidTimeRangeException",
                    "The start time is after the end time.");
        }
        int size = request.maxResults() == null ? PAGE : request.maxResults();
        if (size < 1 || size > PAGE) {
            throw refused(
                    call,
                    InvalidMaxResultsException::builder,
                    "InvalidMaxResultsException",
                    "The number of results must be from 1 to " + PAGE + ".");
        }
        Instant now = cloud.now();
        List<JsonNode> found = new ArrayList<>(cloud.events.history().stream()
                .filter(event -> event.path("account").asText().equals(call.accountId())
                        && event.path("region").asText().equals(call.region().id()))
                .map(event -> event.path("detail"))
                .filter(record -> !eventTime(record).isAfter(now.minus(LAG))
                        && !eventTime(record).isBefore(now.minus(KEPT)))
                .filter(record ->
                        request.startTime() == null || !eventTime(record).isBefore(request.startTime()))
                .filter(record ->
                        request.endTime() == null || !eventTime(record).isAfter(request.endTime()))
                .filter(record -> request.lookupAttributes().stream().allMatch(attribute -> has(record, attribute)))
                .toList());
        Collections.reverse(found);
        try {
            Paging.Page<JsonNode> page = Paging.page(
                    found,
                    request.nextToken(),
                    Math.min(size, cloud.behavior.pageSize()),
                    cloud.behavior.emptyFirstPages());
            return LookupEventsResponse.builder()
                    .events(page.items().stream().map(CloudTrailService::event).toList())
                    .nextToken(page.nextToken())
                    .build();
        } catch (IllegalArgumentException e) {
            throw refused(
                    call, InvalidNextTokenException::builder, "InvalidNextTokenException", "The token is not valid.");
        }
    }

    private AwsServiceException refused(
            Invocation call, Supplier<? extends AwsServiceException.Builder> builder, String code, String message) {
        ErrorShape shape = new ErrorShape(builder, code, 400);
        return describe(builder.get(), shape, message, call.requestId()).build();
    }

    private static Instant eventTime(JsonNode record) {
        return Instant.parse(record.path("eventTime").asText());
    }

    private static boolean has(JsonNode record, LookupAttribute attribute) {
        return switch (attribute.attributeKey()) {
            case EVENT_NAME -> record.path("eventName").asText().equals(attribute.attributeValue());
            case EVENT_ID -> record.path("eventID").asText().equals(attribute.attributeValue());
            case EVENT_SOURCE -> record.path("eventSource").asText().equals(attribute.attributeValue());
            default -> throw new UnsupportedOperationException("Looking up by " + attribute.attributeKey());
        };
    }

    private static Event event(JsonNode record) {
        return Event.builder()
                .eventId(record.path("eventID").asText())
                .eventName(record.path("eventName").asText())
                .eventSource(record.path("eventSource").asText())
                .eventTime(eventTime(record))
                .readOnly(record.path("readOnly").asText())
                .cloudTrailEvent(record.toString())
                .build();
    }

    // Trails of other Regions and of the organization show as shadow trails, which is the default.
    private DescribeTrailsResponse describeTrails(Invocation call, DescribeTrailsRequest request) {
        boolean shadows = !Boolean.FALSE.equals(request.includeShadowTrails());
        return DescribeTrailsResponse.builder()
                .trailList(cloud.trailsOf(call.accountId()).stream()
                        .filter(trail -> trail.isIn(call.region()))
                        .filter(trail -> shadows || isHere(call, trail))
                        .filter(trail -> request.trailNameList().isEmpty()
                                || request.trailNameList().contains(trail.name())
                                || request.trailNameList().contains(cloud.trailArn(trail)))
                        .map(this::model)
                        .toList())
                .build();
    }

    private software.amazon.awssdk.services.cloudtrail.model.Trail model(Trail trail) {
        return software.amazon.awssdk.services.cloudtrail.model.Trail.builder()
                .name(trail.name())
                .trailARN(cloud.trailArn(trail))
                .homeRegion(trail.homeRegion().id())
                .isMultiRegionTrail(trail.multiRegion())
                .isOrganizationTrail(trail.organizationTrail())
                .includeGlobalServiceEvents(trail.multiRegion())
                .hasCustomEventSelectors(!trail.advancedSelectors().isEmpty())
                .s3BucketName(trail.name() + "-" + trail.accountId())
                .build();
    }

    private GetTrailStatusResponse getTrailStatus(Invocation call, GetTrailStatusRequest request) {
        return GetTrailStatusResponse.builder()
                .isLogging(trail(call, request.name()).logging())
                .build();
    }

    private GetEventSelectorsResponse getEventSelectors(Invocation call, GetEventSelectorsRequest request) {
        Trail trail = trail(call, request.trailName());
        GetEventSelectorsResponse.Builder response =
                GetEventSelectorsResponse.builder().trailARN(cloud.trailArn(trail));
        return trail.advancedSelectors().isEmpty()
                ? response.eventSelectors(trail.selectors()).build()
                : response.advancedEventSelectors(trail.advancedSelectors()).build();
    }

    /** A shadow trail is known by its ARN only: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrailStatus.html */
    private Trail trail(Invocation call, String nameOrArn) {
        return cloud.trailsOf(call.accountId()).stream()
                .filter(trail -> trail.isIn(call.region()))
                .filter(trail -> cloud.trailArn(trail).equals(nameOrArn)
                        || (isHere(call, trail) && trail.name().equals(nameOrArn)))
                .findFirst()
                .orElseThrow(() -> failure(
                        ServiceFault.NOT_FOUND,
                        "Unknown trail: %s for the user: %s".formatted(nameOrArn, call.accountId()),
                        call.requestId()));
    }

    private static boolean isHere(Invocation call, Trail trail) {
        return trail.homeRegion().equals(call.region()) && trail.accountId().equals(call.accountId());
    }

    private String arn(Invocation call, String nameOrArn) {
        return nameOrArn.startsWith("arn:")
                ? nameOrArn
                : cloud.arn("cloudtrail", call.region().id(), call.accountId(), "trail/" + nameOrArn);
    }

    @Override
    Optional<ErrorShape> errorShape(ServiceFault fault) {
        return Optional.of(
                switch (fault) {
                    case ACCESS_DENIED -> new ErrorShape(CloudTrailException::builder, "AccessDeniedException", 400);
                    case THROTTLED -> new ErrorShape(ThrottlingException::builder, "ThrottlingException", 400);
                    case INTERNAL_ERROR -> new ErrorShape(CloudTrailException::builder, "InternalFailure", 500);
                    case CONFLICT -> new ErrorShape(ConflictException::builder, "ConflictException", 400);
                    case VALIDATION ->
                        new ErrorShape(InvalidParameterException::builder, "InvalidParameterException", 400);
                    case NOT_FOUND -> new ErrorShape(TrailNotFoundException::builder, "TrailNotFoundException", 400);
                    case QUOTA_EXCEEDED ->
                        new ErrorShape(ServiceQuotaExceededException::builder, "ServiceQuotaExceededException", 400);
                });
    }
}
