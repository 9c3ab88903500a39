package groundwork.conclusion;

import static groundwork.checklist.Prerequisite.ADMIN_ACCESS;
import static groundwork.checklist.Prerequisite.EMAIL_CHANNEL;
import static groundwork.checklist.Prerequisite.FIRST_SIGN_IN;
import static groundwork.checklist.Prerequisite.ROOT_MFA;
import static groundwork.checklist.Prerequisite.SIGN_IN_EMAIL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import groundwork.checklist.Checklist;
import groundwork.checklist.Finding;
import groundwork.checklist.Findings;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import groundwork.runtime.UnreadableInputException;
import groundwork.state.AccountRecord;
import groundwork.state.PointsInTime;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The checklist of member account 444455556666; the stack is in account 111122223333. */
class CompleteChecklistHandlerTest {
    private static final String MEMBER = "444455556666";
    private static final Instant NOW = Instant.parse("2026-11-20T10:15:30Z");
    private static final AccountRecord.Known KNOWN = new AccountRecord.Known("u-ada", "g-1", "ps-1");

    private final MemoryTable table = new MemoryTable();

    @Test
    void whatIsAboutEmailsAndTheSignIn_isNotApplicableAndSaysWhere() {
        Checklist checklist = look(NOW, null, allDone()).checklist();

        assertThat(List.of(EMAIL_CHANNEL, SIGN_IN_EMAIL, FIRST_SIGN_IN))
                .allSatisfy(prerequisite -> assertThat(
                                checklist.item(prerequisite).outcome())
                        .isInstanceOfSatisfying(
                                Outcome.NotApplicable.class,
                                outcome -> assertThat(outcome.what()).contains("account 111122223333")));
    }

    @Test
    void aMemberWhoseOtherLinesAreDone_isReady() {
        assertThat(look(NOW, null, allDone()).checklist().status()).isEqualTo(Checklist.Status.READY);
    }

    @Test
    void nobodyIsWaitedForAndNothingSent_whateverIsFound() {
        Findings found = allDone()
                .and(Findings.of(
                        new Finding(ROOT_MFA, new Outcome.Waiting("No MFA.", "Do it.", URI.create("https://x/"))),
                        new Finding(ADMIN_ACCESS, new Outcome.Unknown("Not known."))));

        Conclusion conclusion = look(NOW, null, found);

        assertThat(conclusion.checklist().status()).isEqualTo(Checklist.Status.WAITING);
        assertThat(conclusion.waitFor()).isNull();
        assertThat(conclusion.waitForAws()).isFalse();
        assertThat(conclusion.again()).isFalse();
        assertThat(conclusion.sent()).isEmpty();
        assertThat(table.isEmpty()).isTrue();
    }

    @Test
    void whatIsRecorded_countsPeriodsFromLookToLook() {
        Conclusion first = look(NOW, null, allDone());
        Conclusion second = look(
                NOW.plusSeconds(3_600),
                first.record(),
                allDone().and(Findings.of(new Finding(ADMIN_ACCESS, new Outcome.Unknown("Not known.")))));

        AccountRecord record = AccountRecord.parse(second.record(), new PointsInTime(NOW.plusSeconds(3_600)));
        assertThat(record.known()).isEqualTo(KNOWN);
        assertThat(record.doneBefore(ADMIN_ACCESS)).isTrue();
        assertThat(record.lookedAfterSince()).contains(NOW);
    }

    @Test
    void whatWasPutRight_isCountedSoThatItIsNotPutRightForEver() {
        Conclusion first = look(NOW, null, allDone());
        Instant later = NOW.plusSeconds(60);
        table.edit(Map.of(
                "item",
                AttributeValue.fromS("REPAIR#" + NOW + "#ADMIN_ACCESS#assignment to account " + MEMBER),
                "prerequisite",
                AttributeValue.fromS("ADMIN_ACCESS"),
                "what",
                AttributeValue.fromS("assignment to account " + MEMBER),
                "notedAt",
                AttributeValue.fromS(later.toString())));
        Conclusion second = look(later, first.record(), allDone());

        assertThat(AccountRecord.parse(second.record(), new PointsInTime(later)).repairs())
                .isNotEqualTo(AccountRecord.NONE.repairs());
    }

    @Test
    void whatIsAheadOfTheClockInTheTable_isSaid() {
        Conclusion conclusion = handler(NOW)
                .handleRequest(
                        new CompleteChecklistHandler.Request(
                                MEMBER, false, NOW, KNOWN, reports(allDone()), null, List.of("observedAt")),
                        null);

        assertThat(conclusion.checklist().item(EMAIL_CHANNEL).outcome().what())
                .endsWith("They count as absent: observedAt.");
    }

    @Test
    void aPlan_hasALineForEachPrerequisiteAndNoRecord() {
        Conclusion plan = handler(NOW)
                .handleRequest(
                        new CompleteChecklistHandler.Request(MEMBER, true, NOW, KNOWN, reports(allDone()), null, null),
                        null);

        assertThat(plan.plan()).hasSize(Prerequisite.values().length);
        assertThat(plan.record()).isNull();
    }

    @Test
    void withoutATime_theInputIsRefused() {
        assertThatThrownBy(() -> look(null, null, allDone())).isInstanceOf(UnreadableInputException.class);
    }

    private Conclusion look(Instant at, String record, Findings found) {
        return handler(at == null ? NOW : at.plus(Duration.ofSeconds(20)))
                .handleRequest(
                        new CompleteChecklistHandler.Request(MEMBER, false, at, KNOWN, reports(found), record, null),
                        null);
    }

    private CompleteChecklistHandler handler(Instant now) {
        return new CompleteChecklistHandler(
                Map.of("ACCOUNT_ID", "111122223333", "TABLE_NAME", "groundwork-Table"), () -> now, table);
    }

    private static List<CompleteChecklistHandler.Report> reports(Findings found) {
        return Arrays.asList(new CompleteChecklistHandler.Report(found), null);
    }

    private static Findings allDone() {
        return new Findings(Arrays.stream(Prerequisite.values())
                .map(prerequisite -> new Finding(prerequisite, new Outcome.Done("Done.")))
                .toList());
    }
}
