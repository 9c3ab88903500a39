package groundwork.access;

import static groundwork.access.AccessInPlace.SET_ARN;
import static groundwork.checklist.Effect.Kind.CREATED;
import static groundwork.checklist.Effect.Kind.UPDATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import groundwork.checklist.Effect;
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

        Access report = access.grantAgain();

        assertThat(report.findings().all().getFirst().outcome()).isInstanceOf(Outcome.Unknown.class);
        assertThat(report.pending())
                .isEqualTo(new Pending(
                        new AccessOrder(AccessOrder.Kind.PROVISIONING, "provisioning-1"),
                        "g-found",
                        SET_ARN,
                        List.of(new Effect(UPDATED, "permission set provisioned to account 111122223333", SET_ARN))));
    }

    @Test
    void aMembershipThatIsPutBack_isAccessAtOnce() {
        access.member(false);

        Access report = access.grantAgain();

        assertThat(report.findings().all().getFirst().outcome()).isInstanceOf(Outcome.Done.class);
        assertThat(report.pending()).isNull();
    }

    @Test
    void whatAnEarlierCallCreated_isNotTakenForSomethingThatWasThereBefore() {
        Effect group = new Effect(CREATED, "group Administrators", "g-found");
        access.assignments();

        Access report = access.goOn(new Pending(null, null, null, List.of(group)));

        assertThat(report.findings().all().getFirst().effects())
                .containsExactly(group, new Effect(CREATED, "assignment to account 111122223333", "assignment-1"));
    }

    /** An organization may have thousands of permission sets, and each has to be asked for its name. */
    @Test
    void aPermissionSetThatIsKnown_isNotSearchedFor() {
        access.grantAgain();

        verify(access.ssoAdmin, never()).listPermissionSets(any(ListPermissionSetsRequest.class));
    }
}
