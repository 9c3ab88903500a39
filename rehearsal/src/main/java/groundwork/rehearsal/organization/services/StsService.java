package groundwork.rehearsal.organization.services;

import groundwork.rehearsal.organization.call.AwsService;
import groundwork.rehearsal.organization.call.Caller;
import groundwork.rehearsal.organization.call.ServiceFault;
import groundwork.rehearsal.organization.store.Cloud;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.AssumedRoleUser;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;
import software.amazon.awssdk.services.sts.model.StsException;

/** AWS STS: https://docs.aws.amazon.com/STS/latest/APIReference/welcome.html */
final class StsService extends Service {
    StsService(Cloud cloud) {
        super(cloud, AwsService.STS);
        // Needs no permission, so IAM is asked nothing.
        read("GetCallerIdentity", GetCallerIdentityRequest.class, (call, r) -> List.of(), this::getCallerIdentity);
        read("AssumeRole", AssumeRoleRequest.class, (call, r) -> List.of(r.roleArn()), this::assumeRole);
    }

    private GetCallerIdentityResponse getCallerIdentity(Invocation call, GetCallerIdentityRequest request) {
        return GetCallerIdentityResponse.builder()
                .account(call.accountId())
                .arn(call.caller().assumedRoleArn())
                .userId("AROAEXAMPLE:" + call.caller().sessionName())
                .build();
    }

    private AssumeRoleResponse assumeRole(Invocation call, AssumeRoleRequest request) {
        int seconds = request.durationSeconds() == null ? 3600 : request.durationSeconds();
        if (seconds < 900 || seconds > 43_200) {
            throw invalid(call, "DurationSeconds has to be between 900 and 43200");
        }
        if (!cloud.roleTrust.trusts(call.caller(), request)) {
            throw denied(
                    call,
                    "User: %s is not authorized to perform: sts:AssumeRole on resource: %s"
                            .formatted(call.caller().assumedRoleArn(), request.roleArn()));
        }
        Caller session = new Caller(request.roleArn().split(":", 6)[4], request.roleArn(), request.roleSessionName());
        String accessKeyId = cloud.ids.unique("ASIA").substring(0, 20);
        cloud.sessionsByAccessKey.put(accessKeyId, session);
        return AssumeRoleResponse.builder()
                .assumedRoleUser(AssumedRoleUser.builder()
                        .arn(session.assumedRoleArn())
                        .assumedRoleId("AROAEXAMPLE:" + session.sessionName())
                        .build())
                .credentials(Credentials.builder()
                        .accessKeyId(accessKeyId)
                        .secretAccessKey(cloud.ids.alphanumeric(40))
                        .sessionToken(cloud.ids.alphanumeric(64))
                        .expiration(call.now().plus(Duration.ofSeconds(seconds)))
                        .build())
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
