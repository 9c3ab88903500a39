package groundwork.rehearsal.scenario;

import static groundwork.rehearsal.scenario.Scenario.ADA;
import static groundwork.rehearsal.scenario.Scenario.MANAGEMENT;
import static org.assertj.core.api.Assertions.assertThat;

import groundwork.checklist.Prerequisite;
import groundwork.rehearsal.stack.LocalTables;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Points in time in the table that have yet to come: none of them silences Groundwork until then. */
@Tag("slow")
class AheadOfTheClockTest {
    private static final String AHEAD = "2099-01-01T00:00:00Z";
    private static final Pattern INSTANT = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T[\\d:.]+Z");
    private static final String REPORT = "ahead of the clock";

    @AutoClose
    private static final LocalTables TABLES = new LocalTables();

    /** Every attribute that holds points in time. */
    static List<String> attributes() {
        return List.of(
                "claimedAt",
                "observedAt",
                "record",
                "sentAt",
                "notedAt",
                "signedInAt",
                "seenAt",
                "awaitedSince",
                "expiresAt",
                // These are there for a while only.
                "pendingSince",
                "leaseUntil",
                "failedAt",
                "failureToldAt",
                "mfaRegisteredAt",
                "provenAt");
    }

    @Test
    void everyAttributeIsKnown() {
        Remembered.play(TABLES, Map.of(), remembered -> {
            remembered.adaIsRemoved();
            remembered.world().organization().accessPortalUser("ada").registersMfa();
            remembered.world().passes(Duration.ofDays(6));
            Set<String> found = new TreeSet<>();
            for (Map<String, AttributeValue> item : remembered.items()) {
                item.forEach((name, value) -> {
                    if (!name.equals("item")
                            && (value.n() != null
                                    || INSTANT.matcher(String.valueOf(value.s()))
                                            .find())) {
                        found.add(name);
                    }
                });
            }
            assertThat(attributes()).containsAll(found);
            assertThat(found)
                    .contains(
                            "claimedAt",
                            "observedAt",
                            "record",
                            "sentAt",
                            "notedAt",
                            "signedInAt",
                            "mfaRegisteredAt",
                            "seenAt");
        });
    }

    /** Of what is always there; the rest is below. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "claimedAt",
                "observedAt",
                "record",
                "sentAt",
                "notedAt",
                "signedInAt",
                "provenAt",
                "seenAt",
                "expiresAt"
            })
    void whatHappensIsToldAllTheSame(String attribute) {
        Remembered.play(TABLES, Map.of(), remembered -> {
            World world = remembered.world();
            remembered.adaIsRemoved();
            world.passes(Duration.ofDays(6));
            assertThat(spoil(remembered, attribute)).isPositive();
            assertThat(remembered.mails("needs you again", remembered::mfaIsDeactivated))
                    .isOne();
            // CloudTrail's event history shows it, whatever the table holds.
            assertThat(world.seen().status(Prerequisite.FIRST_SIGN_IN)).isEqualTo("DONE");
            assertThat(remembered.mails("undone and put back", remembered::adaIsRemoved))
                    .isOne();
            assertThat(remembered.mails("account is ready", remembered::mfaIsEnabled))
                    .isOne();
            int before = world.seen().mails().size();
            world.passes(Duration.ofHours(20));
            assertThat(world.seen().mails()).as("emails after that").hasSize(before);
        });
    }

    /** Where it is there. */
    private static int spoil(Remembered remembered, String attribute) {
        int spoilt = 0;
        for (Map<String, AttributeValue> item : remembered.items()) {
            AttributeValue value = item.get(attribute);
            if (value != null) {
                spoilt++;
                remembered.edit(
                        item,
                        attribute,
                        value.n() == null
                                ? AttributeValue.fromS(
                                        INSTANT.matcher(value.s()).replaceAll(AHEAD))
                                : AttributeValue.fromN("4070908800"));
            }
        }
        return spoilt;
    }

    /** Of what is there after a repair; the rest is there for moments, or is not looked at again. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "claimedAt",
                "observedAt",
                "record",
                "sentAt",
                "notedAt",
                "signedInAt",
                "pendingSince",
                "failedAt",
                "failureToldAt"
            })
    void whatIsAheadIsReported(String attribute) {
        Remembered.play(TABLES, Map.of(), remembered -> {
            remembered.adaIsRemoved();
            spoil(remembered, attribute);
            if (Set.of("pendingSince", "failedAt", "failureToldAt").contains(attribute)) {
                remembered.edit(remembered.account(), attribute, AttributeValue.fromS(AHEAD));
            }
            FailureScenarios.starts(remembered.world());
            remembered.world().settles();
            assertThat(remembered.world().seen().what(Prerequisite.EMAIL_CHANNEL))
                    .contains(REPORT)
                    .contains(name(attribute));
        });
    }

    private static String name(String attribute) {
        return attribute.equals("record") ? "since of ROOT_MFA" : attribute;
    }

    @Test
    void aLeaseThatNeverEnds_isTakenOver() {
        Remembered.play(TABLES, Map.of(), remembered -> {
            remembered.put(Map.of(
                    "accountId", AttributeValue.fromS(MANAGEMENT),
                    "item", AttributeValue.fromS("MESSAGE#ROOT_MFA#2#NOTICE"),
                    "state", AttributeValue.fromS("CLAIMED"),
                    "claimedBy", AttributeValue.fromS("somebody"),
                    "leaseUntil", AttributeValue.fromN("4070908800")));
            assertThat(remembered.mails("needs you again", remembered::mfaIsDeactivated))
                    .isOne();
        });
    }

    @Test
    void aMarkInAStateThatNobodyKnows_isNone() {
        Remembered.play(TABLES, Map.of(), remembered -> {
            remembered.put(Map.of(
                    "accountId", AttributeValue.fromS(MANAGEMENT),
                    "item", AttributeValue.fromS("MESSAGE#ROOT_MFA#2#NOTICE"),
                    "state", AttributeValue.fromS("DONE")));
            assertThat(remembered.mails("needs you again", remembered::mfaIsDeactivated))
                    .isOne();
        });
    }

    /** In a stream of changes each execution is superseded by the next, but for one that finds the account overdue. */
    @Test
    void aPendingChangeOfTheTimeToCome_isOverdue() {
        Remembered.play(TABLES, Map.of(), remembered -> {
            World world = remembered.world();
            int looks = world.seen().looks().size();
            for (int change = 0; change < 60; change++) {
                world.organization().rootUser(MANAGEMENT).signsIn();
                world.passes(Duration.ofSeconds(10));
                remembered.edit(remembered.account(), "pendingSince", AttributeValue.fromS(AHEAD));
            }
            assertThat(world.seen().looks().size() - looks).isPositive();
        });
    }

    @Test
    void aClaimOfAnotherType_isNone() {
        Remembered.play(TABLES, Map.of(), remembered -> {
            remembered.edit(remembered.account(), "claimedAt", AttributeValue.fromN("9"));
            assertThat(remembered.mails("needs you again", remembered::mfaIsDeactivated))
                    .isOne();
        });
    }

    /** The mark that a failure was told mutes it until an execution succeeds, and it may come from a backup. */
    @Test
    void aFailureThatWasToldInTheTimeToComeOrLongAgo_isTold() {
        for (String told : new String[] {AHEAD, "2026-02-20T00:00:00Z"}) {
            Remembered.play(TABLES, Map.of(), remembered -> {
                World world = remembered.world();
                remembered.editRecord(record -> "{\"checklist\": 7}");
                assertThat(remembered.mails("Groundwork failed", () -> {
                            FailureScenarios.starts(world);
                            world.settles();
                            FailureScenarios.starts(world);
                            world.settles();
                        }))
                        .isOne();
                remembered.edit(remembered.account(), "failedAt", AttributeValue.fromS(told));
                assertThat(remembered.mails("Groundwork failed", () -> {
                            FailureScenarios.starts(world);
                            world.settles();
                        }))
                        .isOne();
                assertThat(world.seen().mails().getLast().to()).isEqualTo(ADA);
            });
        }
    }

    /** A sign-in that was noted ahead of the clock does not keep a real one from being noted. */
    @Test
    void aRealSignIn_takesThePlaceOfOneThatHasYetToCome() {
        Remembered.play(TABLES, Map.of(), remembered -> {
            World world = remembered.world();
            spoil(remembered, "signedInAt");
            world.organization().accessPortalUser("ada").signsIn();
            world.settles();
            assertThat(remembered.items())
                    .filteredOn(item -> item.get("item").s().startsWith("SIGN_IN#"))
                    .singleElement()
                    .satisfies(item -> assertThat(item.get("signedInAt").s()).startsWith("2026-03-04"));
        });
    }

    /** It would be missed only when that time has come. */
    @Test
    void aTestEventAwaitedSinceTheTimeToCome_isMissedAfterTheNextTest() {
        Remembered.play(TABLES, Map.of(), remembered -> {
            World world = remembered.world();
            remembered.put(Map.of(
                    "accountId", AttributeValue.fromS(MANAGEMENT),
                    "item", AttributeValue.fromS("SELF_TEST#us-east-1"),
                    "awaitedSince", AttributeValue.fromS(AHEAD)));
            FailureScenarios.starts(world);
            world.settles();
            assertThat(world.seen().what(Prerequisite.CHANGE_EVENTS)).contains(REPORT);
        });
    }
}
