package groundwork.conclusion;

import static groundwork.conclusion.Samples.DONE;
import static groundwork.conclusion.Samples.NOT_ENABLED;
import static groundwork.conclusion.Samples.NOT_SIGNED_IN;
import static groundwork.conclusion.Samples.NO_MFA;
import static groundwork.conclusion.Samples.START;
import static groundwork.conclusion.Samples.TO_BE_SENT;
import static groundwork.conclusion.Samples.UNKNOWN;
import static groundwork.conclusion.Samples.blocked;
import static groundwork.conclusion.Samples.checklist;
import static groundwork.conclusion.Samples.line;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import groundwork.checklist.BlockedReason;
import groundwork.checklist.Checklist;
import groundwork.checklist.Finding;
import groundwork.checklist.Prerequisite;
import groundwork.email.DatedOccasion;
import groundwork.email.Due;
import groundwork.email.Look;
import groundwork.email.Point;
import groundwork.email.Reader;
import groundwork.email.WayIn;
import groundwork.state.OutboxContents;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DueMessagesTest {
    private static final Reach ONE_PERSON =
            new Reach(Map.of(Reader.ADMINISTRATOR, new Reach.Way("ada@example.com", DONE)), List.of(), List.of());
    private static final Reach BOTH_HEAR = Samples.reach(DONE, DONE);

    @Test
    void readyFromTheFirstLook_nothingIsDue() {
        assertThat(due(checklist(), sent(), day(0))).isEmpty();
    }

    @Test
    void everythingUnknown_nothingIsDue() {
        Checklist unknown = checklist(Stream.of(Prerequisite.values())
                .map(prerequisite -> line(prerequisite, UNKNOWN))
                .toArray(groundwork.checklist.ChecklistItem[]::new));

        assertThat(due(unknown, sent(), day(0))).isEmpty();
    }

    @Nested
    class SignIn {
        private final Checklist toBeSent = checklist(
                line(Prerequisite.SIGN_IN_EMAIL, TO_BE_SENT), line(Prerequisite.FIRST_SIGN_IN, NOT_SIGNED_IN));
        private final Checklist awaited = checklist(line(Prerequisite.FIRST_SIGN_IN, NOT_SIGNED_IN));

        @Test
        void whenItIsToBeSent_isDueForThisUser() {
            assertThat(due(toBeSent, sent(), day(0))).containsExactly("SIGN_IN [SIGN_IN#user-1]");
        }

        @Test
        void whenThereIsNoAdministratorYet_isNotDue() {
            assertThat(all(toBeSent, OutboxContents.EMPTY, Samples.lookFor(Optional.empty()), START, false))
                    .isEmpty();
        }

        @ParameterizedTest
        @CsvSource({
            "P0D,",
            "PT23H59M,",
            "P1D,    SIGN_IN_REMINDER [SIGN_IN#user-1#REMINDER1]",
            "P3D,    SIGN_IN_REMINDER [SIGN_IN#user-1#REMINDER2]",
            "P7D,    SIGN_IN_REMINDER [SIGN_IN#user-1#REMINDER3]",
            "P14D,   SIGN_IN_REMINDER [SIGN_IN#user-1#REMINDER4]",
            "P399D,  SIGN_IN_REMINDER [SIGN_IN#user-1#REMINDER4]",
            "P400D,",
        })
        void whileTheFirstSignInIsAwaited_isRepeated(Duration later, String expected) {
            assertThat(due(awaited, sent("SIGN_IN#user-1"), START.plus(later)))
                    .isEqualTo(expected == null ? List.of() : List.of(expected));
        }

        @Test
        void whenTheReminderWasSent_isNotRepeatedUntilTheNext() {
            assertThat(due(awaited, sent("SIGN_IN#user-1", "SIGN_IN#user-1#REMINDER1"), day(2)))
                    .isEmpty();
        }

        @Test
        void whenSignedIn_isNotRepeated() {
            assertThat(due(checklist(), sent("SIGN_IN#user-1"), day(3))).isEmpty();
        }

        @Test
        void whenWhetherSignedInIsUnknown_isNotRepeated() {
            assertThat(due(checklist(line(Prerequisite.FIRST_SIGN_IN, UNKNOWN)), sent("SIGN_IN#user-1"), day(3)))
                    .isEmpty();
        }
    }

    @Nested
    class WaitingList {
        @Test
        void everyLineThatWaits_sharesOneEmail() {
            Checklist checklist =
                    checklist(line(Prerequisite.ROOT_MFA, NO_MFA), line(Prerequisite.IDENTITY_CENTER, NOT_ENABLED));

            assertThat(due(checklist, sent(), day(0)))
                    .containsExactly("WAITING [ROOT_MFA#1#NOTICE] [IDENTITY_CENTER#1#NOTICE]");
        }

        @Test
        void aLineThatWasTold_isNotToldAgain() {
            Checklist checklist =
                    checklist(line(Prerequisite.ROOT_MFA, NO_MFA), line(Prerequisite.IDENTITY_CENTER, NOT_ENABLED));

            assertThat(due(checklist, sent("ROOT_MFA#1#NOTICE"), day(0)))
                    .containsExactly("WAITING [IDENTITY_CENTER#1#NOTICE]");
        }

        @ParameterizedTest
        @CsvSource({"EMAIL_CHANNEL", "SIGN_IN_EMAIL", "FIRST_SIGN_IN"})
        void aLineThatTheSignInEmailIsAbout_isNotListed(Prerequisite prerequisite) {
            assertThat(due(checklist(line(prerequisite, NO_MFA)), sent(), day(0)))
                    .isEmpty();
        }

        @ParameterizedTest
        @CsvSource({"IDENTITY_CENTER_NOT_ENABLED", "NO_ORGANIZATION", "EMAIL_UNCONFIRMED"})
        void aReasonThatFollowsFromAnotherLine_isNotListed(BlockedReason reason) {
            assertThat(due(checklist(line(Prerequisite.ADMIN_USER, blocked(reason, ""))), sent(), day(0)))
                    .isEmpty();
        }

        @Test
        void linesWithTheSameReason_areOnePoint() {
            Checklist checklist = checklist(
                    line(Prerequisite.ADMIN_USER, blocked(BlockedReason.NOT_MANAGEMENT_ACCOUNT, "999988887777")),
                    line(Prerequisite.ADMIN_ACCESS, blocked(BlockedReason.NOT_MANAGEMENT_ACCOUNT, "999988887777")));

            assertThat(due(checklist, sent(), day(0)))
                    .containsExactly("WAITING [ADMIN_USER#1#NOTICE#NOT_MANAGEMENT_ACCOUNT,"
                            + " ADMIN_ACCESS#1#NOTICE#NOT_MANAGEMENT_ACCOUNT]");
        }

        @Test
        void theSameReasonAboutSomethingElse_isAnotherPoint() {
            Checklist checklist = checklist(
                    line(Prerequisite.ROOT_MFA, blocked(BlockedReason.ACCESS_DENIED, "iam:GetAccountSummary")),
                    line(Prerequisite.ADMIN_USER, blocked(BlockedReason.ACCESS_DENIED, "identitystore:CreateUser")));

            assertThat(due(checklist, sent(), day(0)))
                    .containsExactly("WAITING [ROOT_MFA#1#NOTICE#ACCESS_DENIED] [ADMIN_USER#1#NOTICE#ACCESS_DENIED]");
        }

        @Test
        void aLineThatJoinsAReasonThatWasTold_isNoNews() {
            Checklist checklist = checklist(
                    line(Prerequisite.ADMIN_USER, blocked(BlockedReason.NOT_MANAGEMENT_ACCOUNT, "999988887777")),
                    line(Prerequisite.ADMIN_ACCESS, blocked(BlockedReason.NOT_MANAGEMENT_ACCOUNT, "999988887777")));

            assertThat(due(checklist, sent("ADMIN_ACCESS#1#NOTICE#NOT_MANAGEMENT_ACCOUNT"), day(0)))
                    .isEmpty();
        }

        @Test
        void anotherReasonWithinTheSamePeriod_isNews() {
            Checklist checklist = checklist(
                    line(Prerequisite.IDENTITY_CENTER, blocked(BlockedReason.ACCOUNT_INSTANCE_ONLY, "ssoins-1")));

            assertThat(due(checklist, sent("IDENTITY_CENTER#1#NOTICE"), day(0)))
                    .containsExactly("WAITING [IDENTITY_CENTER#1#NOTICE#ACCOUNT_INSTANCE_ONLY]");
        }

        @Test
        void whatWasDoneBefore_isToldInAnEmailOfItsOwn() {
            Checklist checklist = checklist(
                    line(Prerequisite.ROOT_MFA, NO_MFA, 3, day(5), true),
                    line(Prerequisite.IDENTITY_CENTER, NOT_ENABLED));

            assertThat(due(checklist, sent("ROOT_MFA#1#NOTICE"), day(5)))
                    .containsExactly(
                            "WAITING [IDENTITY_CENTER#1#NOTICE, IDENTITY_CENTER#1#REMINDER2]",
                            "NEEDS_YOU_AGAIN [ROOT_MFA#3#NOTICE]");
        }

        @Test
        void aLineOpenForLongerThanTheTableRemembers_isLeftAlone() {
            assertThat(due(checklist(line(Prerequisite.ROOT_MFA, NO_MFA)), sent(), day(400)))
                    .isEmpty();
        }
    }

    @Nested
    class Reminder {
        private final Checklist checklist = checklist(line(Prerequisite.ROOT_MFA, NO_MFA));

        @ParameterizedTest
        @CsvSource({
            "PT23H59M,",
            "P1D,     REMINDER [ROOT_MFA#1#REMINDER1]",
            "P2D,     REMINDER [ROOT_MFA#1#REMINDER1]",
            "P3D,     REMINDER [ROOT_MFA#1#REMINDER2]",
            "P7D,     REMINDER [ROOT_MFA#1#REMINDER3]",
            "P14D,    REMINDER [ROOT_MFA#1#REMINDER4]",
            "P100D,   REMINDER [ROOT_MFA#1#REMINDER4]",
        })
        void onlyTheLatestIsDue(Duration later, String expected) {
            assertThat(due(checklist, sent("ROOT_MFA#1#NOTICE"), START.plus(later)))
                    .isEqualTo(expected == null ? List.of() : List.of(expected));
        }

        @Test
        void afterTheLast_thereAreNoMore() {
            assertThat(due(checklist, sent("ROOT_MFA#1#NOTICE", "ROOT_MFA#1#REMINDER4"), day(100)))
                    .isEmpty();
        }

        @Test
        void aNoticeThatComesLate_coversTheReminderDueByThen() {
            assertThat(due(checklist, sent(), day(8)))
                    .containsExactly("WAITING [ROOT_MFA#1#NOTICE, ROOT_MFA#1#REMINDER3]");
        }

        @Test
        void aNewPeriod_beginsAnew() {
            Checklist again = checklist(line(Prerequisite.ROOT_MFA, NO_MFA, 3, day(20), true));

            assertThat(due(again, sentAt(day(20), "ROOT_MFA#1#REMINDER1", "ROOT_MFA#3#NOTICE"), day(21)))
                    .containsExactly("REMINDER [ROOT_MFA#3#REMINDER1]");
        }

        @Test
        void aLineThatCannotBeReadNow_isNotRemindedOf() {
            assertThat(due(checklist(line(Prerequisite.ROOT_MFA, UNKNOWN)), sent("ROOT_MFA#1#NOTICE"), day(3)))
                    .isEmpty();
        }
    }

    @Nested
    class Escalation {
        private final OutboxContents remindedOf = sent("ROOT_MFA#1#NOTICE#OWNER", "ROOT_MFA#1#REMINDER4#OWNER");
        private final Checklist checklist = checklist(line(Prerequisite.ROOT_MFA, NO_MFA));

        @Test
        void aDayAfterTheLastReminder_theOtherPersonIsTold() {
            assertThat(escalated(checklist, remindedOf, day(15)))
                    .containsExactly("ESCALATION [ROOT_MFA#1#ESCALATION#OWNER]");
        }

        @Test
        void earlier_itIsNot() {
            assertThat(escalated(checklist, remindedOf, day(15).minusSeconds(1)))
                    .isEmpty();
        }

        @Test
        void onceTold_itIsNotToldAgain() {
            OutboxContents told =
                    sent("ROOT_MFA#1#NOTICE#OWNER", "ROOT_MFA#1#REMINDER4#OWNER", "ROOT_MFA#1#ESCALATION#OWNER");

            assertThat(escalated(checklist, told, day(20))).isEmpty();
        }

        @Test
        void withoutAnotherPerson_nothingIsDue() {
            assertThat(due(checklist, sent("ROOT_MFA#1#NOTICE", "ROOT_MFA#1#REMINDER4"), day(15)))
                    .isEmpty();
        }

        @Test
        void aFirstSignIn_countsFromTheSignInEmail() {
            Checklist awaited = checklist(line(Prerequisite.FIRST_SIGN_IN, NOT_SIGNED_IN));
            OutboxContents reminded = sentAt(
                    day(2),
                    "SIGN_IN#user-1",
                    "SIGN_IN#user-1#PASSWORD",
                    "SIGN_IN#user-1#REMINDER3",
                    "SIGN_IN#user-1#REMINDER4");

            assertThat(escalated(awaited, reminded, day(16))).isEmpty();
            assertThat(escalated(awaited, reminded, day(17)))
                    .containsExactly("ESCALATION [FIRST_SIGN_IN#1#ESCALATION]");
        }

        private List<String> escalated(Checklist checklist, OutboxContents outbox, Instant now) {
            return summary(all(checklist, outbox, Samples.lookFor(Optional.of("user-1")), now, true));
        }
    }

    @Nested
    class Repaired {
        private final OutboxContents.Repair membership =
                new OutboxContents.Repair("look-7#ADMIN_ACCESS#1", Prerequisite.ADMIN_ACCESS, "Put back.", START);
        private final OutboxContents.Repair policy =
                new OutboxContents.Repair("look-7#ADMIN_ACCESS#2", Prerequisite.ADMIN_ACCESS, "Attached.", START);

        @Test
        void repairsOfOneLook_shareOneEmail() {
            assertThat(due(checklist(), repairs(Map.of(), membership, policy), day(0)))
                    .containsExactly("REPAIRED [REPAIRED#look-7#ADMIN_ACCESS#1] [REPAIRED#look-7#ADMIN_ACCESS#2]");
        }

        @Test
        void aRepairThatTookTwoAttempts_isOnePointThatSettlesBoth() {
            OutboxContents.Repair denied =
                    new OutboxContents.Repair("look-6#ADMIN_ACCESS#1", Prerequisite.ADMIN_ACCESS, "Put back.", START);

            assertThat(due(checklist(), repairs(Map.of(), denied, membership), day(0)))
                    .containsExactly("REPAIRED [REPAIRED#look-6#ADMIN_ACCESS#1, REPAIRED#look-7#ADMIN_ACCESS#1]");
        }

        @Test
        void aRepairThatWasReported_isNotReportedAgain() {
            Map<String, Instant> reported = Map.of("REPAIRED#look-7#ADMIN_ACCESS#1", START);

            assertThat(due(checklist(), repairs(reported, membership), day(0))).isEmpty();
        }

        @Test
        void aRepairThatDidNotSucceed_isNotReportedAsOne() {
            Checklist denied = checklist(line(
                    Prerequisite.ADMIN_ACCESS, blocked(BlockedReason.ACCESS_DENIED, "sso:CreateAccountAssignment")));

            assertThat(due(denied, repairs(Map.of(), membership), day(0)))
                    .containsExactly("WAITING [ADMIN_ACCESS#1#NOTICE#ACCESS_DENIED]");
        }

        /** Groundwork tried, the line stayed open, and then somebody else closed it. */
        @Test
        void aRepairThatALaterLookFoundDoneBySomebodyElse_isNotReportedAsOne() {
            OutboxContents.Repair vain = new OutboxContents.Repair(
                    "look-6#ADMIN_ACCESS#1", Prerequisite.ADMIN_ACCESS, "Put back.", START.minusSeconds(3600));

            assertThat(due(checklist(), repairs(Map.of(), vain), day(0))).isEmpty();
        }

        @Test
        void anUpdate_isOnlyCounted() {
            OutboxContents.Repair update =
                    new OutboxContents.Repair("look-7#ADMIN_ACCESS#1", Prerequisite.ADMIN_ACCESS, "", START);

            assertThat(due(checklist(), repairs(Map.of(), update), day(0))).isEmpty();
            assertThat(DueMessages.worked(checklist(), List.of(update))).containsExactly(update);
        }

        private static OutboxContents repairs(Map<String, Instant> sent, OutboxContents.Repair... repairs) {
            return new OutboxContents(sent, List.of(repairs), Set.of(), Map.of(), Map.of());
        }
    }

    @Test
    void whatAnotherStackHasOtherwise_isToldOnce() {
        Look look = Samples.lookWith(new Finding(Prerequisite.ADMIN_ACCESS, DONE, List.of(), "It is another stack's."));
        String due = "DIFFERENCE [DIFFERENCE#%s]"
                .formatted(UUID.nameUUIDFromBytes("It is another stack's.".getBytes(UTF_8)));

        assertThat(summary(all(checklist(), sent(), look, day(9), false))).containsExactly(due);
        assertThat(all(checklist(), sent(due.substring(12, due.length() - 1)), look, day(9), false))
                .isEmpty();
    }

    /** The count of a line's periods begins anew with a record that was reset, restored or edited. */
    @Nested
    class MarksOfAnEarlierPeriodWithTheSameNumber {
        private final Checklist openAgain = checklist(line(Prerequisite.ROOT_MFA, NO_MFA, 3, day(50), true));

        @Test
        void doNotMuteTheNotice() {
            assertThat(due(openAgain, sentAt(day(5), "ROOT_MFA#3#NOTICE"), day(50)))
                    .containsExactly("NEEDS_YOU_AGAIN [ROOT_MFA#3#NOTICE]");
        }

        @Test
        void doNotMuteTheReminder() {
            Map<String, Instant> sent = Map.of("ROOT_MFA#3#NOTICE", day(50), "ROOT_MFA#3#REMINDER1", day(6));

            assertThat(due(openAgain, new OutboxContents(sent, List.of(), Set.of(), Map.of(), Map.of()), day(51)))
                    .containsExactly("REMINDER [ROOT_MFA#3#REMINDER1]");
        }

        @Test
        void doNotMuteTheEscalation() {
            Map<String, Instant> sent = Map.of(
                    "ROOT_MFA#3#NOTICE#OWNER",
                    day(50),
                    "ROOT_MFA#3#REMINDER4#OWNER",
                    day(64),
                    "ROOT_MFA#3#ESCALATION#OWNER",
                    day(20));

            assertThat(summary(all(
                            openAgain,
                            new OutboxContents(sent, List.of(), Set.of(), Map.of(), Map.of()),
                            Samples.lookFor(Optional.of("user-1")),
                            day(65),
                            true)))
                    .containsExactly("ESCALATION [ROOT_MFA#3#ESCALATION#OWNER]");
        }

        @Test
        void doNotMuteThatTheAccountIsReady() {
            Checklist ready = checklist(line(Prerequisite.ROOT_MFA, DONE, 2, day(50), true));

            assertThat(due(ready, sentAt(day(5), "READY#10"), day(50))).containsExactly("READY [READY#10]");
        }

        @Test
        void doNotMuteARepairThatWasNotedAnew() {
            OutboxContents.Repair again =
                    new OutboxContents.Repair("look-7#ADMIN_ACCESS#1", Prerequisite.ADMIN_ACCESS, "Put back.", day(50));
            Map<String, Instant> sent = Map.of("REPAIRED#look-7#ADMIN_ACCESS#1", day(5));

            assertThat(due(
                            checklist(),
                            new OutboxContents(sent, List.of(again), Set.of(), Map.of(), Map.of()),
                            day(50)))
                    .containsExactly("REPAIRED [REPAIRED#look-7#ADMIN_ACCESS#1]");
        }

        @Test
        void doNotMuteTheReminderOfTheFirstSignIn() {
            Checklist awaited = checklist(line(Prerequisite.FIRST_SIGN_IN, NOT_SIGNED_IN));
            Map<String, Instant> sent = Map.of("SIGN_IN#user-1", day(50), "SIGN_IN#user-1#REMINDER1", day(5));

            assertThat(due(awaited, new OutboxContents(sent, List.of(), Set.of(), Map.of(), Map.of()), day(51)))
                    .containsExactly("SIGN_IN_REMINDER [SIGN_IN#user-1#REMINDER1]");
        }

        /** Another execution saw the same change, began its look a little earlier and told of it. */
        @Test
        void fromTheHourBefore_areOfAnExecutionThatSawTheSameChange() {
            assertThat(due(openAgain, sentAt(day(50).minusSeconds(3600), "ROOT_MFA#3#NOTICE"), day(50)))
                    .isEmpty();
            assertThat(due(openAgain, sentAt(day(50).minusSeconds(3601), "ROOT_MFA#3#NOTICE"), day(50)))
                    .isNotEmpty();
        }
    }

    @Nested
    class Ready {
        private final Checklist ready = checklist(line(Prerequisite.ROOT_MFA, DONE, 2, day(2), true));

        @Test
        void whenALineWasOpen_isDueOnce() {
            assertThat(due(ready, sent(), day(2))).containsExactly("READY [READY#10]");
            assertThat(due(ready, sentAt(day(2), "READY#10"), day(2))).isEmpty();
        }

        @Test
        void whenALineOpenedAndClosedAgain_isDueAgain() {
            Checklist again = checklist(line(Prerequisite.ROOT_MFA, DONE, 4, day(9), true));

            assertThat(due(again, sent("READY#10"), day(9))).containsExactly("READY [READY#12]");
        }

        @Test
        void theFirstTimeAndEveryOther_areToldApart() {
            List<DatedOccasion> occasions = List.of(new DatedOccasion("READY#10", day(2).minus(Duration.ofHours(1))));
            assertThat(points(sent())).containsExactly(new Point.Whole(occasions));
            assertThat(points(sent("READY#9"))).containsExactly(new Point.Repetition(1, occasions));
            assertThat(points(sent("ROOT_MFA#1#NOTICE"))).containsExactly(new Point.Whole(occasions));
        }

        private List<Point> points(OutboxContents outbox) {
            return all(ready, outbox, Samples.lookFor(Optional.of("user-1")), day(2), false).stream()
                    .flatMap(due -> due.points().stream())
                    .toList();
        }

        @Test
        void whenReadyForLongerThanTheTableRemembers_isNoNews() {
            assertThat(due(ready, sent(), day(402))).isEmpty();
        }

        @Test
        void whenALineIsOpen_isNotDue() {
            Checklist open = checklist(
                    line(Prerequisite.ROOT_MFA, DONE, 2, day(2), true),
                    line(Prerequisite.FIRST_SIGN_IN, NOT_SIGNED_IN));

            assertThat(due(open, sent(), day(2))).isEmpty();
        }
    }

    private static List<String> due(Checklist checklist, OutboxContents outbox, Instant now) {
        return summary(all(checklist, outbox, Samples.lookFor(Optional.of("user-1")), now, false));
    }

    private static List<Due> all(
            Checklist checklist, OutboxContents outbox, Look look, Instant now, boolean twoPeople) {
        return DueMessages.of(checklist, outbox, look, WayIn.CODE_OR_PASSWORD, twoPeople ? BOTH_HEAR : ONE_PERSON, now);
    }

    private static List<String> summary(List<Due> due) {
        return due.stream()
                .map(message -> message.kind()
                        + message.points().stream()
                                .map(point -> " "
                                        + point.occasions().stream()
                                                .map(DatedOccasion::name)
                                                .toList())
                                .reduce("", String::concat))
                .toList();
    }

    private static Instant day(int days) {
        return START.plus(Duration.ofDays(days));
    }

    private static OutboxContents sent(String... occasions) {
        return sentAt(START, occasions);
    }

    private static OutboxContents sentAt(Instant at, String... occasions) {
        Map<String, Instant> sent = new HashMap<>();
        for (String occasion : occasions) {
            sent.put(occasion, at);
        }
        return new OutboxContents(sent, List.of(), Set.of(), Map.of(), Map.of());
    }
}
