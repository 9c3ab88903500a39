package groundwork.rehearsal.account;

import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.cloudtrail.model.CloudTrailException;
import software.amazon.awssdk.services.cloudtrail.model.ConflictException;
import software.amazon.awssdk.services.cloudtrail.model.DescribeTrailsRequest;
import software.amazon.awssdk.services.cloudtrail.model.DescribeTrailsResponse;
import software.amazon.awssdk.services.cloudtrail.model.GetEventSelectorsRequest;
import software.amazon.awssdk.services.cloudtrail.model.GetEventSelectorsResponse;
import software.amazon.awssdk.services.cloudtrail.model.GetTrailStatusRequest;
import software.amazon.awssdk.services.cloudtrail.model.GetTrailStatusResponse;
import software.amazon.awssdk.services.cloudtrail.model.InvalidParameterException;
import software.amazon.awssdk.services.cloudtrail.model.ServiceQuotaExceededException;
import software.amazon.awssdk.services.cloudtrail.model.ThrottlingException;
import software.amazon.awssdk.services.cloudtrail.model.TrailNotFoundException;

/** AWS CloudTrail, for those who look at trails: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/Welcome.html */
final class CloudTrailService extends Service {
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
