package groundwork.rehearsal.scenario;

import static groundwork.checklist.Prerequisite.CHANGE_EVENTS;
import static groundwork.checklist.Prerequisite.ROOT_ACCESS_KEYS;
import static groundwork.checklist.Prerequisite.ROOT_MFA;
import static groundwork.rehearsal.scenario.Scenario.MANAGEMENT;
import static groundwork.rehearsal.template.ProjectTemplate.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import groundwork.rehearsal.organization.call.AwsService;
import groundwork.rehearsal.stack.LocalTables;
import groundwork.rehearsal.template.Deployment;
import groundwork.rehearsal.template.ExpandedTemplate;
import groundwork.rehearsal.template.Resource;
import groundwork.rehearsal.template.TemplateException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.regions.Region;

/**
 * In every Region that has IAM Identity Center by the endpoint data of the SDK, a new account gets its administrator, with the services
 * that this Region has; everywhere else the template refuses before anything is made.
 */
@Tag("slow")
class RegionsTest {
    private static final Map<String, String> ADA =
            Map.of("AdministratorEmail", "ada@example.com", "GivenName", "Ada", "FamilyName", "Lovelace");

    /**
     * Those of a template of which every account has them: "Regions enabled by default", November 2026.
     *
     * @see <a href="https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html">Enable or disable AWS Regions in your
     *     account</a>
     */
    private static final Set<String> DISABLED_BY_DEFAULT = Set.of(
            "af-south-1",
            "ap-east-1",
            "ap-east-2",
            "ap-south-2",
            "ap-southeast-3",
            "ap-southeast-4",
            "ap-southeast-5",
            "ap-southeast-6",
            "ap-southeast-7",
            "ca-west-1",
            "eu-central-2",
            "eu-south-1",
            "eu-south-2",
            "il-central-1",
            "me-central-1",
            "me-south-1",
            "mx-central-1");

    /** The host of a link into a console of AWS. */
    private static final Pattern CONSOLE = Pattern.compile("https://([a-z0-9.-]*console\\.[a-z0-9.-]+)/");

    @AutoClose
    private static final LocalTables TABLES = new LocalTables();

    private static Stream<Region> regions(Predicate<Region> which) {
        return Region.regions().stream()
                .filter(region -> !region.isGlobalRegion())
                .filter(which)
                .sorted(Comparator.comparing(Region::id));
    }

    static Stream<Region> withIdentityCenter() {
        return regions(AwsService.SSO_ADMIN::offeredIn);
    }

    static Stream<Region> withoutIdentityCenter() {
        return regions(region -> !AwsService.SSO_ADMIN.offeredIn(region));
    }

    static Stream<Region> withoutSes() {
        return withIdentityCenter().filter(region -> !AwsService.SES.offeredIn(region));
    }

    @ParameterizedTest
    @MethodSource("withIdentityCenter")
    @Tag("at-length")
    void aNewAccountGetsItsAdministrator(Region region) {
        Scenario newAccount = SetUpScenarios.newAccount(region);
        Scenario scenario = new Scenario(
                        newAccount.name(),
                        newAccount.story(),
                        MANAGEMENT,
                        organization -> {
                            newAccount.beginning().accept(organization);
                            organization.enabledRegion(region);
                        },
                        Map.of(),
                        newAccount.play())
                .in(region);
        try (World world = new World(scenario, TEMPLATE, TABLES)) {
            scenario.play().accept(world);

            assertThat(world.expectations().broken()).isEmpty();
            assertThat(world.seen().status(CHANGE_EVENTS)).isEqualTo("DONE");
            assertThat(world.seen().status(ROOT_ACCESS_KEYS)).isEqualTo("DONE");
            assertThat(world.seen().status(ROOT_MFA))
                    .isEqualTo(region.id().startsWith("us-gov-") ? "NOT_APPLICABLE" : "DONE");
            assertThat(consoles(world)).isNotEmpty().allMatch(host -> host.endsWith(domain(region)));
        }
    }

    /** Of the emails and of the outputs. */
    private static List<String> consoles(World world) {
        List<String> texts = new ArrayList<>();
        world.seen().mails().forEach(mail -> texts.add(mail.text()));
        world.stack().template().outputs().values().forEach(output -> texts.add(output.value()));
        return texts.stream()
                .flatMap(text -> CONSOLE.matcher(text).results().map(found -> found.group(1)))
                .toList();
    }

    /** By the page that each partition has about its console: see groundwork.checklist.AwsPartition. */
    private static String domain(Region region) {
        String id = region.id();
        return id.startsWith("cn-")
                ? "console.amazonaws.cn"
                : id.startsWith("us-gov-")
                        ? "console.amazonaws-us-gov.com"
                        : id.startsWith("eusc-") ? "console.amazonaws-eusc.eu" : "console.aws.amazon.com";
    }

    @ParameterizedTest
    @MethodSource("withoutIdentityCenter")
    void aRegionWithoutIdentityCenter_isRefusedInWords(Region region) {
        assertThatExceptionOfType(TemplateException.class)
                .isThrownBy(() -> expand(region, ADA))
                .withMessageContaining("no IAM Identity Center");
    }

    @ParameterizedTest
    @MethodSource("withoutSes")
    void aSender_whereThereIsNoSes_isRefusedInWords(Region region) {
        Map<String, String> withSender = new HashMap<>(ADA);
        withSender.put("SenderEmail", "aws@example.com");

        assertThatExceptionOfType(TemplateException.class)
                .isThrownBy(() -> expand(region, withSender))
                .withMessageContaining("SenderEmail needs Amazon SES")
                .withMessageContaining("Leave SenderEmail empty");
    }

    @Test
    void aSender_whereThereIsSes_isTaken() {
        Map<String, String> withSender = new HashMap<>(ADA);
        withSender.put("SenderEmail", "aws@example.com");

        assertThat(withIdentityCenter().filter(AwsService.SES::offeredIn))
                .hasSizeGreaterThan(20)
                .allSatisfy(region ->
                        assertThat(expand(region, withSender).resources()).isNotEmpty());
    }

    @ParameterizedTest
    @MethodSource("withIdentityCenter")
    void stackSetsHasANameOfItsOwn_whereTheRegionIsDisabledByDefault(Region region) {
        ExpandedTemplate stack = expand(region, ADA);
        if (!stack.resources().containsKey("ForwardingAdministrationRole")) {
            assertThat(DISABLED_BY_DEFAULT).doesNotContain(region.id());
            return;
        }
        Resource role = stack.resource("ForwardingAdministrationRole");
        JsonNode service = role.properties().at("/AssumeRolePolicyDocument/Statement/0/Principal/Service");

        assertThat(service.toString())
                .isEqualTo(
                        DISABLED_BY_DEFAULT.contains(region.id())
                                ? "[\"cloudformation.amazonaws.com\",\"cloudformation.%s.amazonaws.com\"]"
                                        .formatted(region.id())
                                : "\"cloudformation.amazonaws.com\"");
    }

    @ParameterizedTest
    @CsvSource({
        "us-gov-west-1, Text",
        "us-gov-east-1, Text",
        "eu-central-1, JSON",
        "cn-north-1, JSON",
        "eusc-de-east-1, JSON"
    })
    void theFormatOfLogsIsOneThatThePartitionHas(String region, String format) {
        assertThat(expand(Region.of(region), ADA).resourcesOfType("AWS::Serverless::Function"))
                .allSatisfy(function -> assertThat(function.properties()
                                .at("/LoggingConfig/LogFormat")
                                .asText())
                        .isEqualTo(format));
    }

    private static ExpandedTemplate expand(Region region, Map<String, String> parameters) {
        return TEMPLATE.expand(parameters, Deployment.of(MANAGEMENT, region.id(), "groundwork"));
    }
}
