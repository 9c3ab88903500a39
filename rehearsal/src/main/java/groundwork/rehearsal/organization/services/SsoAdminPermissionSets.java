package groundwork.rehearsal.organization.services;

import groundwork.rehearsal.organization.call.ServiceFault;
import groundwork.rehearsal.organization.store.Cloud;
import groundwork.rehearsal.organization.store.EmbeddedPermissionSet;
import groundwork.rehearsal.organization.store.IdentityCenter;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ssoadmin.model.AttachCustomerManagedPolicyReferenceToPermissionSetRequest;
import software.amazon.awssdk.services.ssoadmin.model.AttachCustomerManagedPolicyReferenceToPermissionSetResponse;
import software.amazon.awssdk.services.ssoadmin.model.AttachManagedPolicyToPermissionSetRequest;
import software.amazon.awssdk.services.ssoadmin.model.AttachManagedPolicyToPermissionSetResponse;
import software.amazon.awssdk.services.ssoadmin.model.AttachedManagedPolicy;
import software.amazon.awssdk.services.ssoadmin.model.CreatePermissionSetRequest;
import software.amazon.awssdk.services.ssoadmin.model.CreatePermissionSetResponse;
import software.amazon.awssdk.services.ssoadmin.model.CustomerManagedPolicyReference;
import software.amazon.awssdk.services.ssoadmin.model.DeleteInlinePolicyFromPermissionSetRequest;
import software.amazon.awssdk.services.ssoadmin.model.DeleteInlinePolicyFromPermissionSetResponse;
import software.amazon.awssdk.services.ssoadmin.model.DeletePermissionSetRequest;
import software.amazon.awssdk.services.ssoadmin.model.DeletePermissionSetResponse;
import software.amazon.awssdk.services.ssoadmin.model.DeletePermissionsBoundaryFromPermissionSetRequest;
import software.amazon.awssdk.services.ssoadmin.model.DeletePermissionsBoundaryFromPermissionSetResponse;
import software.amazon.awssdk.services.ssoadmin.model.DescribePermissionSetRequest;
import software.amazon.awssdk.services.ssoadmin.model.DescribePermissionSetResponse;
import software.amazon.awssdk.services.ssoadmin.model.DetachCustomerManagedPolicyReferenceFromPermissionSetRequest;
import software.amazon.awssdk.services.ssoadmin.model.DetachCustomerManagedPolicyReferenceFromPermissionSetResponse;
import software.amazon.awssdk.services.ssoadmin.model.DetachManagedPolicyFromPermissionSetRequest;
import software.amazon.awssdk.services.ssoadmin.model.DetachManagedPolicyFromPermissionSetResponse;
import software.amazon.awssdk.services.ssoadmin.model.GetInlinePolicyForPermissionSetRequest;
import software.amazon.awssdk.services.ssoadmin.model.GetInlinePolicyForPermissionSetResponse;
import software.amazon.awssdk.services.ssoadmin.model.GetPermissionsBoundaryForPermissionSetRequest;
import software.amazon.awssdk.services.ssoadmin.model.GetPermissionsBoundaryForPermissionSetResponse;
import software.amazon.awssdk.services.ssoadmin.model.ListCustomerManagedPolicyReferencesInPermissionSetRequest;
import software.amazon.awssdk.services.ssoadmin.model.ListCustomerManagedPolicyReferencesInPermissionSetResponse;
import software.amazon.awssdk.services.ssoadmin.model.ListManagedPoliciesInPermissionSetRequest;
import software.amazon.awssdk.services.ssoadmin.model.ListManagedPoliciesInPermissionSetResponse;
import software.amazon.awssdk.services.ssoadmin.model.ListPermissionSetsRequest;
import software.amazon.awssdk.services.ssoadmin.model.ListPermissionSetsResponse;
import software.amazon.awssdk.services.ssoadmin.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ssoadmin.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.ssoadmin.model.PermissionSet;
import software.amazon.awssdk.services.ssoadmin.model.PermissionsBoundary;
import software.amazon.awssdk.services.ssoadmin.model.PutInlinePolicyToPermissionSetRequest;
import software.amazon.awssdk.services.ssoadmin.model.PutInlinePolicyToPermissionSetResponse;
import software.amazon.awssdk.services.ssoadmin.model.PutPermissionsBoundaryToPermissionSetRequest;
import software.amazon.awssdk.services.ssoadmin.model.PutPermissionsBoundaryToPermissionSetResponse;
import software.amazon.awssdk.services.ssoadmin.model.Tag;
import software.amazon.awssdk.services.ssoadmin.model.TagResourceRequest;
import software.amazon.awssdk.services.ssoadmin.model.TagResourceResponse;
import software.amazon.awssdk.services.ssoadmin.model.UpdatePermissionSetRequest;
import software.amazon.awssdk.services.ssoadmin.model.UpdatePermissionSetResponse;

/** The operations on permission sets. */
final class SsoAdminPermissionSets {
    /** Some operations take the whole ARN of an instance and a set; IAM asks about both. */
    private static List<String> both(String instanceArn, String setArn) {
        return List.of(instanceArn, setArn);
    }

    private final SsoAdminService service;
    private final Cloud cloud;

    SsoAdminPermissionSets(SsoAdminService service) {
        this.service = service;
        this.cloud = service.cloud;
    }

    void register() {
        service.read(
                "ListPermissionSets",
                ListPermissionSetsRequest.class,
                (call, r) -> List.of(r.instanceArn()),
                this::list);
        service.read(
                "DescribePermissionSet",
                DescribePermissionSetRequest.class,
                (call, r) -> both(r.instanceArn(), r.permissionSetArn()),
                this::describe);
        service.write(
                "CreatePermissionSet",
                CreatePermissionSetRequest.class,
                (call, r) -> both(r.instanceArn(), r.instanceArn().replace(":instance/", ":permissionSet/") + "/*"),
                this::create);
        service.write(
                "UpdatePermissionSet",
                UpdatePermissionSetRequest.class,
                (call, r) -> both(r.instanceArn(), r.permissionSetArn()),
                this::update);
        service.write(
                "DeletePermissionSet",
                DeletePermissionSetRequest.class,
                (call, r) -> both(r.instanceArn(), r.permissionSetArn()),
                this::delete);
        service.read(
                "ListManagedPoliciesInPermissionSet",
                ListManagedPoliciesInPermissionSetRequest.class,
                (call, r) -> both(r.instanceArn(), r.permissionSetArn()),
                this::listManagedPolicies);
        service.read(
                "ListCustomerManagedPolicyReferencesInPermissionSet",
                ListCustomerManagedPolicyReferencesInPermissionSetRequest.class,
                (call, r) -> both(r.instanceArn(), r.permissionSetArn()),
                this::listCustomerManagedPolicies);
        service.write(
                "AttachCustomerManagedPolicyReferenceToPermissionSet",
                AttachCustomerManagedPolicyReferenceToPermissionSetRequest.class,
                (call, r) -> both(r.instanceArn(), r.permissionSetArn()),
                this::attachCustomerManagedPolicy);
        service.write(
                "DetachCustomerManagedPolicyReferenceFromPermissionSet",
                DetachCustomerManagedPolicyReferenceFromPermissionSetRequest.class,
                (call, r) -> both(r.instanceArn(), r.permissionSetArn()),
                this::detachCustomerManagedPolicy);
        service.write(
                "AttachManagedPolicyToPermissionSet",
                AttachManagedPolicyToPermissionSetRequest.class,
                (call, r) -> both(r.instanceArn(), r.permissionSetArn()),
                this::attachManagedPolicy);
        service.write(
                "DetachManagedPolicyFromPermissionSet",
                DetachManagedPolicyFromPermissionSetRequest.class,
                (call, r) -> both(r.instanceArn(), r.permissionSetArn()),
                this::detachManagedPolicy);
        service.read(
                "GetInlinePolicyForPermissionSet",
                GetInlinePolicyForPermissionSetRequest.class,
                (call, r) -> both(r.instanceArn(), r.permissionSetArn()),
                this::getInlinePolicy);
        service.write(
                "PutInlinePolicyToPermissionSet",
                PutInlinePolicyToPermissionSetRequest.class,
                (call, r) -> both(r.instanceArn(), r.permissionSetArn()),
                this::putInlinePolicy);
        service.write(
                "DeleteInlinePolicyFromPermissionSet",
                DeleteInlinePolicyFromPermissionSetRequest.class,
                (call, r) -> both(r.instanceArn(), r.permissionSetArn()),
                this::deleteInlinePolicy);
        service.read(
                "GetPermissionsBoundaryForPermissionSet",
                GetPermissionsBoundaryForPermissionSetRequest.class,
                (call, r) -> both(r.instanceArn(), r.permissionSetArn()),
                this::getPermissionsBoundary);
        service.write(
                "PutPermissionsBoundaryToPermissionSet",
                PutPermissionsBoundaryToPermissionSetRequest.class,
                (call, r) -> both(r.instanceArn(), r.permissionSetArn()),
                this::putPermissionsBoundary);
        service.write(
                "DeletePermissionsBoundaryFromPermissionSet",
                DeletePermissionsBoundaryFromPermissionSetRequest.class,
                (call, r) -> both(r.instanceArn(), r.permissionSetArn()),
                this::deletePermissionsBoundary);
        service.read(
                "ListTagsForResource",
                ListTagsForResourceRequest.class,
                (call, r) -> List.of(r.resourceArn()),
                this::listTags);
        service.write(
                "TagResource", TagResourceRequest.class, (call, r) -> List.of(r.resourceArn()), this::tagResource);
    }

    private ListPermissionSetsResponse list(Invocation call, ListPermissionSetsRequest request) {
        IdentityCenter center = service.manageable(call, request.instanceArn(), "ListPermissionSets");
        List<String> arns = center.permissionSets.sets().stream()
                .filter(set -> !set.visibleFrom().isAfter(call.now()))
                .map(EmbeddedPermissionSet::arn)
                .toList();
        Paging.Page<String> page = service.page(
                call, arns, request.nextToken(), Service.asked(request.maxResults()), SsoAdminService.PAGE);
        return ListPermissionSetsResponse.builder()
                .permissionSets(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    private DescribePermissionSetResponse describe(Invocation call, DescribePermissionSetRequest request) {
        IdentityCenter center = service.manageable(call, request.instanceArn(), "DescribePermissionSet");
        return DescribePermissionSetResponse.builder()
                .permissionSet(model(service.set(call, center, request.permissionSetArn())))
                .build();
    }

    private static PermissionSet model(EmbeddedPermissionSet set) {
        return PermissionSet.builder()
                .name(set.name())
                .permissionSetArn(set.arn())
                .description(set.description().orElse(null))
                .createdDate(set.createdAt())
                .sessionDuration(set.sessionDuration())
                .relayState(set.relayState().orElse(null))
                .build();
    }

    private CreatePermissionSetResponse create(Invocation call, CreatePermissionSetRequest request) {
        IdentityCenter center = service.manageable(call, request.instanceArn(), "CreatePermissionSet");
        if (request.name() == null || !request.name().matches("[\\w+=,.@-]{1,32}")) {
            throw service.invalid(call, "The name has 1 to 32 characters out of letters, digits and +=,.@-_");
        }
        refuseDescription(call, request.description());
        String sessionDuration = sessionDuration(call, request.sessionDuration(), "PT1H");
        if (center.permissionSets.named(request.name()).isPresent()) {
            throw service.conflict(call, "PermissionSet with name " + request.name() + " already exists.");
        }
        EmbeddedPermissionSet set = new EmbeddedPermissionSet(
                center.permissionSetArn("ps-" + cloud.ids.hex(16)),
                request.name(),
                Optional.ofNullable(request.description()),
                sessionDuration,
                Optional.ofNullable(request.relayState()),
                tags(request.tags()),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                1,
                call.now(),
                call.now().plus(cloud.behavior.visibility()));
        center.permissionSets.add(set);
        return CreatePermissionSetResponse.builder().permissionSet(model(set)).build();
    }

    private void refuseDescription(Invocation call, String description) {
        // The pattern of the API model: tab, line ends and printable Latin-1.
        if (description != null && !description.matches("[\\t\\n\\r\\x20-\\x7E\\xA1-\\xFF]{1,700}")) {
            throw service.invalid(call, "The description has 1 to 700 characters of Latin-1");
        }
    }

    private String sessionDuration(Invocation call, String asked, String otherwise) {
        if (asked == null) {
            return otherwise;
        }
        try {
            Duration duration = Duration.parse(asked);
            if (duration.compareTo(Duration.ofHours(1)) >= 0 && duration.compareTo(Duration.ofHours(12)) <= 0) {
                return asked;
            }
        } catch (DateTimeParseException notIso8601) {
            throw service.invalid(call, "SessionDuration is not an ISO 8601 duration: " + asked);
        }
        throw service.invalid(call, "SessionDuration has to be between PT1H and PT12H");
    }

    private static Map<String, String> tags(List<Tag> tags) {
        return tags.stream().collect(Collectors.toMap(Tag::key, Tag::value));
    }

    private UpdatePermissionSetResponse update(Invocation call, UpdatePermissionSetRequest request) {
        refuseDescription(call, request.description());
        change(
                call,
                request.instanceArn(),
                request.permissionSetArn(),
                "UpdatePermissionSet",
                set -> set.described(
                        Optional.ofNullable(request.description()).or(set::description),
                        sessionDuration(call, request.sessionDuration(), set.sessionDuration()),
                        Optional.ofNullable(request.relayState()).or(set::relayState)));
        return UpdatePermissionSetResponse.builder().build();
    }

    private DeletePermissionSetResponse delete(Invocation call, DeletePermissionSetRequest request) {
        IdentityCenter center = service.manageable(call, request.instanceArn(), "DeletePermissionSet");
        EmbeddedPermissionSet set = service.set(call, center, request.permissionSetArn());
        boolean used = center.permissionSets.assignments().stream()
                .anyMatch(assignment -> assignment.permissionSetArn().equals(set.arn()));
        if (used) {
            throw service.conflict(call, "PermissionSet has existing AccountAssignments");
        }
        center.permissionSets.remove(set.arn());
        return DeletePermissionSetResponse.builder().build();
    }

    private ListManagedPoliciesInPermissionSetResponse listManagedPolicies(
            Invocation call, ListManagedPoliciesInPermissionSetRequest request) {
        IdentityCenter center = service.manageable(call, request.instanceArn(), "ListManagedPoliciesInPermissionSet");
        List<AttachedManagedPolicy> policies =
                service.set(call, center, request.permissionSetArn()).managedPolicies().stream()
                        .map(arn -> AttachedManagedPolicy.builder()
                                .arn(arn)
                                .name(arn.substring(arn.lastIndexOf('/') + 1))
                                .build())
                        .toList();
        Paging.Page<AttachedManagedPolicy> page = service.page(
                call, policies, request.nextToken(), Service.asked(request.maxResults()), SsoAdminService.PAGE);
        return ListManagedPoliciesInPermissionSetResponse.builder()
                .attachedManagedPolicies(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    private ListCustomerManagedPolicyReferencesInPermissionSetResponse listCustomerManagedPolicies(
            Invocation call, ListCustomerManagedPolicyReferencesInPermissionSetRequest request) {
        IdentityCenter center =
                service.manageable(call, request.instanceArn(), "ListCustomerManagedPolicyReferencesInPermissionSet");
        Paging.Page<String> page = service.page(
                call,
                service.set(call, center, request.permissionSetArn()).customerManagedPolicies(),
                request.nextToken(),
                Service.asked(request.maxResults()),
                SsoAdminService.PAGE);
        return ListCustomerManagedPolicyReferencesInPermissionSetResponse.builder()
                .customerManagedPolicyReferences(page.items().stream()
                        .map(SsoAdminPermissionSets::reference)
                        .toList())
                .nextToken(page.nextToken())
                .build();
    }

    private static CustomerManagedPolicyReference reference(String pathAndName) {
        int name = pathAndName.lastIndexOf('/') + 1;
        return CustomerManagedPolicyReference.builder()
                .path(pathAndName.substring(0, name))
                .name(pathAndName.substring(name))
                .build();
    }

    private static String pathAndName(CustomerManagedPolicyReference reference) {
        return (reference.path() == null ? "/" : reference.path()) + reference.name();
    }

    private AttachCustomerManagedPolicyReferenceToPermissionSetResponse attachCustomerManagedPolicy(
            Invocation call, AttachCustomerManagedPolicyReferenceToPermissionSetRequest request) {
        String policy = pathAndName(request.customerManagedPolicyReference());
        change(
                call,
                request.instanceArn(),
                request.permissionSetArn(),
                "AttachCustomerManagedPolicyReferenceToPermissionSet",
                set -> {
                    if (set.customerManagedPolicies().contains(policy)) {
                        throw service.conflict(call, "The customer managed policy is already attached: " + policy);
                    }
                    List<String> more = new ArrayList<>(set.customerManagedPolicies());
                    more.add(policy);
                    return set.withCustomerManagedPolicies(more);
                });
        return AttachCustomerManagedPolicyReferenceToPermissionSetResponse.builder()
                .build();
    }

    private DetachCustomerManagedPolicyReferenceFromPermissionSetResponse detachCustomerManagedPolicy(
            Invocation call, DetachCustomerManagedPolicyReferenceFromPermissionSetRequest request) {
        change(
                call,
                request.instanceArn(),
                request.permissionSetArn(),
                "DetachCustomerManagedPolicyReferenceFromPermissionSet",
                set -> {
                    List<String> fewer = new ArrayList<>(set.customerManagedPolicies());
                    if (!fewer.remove(pathAndName(request.customerManagedPolicyReference()))) {
                        throw service.notFound(call, "The customer managed policy is not attached");
                    }
                    return set.withCustomerManagedPolicies(fewer);
                });
        return DetachCustomerManagedPolicyReferenceFromPermissionSetResponse.builder()
                .build();
    }

    private AttachManagedPolicyToPermissionSetResponse attachManagedPolicy(
            Invocation call, AttachManagedPolicyToPermissionSetRequest request) {
        String policy = request.managedPolicyArn();
        if (!policy.startsWith(cloud.arn("iam", "", "aws", "policy/"))) {
            throw service.invalid(call, "Not the ARN of an AWS managed policy of this partition: " + policy);
        }
        change(call, request.instanceArn(), request.permissionSetArn(), "AttachManagedPolicyToPermissionSet", set -> {
            if (set.managedPolicies().contains(policy)) {
                throw service.conflict(call, "The managed policy is already attached: " + policy);
            }
            // https://docs.aws.amazon.com/singlesignon/latest/userguide/limits.html
            if (set.managedPolicies().size() >= 25) {
                throw service.failure(
                        ServiceFault.QUOTA_EXCEEDED,
                        "A permission set has at most 25 managed policies",
                        call.requestId());
            }
            List<String> more = new ArrayList<>(set.managedPolicies());
            more.add(policy);
            return set.withPolicies(more, set.inlinePolicy(), set.permissionsBoundary());
        });
        return AttachManagedPolicyToPermissionSetResponse.builder().build();
    }

    private DetachManagedPolicyFromPermissionSetResponse detachManagedPolicy(
            Invocation call, DetachManagedPolicyFromPermissionSetRequest request) {
        change(call, request.instanceArn(), request.permissionSetArn(), "DetachManagedPolicyFromPermissionSet", set -> {
            List<String> fewer = new ArrayList<>(set.managedPolicies());
            if (!fewer.remove(request.managedPolicyArn())) {
                throw service.notFound(call, "The managed policy is not attached");
            }
            return set.withPolicies(fewer, set.inlinePolicy(), set.permissionsBoundary());
        });
        return DetachManagedPolicyFromPermissionSetResponse.builder().build();
    }

    private GetInlinePolicyForPermissionSetResponse getInlinePolicy(
            Invocation call, GetInlinePolicyForPermissionSetRequest request) {
        IdentityCenter center = service.manageable(call, request.instanceArn(), "GetInlinePolicyForPermissionSet");
        // Without a policy the service answers with an empty string.
        return GetInlinePolicyForPermissionSetResponse.builder()
                .inlinePolicy(service.set(call, center, request.permissionSetArn())
                        .inlinePolicy()
                        .orElse(""))
                .build();
    }

    private PutInlinePolicyToPermissionSetResponse putInlinePolicy(
            Invocation call, PutInlinePolicyToPermissionSetRequest request) {
        change(
                call,
                request.instanceArn(),
                request.permissionSetArn(),
                "PutInlinePolicyToPermissionSet",
                set -> set.withPolicies(
                        set.managedPolicies(), Optional.of(request.inlinePolicy()), set.permissionsBoundary()));
        return PutInlinePolicyToPermissionSetResponse.builder().build();
    }

    private DeleteInlinePolicyFromPermissionSetResponse deleteInlinePolicy(
            Invocation call, DeleteInlinePolicyFromPermissionSetRequest request) {
        change(
                call,
                request.instanceArn(),
                request.permissionSetArn(),
                "DeleteInlinePolicyFromPermissionSet",
                set -> set.withPolicies(set.managedPolicies(), Optional.empty(), set.permissionsBoundary()));
        return DeleteInlinePolicyFromPermissionSetResponse.builder().build();
    }

    private GetPermissionsBoundaryForPermissionSetResponse getPermissionsBoundary(
            Invocation call, GetPermissionsBoundaryForPermissionSetRequest request) {
        IdentityCenter center =
                service.manageable(call, request.instanceArn(), "GetPermissionsBoundaryForPermissionSet");
        String boundary = service.set(call, center, request.permissionSetArn())
                .permissionsBoundary()
                .orElseThrow(() -> service.notFound(call, "The permission set has no permissions boundary"));
        PermissionsBoundary.Builder answer = PermissionsBoundary.builder();
        return GetPermissionsBoundaryForPermissionSetResponse.builder()
                .permissionsBoundary((boundary.startsWith("arn:")
                                ? answer.managedPolicyArn(boundary)
                                : answer.customerManagedPolicyReference(reference(boundary)))
                        .build())
                .build();
    }

    private PutPermissionsBoundaryToPermissionSetResponse putPermissionsBoundary(
            Invocation call, PutPermissionsBoundaryToPermissionSetRequest request) {
        PermissionsBoundary asked = request.permissionsBoundary();
        String boundary = asked.managedPolicyArn() == null
                ? pathAndName(asked.customerManagedPolicyReference())
                : asked.managedPolicyArn();
        change(
                call,
                request.instanceArn(),
                request.permissionSetArn(),
                "PutPermissionsBoundaryToPermissionSet",
                set -> set.withPolicies(set.managedPolicies(), set.inlinePolicy(), Optional.of(boundary)));
        return PutPermissionsBoundaryToPermissionSetResponse.builder().build();
    }

    private DeletePermissionsBoundaryFromPermissionSetResponse deletePermissionsBoundary(
            Invocation call, DeletePermissionsBoundaryFromPermissionSetRequest request) {
        change(
                call,
                request.instanceArn(),
                request.permissionSetArn(),
                "DeletePermissionsBoundaryFromPermissionSet",
                set -> set.withPolicies(set.managedPolicies(), set.inlinePolicy(), Optional.empty()));
        return DeletePermissionsBoundaryFromPermissionSetResponse.builder().build();
    }

    private ListTagsForResourceResponse listTags(Invocation call, ListTagsForResourceRequest request) {
        IdentityCenter center = service.manageable(call, request.instanceArn(), "ListTagsForResource");
        List<Tag> tags = service.set(call, center, request.resourceArn()).tags().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
        Paging.Page<Tag> page =
                service.page(call, tags, request.nextToken(), Service.asked(null), SsoAdminService.PAGE);
        return ListTagsForResourceResponse.builder()
                .tags(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    private TagResourceResponse tagResource(Invocation call, TagResourceRequest request) {
        IdentityCenter center = service.manageable(call, request.instanceArn(), "TagResource");
        EmbeddedPermissionSet set = service.set(call, center, request.resourceArn());
        center.permissionSets.change(set.arn(), before -> before.tagged(tags(request.tags())));
        return TagResourceResponse.builder().build();
    }

    private void change(
            Invocation call,
            String instanceArn,
            String setArn,
            String operation,
            UnaryOperator<EmbeddedPermissionSet> change) {
        IdentityCenter center = service.manageable(call, instanceArn, operation);
        EmbeddedPermissionSet set = service.set(call, center, setArn);
        service.refuseDelegatedAdministrator(
                call, center.permissionSets.accountsWith(set.arn()).contains(center.ownerAccountId()));
        boolean busy = center.permissionSets.inProgress().stream()
                .anyMatch(request -> request.permissionSetArn().equals(set.arn()));
        if (busy) {
            throw service.conflict(call, "Another operation on the permission set is in progress");
        }
        EmbeddedPermissionSet changed = change.apply(set);
        center.permissionSets.change(set.arn(), before -> changed);
    }
}
