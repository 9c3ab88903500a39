package groundwork.rehearsal.scenario;

import static groundwork.checklist.Prerequisite.FIRST_SIGN_IN;
import static groundwork.checklist.Prerequisite.IDENTITY_CENTER;
import static groundwork.rehearsal.scenario.Scenario.MANAGEMENT;
import static groundwork.rehearsal.scenario.Scenario.MEMBER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import groundwork.rehearsal.account.Call;
import groundwork.rehearsal.account.CallObserver;
import groundwork.rehearsal.account.ServiceFault;
import groundwork.rehearsal.stack.LocalTables;
import groundwork.rehearsal.template.Template;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;

/** A sign-in is told once, by an event, and nothing else ever shows it. */
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
                    organization
                            .memberAccount(MEMBER, "Workload", "workload@example.com")
                            .identityCenter(Region.US_EAST_1);
                },
                unused -> {});
        world = new World(scenario, Template.read(Path.of("../template.yaml")), TABLES);
        world.organization().rootUser(MANAGEMENT).enablesPasskey();
        world.addressIsConfirmed();
        world.stackIsCreated();
        world.settles();
        assertThat(world.mails("sign-in URL")).hasSize(1);
        world.console()
                .resetsPassword(world.identityCenter().user("ada").orElseThrow().userId());
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void afterALookThatCouldNotReadTheUser_itCounts() {
        Denial denial = new Denial();
        world.organization().observe(denial);
        world.starts(JsonNodeFactory.instance.objectNode());
        world.settles();
        assertThat(world.status(IDENTITY_CENTER)).isEqualTo("BLOCKED");
        denial.lifted = true;

        world.organization().accessPortalUser("ada").signsIn();
        world.settles();

        assertThat(world.status(FIRST_SIGN_IN)).isEqualTo("DONE");
    }

    @Test
    void forAnotherAccount_itCountsToo() {
        world.organization().accessPortalUser("ada").signsIn();
        world.settles();

        world.starts(JsonNodeFactory.instance.objectNode().put("accountId", MEMBER));
        world.settles();

        assertThat(world.status(FIRST_SIGN_IN)).isEqualTo("DONE");
        world.passes(Duration.ofDays(3));
        assertThat(world.mails("you have not signed in yet")).isEmpty();
    }

    private final class Denial implements CallObserver {
        private boolean lifted;

        @Override
        public void before(Call call) {
            if (!lifted && call.name().equals("sso:ListInstances") && world.isOfTheStack(call)) {
                throw world.organization()
                        .failure(call, ServiceFault.ACCESS_DENIED)
                        .orElseThrow();
            }
        }
    }
}
