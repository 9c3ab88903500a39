package groundwork.rehearsal.organization.services;

import groundwork.rehearsal.organization.call.AwsService;
import groundwork.rehearsal.organization.call.ServiceFault;
import groundwork.rehearsal.organization.store.Account;
import groundwork.rehearsal.organization.store.Cloud;
import groundwork.rehearsal.organization.store.Organization;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.organizations.model.AccessDeniedException;
import software.amazon.awssdk.services.organizations.model.AccountJoinedMethod;
import software.amazon.awssdk.services.organizations.model.AccountNotFoundException;
import software.amazon.awssdk.services.organizations.model.AccountState;
import software.amazon.awssdk.services.organizations.model.AccountStatus;
import software.amazon.awssdk.services.organizations.model.AwsOrganizationsNotInUseException;
import software.amazon.awssdk.services.organizations.model.ConcurrentModificationException;
import software.amazon.awssdk.services.organizations.model.ConstraintViolationException;
import software.amazon.awssdk.services.organizations.model.DescribeAccountRequest;
import software.amazon.awssdk.services.organizations.model.DescribeAccountResponse;
import software.amazon.awssdk.services.organizations.model.DescribeOrganizationRequest;
import software.amazon.awssdk.services.organizations.model.DescribeOrganizationResponse;
import software.amazon.awssdk.services.organizations.model.InvalidInputException;
import software.amazon.awssdk.services.organizations.model.ListAccountsRequest;
import software.amazon.awssdk.services.organizations.model.ListAccountsResponse;
import software.amazon.awssdk.services.organizations.model.OrganizationFeatureSet;
import software.amazon.awssdk.services.organizations.model.ServiceException;
import software.amazon.awssdk.services.organizations.model.TooManyRequestsException;

/** AWS Organizations: https://docs.aws.amazon.com/organizations/latest/APIReference/Welcome.html */
final class OrganizationsService extends Service {
    private static final int PAGE = 20;

    OrganizationsService(Cloud cloud) {
        super(cloud, AwsService.ORGANIZATIONS);
        read("DescribeOrganization", DescribeOrganizationRequest.class, anyResource(), this::describeOrganization);
        read(
                "DescribeAccount",
                DescribeAccountRequest.class,
                (call, r) -> List.of(accountArn(r.accountId())),
                this::describeAccount);
        read("ListAccounts", ListAccountsRequest.class, anyResource(), this::listAccounts);
    }

    private String accountArn(String accountId) {
        return cloud.organization
                .map(organization -> cloud.arn(
                        "organizations",
                        "",
                        organization.managementAccountId,
                        "account/" + organization.id + "/" + accountId))
                .orElse("*");
    }

    // Every account of the organization may ask; a standalone account learns that it is one.
    private DescribeOrganizationResponse describeOrganization(Invocation call, DescribeOrganizationRequest request) {
        Organization organization = inUse(call);
        String management = organization.managementAccountId;
        return DescribeOrganizationResponse.builder()
                .organization(software.amazon.awssdk.services.organizations.model.Organization.builder()
                        .id(organization.id)
                        .arn(cloud.arn("organizations", "", management, "organization/" + organization.id))
                        .featureSet(OrganizationFeatureSet.ALL)
                        .masterAccountId(management)
                        .masterAccountArn(accountArn(management))
                        .masterAccountEmail(cloud.account(management).email)
                        .build())
                .build();
    }

    private DescribeAccountResponse describeAccount(Invocation call, DescribeAccountRequest request) {
        privileged(call);
        Account account = Optional.ofNullable(cloud.accounts.get(request.accountId()))
                .orElseThrow(() -> failure(
                        ServiceFault.NOT_FOUND, "You specified an account that doesn't exist.", call.requestId()));
        return DescribeAccountResponse.builder().account(model(account)).build();
    }

    private ListAccountsResponse listAccounts(Invocation call, ListAccountsRequest request) {
        privileged(call);
        Paging.Page<Account> page = page(
                call, List.copyOf(cloud.accounts.values()), request.nextToken(), asked(request.maxResults()), PAGE);
        return ListAccountsResponse.builder()
                .accounts(page.items().stream().map(this::model).toList())
                .nextToken(page.nextToken())
                .build();
    }

    private software.amazon.awssdk.services.organizations.model.Account model(Account account) {
        return software.amazon.awssdk.services.organizations.model.Account.builder()
                .id(account.id)
                .arn(accountArn(account.id))
                .name(account.name)
                .email(account.email)
                .status(account.suspended ? AccountStatus.SUSPENDED : AccountStatus.ACTIVE)
                .state(account.suspended ? AccountState.SUSPENDED : AccountState.ACTIVE)
                .joinedMethod(AccountJoinedMethod.CREATED)
                .joinedTimestamp(account.createdAt)
                .build();
    }

    private Organization inUse(Invocation call) {
        return cloud.organization.orElseThrow(() -> {
            ErrorShape shape = new ErrorShape(
                    AwsOrganizationsNotInUseException::builder, "AWSOrganizationsNotInUseException", 400);
            return describe(
                            shape.builder().get(),
                            shape,
                            "Your account is not a member of an organization.",
                            call.requestId())
                    .build();
        });
    }

    /** Only the management account and delegated administrators, of whatever service, may list. */
    private void privileged(Invocation call) {
        Organization organization = inUse(call);
        if (!organization.isManagement(call.accountId()) && !organization.isDelegatedForAnything(call.accountId())) {
            throw denied(call, "You don't have permissions to access this resource.");
        }
    }

    @Override
    Optional<ErrorShape> errorShape(ServiceFault fault) {
        return Optional.of(
                switch (fault) {
                    case ACCESS_DENIED -> new ErrorShape(AccessDeniedException::builder, "AccessDeniedException", 400);
                    case THROTTLED ->
                        new ErrorShape(TooManyRequestsException::builder, "TooManyRequestsException", 400);
                    case INTERNAL_ERROR -> new ErrorShape(ServiceException::builder, "ServiceException", 500);
                    case CONFLICT ->
                        new ErrorShape(
                                ConcurrentModificationException::builder, "ConcurrentModificationException", 400);
                    case VALIDATION -> new ErrorShape(InvalidInputException::builder, "InvalidInputException", 400);
                    case NOT_FOUND ->
                        new ErrorShape(AccountNotFoundException::builder, "AccountNotFoundException", 400);
                    case QUOTA_EXCEEDED ->
                        new ErrorShape(ConstraintViolationException::builder, "ConstraintViolationException", 400);
                });
    }
}
