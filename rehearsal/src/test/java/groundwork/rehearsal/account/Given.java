package groundwork.rehearsal.account;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.regions.Region;

/** The cast of the tests: an organization of three accounts with Identity Center in Ireland. */
final class Given {
    static final String MANAGEMENT = "111122223333";
    static final String MEMBER = "444455556666";
    static final String SECURITY = "777788889999";
    static final Region HOME = Region.EU_WEST_1;
    static final String ADMINISTRATOR_ACCESS = "arn:aws:iam::aws:policy/AdministratorAccess";
    static final Caller FUNCTION = Caller.role(MANAGEMENT, "GroundworkFunctionRole", "groundwork-grant-access");

    private Given() {}

    static OrganizationBuilder organization(VirtualClock clock) {
        return EmbeddedOrganization.builder(clock)
                .managementAccount(MANAGEMENT, "Main", "owner@example.com")
                .memberAccount(MEMBER, "Workload", "workload@example.com")
                .memberAccount(SECURITY, "Security", "security@example.com");
    }

    static EmbeddedOrganization withIdentityCenter(VirtualClock clock) {
        return organization(clock).identityCenter(HOME).build();
    }

    /** What IAM is asked from now on; the list grows with every call. */
    static List<AccessCheck> accessChecks(EmbeddedOrganization organization) {
        List<AccessCheck> checks = new ArrayList<>();
        organization.observe(new CallObserver() {
            @Override
            public void before(Call call) {
                checks.addAll(call.accessChecks());
            }
        });
        return checks;
    }
}
