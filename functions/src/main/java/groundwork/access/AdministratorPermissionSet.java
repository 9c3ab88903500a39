package groundwork.access;

import static java.util.Objects.requireNonNull;

import groundwork.identitycenter.CustomerManagedKey;
import groundwork.state.Effects;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;
import software.amazon.awssdk.services.ssoadmin.model.PermissionSet;
import software.amazon.awssdk.services.ssoadmin.model.Tag;

/**
 * The permission set with administrator access. One that this stack made carries its tag and is kept as the parameters
 * say; any other of the same name, also another stack's, is used as it is if it gives administrator access.
 */
final class AdministratorPermissionSet {
    private static final String TAG = "groundwork:stack";

    private final SsoAdminClient ssoAdmin;
    private final Wish wish;

    AdministratorPermissionSet(SsoAdminClient ssoAdmin, Wish wish) {
        this.ssoAdmin = ssoAdmin;
        this.wish = wish;
    }

    /**
     * What the permission set should be.
     *
     * @param name at most 32 characters
     * @param sessionDuration ISO-8601, from {@code PT1H} to {@code PT12H}
     * @param policyArn the AWS managed policy {@code AdministratorAccess} of the partition
     * @param owner marks what this stack made
     */
    record Wish(String name, String sessionDuration, String policyArn, Owner owner) {
        Wish {
            requireNonNull(name);
            requireNonNull(sessionDuration);
            requireNonNull(policyArn);
            requireNonNull(owner);
        }
    }

    /**
     * A stack, which marks what it makes with its id: stacks in other accounts and Regions may have its name.
     *
     * @param stackId its ARN
     * @param stackName its name, with which earlier versions marked what they made
     */
    record Owner(String stackId, String stackName) {}

    /** What came of it. */
    sealed interface Result {
        /**
         * There is a set, or in a plan there would be.
         *
         * @param arn empty only in a plan, when the set does not exist yet
         * @param ours whether this stack made it
         * @param policies what it gives and takes
         */
        record Present(Optional<String> arn, boolean ours, PermissionSetPolicies policies) implements Result {}

        /** Somebody else's set of the same name does not give administrator access. */
        record Taken(String name) implements Result {}

        /** Whether somebody else's set gives administrator access could not be read. */
        record Unreadable(List<String> unread) implements Result {}
    }

    /**
     * @param found what {@link #find} found
     * @param knownArn what an earlier run recorded; null if nothing
     */
    Result ensure(String instanceArn, Optional<PermissionSet> found, String knownArn, Effects effects) {
        if (found.isEmpty()) {
            Optional<String> created = create(instanceArn, effects);
            attach(instanceArn, created, effects);
            return new Result.Present(created, true, PermissionSetPolicies.only(wish.policyArn()));
        }
        String arn = found.get().permissionSetArn();
        Optional<String> maker = maker(instanceArn, arn);
        boolean ours = maker.filter(this::isOurs).isPresent();
        PermissionSetPolicies policies = policies(instanceArn, arn);
        boolean sufficient = policies.giveAdministratorAccess(wish.policyArn());
        if (!ours && !sufficient) {
            return policies.unread().isEmpty()
                    ? new Result.Taken(wish.name())
                    : new Result.Unreadable(policies.unread());
        }
        effects.adopt("permission set " + wish.name(), arn, ours ? arn : knownArn);
        if (!sufficient) {
            attach(instanceArn, Optional.of(arn), effects);
        }
        if (ours
                && !effects.areOnlyPlanned()
                && !maker.get().equals(wish.owner().stackId())) {
            ssoAdmin.tagResource(
                    request -> request.instanceArn(instanceArn).resourceArn(arn).tags(tag()));
        }
        if (!ours
                && maker.isPresent()
                && !wish.sessionDuration().equals(found.get().sessionDuration())) {
            effects.remark(
                    "The permission set %s was made by another stack, %s, and its sessions last %s, not %s as this stack has it. Groundwork leaves it as it is."
                            .formatted(
                                    wish.name(), maker.get(), found.get().sessionDuration(), wish.sessionDuration()));
        }
        if (ours && !wish.sessionDuration().equals(found.get().sessionDuration())) {
            effects.update(
                    "session duration of permission set " + wish.name(),
                    arn,
                    () -> ssoAdmin.updatePermissionSet(request -> request.instanceArn(instanceArn)
                            .permissionSetArn(arn)
                            .sessionDuration(wish.sessionDuration())));
        }
        return new Result.Present(Optional.of(arn), ours, sufficient ? policies : policies.with(wish.policyArn()));
    }

    /** What the set gives and takes now. */
    PermissionSetPolicies policies(String instanceArn, String arn) {
        return PermissionSetPolicies.of(ssoAdmin, instanceArn, arn);
    }

    String name() {
        return wish.name();
    }

    /**
     * Whether a permission set is of the right name and gives administrator access.
     *
     * @param arn what an earlier run recorded
     */
    boolean isGivenBy(String instanceArn, String arn) {
        return listed(instanceArn, arn).filter(this::isNamed).isPresent()
                && policies(instanceArn, arn).giveAdministratorAccess(wish.policyArn());
    }

    /**
     * The set of the right name. Permission sets can only be listed by ARN, so the name is asked for each; the one known from
     * before comes first.
     *
     * @param knownArn what an earlier run recorded; null if nothing
     */
    Optional<PermissionSet> find(String instanceArn, String knownArn) {
        Optional<PermissionSet> known = Optional.ofNullable(knownArn)
                .flatMap(arn -> listed(instanceArn, arn))
                .filter(this::isNamed);
        return known.isPresent()
                ? known
                : ssoAdmin
                        .listPermissionSetsPaginator(request -> request.instanceArn(instanceArn))
                        .permissionSets()
                        .stream()
                        .flatMap(arn -> listed(instanceArn, arn).stream())
                        .filter(this::isNamed)
                        .findFirst();
    }

    private Optional<PermissionSet> listed(String instanceArn, String arn) {
        try {
            return Optional.of(ssoAdmin.describePermissionSet(
                            request -> request.instanceArn(instanceArn).permissionSetArn(arn))
                    .permissionSet());
        } catch (software.amazon.awssdk.services.ssoadmin.model.ResourceNotFoundException e) {
            // Deleted since it was listed or recorded.
            return CustomerManagedKey.absent(e);
        }
    }

    private boolean isNamed(PermissionSet permissionSet) {
        return wish.name().equals(permissionSet.name());
    }

    private boolean isOurs(String maker) {
        return maker.equals(wish.owner().stackId()) || maker.equals(wish.owner().stackName());
    }

    /** The stack that made the set, by its id or its name; empty if no stack of Groundwork did. */
    private Optional<String> maker(String instanceArn, String arn) {
        return ssoAdmin
                .listTagsForResourcePaginator(
                        request -> request.instanceArn(instanceArn).resourceArn(arn))
                .tags()
                .stream()
                .filter(tag -> tag.key().equals(TAG))
                .map(Tag::value)
                .findFirst();
    }

    private Optional<String> create(String instanceArn, Effects effects) {
        return effects.create(
                "permission set " + wish.name(),
                () -> ssoAdmin.createPermissionSet(request -> request.instanceArn(instanceArn)
                                .name(wish.name())
                                .description("Administrator access. Created by Groundwork.")
                                .sessionDuration(wish.sessionDuration())
                                .tags(tag()))
                        .permissionSet()
                        .permissionSetArn());
    }

    private Tag tag() {
        return Tag.builder().key(TAG).value(wish.owner().stackId()).build();
    }

    private void attach(String instanceArn, Optional<String> arn, Effects effects) {
        effects.create("policy AdministratorAccess in permission set " + wish.name(), () -> {
            ssoAdmin.attachManagedPolicyToPermissionSet(request -> request.instanceArn(instanceArn)
                    .permissionSetArn(arn.orElseThrow())
                    .managedPolicyArn(wish.policyArn()));
            return wish.policyArn();
        });
    }
}
