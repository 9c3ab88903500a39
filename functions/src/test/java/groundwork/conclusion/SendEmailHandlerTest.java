package groundwork.conclusion;

import static groundwork.conclusion.Samples.ADA;
import static groundwork.conclusion.Samples.DONE;
import static groundwork.conclusion.Samples.NOT_ENABLED;
import static groundwork.conclusion.Samples.NO_MFA;
import static groundwork.conclusion.Samples.START;
import static groundwork.conclusion.Samples.USER_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.CALLS_REAL_METHODS;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;

import groundwork.access.Others;
import groundwork.administrator.Administrator;
import groundwork.checklist.BlockedReason;
import groundwork.checklist.Checklist;
import groundwork.checklist.Effect;
import groundwork.checklist.Finding;
import groundwork.checklist.Findings;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import groundwork.email.channel.Subscriptions;
import groundwork.json.Json;
import groundwork.request.Cause;
import groundwork.runtime.AwsErrors;
import groundwork.runtime.TryAgainException;
import groundwork.state.AccountRecord;
import groundwork.state.Outbox;
import groundwork.state.PointsInTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.cloudtrail.model.CloudTrailException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.EndpointDisabledException;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsByTopicRequest;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsByTopicResponse;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sns.model.PublishResponse;
import software.amazon.awssdk.services.sns.model.Subscription;

/** Looks at one account, one after the other, each storing what the state machine would store. */
class SendEmailHandlerTest {
    private static final String TOPIC = "arn:aws:sns:eu-central-1:111122223333:groundwork";
    private static final String OWNER_TOPIC = "arn:aws:sns:eu-central-1:111122223333:groundwork-owner";

    private Instant now = START;
    private boolean confirmed = true;
    private final Map<String, String> environment = new HashMap<>(Samples.environment(TOPIC));
    private final MemoryTable table = new MemoryTable();
    private final EventHistory history = new EventHistory();
    private final SnsClient sns = mock(SnsClient.class, CALLS_REAL_METHODS);
    private final List<String> inbox = new ArrayList<>();
    private final Map<Prerequisite, Finding> found = new EnumMap<>(Prerequisite.class);
    private final List<Finding> foundLater = new ArrayList<>();
    private Administrator administrator = ADA;
    private String record;
    private Cause cause;
    private boolean untold;
    private Others others;
    private int executions;

    @BeforeEach
    void everythingIsDoneButTheFirstSignIn() {
        doAnswer(call -> subscriptions(
                        call.<ListSubscriptionsByTopicRequest>getArgument(0).topicArn()))
                .when(sns)
                .listSubscriptionsByTopic(any(ListSubscriptionsByTopicRequest.class));
        Subscriptions.wereConfirmed(sns, false);
        deliver();
        for (Prerequisite prerequisite : List.of(
                Prerequisite.ROOT_MFA,
                Prerequisite.ROOT_ACCESS_KEYS,
                Prerequisite.IDENTITY_CENTER,
                Prerequisite.CHANGE_EVENTS)) {
            find(prerequisite, DONE);
        }
        find(Prerequisite.ADMIN_USER, DONE, new Effect(Effect.Kind.CREATED, "user ada", USER_ID));
        find(Prerequisite.ADMIN_ACCESS, DONE, new Effect(Effect.Kind.CREATED, "assignment", null));
    }

    @Nested
    class TheWayIn {
        @Test
        void aNewAdministrator_isSentTheSignInUrlOnce() {
            Conclusion first = look();
            Conclusion second = look();

            assertThat(first.sent()).containsExactly("sign-in URL to ada@example.com");
            assertThat(outcome(first, Prerequisite.SIGN_IN_EMAIL))
                    .isEqualTo(new Outcome.Done("Sent on 20 November 2026, 08:00 UTC."));
            assertThat(first.waitFor()).isEqualTo(Conclusion.Awaited.FIRST_SIGN_IN);
            assertThat(second.sent()).isEmpty();
            assertThat(inbox).containsExactly("AWS 111122223333 (Example): your sign-in URL");
        }

        @Test
        void signingIn_makesTheAccountReady() {
            look();
            signsIn(USER_ID, true);

            Conclusion report = look();

            assertThat(outcome(report, Prerequisite.FIRST_SIGN_IN))
                    .isEqualTo(new Outcome.Done(
                            "ada signed in on 20 November 2026, 08:00 UTC and, according to an event, has registered an"
                                    + " MFA device."));
            assertThat(report.checklist().status()).isEqualTo(Checklist.Status.READY);
            assertThat(report.sent()).containsExactly("ready to ada@example.com");
            assertThat(report.waitFor()).isNull();
            assertThat(look().sent()).isEmpty();
        }

        @Test
        void someoneElseSigningIn_changesNothing() {
            signsIn("someone-else", false);

            assertThat(outcome(look(), Prerequisite.FIRST_SIGN_IN)).isInstanceOf(Outcome.Waiting.class);
        }

        @Test
        void whoSignedInAlready_needsNoEmail() {
            signsIn(USER_ID, false);

            Conclusion report = look();

            assertThat(report.sent()).isEmpty();
            assertThat(outcome(report, Prerequisite.SIGN_IN_EMAIL).what()).startsWith("Not needed");
        }

        @Test
        void whoSignedInAlready_isToldOfAccessThatWasNotThere() {
            signsIn(USER_ID, false);
            new Outbox(() -> table, "groundwork", () -> now).noteGrant("111122223333", USER_ID);

            assertThat(look().sent()).containsExactly("sign-in URL to ada@example.com");
            assertThat(inbox).containsExactly("AWS 111122223333 (Example): you have access now");
            assertThat(look().sent()).isEmpty();
        }

        @Test
        void aNewUserId_isSentTheSignInUrlToo() {
            look();
            administrator = new Administrator("user-2", "ada");

            assertThat(look().sent()).containsExactly("sign-in URL to ada@example.com");
        }

        @Test
        void withoutAccess_nothingIsSent() {
            Outcome blocked = Samples.blocked(BlockedReason.ASSIGNMENT_FAILED, "No.");
            find(Prerequisite.ADMIN_ACCESS, blocked);

            Conclusion report = look();

            assertThat(report.sent()).containsExactly("what is waiting to ada@example.com");
            assertThat(outcome(report, Prerequisite.SIGN_IN_EMAIL)).isEqualTo(blocked);
            assertThat(outcome(report, Prerequisite.FIRST_SIGN_IN)).isEqualTo(blocked);
        }

        @Test
        void withoutAnAdministrator_theReasonIsTheUsers() {
            Outcome blocked = Samples.blocked(BlockedReason.IDENTITY_CENTER_NOT_ENABLED, "");
            administrator = null;
            find(Prerequisite.IDENTITY_CENTER, NOT_ENABLED);
            find(Prerequisite.ADMIN_USER, blocked);
            find(Prerequisite.ADMIN_ACCESS, blocked);

            Conclusion report = look();

            assertThat(outcome(report, Prerequisite.SIGN_IN_EMAIL)).isEqualTo(blocked);
            assertThat(outcome(report, Prerequisite.FIRST_SIGN_IN)).isEqualTo(blocked);
            assertThat(report.waitFor()).isEqualTo(Conclusion.Awaited.IDENTITY_CENTER);
        }

        @Test
        void whenTheUserCouldNotBeRead_nothingIsClaimed() {
            administrator = null;
            find(Prerequisite.ADMIN_USER, Samples.UNKNOWN);
            find(Prerequisite.ADMIN_ACCESS, Samples.UNKNOWN);

            Conclusion report = look();

            assertThat(outcome(report, Prerequisite.SIGN_IN_EMAIL)).isInstanceOf(Outcome.Unknown.class);
            assertThat(outcome(report, Prerequisite.FIRST_SIGN_IN)).isInstanceOf(Outcome.Unknown.class);
        }
    }

    @Nested
    class TheProofOfASignIn {
        private static final String NOT_SHOWN_YET =
                "According to an event, ada signed in on 20 November 2026, 08:00 UTC."
                        + " CloudTrail's event history, which lags by some minutes, does not show it yet.";

        @Test
        void isTheHistory_notAnEvent() {
            isToldToSignIn(USER_ID, START, false);

            Conclusion report = look();

            assertThat(outcome(report, Prerequisite.FIRST_SIGN_IN)).isEqualTo(new Outcome.Unknown(NOT_SHOWN_YET));
            assertThat(report.sent()).containsExactly("sign-in URL to ada@example.com");
        }

        @Test
        void isAskedForAnHour_thenTheEventCountsForNothing() {
            isToldToSignIn(USER_ID, START, false);
            look();
            now = START.plus(Duration.ofMinutes(59));
            assertThat(outcome(look(), Prerequisite.FIRST_SIGN_IN)).isEqualTo(new Outcome.Unknown(NOT_SHOWN_YET));
            now = START.plus(Duration.ofMinutes(60));

            assertThat(outcome(look(), Prerequisite.FIRST_SIGN_IN)).satisfies(outcome -> {
                assertThat(outcome).isInstanceOf(Outcome.Waiting.class);
                assertThat(outcome.what())
                        .isEqualTo(
                                "According to an event, ada signed in on 20 November 2026, 08:00 UTC, but CloudTrail's"
                                        + " event history shows no such sign-in.");
            });
            now = START.plus(Duration.ofDays(1));
            assertThat(look().sent()).containsExactly("sign-in reminder to ada@example.com");
        }

        @Test
        void fromTheFuture_isNone() {
            isToldToSignIn(USER_ID, START.plusSeconds(1), false);

            assertThat(outcome(look(), Prerequisite.FIRST_SIGN_IN).what())
                    .isEqualTo("The administrator has not been seen to sign in yet.");
            assertThat(history.asked()).hasSize(4);
        }

        @Test
        void needsNoEvent() {
            history.signIn(USER_ID, START);

            assertThat(outcome(look(), Prerequisite.FIRST_SIGN_IN))
                    .isEqualTo(new Outcome.Done("ada signed in on 20 November 2026, 08:00 UTC."));
        }

        @Test
        void isRememberedWhenTheHistoryHasForgotten() {
            history.signIn(USER_ID, START);
            look();
            int asked = history.asked().size();
            history.fails(AwsErrors.denied(CloudTrailException.builder(), "cloudtrail:LookupEvents"));
            record = null;
            now = START.plus(Duration.ofDays(500));

            assertThat(outcome(look(), Prerequisite.FIRST_SIGN_IN))
                    .isEqualTo(new Outcome.Done("ada signed in on 20 November 2026, 08:00 UTC."));
            assertThat(history.asked()).hasSize(asked);
        }

        @Test
        void whenItCannotBeRead_nothingIsClaimed() {
            history.fails(AwsErrors.denied(CloudTrailException.builder(), "cloudtrail:LookupEvents"));
            isToldToSignIn(USER_ID, START, false);

            assertThat(outcome(look(), Prerequisite.FIRST_SIGN_IN))
                    .isEqualTo(new Outcome.Unknown("Whether ada has signed in could not be read from CloudTrail's event"
                            + " history: AWS denied cloudtrail:LookupEvents."));
        }

        @Test
        void whileItCannotBeRead_isAskedForInRemindersAllTheSame() {
            look();
            history.fails(AwsErrors.throttled(CloudTrailException.builder()));
            now = START.plus(Duration.ofDays(1));

            Conclusion report = look();

            assertThat(outcome(report, Prerequisite.FIRST_SIGN_IN)).isInstanceOf(Outcome.Unknown.class);
            assertThat(report.sent()).containsExactly("sign-in reminder to ada@example.com");
        }

        @Test
        void whileItMayStillBeShown_isNotAskedForInReminders() {
            look();
            now = START.plus(Duration.ofDays(1));
            isToldToSignIn(USER_ID, now.minusSeconds(60), false);

            assertThat(look().sent()).isEmpty();
            now = START.plus(Duration.ofHours(25));
            assertThat(look().sent()).containsExactly("sign-in reminder to ada@example.com");
        }

        @Test
        void amongMoreSignInsThanALookReads_mayHaveBeenMissed() {
            for (int i = 0; i <= 200; i++) {
                history.signIn("94e80458-1091-70ac-9a1b-000000000002", START.minusSeconds(i));
            }

            assertThat(outcome(look(), Prerequisite.FIRST_SIGN_IN).what())
                    .endsWith("CloudTrail's event history holds more sign-ins than a look reads.");
        }

        @Test
        void isNotNeededAgainOfWhomAnEarlierReleaseSawSigningIn() {
            isToldToSignIn(USER_ID, START, false);
            now = START.plus(Duration.ofDays(200));
            record = recordOf(USER_ID, DONE);

            assertThat(outcome(look(), Prerequisite.FIRST_SIGN_IN))
                    .isEqualTo(new Outcome.Done("ada signed in on 20 November 2026, 08:00 UTC."));
            assertThat(history.asked()).isEmpty();
            record = null;
            assertThat(outcome(look(), Prerequisite.FIRST_SIGN_IN)).isInstanceOf(Outcome.Done.class);
        }

        @Test
        void isNeededOfAnotherUserThanTheEarlierOne() {
            isToldToSignIn(USER_ID, START, false);
            now = START.plus(Duration.ofDays(200));
            record = recordOf("94e80458-1091-70ac-9a1b-000000000002", DONE);

            assertThat(outcome(look(), Prerequisite.FIRST_SIGN_IN)).isInstanceOf(Outcome.Waiting.class);
        }

        @Test
        void isNeededWhereTheEarlierReleaseHadSeenNone() {
            isToldToSignIn(USER_ID, START, false);
            now = START.plus(Duration.ofDays(200));
            record = recordOf(USER_ID, Samples.NOT_SIGNED_IN);

            assertThat(outcome(look(), Prerequisite.FIRST_SIGN_IN)).isInstanceOf(Outcome.Waiting.class);
        }

        @Test
        void isNotLookedForInAPlan() {
            plan();

            assertThat(history.asked()).isEmpty();
        }

        @Test
        void isNotLookedForWhileThereIsNoAccess() {
            find(Prerequisite.ADMIN_ACCESS, Samples.blocked(BlockedReason.ASSIGNMENT_FAILED, "No."));

            look();

            assertThat(history.asked()).isEmpty();
        }

        private static String recordOf(String userId, Outcome firstSignIn) {
            return new AccountRecord(
                            Samples.checklist(Samples.line(Prerequisite.FIRST_SIGN_IN, firstSignIn)),
                            new AccountRecord.Known(userId, null, null))
                    .stored();
        }
    }

    @Nested
    class AnAdministratorFromBefore {
        @BeforeEach
        void hadAccessAlready() {
            administrator = new Administrator(USER_ID, "ada");
            find(Prerequisite.ADMIN_USER, DONE, new Effect(Effect.Kind.ADOPTED, "user ada", USER_ID));
            find(Prerequisite.ADMIN_ACCESS, DONE, new Effect(Effect.Kind.ADOPTED, "permission set", "ps-1"));
        }

        @Test
        void isSentNothing() {
            Conclusion report = look();

            assertThat(report.checklist().status()).isEqualTo(Checklist.Status.READY);
            assertThat(outcome(report, Prerequisite.SIGN_IN_EMAIL)).isInstanceOf(Outcome.NotApplicable.class);
            assertThat(outcome(report, Prerequisite.FIRST_SIGN_IN)).isInstanceOf(Outcome.NotApplicable.class);
            assertThat(inbox).isEmpty();
        }

        @Test
        void isSentNothingLaterEither() {
            look();
            find(Prerequisite.ADMIN_ACCESS, Samples.UNKNOWN);
            look();
            find(Prerequisite.ADMIN_ACCESS, DONE, new Effect(Effect.Kind.REPAIRED, "assignment", null));
            look();

            assertThat(inbox).isEmpty();
        }

        @Test
        void isNotLookedUp() {
            look();

            assertThat(history.asked()).isEmpty();
        }

        @Test
        void whenGroundworkGaveTheAccessBeforeACrash_isSentTheSignInUrl() {
            new Outbox(() -> table, "groundwork", () -> now).noteGrant("111122223333", USER_ID);

            assertThat(look().sent()).containsExactly("sign-in URL to ada@example.com");
        }

        @Test
        void isNobodyWhoWasSentTheSignInUrl_evenIfTheRecordIsLost() {
            find(Prerequisite.ADMIN_ACCESS, DONE, new Effect(Effect.Kind.CREATED, "assignment", null));
            look();
            record = null;
            find(Prerequisite.ADMIN_ACCESS, DONE, new Effect(Effect.Kind.ADOPTED, "permission set", "ps-1"));

            assertThat(outcome(look(), Prerequisite.SIGN_IN_EMAIL))
                    .isEqualTo(new Outcome.Done("Sent on 20 November 2026, 08:00 UTC."));
        }

        @Test
        void whenReplacedByAnother_theOtherIsSentTheSignInUrl() {
            look();
            administrator = new Administrator("user-2", "bob");

            assertThat(look().sent()).containsExactly("sign-in URL to ada@example.com");
        }
    }

    @Nested
    class AUserFromBefore {
        @BeforeEach
        void waitsForBeingTold() {
            untold = true;
            find(Prerequisite.ADMIN_ACCESS, Samples.UNKNOWN);
        }

        @Test
        void isToldOnceAndThenAnotherLookIsWorthIt() {
            Conclusion report = look();

            assertThat(report.sent()).containsExactly("user from before to ada@example.com");
            assertThat(report.again()).isTrue();
            assertThat(look().sent()).isEmpty();
            assertThat(look().again()).isFalse();
            assertThat(new Outbox(() -> table, "groundwork", () -> now)
                            .contents("111122223333", new PointsInTime(now))
                            .sent())
                    .containsKey("EXISTING_USER#" + USER_ID);
        }

        @Test
        void isNotToldWhereNobodyHears() {
            confirmed = false;

            assertThat(look().again()).isFalse();
            assertThat(table.isEmpty()).isTrue();
        }
    }

    @Nested
    class OthersInTheGroup {
        @BeforeEach
        void bobIsInIt() {
            find(Prerequisite.ADMIN_ACCESS, DONE, new Effect(Effect.Kind.ADOPTED, "permission set", "ps-1"));
            find(Prerequisite.ADMIN_USER, DONE);
            others = members("m-bob");
        }

        private Others members(String... memberships) {
            return new Others(
                    "Administrators",
                    Arrays.stream(memberships)
                            .map(id -> new Others.Member(id, "bob", START, null, false))
                            .toList(),
                    false);
        }

        @Test
        void areToldOnceForEachMembership() {
            assertThat(look().sent()).containsExactly("who else has access to ada@example.com");
            assertThat(look().sent()).isEmpty();

            others = members("m-bob", "m-carol");
            assertThat(look().sent()).containsExactly("who else has access to ada@example.com");

            // Bob left and came back.
            others = members("m-bob-again", "m-carol");
            assertThat(look().sent()).containsExactly("who else has access to ada@example.com");
            assertThat(inbox).last().asString().endsWith("somebody else has access");
        }

        @Test
        void areToldAgainToAnotherAdministrator() {
            look();
            administrator = new Administrator("user-2", "carol");

            assertThat(look().sent()).containsExactly("sign-in URL and who else has access to ada@example.com");
        }
    }

    @Nested
    class TheChannel {
        @Test
        void whenUnconfirmed_nothingIsSentAndThatIsWhatIsWaitedFor() {
            confirmed = false;
            find(Prerequisite.ROOT_MFA, NO_MFA);

            Conclusion report = look();

            assertThat(report.sent()).isEmpty();
            assertThat(report.waitFor()).isEqualTo(Conclusion.Awaited.EMAIL_CHANNEL);
            assertThat(outcome(report, Prerequisite.SIGN_IN_EMAIL))
                    .isEqualTo(Outcome.Blocked.because(BlockedReason.EMAIL_UNCONFIRMED));
            assertThat(table.isEmpty()).isTrue();
        }

        @Test
        void whenConfirmedLater_whatWasDueIsSentThen() {
            confirmed = false;
            find(Prerequisite.ROOT_MFA, NO_MFA);
            look();
            confirmed = true;

            assertThat(look().sent()).containsExactly("sign-in URL and what is waiting to ada@example.com");
        }

        @Test
        void whenItRefuses_theRefusalIsRecorded() {
            find(Prerequisite.ROOT_MFA, NO_MFA);
            doThrow(EndpointDisabledException.builder()
                            .statusCode(400)
                            .awsErrorDetails(AwsErrorDetails.builder()
                                    .errorCode("EndpointDisabled")
                                    .errorMessage("Disabled")
                                    .build())
                            .build())
                    .when(sns)
                    .publish(any(PublishRequest.class));

            Conclusion report = look();

            assertThat(outcome(report, Prerequisite.EMAIL_CHANNEL).what())
                    .isEqualTo("Amazon SNS refuses to send: Disabled.");
            assertThat(outcome(report, Prerequisite.SIGN_IN_EMAIL))
                    .isEqualTo(Outcome.Blocked.because(BlockedReason.EMAIL_UNCONFIRMED));
            assertThat(report.waitFor()).isEqualTo(Conclusion.Awaited.EMAIL_CHANNEL);

            deliver();
            assertThat(look().sent()).containsExactly("sign-in URL and what is waiting to ada@example.com");
        }

        @Test
        void whenItTimesOut_theRetrySendsIt() {
            doThrow(SdkClientException.create("Read timed out")).when(sns).publish(any(PublishRequest.class));

            assertThatThrownBy(() -> look()).isInstanceOf(TryAgainException.class);
            deliver();

            assertThat(look().sent()).containsExactly("sign-in URL to ada@example.com");
        }
    }

    @Nested
    class TwoExecutions {
        @Test
        void thatSeeTheSame_sendItOnce() {
            find(Prerequisite.ROOT_MFA, NO_MFA);
            String before = record;
            look();
            record = before;

            assertThat(look().sent()).isEmpty();
            assertThat(inbox).containsExactly("AWS 111122223333 (Example): your sign-in URL, more");
        }

        @Test
        void whileTheOtherIsSendingTheSignInUrl_nothingIsClaimedAboutIt() {
            new Outbox(() -> table, "groundwork", () -> now)
                    .claim(
                            "111122223333",
                            new Outbox.Claim("SIGN_IN#" + USER_ID, Instant.EPOCH, "SIGN_IN", "ada@example.com", true),
                            "another");

            Conclusion report = look();

            assertThat(report.sent()).isEmpty();
            assertThat(outcome(report, Prerequisite.SIGN_IN_EMAIL)).isInstanceOf(Outcome.Unknown.class);
        }
    }

    @Nested
    class AnOwnerWhoIsSomebodyElse {
        @BeforeEach
        void theOwnerHasAnAddress() {
            environment.put("OWNER_TOPIC_ARN", OWNER_TOPIC);
            environment.put("OWNER_EMAIL", "owner@example.com");
        }

        @Test
        void isToldWhatIsTheOwners() {
            find(Prerequisite.ROOT_MFA, NO_MFA);
            signsIn(USER_ID, false);

            assertThat(look().sent()).containsExactly("what is waiting to owner@example.com");
            assertThat(look().sent()).isEmpty();
        }

        @Test
        void whoDoesNotReact_isToldOfToTheAdministrator() {
            find(Prerequisite.ROOT_MFA, NO_MFA);
            signsIn(USER_ID, false);
            look();
            now = START.plus(Duration.ofDays(14));
            look();
            now = START.plus(Duration.ofDays(15));

            assertThat(look().sent()).containsExactly("escalation to ada@example.com");
            assertThat(look().sent()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"OWNER_EMAIL", "OWNER_TOPIC_ARN"})
        void whenThereIsNone_nobodyElseIsTold(String missing) {
            environment.remove(missing);
            find(Prerequisite.ROOT_MFA, NO_MFA);
            look();
            now = START.plus(Duration.ofDays(15));

            assertThat(look().sent())
                    .isNotEmpty()
                    .allSatisfy(sent -> assertThat(sent).endsWith(" to ada@example.com"));
        }

        @Test
        void isToldThatTheAdministratorHasNotConfirmed() {
            confirmed = false;

            assertThat(look().sent()).containsExactly("what is waiting to owner@example.com");
        }
    }

    @Nested
    class APlan {
        @Test
        void sendsAndWritesNothing() {
            find(Prerequisite.ROOT_MFA, NO_MFA);

            Conclusion report = plan();

            assertThat(inbox).isEmpty();
            assertThat(table.isEmpty()).isTrue();
            assertThat(report.record()).isNull();
        }

        @Test
        void saysTheLaterOfTwoFindings() {
            find(Prerequisite.ADMIN_USER, Samples.UNKNOWN);
            foundLater.add(new Finding(Prerequisite.ADMIN_USER, DONE));

            assertThat(plan().plan())
                    .extracting(PlanLine::prerequisite, PlanLine::verb)
                    .contains(tuple(Prerequisite.ADMIN_USER, PlanLine.Verb.AS_IT_SHOULD_BE));
        }

        @Test
        void saysOfEveryPrerequisiteWhatARunWouldDo() {
            administrator = null;
            find(Prerequisite.ROOT_MFA, NO_MFA);
            find(
                    Prerequisite.IDENTITY_CENTER,
                    new Outcome.Done("Active."),
                    new Effect(Effect.Kind.ADOPTED, "instance", "i"));
            find(
                    Prerequisite.ADMIN_USER,
                    new Outcome.Planned("The user ada exists."),
                    new Effect(Effect.Kind.CREATED, "user ada", null));
            find(
                    Prerequisite.ADMIN_ACCESS,
                    new Outcome.Planned("The access is there."),
                    new Effect(Effect.Kind.ADOPTED, "permission set", "ps-1"),
                    new Effect(Effect.Kind.REPAIRED, "policy", null));
            found.remove(Prerequisite.CHANGE_EVENTS);

            assertThat(plan().plan())
                    .extracting(PlanLine::prerequisite, PlanLine::verb)
                    .containsExactly(
                            tuple(Prerequisite.ROOT_MFA, PlanLine.Verb.NEEDS_A_PERSON),
                            tuple(Prerequisite.ROOT_ACCESS_KEYS, PlanLine.Verb.AS_IT_SHOULD_BE),
                            tuple(Prerequisite.EMAIL_CHANNEL, PlanLine.Verb.AS_IT_SHOULD_BE),
                            tuple(Prerequisite.IDENTITY_CENTER, PlanLine.Verb.WOULD_ADOPT),
                            tuple(Prerequisite.ADMIN_USER, PlanLine.Verb.WOULD_CREATE),
                            tuple(Prerequisite.ADMIN_ACCESS, PlanLine.Verb.WOULD_REPAIR),
                            tuple(Prerequisite.SIGN_IN_EMAIL, PlanLine.Verb.WOULD_CREATE),
                            tuple(Prerequisite.FIRST_SIGN_IN, PlanLine.Verb.NEEDS_A_PERSON),
                            tuple(Prerequisite.CHANGE_EVENTS, PlanLine.Verb.UNKNOWN));
        }
    }

    @Test
    void aRepair_isReportedInTheLookThatMadeIt() {
        signsIn(USER_ID, false);
        look();
        new Outbox(() -> table, "groundwork", () -> now)
                .noteRepair("111122223333", Prerequisite.ADMIN_ACCESS, "membership", now);

        assertThat(look().sent()).containsExactly("repaired to ada@example.com");
        assertThat(look().sent()).isEmpty();
    }

    @Test
    void aRepairOfAnAttemptThatDied_stillNamesTheChangeOnItsLine() {
        look();
        new Outbox(() -> table, "groundwork", () -> now)
                .noteRepair("111122223333", Prerequisite.ADMIN_ACCESS, "membership", now);
        cause = new Cause.Change("DeleteGroupMembership", "grace", now, "us-east-1", "e-1");

        assertThat(look().checklist().item(Prerequisite.ADMIN_ACCESS).cause().event())
                .isEqualTo("DeleteGroupMembership");
    }

    @Test
    void theRecord_keepsTheIdsThatWereNotFoundThisTime() {
        record = new AccountRecord(null, new AccountRecord.Known("old-user", "group", null)).stored();

        assertThat(AccountRecord.parse(look().record(), new PointsInTime(now)).known())
                .isEqualTo(new AccountRecord.Known(USER_ID, "group", null));
    }

    @Test
    void requestAndReport_surviveTheWire() throws Exception {
        SendEmailHandler.Request request = request(false);
        Conclusion report = plan();

        assertThat(Json.read(Json.write(request), SendEmailHandler.Request.class))
                .isEqualTo(request);
        assertThat(Json.read(Json.write(report), Conclusion.class)).isEqualTo(report);
    }

    @Test
    void aBareRequest_isEnough() throws Exception {
        SendEmailHandler.Request bare = Json.read("""
                {"accountId": "111122223333", "observedAt": "2026-11-20T08:00:00Z", "executionArn": "e",
                 "reports": [null, {"findings": null}, {"findings": [
                    {"prerequisite": "ROOT_MFA", "outcome": {"status": "DONE", "what": "As it should be."}}]}]}
                """, SendEmailHandler.Request.class);
        SendEmailHandler.Request barest = Json.read("""
                {"accountId": "111122223333", "observedAt": "2026-11-20T08:00:00Z", "executionArn": "e"}
                """, SendEmailHandler.Request.class);

        assertThat(outcome(handler().handleRequest(bare, null), Prerequisite.ROOT_MFA))
                .isEqualTo(DONE);
        assertThat(handler().handleRequest(barest, null).checklist().status()).isEqualTo(Checklist.Status.UNKNOWN);
    }

    private void signsIn(String userId, boolean mfaRegistered) {
        isToldToSignIn(userId, START, mfaRegistered);
        history.signIn(userId, START);
    }

    /** The state machine notes before it looks what an event says. */
    private void isToldToSignIn(String userId, Instant at, boolean mfaRegistered) {
        Map<String, AttributeValue> item = new HashMap<>(Map.of(
                "accountId", AttributeValue.fromS("111122223333"),
                "item", AttributeValue.fromS("SIGN_IN#" + userId),
                "signedInAt", AttributeValue.fromS(at.toString())));
        if (mfaRegistered) {
            item.put("mfaRegisteredAt", AttributeValue.fromS(START.toString()));
        }
        table.edit(item);
    }

    private Conclusion look() {
        Conclusion report = handler().handleRequest(request(false), null);
        record = report.record();
        return report;
    }

    private Conclusion plan() {
        return handler().handleRequest(request(true), null);
    }

    private SendEmailHandler handler() {
        return new SendEmailHandler(environment, () -> now, table, sns, () -> mock(SesV2Client.class), history);
    }

    private SendEmailHandler.Request request(boolean plan) {
        executions++;
        return new SendEmailHandler.Request(
                "111122223333",
                "Example",
                plan,
                now,
                "arn:aws:states:eu-central-1:111122223333:execution:groundwork:" + executions,
                cause,
                Samples.INSTANCE,
                administrator,
                new AccountRecord.Known(USER_ID, null, null),
                Arrays.asList(
                        null,
                        new SendEmailHandler.Report(new Findings(List.copyOf(found.values())), null, untold, others),
                        new SendEmailHandler.Report(new Findings(foundLater))),
                record,
                List.of());
    }

    private void find(Prerequisite prerequisite, Outcome outcome, Effect... effects) {
        found.put(prerequisite, new Finding(prerequisite, outcome, List.of(effects)));
    }

    private void deliver() {
        doAnswer(call -> {
                    inbox.add(call.<PublishRequest>getArgument(0).subject());
                    return PublishResponse.builder().build();
                })
                .when(sns)
                .publish(any(PublishRequest.class));
    }

    private ListSubscriptionsByTopicResponse subscriptions(String topicArn) {
        boolean owner = topicArn.equals(OWNER_TOPIC);
        return ListSubscriptionsByTopicResponse.builder()
                .subscriptions(Subscription.builder()
                        .protocol("email")
                        .endpoint(owner ? "owner@example.com" : "ada@example.com")
                        .subscriptionArn(owner || confirmed ? topicArn + ":0f0e0d0c" : "PendingConfirmation")
                        .build())
                .build();
    }

    private static Outcome outcome(Conclusion report, Prerequisite prerequisite) {
        return report.checklist().item(prerequisite).outcome();
    }
}
