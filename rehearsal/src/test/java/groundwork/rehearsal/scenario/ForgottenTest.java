package groundwork.rehearsal.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import groundwork.rehearsal.stack.LocalTables;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The account's record is reset, restored or edited: marks of messages from before do not mute what happens after. */
@Tag("slow")
class ForgottenTest {
    @AutoClose
    private static final LocalTables TABLES = new LocalTables();

    /** An incident that was told and put right, so that its marks are there. */
    private static void anIncident(Remembered remembered) {
        assertThat(remembered.mails("needs you again", remembered::mfaIsDeactivated))
                .isOne();
        assertThat(remembered.mails("ready again", remembered::mfaIsEnabled)).isOne();
        remembered.world().passes(Duration.ofDays(1));
    }

    private static void theNextIncidentIsTold(Remembered remembered) {
        assertThat(remembered.mails("needs you again", remembered::mfaIsDeactivated))
                .isOne();
        assertThat(remembered.mails("still wait", () -> remembered.world().passes(Duration.ofHours(26))))
                .isOne();
        assertThat(remembered.mails("ready again", remembered::mfaIsEnabled)).isOne();
        assertThat(remembered.mails("undone and put back", remembered::adaIsRemoved))
                .isOne();
        int before = remembered.world().seen().mails().size();
        remembered.world().passes(Duration.ofDays(2));
        assertThat(remembered.world().seen().mails()).hasSize(before);
    }

    private static void looks(Remembered remembered) {
        FailureScenarios.starts(remembered.world());
        remembered.world().settles();
    }

    @Test
    void aRecordThatIsReset_mutesNothing() {
        Remembered.play(TABLES, Map.of(), remembered -> {
            anIncident(remembered);
            remembered.resetRecord();
            looks(remembered);
            anIncident(remembered);
            theNextIncidentIsTold(remembered);
        });
    }

    @Test
    void anAccountThatIsDeleted_mutesNothing() {
        Remembered.play(TABLES, Map.of(), remembered -> {
            anIncident(remembered);
            remembered.deleteAccount();
            looks(remembered);
            anIncident(remembered);
            theNextIncidentIsTold(remembered);
        });
    }

    @Test
    void aRecordThatIsRestored_mutesNothing() {
        Remembered.play(TABLES, Map.of(), remembered -> {
            Map<String, AttributeValue> backup = remembered.account();
            anIncident(remembered);
            remembered.put(backup);
            theNextIncidentIsTold(remembered);
        });
    }

    /** The damage is found with the very record with which the same damage was found before. */
    @Test
    void aRepairAfterTheRecordIsRestored_isTold() {
        Remembered.play(TABLES, Map.of(), remembered -> {
            Map<String, AttributeValue> backup = remembered.account();
            assertThat(remembered.mails("undone and put back", remembered::adaIsRemoved))
                    .isOne();
            remembered.world().passes(Duration.ofHours(2));
            remembered.put(backup);
            assertThat(remembered.mails("undone and put back", remembered::adaIsRemoved))
                    .isOne();
        });
    }

    /** Back to the number of an incident that was told, and ahead to that of one that somebody says was told. */
    @Test
    void aCounterThatIsEdited_mutesNothing() {
        Remembered.play(TABLES, Map.of(), remembered -> {
            anIncident(remembered);
            remembered.editRecord(record -> record.replaceAll("\"period\":\\d+", "\"period\":1"));
            theNextIncidentIsTold(remembered);
            remembered.items().stream()
                    .filter(item -> item.get("item").s().equals("MESSAGE#ROOT_MFA#2#NOTICE"))
                    .forEach(item -> {
                        Map<String, AttributeValue> copy = new HashMap<>(item);
                        copy.put("item", AttributeValue.fromS("MESSAGE#ROOT_MFA#8#NOTICE"));
                        remembered.put(copy);
                    });
            remembered.editRecord(record -> record.replaceAll("\"period\":\\d+", "\"period\":7"));
            theNextIncidentIsTold(remembered);
        });
    }
}
