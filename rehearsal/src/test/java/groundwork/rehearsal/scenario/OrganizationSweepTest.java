package groundwork.rehearsal.scenario;

import static groundwork.rehearsal.scenario.Scenario.MEMBER;
import static org.assertj.core.api.Assertions.assertThat;

import groundwork.rehearsal.stack.LocalTables;
import groundwork.rehearsal.stack.Witness;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class OrganizationSweepTest {
    @AutoClose
    private static final LocalTables TABLES = new LocalTables();

    private final MemberWorld members = new MemberWorld(TABLES, Witness.NONE);

    @AfterEach
    void close() {
        members.close();
    }

    @Test
    void whenTheAccountOfTheStackIsSetUp_theMembersFollow() {
        members.sweeps().forEach(sweep -> System.out.println(sweep.name() + " " + sweep.startedAt() + " " + sweep.endedAt() + " " + sweep.input() + " " + sweep.result()));
        members.world.stack().executions().forEach(sweep -> System.out.println(sweep.name() + " " + sweep.startedAt() + " " + sweep.endedAt() + " " + sweep.input() + " " + (sweep.result() == null ? "" : sweep.result().toString().substring(0, Math.min(300, sweep.result().toString().length())))));
        members.world.addressIsConfirmed();
        members.world.memberStacksAreRolledOut(List.of(MEMBER, MemberWorld.OTHER_MEMBER));
        members.world.passes(Duration.ofMinutes(30));
        System.out.println("-----");
        members.sweeps().forEach(sweep -> System.out.println(sweep.name() + " " + sweep.startedAt() + " " + sweep.endedAt() + " " + sweep.input() + " " + sweep.result()));
        members.world.seen().allMails().forEach(mail -> System.out.println(mail.subject() + "\n" + mail.text()));
        assertThat(members.marks()).isEmpty();
    }
}
