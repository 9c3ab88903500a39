package groundwork.access;

import groundwork.checklist.Console;
import java.net.URI;
import java.util.List;
import software.amazon.awssdk.services.ssoadmin.model.CustomerManagedPolicyReference;
import software.amazon.awssdk.services.ssoadmin.model.PermissionsBoundary;

/**
 * Examines what may take access away after it was granted: in Identity Center for every account, and in the account of the
 * stack also what Identity Center made there. A policy that is somewhere else cannot be read.
 */
final class AccessExamination {
    private final Home home;
    private final String administratorAccess;
    private final ManagedPolicies managedPolicies;
    private final ReservedRoleExamination reservedRole;
    private final Console console;

    AccessExamination(
            Home home,
            String administratorAccess,
            ManagedPolicies managedPolicies,
            ReservedRoleExamination reservedRole,
            Console console) {
        this.home = home;
        this.administratorAccess = administratorAccess;
        this.managedPolicies = managedPolicies;
        this.reservedRole = reservedRole;
        this.console = console;
    }

    /**
     * The account of the stack, the only one whose IAM can be read.
     *
     * @param partition such as {@code aws}
     */
    record Home(String partition, String accountId) {
        boolean is(String other) {
            return accountId.equals(other);
        }

        String policyArn(CustomerManagedPolicyReference reference) {
            return "arn:%s:iam::%s:policy%s%s"
                    .formatted(
                            partition, accountId, reference.path() == null ? "/" : reference.path(), reference.name());
        }
    }

    /** Examines a permission set for an account. */
    Examination permissionSet(
            String name, String instanceArn, String arn, PermissionSetPolicies policies, String accountId) {
        AdministratorRights rights = new AdministratorRights(NeededAction.in(home.partition(), accountId));
        URI link = console.permissionSet(instanceArn, arn);
        Examination found = new Examination(List.of(), List.of(), policies.unread());
        for (String policy : policies.managed()) {
            if (!policy.equals(administratorAccess)) {
                String what = "policy %s of the permission set %s".formatted(named(policy), name);
                found = found.and(
                        managedPolicies.examine(policy, what, (it, document) -> rights.policy(it, document, link)));
            }
        }
        for (CustomerManagedPolicyReference reference : policies.customerManaged()) {
            String what = "customer managed policy %s of the permission set %s".formatted(reference.name(), name);
            found = found.and(
                    home.is(accountId)
                            ? managedPolicies.examine(
                                    home.policyArn(reference),
                                    what,
                                    (it, document) -> rights.policy(it, document, link))
                            : elsewhere(what, accountId));
        }
        if (policies.inline().isPresent()) {
            found = found.and(rights.policy(
                    "The inline policy of the permission set " + name,
                    policies.inline().get(),
                    link));
        }
        if (policies.boundary().isPresent()) {
            found = found.and(boundary(name, policies.boundary().get(), accountId, rights, link));
        }
        return found;
    }

    /**
     * Examines what Identity Center made of a permission set in an account.
     *
     * @param name the name of the permission set
     */
    Examination role(String name, PermissionSetPolicies policies, String accountId) {
        return home.is(accountId)
                ? reservedRole.examine(name, policies)
                : Examination.remark(
                        "Only IAM Identity Center was examined: the role in account %s cannot be read from account %s."
                                .formatted(accountId, home.accountId()));
    }

    private Examination boundary(
            String name, PermissionsBoundary boundary, String accountId, AdministratorRights rights, URI link) {
        CustomerManagedPolicyReference reference = boundary.customerManagedPolicyReference();
        String policy = reference == null ? named(boundary.managedPolicyArn()) : reference.name();
        String what = "permissions boundary %s of the permission set %s".formatted(policy, name);
        if (reference != null && !home.is(accountId)) {
            return elsewhere(what, accountId);
        }
        return administratorAccess.equals(boundary.managedPolicyArn())
                ? Examination.NOTHING
                : managedPolicies.examine(
                        reference == null ? boundary.managedPolicyArn() : home.policyArn(reference),
                        what,
                        (it, document) -> rights.boundary(it, document, link));
    }

    private Examination elsewhere(String what, String accountId) {
        return Examination.unread("The %s is a policy of account %s, which cannot be read from account %s."
                .formatted(what, accountId, home.accountId()));
    }

    /** The name at the end of an ARN. */
    static String named(String policyArn) {
        return policyArn.substring(policyArn.lastIndexOf('/') + 1);
    }
}
