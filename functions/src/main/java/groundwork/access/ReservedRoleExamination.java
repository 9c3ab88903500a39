package groundwork.access;

import static groundwork.access.AccessExamination.named;

import groundwork.checklist.Console;
import java.net.URI;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.ssoadmin.model.PermissionsBoundary;

/**
 * The role that a permission set becomes in the account of the stack, and the SAML provider through which people enter it.
 * Whatever differs from the permission set and limits was not ordered through Identity Center.
 *
 * @see <a href="https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html">Referencing
 *     permission sets in resource policies</a>
 */
final class ReservedRoleExamination {
    /** Where Identity Center is not in us-east-1, its Region follows. */
    private static final String PATH = "/aws-reserved/sso.amazonaws.com/";

    private static final int LARGEST_PAGE = 1000;
    private static final String ASSUME = "sts:AssumeRoleWithSAML";

    private final AccessExamination.Home home;
    private final String administratorAccess;
    private final IamClient iam;
    private final ManagedPolicies managedPolicies;
    private final AdministratorRights rights;
    private final Console console;

    ReservedRoleExamination(
            AccessExamination.Home home,
            String administratorAccess,
            IamClient iam,
            ManagedPolicies managedPolicies,
            Console console) {
        this.home = home;
        this.administratorAccess = administratorAccess;
        this.iam = iam;
        this.managedPolicies = managedPolicies;
        this.rights = new AdministratorRights(NeededAction.in(home.partition(), home.accountId()));
        this.console = console;
    }

    /**
     * Examines the role for limits that the permission set does not have.
     *
     * @param name the name of the permission set
     * @param policies what the permission set says, which limits nothing by itself
     */
    Examination examine(String name, PermissionSetPolicies policies) {
        try {
            return Examination.of(
                    "the roles of IAM Identity Center",
                    () -> find(name),
                    found -> found.map(role -> examine(role.roleName(), policies, console.role(role.roleName())))
                            .orElseGet(() -> missing(name)));
        } catch (NoSuchEntityException e) {
            // Deleted since it was listed.
            return missing(name);
        }
    }

    private Examination missing(String name) {
        return Examination.limit(
                "Account %s has no role for the permission set %s.".formatted(home.accountId(), name),
                console.identityCenter());
    }

    /**
     * The suffix is not known beforehand. Of several the newest counts, as an earlier Identity Center may have left its
     * roles behind.
     */
    private Optional<Role> find(String name) {
        Pattern ofTheSet = Pattern.compile("AWSReservedSSO_" + Pattern.quote(name) + "_[0-9a-f]{16}");
        return iam.listRolesPaginator(request -> request.pathPrefix(PATH).maxItems(LARGEST_PAGE)).roles().stream()
                .filter(role -> ofTheSet.matcher(role.roleName()).matches())
                .max(Comparator.comparing(Role::createDate));
    }

    private Examination examine(String role, PermissionSetPolicies policies, URI link) {
        // ListRoles leaves the permissions boundary out.
        Examination itself = Examination.of(
                "the role " + role,
                () -> iam.getRole(request -> request.roleName(role)).role(),
                read -> boundary(read, policies, link).and(trust(read, link)));
        Examination attached = Examination.of(
                "the policies attached to the role " + role,
                () -> attachedTo(role),
                read -> attached(role, read, policies, link));
        Examination inline = Examination.of(
                "the inline policies of the role " + role,
                () -> inlineOf(role),
                read -> inline(role, read, policies, link));
        return itself.and(attached).and(inline);
    }

    private Examination boundary(Role role, PermissionSetPolicies policies, URI link) {
        if (role.permissionsBoundary() == null) {
            return Examination.NOTHING;
        }
        String arn = role.permissionsBoundary().permissionsBoundaryArn();
        Optional<String> ofTheSet = policies.boundary().map(this::arn);
        if (arn.equals(administratorAccess) || ofTheSet.filter(arn::equals).isPresent()) {
            return Examination.NOTHING;
        }
        String what = "permissions boundary %s of the role %s".formatted(named(arn), role.roleName());
        return managedPolicies.examine(arn, what, (it, document) -> rights.boundary(it, document, link));
    }

    private String arn(PermissionsBoundary boundary) {
        return boundary.customerManagedPolicyReference() == null
                ? boundary.managedPolicyArn()
                : home.policyArn(boundary.customerManagedPolicyReference());
    }

    private List<String> attachedTo(String role) {
        return iam.listAttachedRolePoliciesPaginator(request -> request.roleName(role)).attachedPolicies().stream()
                .map(AttachedPolicy::policyArn)
                .toList();
    }

    private Examination attached(String role, List<String> attached, PermissionSetPolicies policies, URI link) {
        Examination found = policies.managed().contains(administratorAccess) && !attached.contains(administratorAccess)
                ? Examination.limit("The role %s lacks the policy AdministratorAccess.".formatted(role), link)
                : Examination.NOTHING;
        Set<String> ofTheSet = new TreeSet<>(policies.managed());
        policies.customerManaged().stream().map(home::policyArn).forEach(ofTheSet::add);
        for (String arn : attached) {
            if (!ofTheSet.contains(arn) && !arn.equals(administratorAccess)) {
                String what = "policy %s of the role %s".formatted(named(arn), role);
                found = found.and(
                        managedPolicies.examine(arn, what, (it, document) -> rights.policy(it, document, link)));
            }
        }
        return found;
    }

    private Map<String, String> inlineOf(String role) {
        List<String> names = iam.listRolePoliciesPaginator(request -> request.roleName(role)).policyNames().stream()
                .toList();
        Map<String, String> documents = new LinkedHashMap<>();
        for (String name : names) {
            documents.put(
                    name,
                    ManagedPolicies.decoded(
                            iam.getRolePolicy(request -> request.roleName(role).policyName(name))
                                    .policyDocument()));
        }
        return documents;
    }

    private Examination inline(String role, Map<String, String> documents, PermissionSetPolicies policies, URI link) {
        boolean gives = policies.managed().contains(administratorAccess);
        Examination found = Examination.NOTHING;
        for (Map.Entry<String, String> inline : documents.entrySet()) {
            if (policies.inlineDocument()
                    .filter(set -> isSame(set, inline.getValue()))
                    .isPresent()) {
                gives = true;
            } else {
                found = found.and(rights.policy(
                        "The inline policy %s of the role %s".formatted(inline.getKey(), role),
                        inline.getValue(),
                        link));
            }
        }
        return gives
                ? found
                : found.and(Examination.limit(
                        "The role %s lacks the inline policy of the permission set.".formatted(role), link));
    }

    private static boolean isSame(StaticPolicy ofTheSet, String document) {
        try {
            return ofTheSet.equals(StaticPolicy.parse(document));
        } catch (UnreadablePolicyException e) {
            return false;
        }
    }

    private Examination trust(Role role, URI link) {
        StaticPolicy trust;
        try {
            trust = StaticPolicy.parse(ManagedPolicies.decoded(role.assumeRolePolicyDocument()));
        } catch (UnreadablePolicyException e) {
            return Examination.unread("The trust policy of the role %s cannot be understood: %s"
                    .formatted(role.roleName(), e.getMessage()));
        }
        Optional<StaticPolicy.Statement> way = trust.statements().stream()
                .filter(statement -> !statement.denies() && statement.covers(ASSUME, role.arn()))
                .filter(statement -> provider(statement).isPresent())
                .findFirst();
        if (way.isEmpty() || trust.denies(ASSUME, role.arn())) {
            return Examination.limit(
                    "The trust policy of the role %s does not let users of IAM Identity Center in."
                            .formatted(role.roleName()),
                    link);
        }
        boolean narrowed = way.get().conditionKeys().stream().anyMatch(key -> !key.equals("saml:aud"));
        return provider(provider(way.get()).orElseThrow())
                .and(
                        narrowed
                                ? Examination.remark(
                                        "The trust policy of the role %s lets users in under conditions only."
                                                .formatted(role.roleName()))
                                : Examination.NOTHING);
    }

    private static Optional<String> provider(StaticPolicy.Statement statement) {
        return statement.federated().stream()
                .filter(arn -> arn.contains(":saml-provider/AWSSSO_"))
                .findFirst();
    }

    private Examination provider(String arn) {
        String name = named(arn);
        try {
            return Examination.of(
                    "the SAML provider " + name,
                    () -> iam.getSAMLProvider(request -> request.samlProviderArn(arn)),
                    read -> Examination.NOTHING);
        } catch (NoSuchEntityException e) {
            return Examination.limit(
                    "The SAML provider %s is gone, through which users of IAM Identity Center enter account %s. To get it back, open AWS accounts there, select the account and repair its identity provider."
                            .formatted(name, home.accountId()),
                    console.identityCenter());
        }
    }
}
