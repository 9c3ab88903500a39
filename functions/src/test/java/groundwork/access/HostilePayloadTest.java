package groundwork.access;

import static groundwork.access.AccessInPlace.GRACE;
import static groundwork.access.AccessInPlace.SET_ARN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import groundwork.administrator.Administrator;
import groundwork.administrator.ProvisionAdministratorHandler;
import groundwork.checklist.BlockedReason;
import groundwork.checklist.Outcome;
import groundwork.identitycenter.Instance;
import groundwork.runtime.RecordSerializer;
import groundwork.runtime.UnreadableInputException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody with {@code lambda:InvokeFunction} may send to the functions that write to Identity Center. */
class HostilePayloadTest {
    private final AccessInPlace access = new AccessInPlace();
    private final AccessInPlace nothing = AccessInPlace.nothing();

    @Test
    void anotherUser_getsNothing() {
        nothing.user("u-mallory", "mallory", "mallory@example.com", GRACE);

        // The payload's own name and address are not asked.
        Access report = nothing.grantTo(new Administrator("u-mallory", "ada"));

        assertThat(report.findings().all().getFirst().outcome())
                .isEqualTo(
                        Outcome.Blocked.because(
                                BlockedReason.USER_NAME_TAKEN,
                                "The user mallory does not have the email address of the stack's parameters, and gets no access."));
        assertThat(nothing.writes()).isEmpty();
    }

    @Test
    void aRecordThatNamesAnotherGroup_addsNobodyToIt() {
        access.group("g-friends", "Friends", GRACE);
        access.member(false);

        Access report = access.grantWithKnownGroup("g-friends");

        assertThat(report.groupId()).isEqualTo("g-found");
    }

    @Test
    void workUnderWayThatNamesAnotherGroup_isOnlyAskedAbout() {
        access.group("g-friends", "Friends", GRACE);
        access.members("g-friends");

        access.goOn(new Pending(
                new AccessOrder(AccessOrder.Kind.ASSIGNMENT, "assignment-1"), "g-friends", SET_ARN, List.of()));

        assertThat(access.writes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"accountId\": \"../x\"}",
                "{\"accountId\": \"1111222233334\"}",
                "{}",
                "{\"accountId\": \"111122223333\", \"instance\": {\"instanceArn\": \"arn:aws:sso:::instance/*\","
                        + " \"identityStoreId\": \"d-1234567890\"}}",
                "{\"accountId\": \"111122223333\", \"instance\": {\"instanceArn\":"
                        + " \"arn:aws:sso:::instance/ssoins-1234567890abcdef\", \"identityStoreId\": \"d-1234567890/\"}}",
                "{\"accountId\": \"111122223333\", \"instance\": {\"instanceArn\":"
                        + " \"arn:aws:sso:::instance/ssoins-1234567890abcdef\"}}"
            })
    void idsOfAnotherFormAreNotRead(String payload) {
        RecordSerializer serializer = new RecordSerializer();

        assertThatThrownBy(() -> serializer.fromJson(payload, GrantAccessHandler.Request.class))
                .isInstanceOf(UnreadableInputException.class);
        assertThatThrownBy(() -> serializer.fromJson(payload, ProvisionAdministratorHandler.Request.class))
                .isInstanceOf(UnreadableInputException.class);
    }

    @Test
    void idsOfEveryFormThatAwsGivesAreRead() {
        assertThat(new Instance("arn:aws-us-gov:sso:::instance/ssoins-1234567890abcdef", "d-1234567890"))
                .isNotNull();
        assertThat(new Instance(
                        "arn:aws-cn:sso:::instance/ins-1234567890abcdef", "94e80458-1091-70ac-9a1b-000000000001"))
                .isNotNull();
    }
}
