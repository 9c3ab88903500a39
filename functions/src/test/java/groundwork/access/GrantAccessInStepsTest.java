package groundwork.access;

import static groundwork.access.AccessInPlace.SET_ARN;
import static groundwork.checklist.Change.Kind.CREATED;
import static groundwork.checklist.Change.Kind.UPDATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import groundwork.checklist.Change;
import groundwork.checklist.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssoadmin.model.ListPermissionSetsRequest;
import software.amazon.awssdk.services.ssoadmin.model.StatusValues;

/** What one call leaves to the next. */
class GrantAccessInStepsTest {
    private final AccessInPlace access = new AccessInPlace();

    @Test
    void whileAwsBringsAChangedSetToTheAccount_theAccessIsNotCalledDone() {
        access.outdated(SET_ARN);
        access.provisioningIs(StatusValues.IN_PROGRESS, null);

        GrantAccessHandler.Report report = access.grantAgain();

        assertThat(report.findings().getFirst().outcome()).isInstanceOf(Outcome.Unknown.class);
        assertThat(report.pending())
                .isEqualTo(new GrantAccessHandler.Pending(
                        new GrantAccessHandler.Order(GrantAccessHandler.Order.Kind.PROVISIONING, "provisioning-1"),
                        "g-found",
                        SET_ARN,
                        List.of(new Change(UPDATED, "permission set provisioned to account 111122223333", SET_ARN))));
    }

    @Test
    void aMembershipThatIsPutBack_isAccessAtOnce() {
        access.member(false);

        GrantAccessHandler.Report report = access.grantAgain();

        assertThat(report.findings().getFirst().outcome()).isInstanceOf(Outcome.Done.class);
        assertThat(report.pending()).isNull();
    }

    @Test
    void whatAnEarlierCallCreated_isNotTakenForSomethingThatWasThereBefore() {
        Change group = new Change(CREATED, "group Administrators", "g-found");
        access.assignments();

        GrantAccessHandler.Report report =
                access.goOn(new GrantAccessHandler.Pending(null, null, null, List.of(group)));

        assertThat(report.findings().getFirst().changes())
                .containsExactly(group, new Change(CREATED, "assignment to account 111122223333", "assignment-1"));
    }

    /** An organization may have thousands of permission sets, and each has to be asked for its name. */
    @Test
    void aPermissionSetThatIsKnown_isNotSearchedFor() {
        access.grantAgain();

        verify(access.ssoAdmin, never()).listPermissionSets(any(ListPermissionSetsRequest.class));
    }
}
