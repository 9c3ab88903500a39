package groundwork.conclusion;

import static groundwork.conclusion.Samples.DONE;
import static groundwork.conclusion.Samples.NOT_SIGNED_IN;
import static groundwork.conclusion.Samples.NO_MFA;
import static groundwork.conclusion.Samples.START;
import static groundwork.conclusion.Samples.TO_BE_SENT;
import static groundwork.conclusion.Samples.UNSUBSCRIBED;
import static groundwork.conclusion.Samples.checklist;
import static groundwork.conclusion.Samples.line;
import static org.assertj.core.api.Assertions.assertThat;

import groundwork.checklist.Checklist;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import groundwork.email.Due;
import groundwork.email.MessageKind;
import groundwork.email.Reader;
import groundwork.email.WayIn;
import groundwork.state.OutboxContents;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The owner of the account is somebody else than the administrator. */
class TwoPeopleTest {
    private static final Reach BOTH_HEAR = Samples.reach(DONE, DONE);
    private static final Reach BOTH_HEARD =
            new Reach(BOTH_HEAR.ways(), List.of(), List.of("ada@example.com", "owner@example.com"));
    private static final Checklist SIGN_IN_AWAITED = checklist(line(Prerequisite.FIRST_SIGN_IN, NOT_SIGNED_IN));
    private static final Checklist SIGN_IN_TO_BE_SENT =
            checklist(line(Prerequisite.SIGN_IN_EMAIL, TO_BE_SENT), line(Prerequisite.FIRST_SIGN_IN, NOT_SIGNED_IN));

    @ParameterizedTest
    @CsvSource({
        "ROOT_MFA, OWNER",
        "ROOT_ACCESS_KEYS, OWNER",
        "IDENTITY_CENTER, OWNER",
        "ADMIN_USER, OWNER",
        "ADMIN_ACCESS, OWNER",
        "CHANGE_EVENTS, ADMINISTRATOR",
    })
    void anOpenLine_isToldToWhoeverCanDoIt(Prerequisite prerequisite, Reader reader) {
        assertThat(due(checklist(line(prerequisite, NO_MFA)), BOTH_HEAR)).containsExactly("WAITING to " + reader);
    }

    @Test
    void whatAnAdministratorCanDo_isTheOwnersUntilThereIsOne() {
        Checklist nobodyIsIn =
                checklist(line(Prerequisite.CHANGE_EVENTS, NO_MFA), line(Prerequisite.FIRST_SIGN_IN, NOT_SIGNED_IN));

        assertThat(due(nobodyIsIn, BOTH_HEAR)).containsExactly("WAITING to OWNER");
    }

    @Test
    void whatWasNotReactedTo_isToldToTheOther() {
        Instant afterTheLastReminder = START.plus(Duration.ofDays(15));

        assertThat(due(
                        checklist(line(Prerequisite.ROOT_MFA, NO_MFA)),
                        sent("ROOT_MFA#1#NOTICE#OWNER", "ROOT_MFA#1#REMINDER4#OWNER"),
                        BOTH_HEAR,
                        afterTheLastReminder))
                .containsExactly("ESCALATION to ADMINISTRATOR");
        assertThat(due(
                        SIGN_IN_AWAITED,
                        sent("SIGN_IN#user-1", "SIGN_IN#user-1#PASSWORD", "SIGN_IN#user-1#REMINDER4"),
                        BOTH_HEAR,
                        afterTheLastReminder))
                .containsExactly("ESCALATION to OWNER");
    }

    @Test
    void aPasswordThatNobodyMayHave_isTheOwnersTaskOnce() {
        assertThat(due(SIGN_IN_TO_BE_SENT, BOTH_HEAR))
                .containsExactly("SIGN_IN to ADMINISTRATOR", "FIRST_PASSWORD to OWNER");
        assertThat(due(SIGN_IN_AWAITED, sent("SIGN_IN#user-1"), BOTH_HEAR, START))
                .containsExactly("FIRST_PASSWORD to OWNER");
        assertThat(due(SIGN_IN_AWAITED, sent("SIGN_IN#user-1", "SIGN_IN#user-1#PASSWORD"), BOTH_HEAR, START))
                .isEmpty();
    }

    @Test
    void beforeTheAdministratorIsToldTheWay_theOwnerIsNotAskedForThePassword() {
        assertThat(due(SIGN_IN_AWAITED, BOTH_HEAR)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"KNOWN", "ELSEWHERE", "ONE_TIME_CODE"})
    void whereNoPasswordIsMissing_theOwnerIsNotAsked(WayIn wayIn) {
        assertThat(DueMessages.of(
                        SIGN_IN_TO_BE_SENT,
                        OutboxContents.EMPTY,
                        Samples.lookFor(Optional.of("user-1")),
                        wayIn,
                        BOTH_HEAR,
                        START))
                .extracting(Due::kind)
                .containsExactly(MessageKind.SIGN_IN);
    }

    @ParameterizedTest
    @CsvSource({"ADMINISTRATOR, OWNER", "OWNER, ADMINISTRATOR"})
    void whoeverHasNotConfirmedYet_theOtherHearsOfIt(Reader silent, Reader told) {
        assertThat(due(checklist(line(Prerequisite.EMAIL_CHANNEL, UNSUBSCRIBED)), BOTH_HEAR.with(silent, UNSUBSCRIBED)))
                .containsExactly("WAITING to " + told);
    }

    @ParameterizedTest
    @CsvSource({"ADMINISTRATOR, OWNER", "OWNER, ADMINISTRATOR"})
    void whoeverIsNotReachedAnyMore_theOtherHearsOfItOnce(Reader silent, Reader told) {
        Checklist broken = checklist(line(Prerequisite.EMAIL_CHANNEL, UNSUBSCRIBED, 3, START, true));
        Reach reach = BOTH_HEARD.with(silent, UNSUBSCRIBED);

        assertThat(due(broken, reach)).containsExactly("CHANNEL_BROKEN to " + told);
        assertThat(due(broken, sent("EMAIL_CHANNEL#3#BROKEN#" + reach.address(told)), reach, START))
                .isEmpty();
    }

    @Test
    void anOwnerWhoIsNew_wasNeverReachedAndIsNotBroken() {
        Checklist pending = checklist(line(Prerequisite.EMAIL_CHANNEL, UNSUBSCRIBED, 3, START, true));

        assertThat(due(pending, BOTH_HEAR.with(Reader.OWNER, UNSUBSCRIBED)))
                .containsExactly("WAITING to ADMINISTRATOR");
    }

    @Test
    void whileOneNeverConfirmed_theOtherCanBreakAllTheSame() {
        Checklist pending = checklist(line(Prerequisite.EMAIL_CHANNEL, UNSUBSCRIBED));

        assertThat(due(pending, BOTH_HEARD.with(Reader.ADMINISTRATOR, UNSUBSCRIBED)))
                .containsExactly("CHANNEL_BROKEN to OWNER");
    }

    @Test
    void whatTheAdministratorWasTold_isNewsToAnOwnerWhoComesLater() {
        Checklist open = checklist(line(Prerequisite.ROOT_MFA, NO_MFA));
        OutboxContents toldToAda = sent("ROOT_MFA#1#NOTICE", "ROOT_MFA#1#REMINDER4");
        Instant fifteenDaysLater = START.plus(Duration.ofDays(15));

        assertThat(due(open, toldToAda, BOTH_HEAR, fifteenDaysLater)).containsExactly("WAITING to OWNER");
    }

    @Test
    void whoWasNeverTold_isNotSaidNotToHaveReacted() {
        Checklist open = checklist(line(Prerequisite.ROOT_MFA, NO_MFA));

        assertThat(due(
                        open,
                        OutboxContents.EMPTY,
                        BOTH_HEAR.with(Reader.OWNER, UNSUBSCRIBED),
                        START.plus(Duration.ofDays(15))))
                .containsExactly("WAITING to OWNER");
    }

    @Test
    void thatTheAccountIsReady_isToldToTheOwner() {
        assertThat(due(checklist(line(Prerequisite.ROOT_MFA, DONE, 2, START, true)), BOTH_HEAR))
                .containsExactly("READY to OWNER");
    }

    @Test
    void theLineOfTheChecklist_saysWhoIsNotReached() {
        Outcome ada = new Outcome.Done("Ada is confirmed.");
        Outcome owner = new Outcome.Done("The owner is confirmed.");
        Reach both = Samples.reach(ada, owner);

        assertThat(both.line()).isEqualTo(new Outcome.Done("Ada is confirmed. The owner is confirmed."));
        assertThat(both.with(Reader.OWNER, NO_MFA).line()).isEqualTo(NO_MFA);
        assertThat(both.with(Reader.ADMINISTRATOR, NO_MFA).line())
                .isEqualTo(NO_MFA.withRemark("The owner is confirmed."));
    }

    private static List<String> due(Checklist checklist, Reach reach) {
        return due(checklist, OutboxContents.EMPTY, reach, START);
    }

    private static List<String> due(Checklist checklist, OutboxContents outbox, Reach reach, Instant now) {
        return DueMessages.of(
                        checklist, outbox, Samples.lookFor(Optional.of("user-1")), WayIn.CODE_OR_PASSWORD, reach, now)
                .stream()
                .map(due -> due.kind() + " to " + due.reader())
                .toList();
    }

    private static OutboxContents sent(String... occasions) {
        Map<String, Instant> sent =
                Stream.of(occasions).collect(Collectors.toMap(Function.identity(), occasion -> START));
        return new OutboxContents(sent, List.of(), Set.of(), Map.of(), Map.of());
    }
}
