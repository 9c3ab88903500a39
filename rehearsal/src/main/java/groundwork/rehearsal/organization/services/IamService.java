package groundwork.rehearsal.organization.services;

import groundwork.rehearsal.organization.call.AwsService;
import groundwork.rehearsal.organization.call.ServiceFault;
import groundwork.rehearsal.organization.store.Account;
import groundwork.rehearsal.organization.store.Cloud;
import groundwork.rehearsal.organization.store.Organization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.iam.model.AccountNotManagementOrDelegatedAdministratorException;
import software.amazon.awssdk.services.iam.model.AssignmentStatusType;
import software.amazon.awssdk.services.iam.model.ConcurrentModificationException;
import software.amazon.awssdk.services.iam.model.GetAccountSummaryRequest;
import software.amazon.awssdk.services.iam.model.GetAccountSummaryResponse;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.LimitExceededException;
import software.amazon.awssdk.services.iam.model.ListAccountAliasesRequest;
import software.amazon.awssdk.services.iam.model.ListAccountAliasesResponse;
import software.amazon.awssdk.services.iam.model.ListOrganizationsFeaturesRequest;
import software.amazon.awssdk.services.iam.model.ListOrganizationsFeaturesResponse;
import software.amazon.awssdk.services.iam.model.ListVirtualMfaDevicesRequest;
import software.amazon.awssdk.services.iam.model.ListVirtualMfaDevicesResponse;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.OrganizationNotFoundException;
import software.amazon.awssdk.services.iam.model.ServiceAccessNotEnabledException;
import software.amazon.awssdk.services.iam.model.ServiceFailureException;
import software.amazon.awssdk.services.iam.model.User;
import software.amazon.awssdk.services.iam.model.VirtualMFADevice;

/** IAM, as far as an account's root user, organization features and the roles of Identity Center go: https://docs.aws.amazon.com/IAM/latest/APIReference/welcome.html */
final class IamService extends Service {
    static final int PAGE = 1000;

    IamService(Cloud cloud) {
        super(cloud, AwsService.IAM);
        read("GetAccountSummary", GetAccountSummaryRequest.class, anyResource(), this::getAccountSummary);
        read("ListVirtualMFADevices", ListVirtualMfaDevicesRequest.class, anyResource(), this::listVirtualMfaDevices);
        read("ListAccountAliases", ListAccountAliasesRequest.class, anyResource(), this::listAccountAliases);
        read(
                "ListOrganizationsFeatures",
                ListOrganizationsFeaturesRequest.class,
                anyResource(),
                this::listOrganizationsFeatures);
        new RootUserCredentials(this).register();
        new IamRoles(this).register();
    }

    RuntimeException noSuchEntity(Invocation call, String message) {
        return failure(ServiceFault.NOT_FOUND, message, call.requestId());
    }

    // https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html
    private GetAccountSummaryResponse getAccountSummary(Invocation call, GetAccountSummaryRequest request) {
        Account account = cloud.account(call.accountId());
        long virtual = account.rootMfaDevices.stream()
                .filter(Account.MfaDevice::virtual)
                .count();
        Map<String, Integer> summary = new TreeMap<>();
        summary.put("AccountMFAEnabled", account.rootMfaDevices.isEmpty() ? 0 : 1);
        summary.put("AccountAccessKeysPresent", account.rootAccessKeys.isEmpty() ? 0 : 1);
        summary.put("AccountSigningCertificatesPresent", account.rootSigningCertificates == 0 ? 0 : 1);
        summary.put("AccountPasswordPresent", account.rootPassword ? 1 : 0);
        summary.put("MFADevices", (int) virtual);
        summary.put("MFADevicesInUse", (int) virtual);
        summary.put("Users", 0);
        summary.put("UsersQuota", 5000);
        summary.put("Groups", 0);
        summary.put("GroupsQuota", 300);
        return GetAccountSummaryResponse.builder()
                .summaryMapWithStrings(summary)
                .build();
    }

    private ListVirtualMfaDevicesResponse listVirtualMfaDevices(Invocation call, ListVirtualMfaDevicesRequest request) {
        Stream<Account.MfaDevice> devices = request.assignmentStatus() == AssignmentStatusType.UNASSIGNED
                ? Stream.empty()
                : cloud.account(call.accountId()).rootMfaDevices.stream().filter(Account.MfaDevice::virtual);
        Paging.Page<Account.MfaDevice> page =
                page(call, devices.toList(), request.marker(), asked(request.maxItems()), PAGE);
        return ListVirtualMfaDevicesResponse.builder()
                .virtualMFADevices(page.items().stream()
                        .map(device -> VirtualMFADevice.builder()
                                .serialNumber(device.serialNumber())
                                .enableDate(device.enabledAt())
                                // The root user comes without path and user name.
                                .user(User.builder()
                                        .arn(cloud.arn("iam", "", call.accountId(), "root"))
                                        .userId(call.accountId())
                                        .createDate(cloud.account(call.accountId()).createdAt)
                                        .build())
                                .build())
                        .toList())
                .isTruncated(page.nextToken() != null)
                .marker(page.nextToken())
                .build();
    }

    /** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOrganizationsFeatures.html */
    private ListOrganizationsFeaturesResponse listOrganizationsFeatures(
            Invocation call, ListOrganizationsFeaturesRequest request) {
        Organization organization = cloud.organizationOf(call.accountId())
                .orElseThrow(() -> failed(
                        call,
                        OrganizationNotFoundException::builder,
                        "OrganizationNotFoundException",
                        "The account is not a member of an organization."));
        if (!organization.isManagement(call.accountId())
                && !organization.isDelegated(call.accountId(), Organization.IAM)) {
            throw failed(
                    call,
                    AccountNotManagementOrDelegatedAdministratorException::builder,
                    "AccountNotManagementOrDelegatedAdministratorException",
                    "The account is neither the management account nor a delegated administrator.");
        }
        if (!organization.trustedAccess.containsKey(Organization.IAM)) {
            throw failed(
                    call,
                    ServiceAccessNotEnabledException::builder,
                    "ServiceAccessNotEnabledException",
                    "Trusted access is not enabled for IAM.");
        }
        return ListOrganizationsFeaturesResponse.builder()
                .organizationId(organization.id)
                .enabledFeaturesWithStrings(organization.rootFeatures)
                .build();
    }

    private RuntimeException failed(
            Invocation call, Supplier<? extends AwsServiceException.Builder> builder, String code, String message) {
        ErrorShape shape = new ErrorShape(builder, code, 400);
        return describe(shape.builder().get(), shape, message, call.requestId()).build();
    }

    private ListAccountAliasesResponse listAccountAliases(Invocation call, ListAccountAliasesRequest request) {
        List<String> aliases = cloud.account(call.accountId()).alias.stream().toList();
        Paging.Page<String> page = page(call, aliases, request.marker(), asked(request.maxItems()), PAGE);
        return ListAccountAliasesResponse.builder()
                .accountAliases(page.items())
                .isTruncated(page.nextToken() != null)
                .marker(page.nextToken())
                .build();
    }

    @Override
    Optional<ErrorShape> errorShape(ServiceFault fault) {
        return Optional.of(
                switch (fault) {
                    case ACCESS_DENIED -> new ErrorShape(IamException::builder, "AccessDenied", 403);
                    case THROTTLED -> new ErrorShape(IamException::builder, "Throttling", 400);
                    case INTERNAL_ERROR -> new ErrorShape(ServiceFailureException::builder, "ServiceFailure", 500);
                    case CONFLICT ->
                        new ErrorShape(ConcurrentModificationException::builder, "ConcurrentModification", 409);
                    case VALIDATION -> new ErrorShape(IamException::builder, "ValidationError", 400);
                    case NOT_FOUND -> new ErrorShape(NoSuchEntityException::builder, "NoSuchEntity", 404);
                    case QUOTA_EXCEEDED -> new ErrorShape(LimitExceededException::builder, "LimitExceeded", 409);
                });
    }
}
