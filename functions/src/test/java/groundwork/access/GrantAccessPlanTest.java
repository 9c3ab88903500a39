package groundwork.access;

import static org.assertj.core.api.Assertions.assertThat;

import groundwork.checklist.Finding;
import groundwork.checklist.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Plans for an Identity Center in which some of the pieces are there. */
class GrantAccessPlanTest {
    private final AccessInPlace access = new AccessInPlace();

    @Test
    void whereOnlyTheUserIsMissing_theMembershipIsPlannedAndTheRestIsKept() {
        assertThat(planned(access.planWithoutUser()))
                .containsExactly("ADOPTED group Administrators", "CREATED membership in group Administrators");
    }

    @Test
    void whereTheGroupIsMissing_soAreMembershipAndAssignment() {
        access.noGroup();

        assertThat(planned(access.plan()))
                .containsExactly(
                        "CREATED group Administrators",
                        "CREATED membership in group Administrators",
                        "CREATED assignment to account 111122223333");
    }

    @Test
    void whereThePermissionSetIsMissing_soIsTheAssignment() {
        access.permissionSets();

        assertThat(planned(access.plan()))
                .containsExactly(
                        "CREATED permission set AdministratorAccess",
                        "CREATED policy AdministratorAccess in permission set AdministratorAccess",
                        "ADOPTED group Administrators",
                        "CREATED assignment to account 111122223333");
    }

    private List<String> planned(Access report) {
        Finding finding = report.findings().all().getFirst();
        assertThat(finding.outcome()).isInstanceOf(Outcome.Planned.class);
        assertThat(access.writes()).isEmpty();
        return finding.effects().stream()
                .map(change -> change.kind() + " " + change.resource())
                .toList();
    }
}
