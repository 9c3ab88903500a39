package groundwork.rehearsal.organization.services;

import groundwork.rehearsal.organization.call.AwsService;
import groundwork.rehearsal.organization.call.ServiceFault;
import groundwork.rehearsal.organization.store.Account;
import groundwork.rehearsal.organization.store.Cloud;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.account.model.AccessDeniedException;
import software.amazon.awssdk.services.account.model.ConflictException;
import software.amazon.awssdk.services.account.model.GetAccountInformationRequest;
import software.amazon.awssdk.services.account.model.GetAccountInformationResponse;
import software.amazon.awssdk.services.account.model.InternalServerException;
import software.amazon.awssdk.services.account.model.ListRegionsRequest;
import software.amazon.awssdk.services.account.model.ListRegionsResponse;
import software.amazon.awssdk.services.account.model.RegionOptStatus;
import software.amazon.awssdk.services.account.model.ResourceNotFoundException;
import software.amazon.awssdk.services.account.model.TooManyRequestsException;
import software.amazon.awssdk.services.account.model.ValidationException;

/** AWS Account Management: https://docs.aws.amazon.com/accounts/latest/reference/api-reference.html */
final class AccountService extends Service {
    AccountService(Cloud cloud) {
        super(cloud, AwsService.ACCOUNT);
        read(
                "ListRegions",
                ListRegionsRequest.class,
                (call, r) -> List.of(arn(call, r.accountId())),
                this::listRegions);
        read(
                "GetAccountInformation",
                GetAccountInformationRequest.class,
                (call, r) -> List.of(arn(call, r.accountId())),
                this::getAccountInformation);
    }

    private ListRegionsResponse listRegions(Invocation call, ListRegionsRequest request) {
        target(call, request.accountId(), "ListRegions");
        List<software.amazon.awssdk.services.account.model.Region> regions = cloud.enabledRegions.stream()
                .sorted(Comparator.comparing(Region::id))
                .map(region -> software.amazon.awssdk.services.account.model.Region.builder()
                        .regionName(region.id())
                        .regionOptStatus(RegionOptStatus.ENABLED_BY_DEFAULT)
                        .build())
                .filter(region -> request.regionOptStatusContains().isEmpty()
                        || request.regionOptStatusContains().contains(region.regionOptStatus()))
                .toList();
        Paging.Page<software.amazon.awssdk.services.account.model.Region> page =
                page(call, regions, request.nextToken(), asked(request.maxResults()), 50);
        return ListRegionsResponse.builder()
                .regions(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    private GetAccountInformationResponse getAccountInformation(Invocation call, GetAccountInformationRequest request) {
        Account account = target(call, request.accountId(), "GetAccountInformation");
        return GetAccountInformationResponse.builder()
                .accountId(account.id)
                .accountName(account.name)
                .accountCreatedDate(account.createdAt)
                .build();
    }

    /**
     * The own account, or, from the management account or the service's delegated administrator, another one of the
     * organization: https://docs.aws.amazon.com/accounts/latest/reference/API_GetAccountInformation.html
     */
    private Account target(Invocation call, String accountId, String operation) {
        if (accountId == null) {
            return cloud.account(call.accountId());
        }
        boolean mayAsk =
                cloud.isManagement(call.accountId()) || cloud.isDelegated(call.accountId(), "account.amazonaws.com");
        boolean trusted = cloud.organization
                .filter(organization -> organization.trustedAccess.containsKey("account.amazonaws.com"))
                .isPresent();
        if (!mayAsk || !trusted) {
            throw denied(
                    call,
                    "User: %s is not authorized to perform: account:%s on resource: %s"
                            .formatted(call.caller().assumedRoleArn(), operation, arn(call, accountId)));
        }
        if (cloud.isManagement(accountId)) {
            throw invalid(call, "The management account cannot specify its own account id");
        }
        return Optional.ofNullable(cloud.accounts.get(accountId))
                .orElseThrow(() -> denied(call, "The account " + accountId + " is not in the organization"));
    }

    private String arn(Invocation call, String accountId) {
        return cloud.organization
                .filter(organization -> accountId != null)
                .map(organization -> cloud.arn(
                        "account",
                        "",
                        organization.managementAccountId,
                        "account/" + organization.id + "/" + accountId))
                .orElse(cloud.arn("account", "", call.accountId(), "account"));
    }

    @Override
    Optional<ErrorShape> errorShape(ServiceFault fault) {
        return switch (fault) {
            case ACCESS_DENIED ->
                Optional.of(new ErrorShape(AccessDeniedException::builder, "AccessDeniedException", 403));
            case THROTTLED ->
                Optional.of(new ErrorShape(TooManyRequestsException::builder, "TooManyRequestsException", 429));
            case INTERNAL_ERROR ->
                Optional.of(new ErrorShape(InternalServerException::builder, "InternalServerException", 500));
            case CONFLICT -> Optional.of(new ErrorShape(ConflictException::builder, "ConflictException", 409));
            case VALIDATION -> Optional.of(new ErrorShape(ValidationException::builder, "ValidationException", 400));
            case NOT_FOUND ->
                Optional.of(new ErrorShape(ResourceNotFoundException::builder, "ResourceNotFoundException", 404));
            case QUOTA_EXCEEDED -> Optional.empty();
        };
    }
}
