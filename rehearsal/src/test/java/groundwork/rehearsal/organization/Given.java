package groundwork.rehearsal.organization;

import groundwork.rehearsal.organization.call.AccessCheck;
import groundwork.rehearsal.organization.call.Call;
import groundwork.rehearsal.organization.call.CallObserver;
import groundwork.rehearsal.organization.call.Caller;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.regions.Region;

/** The cast of the tests: an organization of three accounts with Identity Center in Ireland. */
public final class Given {
    public static final String MANAGEMENT = "111122223333";
    public static final String MEMBER = "444455556666";
    public static final String SECURITY = "777788889999";
    public static final Region HOME = Region.EU_WEST_1;
    public static final String ADMINISTRATOR_ACCESS = "arn:aws:iam::aws:policy/AdministratorAccess";
    public static final Caller FUNCTION = Caller.role(MANAGEMENT, "GroundworkFunctionRole", "groundwork-grant-access");

    private Given() {}

    public static OrganizationBuilder organization(VirtualClock clock) {
        return EmbeddedOrganization.builder(clock)
                .managementAccount(MANAGEMENT, "Main", "owner@example.com")
                .memberAccount(MEMBER, "Workload", "workload@example.com")
                .memberAccount(SECURITY, "Security", "security@example.com");
    }

    public static EmbeddedOrganization withIdentityCenter(VirtualClock clock) {
        return organization(clock).identityCenter(HOME).build();
    }

    /** What IAM is asked from now on; the list grows with every call. */
    public static List<AccessCheck> accessChecks(EmbeddedOrganization organization) {
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
