package groundwork.conclusion;

import static groundwork.conclusion.EventHistory.STORE;
import static groundwork.conclusion.EventHistory.signIn;
import static groundwork.conclusion.Samples.START;
import static groundwork.conclusion.Samples.USER_ID;
import static org.assertj.core.api.Assertions.assertThat;

import groundwork.conclusion.SignInHistory.Answer;
import groundwork.runtime.AwsErrors;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cloudtrail.model.CloudTrailException;
import software.amazon.awssdk.services.cloudtrail.model.LookupEventsRequest;

class SignInHistoryTest {
    private static final Instant NOW = START.plus(Duration.ofDays(100));
    private static final Answer NOT_SIGNED_IN = new Answer.NoSignIn(true);

    private final EventHistory events = new EventHistory();
    private final SignInHistory history = new SignInHistory(events, () -> NOW);

    @Test
    void theLastSignInOfTheUser_isProof() {
        events.signIn(USER_ID, NOW.minusSeconds(60));
        events.signIn(USER_ID, NOW.minusSeconds(600));

        assertThat(ask()).isEqualTo(new Answer.SignedIn(NOW.minusSeconds(60)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Authenticate", "Federate"})
    void whatOnlySomebodySignedInCanDo_isProofToo(String name) {
        events.event(name, NOW, """
                {"eventSource": "sso.amazonaws.com", "eventName": "%s",
                 "userIdentity": {"onBehalfOf": {"userId": "%s", "identityStoreArn": "%s"}}}
                """.formatted(name, USER_ID, STORE));

        assertThat(ask()).isEqualTo(new Answer.SignedIn(NOW));
    }

    @Test
    void anotherUsersSignIn_isNoProof() {
        events.signIn("94e80458-1091-70ac-9a1b-000000000002", NOW);

        assertThat(ask()).isEqualTo(NOT_SIGNED_IN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "arn:aws:identitystore::111122223333:identitystore/d-9999999999 | Success | ''",
                "arn:aws:identitystore::111122223333:identitystore/x-d-9067012345 | Success | ''",
                "arn:aws:identitystore::111122223333:identitystore/d-9067012345 | Failure | ''",
                "arn:aws:identitystore::111122223333:identitystore/d-9067012345 | Success | ', \"errorCode\": \"AccessDenied\"'",
                "arn:aws:identitystore::111122223333:identitystore/d-9067012345 | Success | ', \"eventSource\": \"workspaces.amazonaws.com\"'"
            })
    void ofAnotherStore_failedOrOfAnotherService_isNoProof(String store, String result, String more) {
        events.event("UserAuthentication", NOW, signIn(USER_ID, store, result, more));

        assertThat(ask()).isEqualTo(NOT_SIGNED_IN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "[]", "{\"userIdentity\": 1}"})
    void aRecordThatIsNone_isNoProof(String record) {
        events.event("UserAuthentication", NOW, record);
        events.event("UserAuthentication", NOW, null);

        assertThat(ask()).isEqualTo(NOT_SIGNED_IN);
    }

    @Test
    void wherePeopleSignInAllTheTime_fourPagesAreRead_andThatThereIsMoreIsSaid() {
        othersSignIn(200, NOW.minusSeconds(300));
        events.signIn(USER_ID, NOW.minus(Duration.ofDays(1)));

        assertThat(ask()).isEqualTo(new Answer.NoSignIn(false));
        // Of the other proofs there are none, which one page tells; another is of one-time codes.
        assertThat(events.asked()).hasSize(4 + 1 + 1 + 1);
    }

    @Test
    void aSignInThatAnEventToldOf_isFoundAmongManyNewerOnes() {
        Instant told = NOW.minus(Duration.ofHours(20));
        othersSignIn(300, NOW.minusSeconds(300));
        events.signIn(USER_ID, told);

        assertThat(history.ask(USER_ID, Samples.INSTANCE.identityStoreId(), Optional.of(told)))
                .isEqualTo(new Answer.SignedIn(told));
        assertThat(events.asked()).hasSize(1).first().satisfies(asked -> {
            assertThat(asked.startTime()).isEqualTo(told.minus(Duration.ofMinutes(10)));
            assertThat(asked.endTime()).isEqualTo(told.plus(Duration.ofMinutes(10)));
        });
    }

    @Test
    void aTimeThatWasMadeUp_hidesNoRealSignIn() {
        events.signIn(USER_ID, NOW.minus(Duration.ofDays(2)));

        assertThat(history.ask(
                        USER_ID, Samples.INSTANCE.identityStoreId(), Optional.of(NOW.minus(Duration.ofDays(30)))))
                .isEqualTo(new Answer.SignedIn(NOW.minus(Duration.ofDays(2))));
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 0", "P89D, 600"})
    void noTimeIsAskedForThatTheHistoryCannotHave(Duration ago, int secondsAfter) {
        Instant told = NOW.minus(ago);

        history.ask(USER_ID, Samples.INSTANCE.identityStoreId(), Optional.of(told));

        assertThat(events.asked())
                .first()
                .extracting(LookupEventsRequest::endTime)
                .isEqualTo(told.plusSeconds(secondsAfter));
    }

    @Test
    void whatTheHistoryHasForgotten_isNotAskedFor() {
        history.ask(USER_ID, Samples.INSTANCE.identityStoreId(), Optional.of(NOW.minus(Duration.ofDays(90))));

        assertThat(events.asked()).hasSize(4);
        assertThat(events.asked().subList(0, 3)).allSatisfy(asked -> {
            assertThat(asked.startTime()).isNull();
            assertThat(asked.endTime()).isNull();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "PT1H, d-9067012345, EMAIL_OTP, true",
        "PT24H, d-9067012345, EMAIL_OTP, true",
        "PT25H, d-9067012345, EMAIL_OTP, false",
        "PT1H, d-9067012345, PASSWORD, false",
        "PT1H, d-9999999999, EMAIL_OTP, false",
    })
    void aOneTimeCodeThatWasSentLately_showsThatTheSwitchIsOn(
            Duration ago, String store, String credential, boolean codesAreSent) {
        events.event("CredentialChallenge", NOW.minus(ago), """
                {"eventSource": "signin.amazonaws.com", "eventName": "CredentialChallenge",
                 "additionalEventData": {"CredentialType": "%s"},
                 "userIdentity": {"onBehalfOf": {"userId": "94e80458-1091-70ac-9a1b-000000000002",
                   "identityStoreArn": "arn:aws:identitystore::111122223333:identitystore/%s"}}}
                """.formatted(credential, store));

        assertThat(ask()).isEqualTo(new Answer.NoSignIn(true, codesAreSent));
    }

    @Test
    void whenDenied_theActionIsNamed() {
        events.fails(AwsErrors.denied(CloudTrailException.builder(), "cloudtrail:LookupEvents"));

        assertThat(ask()).isEqualTo(new Answer.Unread("AWS denied cloudtrail:LookupEvents"));
    }

    @Test
    void whenThrottled_nothingFailsAndTheNextLookAsksAgain() {
        events.fails(AwsErrors.throttled(CloudTrailException.builder()));

        assertThat(ask()).isEqualTo(new Answer.Unread("ThrottlingException"));
    }

    private void othersSignIn(int times, Instant last) {
        for (int i = 0; i < times; i++) {
            events.signIn("94e80458-1091-70ac-9a1b-000000000002", last.minusSeconds(i));
        }
    }

    private Answer ask() {
        return history.ask(USER_ID, Samples.INSTANCE.identityStoreId(), Optional.empty());
    }
}
