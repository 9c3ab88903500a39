package groundwork.rehearsal.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import groundwork.rehearsal.states.HistoryEvent;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How the steps of an execution are told. */
class NarratorTest {
    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    private Narrator narrator(Style style) {
        return narrator(style, "200");
    }

    private Narrator narrator(Style style, String columns) {
        return new Narrator(Page.of(new PrintStream(told, true, StandardCharsets.UTF_8), style, columns), START);
    }

    private String told() {
        return told.toString(StandardCharsets.UTF_8);
    }

    private static HistoryEvent unknown(boolean underWay) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        ObjectNode payload = result.putObject("Payload").put("underWay", underWay);
        ObjectNode finding = payload.putArray("findings").addObject().put("prerequisite", "ADMIN_ACCESS");
        finding.putObject("outcome").put("status", "UNKNOWN").put("what", "AWS is still working on the assignment.");
        return new HistoryEvent.TaskSucceeded(
                "arn:aws:states:us-east-1:111122223333:execution:machine:0001",
                START,
                "Grant access",
                "arn:aws:states:::lambda:invoke",
                result);
    }

    @Test
    void workThatAwsHasTakenOn_isInProgress_andNothingToWorryAbout() {
        narrator(Style.TERMINAL).happened(unknown(true));

        assertThat(told()).contains("IN PROGRESS").doesNotContain("UNKNOWN", "[33m");
    }

    @Test
    void whatCouldNotBeRead_isUnknown_andStandsOut() {
        narrator(Style.TERMINAL).happened(unknown(false));

        assertThat(told()).contains("[33mUNKNOWN");
    }

    @Test
    void inAWideTerminal_whatCameOfAStateIsBesideIt() {
        narrator(Style.TERMINAL, "110").happened(unknown(true));

        assertThat(told().lines().map(Style::visible))
                .containsExactly(
                        "00:00:00    Grant access                  IN PROGRESS    ADMIN_ACCESS      AWS is still working on the",
                        " ".repeat(75) + "assignment.");
    }

    @Test
    void inANarrowTerminal_whatCameOfAStateIsBelowIt() {
        narrator(Style.TERMINAL, "80").happened(unknown(true));

        assertThat(told().lines().map(Style::visible))
                .containsExactly(
                        "00:00:00    Grant access",
                        "            IN PROGRESS    ADMIN_ACCESS      AWS is still working on the",
                        "                                             assignment.");
    }

    @Test
    void outsideATerminal_thereAreNoEscapeCodes() {
        Narrator narrator = narrator(Style.PLAIN);
        narrator.title("story", "What happens in it.");
        narrator.person(START, "Ada signs in");
        narrator.happened(unknown(true));
        narrator.verdict(2, 1, 30, List.of("emails: 1 instead of 2"));

        assertThat(told()).contains("» Ada signs in", "Grant access").doesNotContain("\u001b");
    }

    @Test
    void executionsThatStillRun_areCounted() {
        narrator(Style.PLAIN).verdict(2, 1, 30, List.of());

        assertThat(told()).contains("2 executions, 1 still running, 30 state transitions");
    }

    @Test
    void anExecutionThatIsSuperseded_isToldOnce() {
        narrator(Style.PLAIN)
                .happened(new HistoryEvent.ErrorCaught(
                        "arn:aws:states:us-east-1:111122223333:execution:machine:0001",
                        START,
                        "Is it this execution's turn?",
                        "DynamoDB.ConditionalCheckFailedException",
                        "",
                        "A newer execution took over"));

        assertThat(told()).isEmpty();
    }
}
