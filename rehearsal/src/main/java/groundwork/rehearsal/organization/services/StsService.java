package groundwork.rehearsal.organization.services;

import groundwork.rehearsal.organization.call.AwsService;
import groundwork.rehearsal.organization.call.ServiceFault;
import groundwork.rehearsal.organization.store.Cloud;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;
import software.amazon.awssdk.services.sts.model.StsException;

/** AWS STS: https://docs.aws.amazon.com/STS/latest/APIReference/welcome.html */
final class StsService extends Service {
    StsService(Cloud cloud) {
        super(cloud, AwsService.STS);
        // Needs no permission, so IAM is asked nothing.
        read("GetCallerIdentity", GetCallerIdentityRequest.class, (call, r) -> List.of(), this::getCallerIdentity);
    }

    private GetCallerIdentityResponse getCallerIdentity(Invocation call, GetCallerIdentityRequest request) {
        return GetCallerIdentityResponse.builder()
                .account(call.accountId())
                .arn(call.caller().assumedRoleArn())
                .userId("AROAEXAMPLE:" + call.caller().sessionName())
                .build();
    }

    @Override
    Optional<ErrorShape> errorShape(ServiceFault fault) {
        return switch (fault) {
            case ACCESS_DENIED -> Optional.of(new ErrorShape(StsException::builder, "AccessDenied", 403));
            case THROTTLED -> Optional.of(new ErrorShape(StsException::builder, "Throttling", 400));
            case INTERNAL_ERROR -> Optional.of(new ErrorShape(StsException::builder, "InternalFailure", 500));
            case VALIDATION -> Optional.of(new ErrorShape(StsException::builder, "ValidationError", 400));
            case CONFLICT, NOT_FOUND, QUOTA_EXCEEDED -> Optional.empty();
        };
    }
}
