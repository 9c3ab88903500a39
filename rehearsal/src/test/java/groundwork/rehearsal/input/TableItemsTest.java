package groundwork.rehearsal.input;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import groundwork.checklist.Change;
import groundwork.checklist.Checklist;
import groundwork.checklist.Finding;
import groundwork.checklist.Findings;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import groundwork.state.AccountRecord;
import groundwork.state.Outbox;
import groundwork.state.OutboxContents;
import groundwork.state.PointsInTime;
import groundwork.state.UnreadableRecordException;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** Whatever another version or a person left in the table: it is read, or refused with the way out; it never surprises. */
@Tag("slow")
class TableItemsTest {
    private static final Instant NOW = Functions.NOW;

    /** A record as it is stored today, with a line of every outcome. */
    private static final String RECORD = new AccountRecord(
                    Checklist.after(
                            Optional.empty(),
                            Findings.of(
                                    new Finding(
                                            Prerequisite.ROOT_MFA,
                                            new Outcome.Waiting(
                                                    "No MFA.",
                                                    "Assign one.",
                                                    URI.create("https://console.aws.amazon.com/"))),
                                    new Finding(Prerequisite.ADMIN_USER, new Outcome.Done("It exists.")),
                                    new Finding(Prerequisite.SIGN_IN_EMAIL, new Outcome.Planned("To be sent.")),
                                    new Finding(Prerequisite.FIRST_SIGN_IN, new Outcome.NotApplicable("Long ago."))),
                            Set.of(),
                            Optional.of(new Change(
                                    "DeactivateMFADevice",
                                    "arn:aws:iam::111122223333:root",
                                    NOW,
                                    "us-east-1",
                                    "8a7b6c5d-1111-2222-3333-444455556666")),
                            NOW),
                    new AccountRecord.Known("u-1", "g-1", "arn:aws:sso:::permissionSet/ssoins-1/ps-1"),
                    "u-1",
                    "ada@example.com")
            .stored();

    @Test
    void aMutatedRecord_isReadOrRefused() throws IOException {
        JsonNode record = Functions.JSON.readTree(RECORD);
        Strange strange = new Strange(31);
        int read = 0;
        for (int i = 0; i < 3_000; i++) {
            String stored = strange.chance(20)
                    ? strange.text()
                    : strange.mutated(record).toString();
            try {
                AccountRecord account = AccountRecord.parse(stored, new PointsInTime(NOW));
                use(account);
                read++;
            } catch (UnreadableRecordException e) {
                assertThat(e.getMessage())
                        .as(Functions.shortened(stored))
                        .hasSizeLessThan(1_000)
                        .contains("Delete its attribute \"record\"")
                        .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");
            }
        }
        assertThat(read).isBetween(300, 2_700);
    }

    /** What the functions do with a record: ask it, and put the next checklist on top of it. */
    private static void use(AccountRecord account) {
        for (Prerequisite prerequisite : Prerequisite.values()) {
            account.doneBefore(prerequisite);
        }
        Checklist next = Checklist.after(account.lastChecklist(), Findings.NONE, Set.of(), Optional.empty(), NOW);
        assertThat(next.items()).extracting(item -> item.prerequisite()).containsExactly(Prerequisite.values());
        AccountRecord stored = AccountRecord.parse(
                new AccountRecord(next, account.known(), account.adminBefore(), account.administratorEmail()).stored(),
                new PointsInTime(NOW));
        assertThat(stored.checklist()).isEqualTo(next);
    }

    @Test
    void strangeItems_areReadAsFarAsTheyCanBe() {
        Strange strange = new Strange(32);
        for (int i = 0; i < 300; i++) {
            List<Map<String, AttributeValue>> items = new ArrayList<>();
            for (int j = strange.number(10); j >= 0; j--) {
                items.add(item(strange));
            }
            items.add(Map.of(
                    "item", AttributeValue.fromS("MESSAGE#known"),
                    "state", AttributeValue.fromS("SENT"),
                    "sentAt", AttributeValue.fromS(NOW.toString())));

            OutboxContents contents = outbox(items).contents(Functions.ACCOUNT, new PointsInTime(NOW));

            assertThat(contents.sent()).containsEntry("known", NOW);
            assertThat(contents.repairs())
                    .allSatisfy(repair -> assertThat(repair.prerequisite()).isNotNull());
        }
    }

    private static Map<String, AttributeValue> item(Strange strange) {
        Map<String, AttributeValue> item = new HashMap<>();
        item.put(
                "item",
                AttributeValue.fromS(strange.one(List.of("MESSAGE#", "REPAIR#", "GRANT#", "SIGN_IN#", "", "ACCOUNT"))
                        + strange.text()));
        for (int i = strange.number(6); i > 0; i--) {
            item.put(
                    strange.one(List.of(
                            "state",
                            "sentAt",
                            "expiresAt",
                            "prerequisite",
                            "what",
                            "notedAt",
                            "signedInAt",
                            "mfaRegisteredAt")),
                    attribute(strange));
        }
        return item;
    }

    private static AttributeValue attribute(Strange strange) {
        return switch (strange.number(8)) {
            case 0 -> AttributeValue.fromN(strange.one(List.of("0", "-1", "1.5", "9".repeat(38), "1E+20")));
            case 1 -> AttributeValue.fromBool(true);
            case 2 -> AttributeValue.fromNul(true);
            case 3 -> AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {1, 2}));
            case 4 -> AttributeValue.fromL(List.of(AttributeValue.fromS("x")));
            case 5 -> AttributeValue.fromM(Map.of("S", AttributeValue.fromS("x")));
            case 6 -> AttributeValue.fromS(strange.one(List.of("SENT", "CLAIMED", "ROOT_MFA", "2026-11-20T08:00:00Z")));
            default -> AttributeValue.fromS(strange.text());
        };
    }

    private static Outbox outbox(List<Map<String, AttributeValue>> items) {
        DynamoDbClient table = new DynamoDbClient() {
            @Override
            public QueryResponse query(QueryRequest request) {
                return QueryResponse.builder().items(items).build();
            }

            @Override
            public String serviceName() {
                return "dynamodb";
            }

            @Override
            public void close() {}
        };
        return new Outbox(() -> table, "table", InstantSource.fixed(NOW));
    }
}
