package groundwork.rehearsal.scenario;

import static groundwork.rehearsal.scenario.MemberWorld.sample;
import static groundwork.rehearsal.scenario.Scenario.MANAGEMENT;
import static groundwork.rehearsal.scenario.Scenario.MEMBER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import groundwork.rehearsal.stack.LocalTables;
import groundwork.rehearsal.stack.Witness;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;

/** A member account that makes as many events as it can. */
@Tag("at-length")
class FloodTest {
    @AutoClose
    private static final LocalTables TABLES = new LocalTables();

    private final MemberWorld members = MemberWorld.rolledOut(TABLES, Witness.NONE);

    @AfterEach
    void close() {
        members.close();
    }

    @Test
    void tenThousandEventsOfOneAccount_areOneMarkAndOneSweep() {
        JsonNode event = sample("root-user/console-login-other-spelling", MANAGEMENT, MEMBER);
        int sweeps = members.sweeps().size();

        for (int second = 0; second < 1000; second++) {
            for (int i = 0; i < 10; i++) {
                members.arrives(MEMBER, Region.US_EAST_1, event);
            }
            members.world.passes(Duration.ofSeconds(1));
        }
        members.world.passes(Duration.ofMinutes(1));

        assertThat(members.marks().keySet()).containsExactly(MEMBER);
        assertThat(members.marks().get(MEMBER).get("events").n()).isEqualTo("10000");
        assertThat(members.sweeps()).hasSize(sweeps + 1);
    }
}
