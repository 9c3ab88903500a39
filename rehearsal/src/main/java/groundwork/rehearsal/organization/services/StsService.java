package groundwork.rehearsal.organization.services;

import groundwork.rehearsal.organization.call.AccessCheck;
import groundwork.rehearsal.organization.call.AccessChecks;
import groundwork.rehearsal.organization.call.AwsService;
import groundwork.rehearsal.organization.call.Caller;
import groundwork.rehearsal.organization.call.ServiceFault;
import groundwork.rehearsal.organization.store.Cloud;
import groundwork.rehearsal.organization.store.Organization;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.AssumeRootRequest;
import software.amazon.awssdk.services.sts.model.AssumeRootResponse;
import software.amazon.awssdk.services.sts.model.AssumedRoleUser;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;
import software.amazon.awssdk.services.sts.model.StsException;

/** AWS STS: https://docs.aws.amazon.com/STS/latest/APIReference/welcome.html */
final class StsService extends Service {
    /** A role's own maximum is an hour unless it says otherwise. */
    private static final int LONGEST_ROLE_SESSION = 3600;

    private static final int LONGEST_ROOT_SESSION = 900;

    StsService(Cloud cloud) {
        super(cloud, AwsService.STS);
        // Needs no permission, so IAM is asked nothing.
        read("GetCallerIdentity", GetCallerIdentityRequest.class, (call, r) -> List.of(), this::getCallerIdentity);
        read("AssumeRole", AssumeRoleRequest.class, (call, r) -> List.of(r.roleArn()), this::assumeRole);
        read("AssumeRoot", AssumeRootRequest.class, (call, r) -> List.of(rootArn(r)), this::assumeRoot);
    }

    private GetCallerIdentityResponse getCallerIdentity(Invocation call, GetCallerIdentityRequest request) {
        return GetCallerIdentityResponse.builder()
                .account(call.accountId())
                .arn(call.caller().assumedRoleArn())
                .userId("AROAEXAMPLE:" + call.caller().sessionName())
                .build();
    }

    /**
     * The policies of the caller have been asked before; across accounts the trust policy has to allow it, too. A role that does not exist is
     * refused in the same words.
     *
     * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">AssumeRole</a>
     */
    private AssumeRoleResponse assumeRole(Invocation call, AssumeRoleRequest request) {
        int seconds = Objects.requireNonNullElse(request.durationSeconds(), LONGEST_ROLE_SESSION);
        if (!request.roleSessionName().matches("[\\w+=,.@-]{2,64}")
                || seconds < 900
                || seconds > LONGEST_ROLE_SESSION) {
            throw invalid(call, "The session's name or duration is not valid");
        }
        if (!cloud.roleTrust.lets(request.roleArn(), call.caller(), context(call, request))) {
            throw refused(call, "sts:AssumeRole", request.roleArn());
        }
        Caller session = new Caller(account(request.roleArn()), request.roleArn(), request.roleSessionName());
        return AssumeRoleResponse.builder()
                .credentials(cloud.sessions.begin(session, call.now(), Duration.ofSeconds(seconds)))
                .assumedRoleUser(AssumedRoleUser.builder()
                        .arn(session.assumedRoleArn())
                        .assumedRoleId("AROAEXAMPLE:" + session.sessionName())
                        .build())
                .build();
    }

    /**
     * For the management account, or the delegated administrator for IAM, where root credentials management is on; at a Regional endpoint
     * only.
     *
     * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html">AssumeRoot</a>
     */
    private AssumeRootResponse assumeRoot(Invocation call, AssumeRootRequest request) {
        String task = request.taskPolicyArn().arn().replaceFirst("^arn:[a-z-]+:iam::aws:policy/root-task/", "");
        int seconds = Objects.requireNonNullElse(request.durationSeconds(), LONGEST_ROOT_SESSION);
        if (call.region().equals(Region.AWS_GLOBAL)
                || !RootSession.TASKS.contains(task)
                || seconds < 0
                || seconds > LONGEST_ROOT_SESSION) {
            throw invalid(call, "The endpoint, the task policy or the duration is not valid");
        }
        String target = account(rootArn(request));
        if (!mayAssumeRoot(call.accountId(), target)) {
            throw refused(call, "sts:AssumeRoot", rootArn(request));
        }
        if (!task.equals("IAMAuditRootUserCredentials")) {
            throw new UnsupportedOperationException("The rehearsal has no root session for " + task);
        }
        Caller session =
                RootSession.audit(cloud.partition.id(), target, call.caller().sessionName());
        return AssumeRootResponse.builder()
                .credentials(cloud.sessions.begin(session, call.now(), Duration.ofSeconds(seconds)))
                .build();
    }

    /** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-enable-root-access.html */
    private boolean mayAssumeRoot(String caller, String target) {
        return cloud.organizationOf(target)
                .filter(organization -> organization.rootFeatures.contains("RootCredentialsManagement")
                        && organization.trustedAccess.containsKey(Organization.IAM)
                        && !organization.isManagement(target)
                        && (organization.isManagement(caller) || organization.isDelegated(caller, Organization.IAM)))
                .isPresent();
    }

    private RuntimeException refused(Invocation call, String action, String resource) {
        return denied(
                call,
                AccessChecks.Refusal.notAllowed(new AccessCheck(action, resource, Map.of(), false))
                        .message(call.caller())
                        .replaceFirst(" because .*", ""));
    }

    private String rootArn(AssumeRootRequest request) {
        String target = request.targetPrincipal();
        return target.startsWith("arn:") ? target : cloud.arn("iam", "", target, "root");
    }

    private static String account(String arn) {
        return arn.split(":", 6)[4];
    }

    @Override
    Map<String, String> context(Invocation call, AwsRequest request) {
        Map<String, String> context = super.context(call, request);
        switch (request) {
            case AssumeRoleRequest role -> resource(context, account(role.roleArn()));
            case AssumeRootRequest root -> {
                resource(context, account(rootArn(root)));
                context.put("sts:TaskPolicyArn", root.taskPolicyArn().arn());
            }
            default -> {}
        }
        return context;
    }

    private void resource(Map<String, String> context, String accountId) {
        context.put("aws:ResourceAccount", accountId);
        cloud.organizationOf(accountId).ifPresent(organization -> context.put("aws:ResourceOrgID", organization.id));
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
