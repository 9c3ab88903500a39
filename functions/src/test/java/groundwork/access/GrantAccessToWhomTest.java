package groundwork.access;

import static groundwork.access.AccessInPlace.GRACE;
import static groundwork.access.AccessInPlace.GRANTED_BY_GROUNDWORK;
import static groundwork.access.AccessInPlace.MADE_BY_GROUNDWORK;
import static groundwork.checklist.BlockedReason.GROUP_TAKEN;
import static groundwork.checklist.BlockedReason.USER_NAME_TAKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.verify;

import groundwork.checklist.BlockedReason;
import groundwork.checklist.Effect;
import groundwork.checklist.Outcome;
import groundwork.runtime.AwsErrors;
import java.net.URI;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.identitystore.model.IdentitystoreException;
import software.amazon.awssdk.services.identitystore.model.IsMemberInGroupsRequest;
import software.amazon.awssdk.services.identitystore.model.ListGroupMembershipsRequest;

/** Whom GrantAccess lets in, whatever the table, names and callers say. */
class GrantAccessToWhomTest {
    private static final String ORIGIN =
            "Groundwork did not make the user mallory: it was made on 20 November 2026, 09:15 UTC by " + GRACE + ".";

    private final AccessInPlace access = new AccessInPlace();
    private final AccessInPlace nothing = AccessInPlace.nothing();

    @ParameterizedTest
    @ValueSource(
            strings = {
                MADE_BY_GROUNDWORK,
                "AROAPROVISION",
                "AROAPROVISION:provision",
                "arn:aws:iam::111122223333:role/groundwork-5f8e2d10/groundwork-ProvisionAdministratorRole-A1B2"
            })
    void aUserThatGroundworkMade_isLetInAtOnce(String createdBy) {
        nothing.user("u-ada", "ada", "ada@example.com", createdBy);

        assertThat(nothing.grant().untold()).isFalse();
        assertThat(nothing.writes()).contains("CreateGroupMembership", "CreateAccountAssignment");
    }

    /** Names that begin like those of the roles, roles of other accounts, and nothing at all. */
    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "SCIM",
                "arn:aws:sts::111122223333:assumed-role/groundwork-ProvisionAdministratorRole-A1B2C/x",
                "arn:aws:sts::444455556666:assumed-role/groundwork-ProvisionAdministratorRole-A1B2/x",
                "AROAPROVISIONX:provision"
            })
    void aUserThatSomebodyElseMade_getsNothingBeforePeopleAreTold(String createdBy) {
        nothing.user("u-ada", "ada", "ada@example.com", createdBy);

        Access report = nothing.grant();

        assertThat(report.untold()).isTrue();
        assertThat(outcome(report)).isInstanceOf(Outcome.Unknown.class);
        assertThat(nothing.writes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"EXISTING_USER#u-ada", "SIGN_IN#u-ada"})
    void aUserThatPeopleWereToldOf_isLetIn(String occasion) {
        nothing.user("u-ada", "mallory", "ada@example.com", GRACE);
        nothing.sent(occasion);

        nothing.grant();

        assertThat(nothing.writes()).contains("CreateGroupMembership", "CreateAccountAssignment");
    }

    @Test
    void whatPeopleAreTold_isWhenAndByWhomTheUserWasMade() {
        nothing.user("u-ada", "mallory", "ada@example.com", GRACE);

        assertThat(outcome(nothing.grant()).what())
                .isEqualTo(ORIGIN + " The user gets access once this has been told by email.");
    }

    @Test
    void aPlanSaysWhatWouldComeOfIt() {
        nothing.user("u-ada", "ada", "ada@example.com", GRACE);

        assertThat(outcome(nothing.plan())).isInstanceOf(Outcome.Planned.class);
        assertThat(nothing.plan().untold()).isFalse();
    }

    @Test
    void aUserThatHasTheAccessAlready_keepsItAndNobodyIsTold() {
        access.user("u-ada", "ada", "ada@example.com", GRACE);

        assertThat(access.grant().untold()).isFalse();
        assertThat(outcome(access.grant())).isInstanceOf(Outcome.Done.class);
        assertThat(access.writes()).isEmpty();
    }

    /** The payload and the table name any user; the address decides, or the name of a user that Groundwork made. */
    @Test
    void aUserWithTheNameOnly_isRefusedUnlessGroundworkMadeIt() {
        nothing.user("u-ada", "ada", "mallory@example.com", GRACE);
        assertThat(reason(nothing.grant())).isEqualTo(USER_NAME_TAKEN);
        assertThat(nothing.writes()).isEmpty();

        nothing.user("u-ada", "ada", "mallory@example.com", MADE_BY_GROUNDWORK);
        nothing.grant();
        assertThat(nothing.writes()).contains("CreateGroupMembership");
    }

    @Test
    void aUserThatGroundworkMadeForSomebodyElse_isRefused() {
        nothing.user("u-ada", "bob", "bob@example.com", MADE_BY_GROUNDWORK);

        assertThat(reason(nothing.grant())).isEqualTo(USER_NAME_TAKEN);
        assertThat(nothing.writes()).isEmpty();
    }

    @Test
    void aUserOfAnotherNameAndAddress_keepsWhatItHas() {
        access.user("u-ada", "ada.king", "ada.king@example.com", MADE_BY_GROUNDWORK);

        assertThat(outcome(access.grantAgain())).isInstanceOf(Outcome.Done.class);
        assertThat(access.writes()).isEmpty();

        access.member(false);
        assertThat(reason(access.grantAgain())).isEqualTo(USER_NAME_TAKEN);
        assertThat(access.writes()).isEmpty();
    }

    @Test
    void aGroupWithOthersInItAndWithoutAccess_isTakenAndNothingWritten() {
        access.assignments();
        access.user("u-eve", "eve", "eve@example.com", GRACE);
        access.members("g-found", "u-ada", "u-eve");

        assertThat(outcome(access.grantAgain()))
                .isEqualTo(Outcome.Blocked.because(
                        GROUP_TAKEN,
                        "Groundwork did not create the group Administrators, which has no administrator access to account"
                                + " 111122223333 yet. 1 other (eve) would get it."));
        assertThat(access.writes()).isEmpty();
    }

    @Test
    void aGroupWithOthersInItThatGroundworkMade_isGivenItsAccessBack() {
        access.assignments();
        access.group("g-found", "Administrators", GRANTED_BY_GROUNDWORK);
        access.user("u-eve", "eve", "eve@example.com", GRACE);
        access.members("g-found", "u-ada", "u-eve");

        assertThat(outcome(access.finished(access.grantAgain())).what())
                .isEqualTo("The administrators' group has administrator access to account 111122223333. The group"
                        + " Administrators lets in 1 other (eve) as well.");
        assertThat(access.writes()).contains("CreateAccountAssignment");
    }

    @Test
    void whoMayNotListTheGroup_stillSeesThatTheAdministratorIsInIt() {
        willThrow(AwsErrors.denied(IdentitystoreException.builder(), "identitystore:ListGroupMemberships"))
                .given(access.identityStore)
                .listGroupMemberships(any(ListGroupMembershipsRequest.class));

        assertThat(outcome(access.grantAgain()))
                .isEqualTo(new Outcome.Done(
                        "The administrators' group has administrator access to account 111122223333. Could not read who else"
                                + " is in the group: AWS denied identitystore:ListGroupMemberships."));
        assertThat(access.writes()).isEmpty();
    }

    @Test
    void inAGroupOfMoreThanAHundred_whetherTheAdministratorIsInItIsAskedOfOneUser() {
        access.memberships(
                "g-found",
                true,
                IntStream.range(0, 100).mapToObj("u-%d"::formatted).toArray(String[]::new));
        IntStream.range(0, 100).forEach(i -> access.user("u-" + i, "user" + i, i + "@example.com", GRACE));

        access.grantAgain();

        assertThat(access.writes()).isEmpty();
        verify(access.identityStore).isMemberInGroups(any(IsMemberInGroupsRequest.class));
    }

    @Test
    void aGroupThatGroundworkMade_staysTheGroupUnderAnotherName() {
        access.group("g-found", "Owners", GRANTED_BY_GROUNDWORK);
        access.groupNamed("g-other");
        access.member(false);

        assertThat(access.grantAgain().findings().all().getFirst().effects())
                .containsExactly(new Effect(Effect.Kind.REPAIRED, "membership in group Owners", "m-new"));
    }

    @Test
    void aRenamedGroupThatSomebodyElseMade_isAskedAbout() {
        access.group("g-found", "Owners", GRACE);
        access.groupNamed("g-other");

        assertThat(outcome(access.grantAgain()))
                .isEqualTo(
                        new Outcome.Waiting(
                                "The group that has the access, and that Groundwork did not create, is called Owners now.",
                                "Give it its old name in IAM Identity Center, or give the stack its new name as the parameter"
                                        + " GroupName.",
                                URI.create(
                                        "https://eu-central-1.console.aws.amazon.com/singlesignon/home?region=eu-central-1#!/")));
        assertThat(access.writes()).isEmpty();
    }

    @Test
    void aGroupThatTheTableNamesAndThatHasNoAccess_isNotTheGroup() {
        access.group("g-found", "Friends", GRACE);
        access.group("g-other", "Administrators", GRANTED_BY_GROUNDWORK);
        access.groupNamed("g-other");
        access.members("g-other", "u-ada");
        access.assignments();

        assertThat(access.grantAgain().groupId()).isEqualTo("g-other");
    }

    @Test
    void anotherStacksPermissionSet_isNotOurs() {
        access.tags(software.amazon.awssdk.services.ssoadmin.model.Tag.builder()
                .key("groundwork:stack")
                .value("another")
                .build());
        access.policies();

        assertThat(reason(access.grant())).isEqualTo(BlockedReason.PERMISSION_SET_TAKEN);
        assertThat(access.writes()).isEmpty();
    }

    @Test
    void ofManyOthersTheTenLatestAreNamed() {
        String[] everybody = IntStream.range(0, 12).mapToObj(i -> "u-" + i).toArray(String[]::new);
        for (String user : everybody) {
            access.user(user, user.replace("u-", "user"), user + "@example.com", GRACE);
        }
        access.members("g-found", everybody);

        Access report = access.grant();

        assertThat(outcome(report).what())
                .endsWith(
                        " The group Administrators lets in 12 others (user11, user10, user9, user8, user7, user6, user5,"
                                + " user4, user3, user2 and 2 more) as well.");
        assertThat(report.others().members()).hasSize(12);

        String[] hundred = IntStream.range(0, 100).mapToObj(i -> "u-" + i % 12).toArray(String[]::new);
        access.memberships("g-found", true, hundred);
        assertThat(outcome(access.grant()).what()).contains(" lets in more than 100 others (user3, user2, ");
    }

    @Test
    void anAdministratorOfAnEarlierTime_isToldFromThoseWhomOthersAdded() {
        access.memberAddedBy("g-found", "u-bob", GRANTED_BY_GROUNDWORK);
        access.user("u-bob", "bob", "bob@example.com", MADE_BY_GROUNDWORK);

        assertThat(access.grant().others().members())
                .singleElement()
                .satisfies(member -> assertThat(member.ours()).isTrue());
    }

    private static Outcome outcome(Access report) {
        return report.findings().all().getFirst().outcome();
    }

    private static BlockedReason reason(Access report) {
        return ((Outcome.Blocked) outcome(report)).reason();
    }
}
