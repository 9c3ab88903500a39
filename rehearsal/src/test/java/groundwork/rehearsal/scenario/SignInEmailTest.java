package groundwork.rehearsal.scenario;

import static groundwork.rehearsal.scenario.Scenario.ADA;
import static groundwork.rehearsal.scenario.Scenario.HOME;
import static groundwork.rehearsal.scenario.Scenario.MANAGEMENT;
import static groundwork.rehearsal.template.ProjectTemplate.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;

import groundwork.rehearsal.stack.LocalTables;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.identitystore.IdentitystoreClient;
import software.amazon.awssdk.services.identitystore.model.Email;

/** What the sign-in email says will happen is what happens to this reader. */
@Tag("slow")
class SignInEmailTest {
    @AutoClose
    private static final LocalTables TABLES = new LocalTables();

    private World world;

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void whileTheSwitchIsUnknown_bothWaysAreNamed() {
        deploy(Map.of());

        assertThat(signInEmail())
                .contains("AWS then emails you a one-time code", "If AWS asks for a password", "Reset password");
        assertThat(adaSignsIn()).isFalse();
    }

    @Test
    void whereAWhileAgoSomebodyElseWasSentACode_thatIsWhatIsTold() {
        world(Map.of());
        world.owner().sendsEmailOtp(true);
        world.organization()
                .client(IdentitystoreClient.class, world.person(), HOME)
                .createUser(user -> user.identityStoreId(world.identityCenter().identityStoreId())
                        .userName("bob")
                        .displayName("Bob Builder")
                        .name(name -> name.givenName("Bob").familyName("Builder"))
                        .emails(Email.builder()
                                .value("bob@example.com")
                                .primary(true)
                                .build()));
        world.organization().accessPortalUser("bob").signsIn();
        world.passes(Duration.ofHours(1));

        deploy();

        assertThat(signInEmail())
                .contains("AWS then emails you a one-time code")
                .doesNotContain("Reset password", "If AWS asks for a password");
        assertThat(adaSignsIn()).isTrue();
    }

    @Test
    void whoWasMadeInTheConsole_isRemindedOfAwssInvitation() {
        world(Map.of());
        world.console().createsUser("ada", "Ada", "Lovelace", ADA);

        deploy();

        assertThat(signInEmail())
                .contains("If AWS has sent you an invitation to IAM Identity Center, accept it")
                .doesNotContain("AWS sends no invitation");
        assertThat(adaSignsIn()).isTrue();
    }

    @Test
    void whoComesFromAnIdentityProvider_isSentThere() {
        world(Map.of("IdentitySource", "External"));
        world.console().provisionsUserByScim("ada", "Ada", "Lovelace", ADA);

        deploy();

        assertThat(signInEmail())
                .contains("It sends you to the sign-in page of your organization")
                .doesNotContain("one-time code", "Reset password");
        assertThat(adaSignsIn()).isTrue();
    }

    private void world(Map<String, String> parameters) {
        Scenario scenario = new Scenario(
                "sign-in-email",
                "",
                MANAGEMENT,
                organization -> {
                    Scenarios.company(organization);
                    organization.identityCenter(HOME);
                },
                parameters,
                unused -> {});
        world = new World(scenario, TEMPLATE, TABLES);
        world.organization().rootUser(MANAGEMENT).enablesPasskey();
        world.addressIsConfirmed();
    }

    private void deploy(Map<String, String> parameters) {
        world(parameters);
        deploy();
    }

    private void deploy() {
        world.stackIsCreated();
        world.settles();
    }

    private String signInEmail() {
        return world.seen().mails("your sign-in URL").getFirst().text().replaceAll("\\s+", " ");
    }

    private boolean adaSignsIn() {
        return world.organization().accessPortalUser("ada").signsIn();
    }
}
