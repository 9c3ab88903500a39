package groundwork.rehearsal.scenario;

import static groundwork.checklist.Prerequisite.FIRST_SIGN_IN;
import static groundwork.checklist.Prerequisite.IDENTITY_CENTER;
import static groundwork.rehearsal.scenario.Scenario.MANAGEMENT;
import static groundwork.rehearsal.template.ProjectTemplate.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import groundwork.rehearsal.organization.call.Call;
import groundwork.rehearsal.organization.call.CallObserver;
import groundwork.rehearsal.organization.call.ServiceFault;
import groundwork.rehearsal.stack.LocalTables;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;

/** A sign-in counts once CloudTrail's event history shows it, which lags; an event is only a reason to look. */
@Tag("slow")
class FirstSignInTest {
    @AutoClose
    private static final LocalTables TABLES = new LocalTables();

    private World world;

    @BeforeEach
    void adaWasSentTheSignInUrl() {
        Scenario scenario = new Scenario(
                "first-sign-in",
                "",
                organization -> {
                    Scenarios.company(organization);
                    organization.identityCenter(Region.US_EAST_1);
                },
                unused -> {});
        world = new World(scenario, TEMPLATE, TABLES);
        world.organization().rootUser(MANAGEMENT).enablesPasskey();
        world.addressIsConfirmed();
        world.stackIsCreated();
        world.settles();
        assertThat(world.seen().mails("sign-in URL")).hasSize(1);
        world.console()
                .resetsPassword(world.identityCenter().user("ada").orElseThrow().userId());
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void afterALookThatCouldNotReadTheUser_itCounts() {
        Denial denial = new Denial("sso:ListInstances", ServiceFault.ACCESS_DENIED);
        world.organization().observe(denial);
        world.starts(JsonNodeFactory.instance.objectNode());
        world.settles();
        assertThat(world.seen().status(IDENTITY_CENTER)).isEqualTo("BLOCKED");
        denial.lifted = true;

        world.organization().accessPortalUser("ada").signsIn();
        world.passes(Duration.ofMinutes(30));

        assertThat(world.seen().status(FIRST_SIGN_IN)).isEqualTo("DONE");
    }

    @Test
    void thatAnEventTellsOfBeforeTheHistoryShowsIt_isSaidSo_andFoundWithinTheHour() {
        world.organization().accessPortalUser("ada").signsIn();
        world.passes(Duration.ofMinutes(2));
        assertThat(world.seen().status(FIRST_SIGN_IN)).isEqualTo("UNKNOWN");
        assertThat(world.seen().what(FIRST_SIGN_IN))
                .matches(
                        "According to an event, ada signed in on .* UTC\\. CloudTrail's event history, which lags by some"
                                + " minutes, does not show it yet\\.");

        world.passes(Duration.ofMinutes(58));

        assertThat(world.seen().status(FIRST_SIGN_IN)).isEqualTo("DONE");
        assertThat(world.seen().mails("you have not signed in")).isEmpty();
    }

    @Test
    void ofAnotherMemberOfTheGroup_provesNothing() {
        String bob = world.console().createsUser("bob", "Bob", "Builder", "bob@example.com");
        world.console()
                .addsMember(
                        world.identityCenter()
                                .group("Administrators")
                                .orElseThrow()
                                .groupId(),
                        bob);
        world.console().resetsPassword(bob);
        world.organization().accessPortalUser("bob").signsIn();
        world.passes(Duration.ofHours(2));

        assertThat(world.seen().status(FIRST_SIGN_IN)).isEqualTo("WAITING");
        assertThat(world.seen().what(FIRST_SIGN_IN)).isEqualTo("The administrator has not been seen to sign in yet.");
    }

    @Test
    void whenTheHistoryIsDenied_isUnknown_andTheActionIsNamed() {
        Denial denial = new Denial("cloudtrail:LookupEvents", ServiceFault.ACCESS_DENIED);
        world.organization().observe(denial);
        world.organization().accessPortalUser("ada").signsIn();
        world.passes(Duration.ofHours(2));

        assertThat(world.seen().status(FIRST_SIGN_IN)).isEqualTo("UNKNOWN");
        assertThat(world.seen().what(FIRST_SIGN_IN))
                .isEqualTo("Whether ada has signed in could not be read from CloudTrail's event history: AWS denied"
                        + " cloudtrail:LookupEvents.");
        assertThat(world.seen().executionStatuses()).doesNotContain("FAILED");

        denial.lifted = true;
        world.passes(Duration.ofDays(1));
        assertThat(world.seen().status(FIRST_SIGN_IN)).isEqualTo("DONE");
    }

    @Test
    void whenTheHistoryIsThrottled_isFoundByALaterLook() {
        Denial denial = new Denial("cloudtrail:LookupEvents", ServiceFault.THROTTLED);
        world.organization().observe(denial);
        world.organization().accessPortalUser("ada").signsIn();
        world.passes(Duration.ofMinutes(20));
        assertThat(world.seen().what(FIRST_SIGN_IN)).endsWith("event history: ThrottlingException.");
        assertThat(world.seen().executionStatuses()).doesNotContain("FAILED");

        denial.lifted = true;
        world.passes(Duration.ofMinutes(40));
        assertThat(world.seen().status(FIRST_SIGN_IN)).isEqualTo("DONE");
    }

    private final class Denial implements CallObserver {
        private final String name;
        private final ServiceFault fault;
        private boolean lifted;

        Denial(String name, ServiceFault fault) {
            this.name = name;
            this.fault = fault;
        }

        @Override
        public void before(Call call) {
            if (!lifted && call.name().equals(name) && world.seen().isOfTheStack(call)) {
                throw world.organization().failure(call, fault).orElseThrow();
            }
        }
    }
}
