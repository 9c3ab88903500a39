package groundwork.checklist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.regions.Region;

class ConsoleTest {
    private static final String INSTANCE_ARN = "arn:aws:sso:::instance/ssoins-1234567890abcdef";
    private final Console console = new Console(Region.EU_CENTRAL_1);

    @ParameterizedTest
    @CsvSource({
        "eu-central-1, console.aws.amazon.com",
        "us-gov-west-1, console.amazonaws-us-gov.com",
        "cn-north-1, console.amazonaws.cn",
        "eusc-de-east-1, console.amazonaws-eusc.eu"
    })
    void eachPartitionHasItsOwnConsole(String region, String domain) {
        Console console = new Console(Region.of(region));

        assertThat(console.rootSecurityCredentials())
                .hasToString("https://" + domain + "/iam/home#/security_credentials");
        assertThat(console.identityCenter())
                .hasToString("https://" + region + "." + domain + "/singlesignon/home?region=" + region + "#!/");
    }

    @Test
    void thePageOfAUserIsNamedByTheInstanceWithoutItsPrefix() {
        assertThat(console.identityCenterUser(INSTANCE_ARN, "u-1"))
                .hasToString("https://eu-central-1.console.aws.amazon.com/singlesignon/home?region=eu-central-1"
                        + "#!/instances/1234567890abcdef/users/user-details/u-1");
        assertThat(console.identityCenterSettings(INSTANCE_ARN))
                .hasToString("https://eu-central-1.console.aws.amazon.com/singlesignon/home?region=eu-central-1"
                        + "#!/instances/1234567890abcdef/settings");
    }

    @Test
    void thePageOfAPermissionSetIsNamedByTheIdsAtTheEndsOfTheArns() {
        assertThat(console.permissionSet(INSTANCE_ARN, "arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-1"))
                .hasToString("https://eu-central-1.console.aws.amazon.com/singlesignon/home?region=eu-central-1"
                        + "#/instances/1234567890abcdef/permission-sets/details/ps-1");
    }

    @Test
    void aRoleIsShownInTheConsoleOfThePartition() {
        assertThat(console.role("AWSReservedSSO_AdministratorAccess_0123456789abcdef"))
                .hasToString("https://console.aws.amazon.com/iam/home#/roles/details/"
                        + "AWSReservedSSO_AdministratorAccess_0123456789abcdef");
    }

    @Test
    void rulesAreShownInTheRegionTheyAreIn() {
        assertThat(console.rules(Region.US_EAST_1))
                .hasToString("https://us-east-1.console.aws.amazon.com/events/home?region=us-east-1#/rules");
    }

    @Test
    void everythingElseIsShownInTheRegionOfTheStack() {
        assertThat(console.topic("arn:aws:sns:eu-central-1:111122223333:topic"))
                .hasToString("https://eu-central-1.console.aws.amazon.com/sns/v3/home?region=eu-central-1"
                        + "#/topic/arn:aws:sns:eu-central-1:111122223333:topic");
        assertThat(console.sendingIdentities())
                .hasToString("https://eu-central-1.console.aws.amazon.com/ses/home?region=eu-central-1#/identities");
        assertThat(console.trails())
                .hasToString(
                        "https://eu-central-1.console.aws.amazon.com/cloudtrailv2/home?region=eu-central-1#/trails");
        assertThat(console.execution("arn:aws:states:eu-central-1:111122223333:execution:setup:1"))
                .hasToString("https://eu-central-1.console.aws.amazon.com/states/home?region=eu-central-1"
                        + "#/v2/executions/details/arn:aws:states:eu-central-1:111122223333:execution:setup:1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"eu-central-1", "us-gov-west-1", "cn-north-1", "eusc-de-east-1"})
    void leadsTo_everyPageThatItMakes_isTrue(String regionId) {
        Console console = new Console(Region.of(regionId));
        String instance = "arn:aws:sso:::instance/ssoins-1234567890abcdef";

        assertThat(List.of(
                        console.home(),
                        console.iam(),
                        console.rootSecurityCredentials(),
                        console.identityCenter(),
                        console.identityCenterSettings(instance),
                        console.identityCenterUser(instance, "94e80458-1091-70ac-9a1b-000000000001"),
                        console.permissionSet(
                                instance, "arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-0123456789abcdef"),
                        console.role("AWSReservedSSO_AdministratorAccess_0123456789abcdef"),
                        console.topic("arn:aws:sns:eu-central-1:111122223333:groundwork-Topic"),
                        console.sendingIdentities(),
                        console.trails(),
                        console.rules(Region.US_EAST_1),
                        console.execution("arn:aws:states:eu-central-1:111122223333:execution:groundwork:1"),
                        Console.ACTIVATION))
                .allSatisfy(page ->
                        assertThat(console.leadsTo(page)).as(page.toString()).isTrue());
    }
}
