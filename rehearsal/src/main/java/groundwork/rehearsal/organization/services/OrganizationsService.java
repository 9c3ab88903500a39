package groundwork.rehearsal.organization.services;

import groundwork.rehearsal.organization.call.AwsService;
import groundwork.rehearsal.organization.call.ServiceFault;
import groundwork.rehearsal.organization.store.Account;
import groundwork.rehearsal.organization.store.Cloud;
import groundwork.rehearsal.organization.store.Organization;
import groundwork.rehearsal.organization.store.RequestRates.Rate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.organizations.model.AccessDeniedException;
import software.amazon.awssdk.services.organizations.model.AccountJoinedMethod;
import software.amazon.awssdk.services.organizations.model.AccountNotFoundException;
import software.amazon.awssdk.services.organizations.model.AwsOrganizationsNotInUseException;
import software.amazon.awssdk.services.organizations.model.ChildNotFoundException;
import software.amazon.awssdk.services.organizations.model.ConcurrentModificationException;
import software.amazon.awssdk.services.organizations.model.ConstraintViolationException;
import software.amazon.awssdk.services.organizations.model.DelegatedAdministrator;
import software.amazon.awssdk.services.organizations.model.DescribeAccountRequest;
import software.amazon.awssdk.services.organizations.model.DescribeAccountResponse;
import software.amazon.awssdk.services.organizations.model.DescribeOrganizationRequest;
import software.amazon.awssdk.services.organizations.model.DescribeOrganizationResponse;
import software.amazon.awssdk.services.organizations.model.EnabledServicePrincipal;
import software.amazon.awssdk.services.organizations.model.InvalidInputException;
import software.amazon.awssdk.services.organizations.model.ListAccountsForParentRequest;
import software.amazon.awssdk.services.organizations.model.ListAccountsForParentResponse;
import software.amazon.awssdk.services.organizations.model.ListAccountsRequest;
import software.amazon.awssdk.services.organizations.model.ListAccountsResponse;
import software.amazon.awssdk.services.organizations.model.ListAwsServiceAccessForOrganizationRequest;
import software.amazon.awssdk.services.organizations.model.ListAwsServiceAccessForOrganizationResponse;
import software.amazon.awssdk.services.organizations.model.ListDelegatedAdministratorsRequest;
import software.amazon.awssdk.services.organizations.model.ListDelegatedAdministratorsResponse;
import software.amazon.awssdk.services.organizations.model.ListOrganizationalUnitsForParentRequest;
import software.amazon.awssdk.services.organizations.model.ListOrganizationalUnitsForParentResponse;
import software.amazon.awssdk.services.organizations.model.ListParentsRequest;
import software.amazon.awssdk.services.organizations.model.ListParentsResponse;
import software.amazon.awssdk.services.organizations.model.ListRootsRequest;
import software.amazon.awssdk.services.organizations.model.ListRootsResponse;
import software.amazon.awssdk.services.organizations.model.OrganizationFeatureSet;
import software.amazon.awssdk.services.organizations.model.OrganizationalUnit;
import software.amazon.awssdk.services.organizations.model.Parent;
import software.amazon.awssdk.services.organizations.model.ParentNotFoundException;
import software.amazon.awssdk.services.organizations.model.ParentType;
import software.amazon.awssdk.services.organizations.model.Root;
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
        read(
                "ListDelegatedAdministrators",
                ListDelegatedAdministratorsRequest.class,
                anyResource(),
                this::listDelegatedAdministrators);
        read(
                "ListAWSServiceAccessForOrganization",
                ListAwsServiceAccessForOrganizationRequest.class,
                anyResource(),
                this::listServiceAccess);
        read("ListRoots", ListRootsRequest.class, anyResource(), this::listRoots);
        read(
                "ListOrganizationalUnitsForParent",
                ListOrganizationalUnitsForParentRequest.class,
                (call, r) -> List.of(nodeArn(r.parentId())),
                this::listUnits);
        read(
                "ListAccountsForParent",
                ListAccountsForParentRequest.class,
                (call, r) -> List.of(nodeArn(r.parentId())),
                this::listAccountsForParent);
        read("ListParents", ListParentsRequest.class, (call, r) -> List.of(nodeArn(r.childId())), this::listParents);
    }

    /**
     * The published rates of one organization, with what may come at once; of the other operations the page is not known
     * here, and they are not held back. A burst is taken as the number of requests in the time in which the rate allows it.
     *
     * @see <a href="https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html">Quotas and service
     *     limits for AWS Organizations, throttling limits</a>
     */
    private static final Map<String, Rate> RATES = Map.of(
            "DescribeOrganization", new Rate(2, Duration.ofSeconds(2)),
            "ListAccounts", Rate.perSecond(8),
            "ListAccountsForParent", Rate.perSecond(5));

    @Override
    Optional<String> rateBucket(Operation<?> operation, Invocation call, AwsRequest request) {
        return Optional.of(operation.name()).filter(RATES::containsKey).map(name -> "organizations/" + name);
    }

    @Override
    Rate rate(Operation<?> operation) {
        return RATES.get(operation.name());
    }

    /** https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListDelegatedAdministrators.html */
    private ListDelegatedAdministratorsResponse listDelegatedAdministrators(
            Invocation call, ListDelegatedAdministratorsRequest request) {
        Organization organization = inUse(call);
        return ListDelegatedAdministratorsResponse.builder()
                .delegatedAdministrators(
                        organization.delegated.getOrDefault(request.servicePrincipal(), List.of()).stream()
                                .map(id -> DelegatedAdministrator.builder()
                                        .id(id)
                                        .arn(accountArn(id))
                                        .name(cloud.account(id).name)
                                        .build())
                                .toList())
                .build();
    }

    /** https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAWSServiceAccessForOrganization.html */
    private ListAwsServiceAccessForOrganizationResponse listServiceAccess(
            Invocation call, ListAwsServiceAccessForOrganizationRequest request) {
        Organization organization = privileged(call);
        Paging.Page<String> page = page(
                call,
                List.copyOf(organization.trustedAccess.keySet()),
                request.nextToken(),
                asked(request.maxResults()),
                PAGE);
        return ListAwsServiceAccessForOrganizationResponse.builder()
                .enabledServicePrincipals(page.items().stream()
                        .map(principal -> EnabledServicePrincipal.builder()
                                .servicePrincipal(principal)
                                .dateEnabled(organization.trustedAccess.get(principal))
                                .build())
                        .toList())
                .nextToken(page.nextToken())
                .build();
    }

    /** The ARN of an account, a root or an organizational unit. */
    private String nodeArn(String id) {
        if (id.matches("\\d{12}")) {
            return accountArn(id);
        }
        return cloud.organization
                .map(organization -> cloud.arn(
                        "organizations",
                        "",
                        organization.managementAccountId,
                        (id.startsWith("r-") ? "root/" : "ou/") + organization.id + "/" + id))
                .orElse("*");
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
        Account account = Optional.of(request.accountId())
                .filter(id -> cloud.organizationOf(id).isPresent())
                .map(cloud::account)
                .orElseThrow(() -> failure(
                        ServiceFault.NOT_FOUND, "You specified an account that doesn't exist.", call.requestId()));
        return DescribeAccountResponse.builder().account(model(account)).build();
    }

    private ListAccountsResponse listAccounts(Invocation call, ListAccountsRequest request) {
        Organization organization = privileged(call);
        Paging.Page<String> page =
                page(call, organization.accounts(), request.nextToken(), asked(request.maxResults()), PAGE);
        return ListAccountsResponse.builder()
                .accounts(models(page.items()))
                .nextToken(page.nextToken())
                .build();
    }

    private ListRootsResponse listRoots(Invocation call, ListRootsRequest request) {
        Organization organization = privileged(call);
        Paging.Page<String> page =
                page(call, List.of(organization.rootId), request.nextToken(), asked(request.maxResults()), PAGE);
        return ListRootsResponse.builder()
                .roots(page.items().stream()
                        .map(id -> Root.builder()
                                .id(id)
                                .arn(nodeArn(id))
                                .name("Root")
                                .build())
                        .toList())
                .nextToken(page.nextToken())
                .build();
    }

    private ListOrganizationalUnitsForParentResponse listUnits(
            Invocation call, ListOrganizationalUnitsForParentRequest request) {
        Organization organization = privileged(call);
        requireParent(call, organization, request.parentId());
        Paging.Page<Organization.OrganizationalUnit> page = page(
                call, organization.unitsIn(request.parentId()), request.nextToken(), asked(request.maxResults()), PAGE);
        return ListOrganizationalUnitsForParentResponse.builder()
                .organizationalUnits(page.items().stream()
                        .map(unit -> OrganizationalUnit.builder()
                                .id(unit.id())
                                .arn(nodeArn(unit.id()))
                                .name(unit.name())
                                .build())
                        .toList())
                .nextToken(page.nextToken())
                .build();
    }

    /** Only those directly in the root or unit. */
    private ListAccountsForParentResponse listAccountsForParent(Invocation call, ListAccountsForParentRequest request) {
        Organization organization = privileged(call);
        requireParent(call, organization, request.parentId());
        Paging.Page<String> page = page(
                call,
                organization.accountsIn(request.parentId()),
                request.nextToken(),
                asked(request.maxResults()),
                PAGE);
        return ListAccountsForParentResponse.builder()
                .accounts(models(page.items()))
                .nextToken(page.nextToken())
                .build();
    }

    private ListParentsResponse listParents(Invocation call, ListParentsRequest request) {
        Organization organization = privileged(call);
        String parent = organization
                .parentOf(request.childId())
                .or(() -> organization.unit(request.childId()).map(Organization.OrganizationalUnit::parentId))
                .orElseThrow(() -> refused(
                        call,
                        ChildNotFoundException::builder,
                        "ChildNotFoundException",
                        "You specified an account or OU that doesn't exist."));
        Paging.Page<String> page = page(call, List.of(parent), request.nextToken(), asked(request.maxResults()), PAGE);
        return ListParentsResponse.builder()
                .parents(page.items().stream()
                        .map(id -> Parent.builder()
                                .id(id)
                                .type(id.startsWith("r-") ? ParentType.ROOT : ParentType.ORGANIZATIONAL_UNIT)
                                .build())
                        .toList())
                .nextToken(page.nextToken())
                .build();
    }

    private void requireParent(Invocation call, Organization organization, String parentId) {
        if (!organization.isParent(parentId)) {
            throw refused(
                    call,
                    ParentNotFoundException::builder,
                    "ParentNotFoundException",
                    "You specified parent that doesn't exist.");
        }
    }

    private List<software.amazon.awssdk.services.organizations.model.Account> models(List<String> accountIds) {
        return accountIds.stream().map(cloud::account).map(this::model).toList();
    }

    private software.amazon.awssdk.services.organizations.model.Account model(Account account) {
        return software.amazon.awssdk.services.organizations.model.Account.builder()
                .id(account.id)
                .arn(accountArn(account.id))
                .name(account.name)
                .email(account.email)
                // Its Status was retired on 9 September 2026, by the API model.
                .state(account.state.name())
                .joinedMethod(AccountJoinedMethod.CREATED)
                .joinedTimestamp(account.createdAt)
                .build();
    }

    private Organization inUse(Invocation call) {
        return cloud.organizationOf(call.accountId())
                .orElseThrow(() -> refused(
                        call,
                        AwsOrganizationsNotInUseException::builder,
                        "AWSOrganizationsNotInUseException",
                        "Your account is not a member of an organization."));
    }

    private AwsServiceException refused(
            Invocation call, Supplier<? extends AwsServiceException.Builder> builder, String code, String message) {
        ErrorShape shape = new ErrorShape(builder, code, 400);
        return describe(builder.get(), shape, message, call.requestId()).build();
    }

    /** Only the management account and delegated administrators, of whatever service, may list. */
    private Organization privileged(Invocation call) {
        Organization organization = inUse(call);
        if (!organization.isManagement(call.accountId()) && !organization.isDelegatedForAnything(call.accountId())) {
            throw denied(call, "You don't have permissions to access this resource.");
        }
        return organization;
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
