package groundwork.rehearsal.scenario;

import static groundwork.rehearsal.scenario.Scenario.ADA;
import static groundwork.rehearsal.scenario.Scenario.GRACE;
import static groundwork.rehearsal.scenario.Scenario.MANAGEMENT;
import static groundwork.rehearsal.template.ProjectTemplate.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import groundwork.rehearsal.organization.people.AccountConsole;
import groundwork.rehearsal.organization.store.Mail;
import groundwork.rehearsal.stack.LocalTables;
import groundwork.rehearsal.template.Deployment;
import groundwork.rehearsal.template.ExpandedTemplate;
import groundwork.rehearsal.template.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.regions.Region;

/** What alarms tell when Groundwork does not work, and that they are silent while it does. */
@Tag("slow")
class AlarmsTest {

    @AutoClose
    private static final LocalTables TABLES = new LocalTables();

    private static final Scenario SCENARIO = new Scenario(
            "alarms",
            "",
            MANAGEMENT,
            organization -> {
                Scenarios.company(organization);
                organization.identityCenter(Region.US_EAST_1);
            },
            Map.of("OwnerEmail", GRACE),
            unused -> {});

    private World world;

    @BeforeEach
    void deploy() {
        world = new World(SCENARIO, TEMPLATE, TABLES);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aNewStack_raisesNoAlarm_alsoWhereCreatingItTakesLong() {
        world.alarmsSound();
        world.addressIsConfirmed();
        world.passes(Duration.ofMinutes(90));

        world.stackIsCreated();
        world.passes(Duration.ofDays(5));

        assertThat(world.seen().alarms()).isEmpty();
    }

    @Test
    void anUpdateThatBringsTheAlarms_raisesNone() {
        Scenarios.ready(world);
        world.passes(Duration.ofDays(1));

        world.alarmsSound();
        world.stack().reports("UPDATE_COMPLETE");
        world.passes(Duration.ofDays(5));

        assertThat(world.seen().alarms()).isEmpty();
    }

    @Test
    void anUpdateOfTheAlarms_raisesNone() {
        readyWithAlarms();
        world.passes(Duration.ofHours(12));

        world.stackIsUpdated(Map.of("SilenceHours", "168"));
        world.passes(Duration.ofDays(2));
        world.stackIsUpdated(Map.of("SilenceHours", "26"));
        world.passes(Duration.ofDays(5));

        assertThat(world.seen().alarms()).isEmpty();
    }

    /** Until November 2026 the template left names to CloudFormation; with a name of its own each alarm is made anew. */
    @Test
    void anUpdateThatRenamesTheAlarms_raisesNone_andSilenceIsHeardOfAsBefore() throws IOException {
        ExpandedTemplate renamed = world.stack().template();
        world.close();
        Path file = Path.of("..", "template.yaml");
        String before = Files.readString(file).replaceAll("(?m)^ +AlarmName: !Sub Groundwork .*\n", "");
        world = new World(SCENARIO, Template.parse(before, file.getParent()), TABLES);
        assertThat(world.stack().template().resource("FailedExecutions").ref()).hasValue("groundwork-FailedExecutions");
        readyWithAlarms();
        world.passes(Duration.ofHours(12));

        world.stack().update(renamed);
        world.settles();
        assertThat(world.seen().alarms()).isEmpty();
        disablesEveryRule();
        world.passes(Duration.ofHours(51));

        assertThat(world.seen().alarms())
                .extracting(Mail::subject)
                .containsOnly(
                        "INSUFFICIENT_DATA: \"Groundwork has gone silent (stack groundwork)\" in US East (N. Virginia)")
                .hasSize(2);
    }

    /** Amazon SNS takes less than 100 characters, so that the end of a long name is lost. */
    @Test
    void theSubjectOfAnAlarm_beginsWithWhatIsWrong() {
        ExpandedTemplate longNamed =
                TEMPLATE.expand(SCENARIO.allParameters(), Deployment.of(MANAGEMENT, "us-east-1", "g".repeat(128)));

        assertThat(longNamed.resourcesOfType("AWS::CloudWatch::Alarm"))
                .extracting(alarm -> alarm.ref().orElseThrow())
                .doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(name)
                        .matches("Groundwork [a-z ]{5,30} \\(stack g{128}\\)")
                        .hasSizeLessThanOrEqualTo(255));
    }

    @ParameterizedTest
    @ValueSource(ints = {24, 48, 168})
    void withoutALook_bothAddressesHearWithinThreeHoursMore(int hours) {
        readyWithAlarms();
        world.stackIsUpdated(Map.of("SilenceHours", Integer.toString(hours)));
        world.settles();

        disablesEveryRule();
        Instant lastLook = world.seen().looks().getLast().at();
        world.passes(Duration.ofHours(hours + 3));

        assertThat(world.seen().looks().getLast().at()).isEqualTo(lastLook);
        assertThat(world.seen().alarms()).extracting(Mail::to).containsExactlyInAnyOrder(ADA, GRACE);
        assertThat(world.seen().alarms()).allSatisfy(mail -> {
            assertThat(mail.text())
                    .contains("has not completed a look at the account for " + hours + " hours")
                    .contains("Groundwork has gone silent");
            assertThat(Duration.between(lastLook, mail.time())).isGreaterThan(Duration.ofHours(hours));
        });
    }

    @Test
    void afterASilence_theNextOneIsToldAgain() {
        readyWithAlarms();
        disablesEveryRule();
        world.passes(Duration.ofDays(3));
        assertThat(world.seen().alarms()).hasSize(2);

        world.starts(JsonNodeFactory.instance.objectNode());
        // It finds the rules disabled and waits a day for somebody to enable them.
        world.passes(Duration.ofDays(4));

        assertThat(world.seen().alarms()).hasSize(4);
    }

    @Test
    void executionsThatNeverComeToTheirLook_areNoLooks() {
        readyWithAlarms();
        world.stack().breakFunction("CheckRootUserFunction");

        world.passes(Duration.ofDays(3));

        assertThat(world.seen().executionStatuses()).endsWith("FAILED", "FAILED", "FAILED");
        assertThat(alarmsTo(GRACE)).anyMatch(alarm -> alarm.contains("Groundwork has gone silent"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ReadRequestFunction",
                "CheckRootUserFunction",
                "CheckChangeEventsFunction",
                "FindIdentityCenterFunction",
                "ProvisionAdministratorFunction",
                "GrantAccessFunction",
                "SendEmailFunction"
            })
    void aFunctionThatDoesNotStart_isHeardOfWithinMinutes(String function) {
        readyWithAlarms();
        world.stack().breakFunction(function);

        world.starts(JsonNodeFactory.instance.objectNode());
        world.passes(Duration.ofMinutes(15));

        assertThat(alarmsTo(ADA))
                .singleElement()
                .asString()
                .isEqualTo("ALARM: \"Groundwork failed (stack groundwork)\" in US East (N. Virginia)");
        assertThat(alarmsTo(GRACE))
                .singleElement()
                .asString()
                .isEqualTo("ALARM: \"Groundwork failed (stack groundwork)\" in US East (N. Virginia)");
    }

    @Test
    void aTargetThatTakesNoEvents_isHeardOfWithinMinutes() {
        readyWithAlarms();
        world.stack().loseStateMachine();

        world.organization().rootUser(MANAGEMENT).signsIn();
        world.passes(Duration.ofMinutes(10));

        assertThat(alarmsTo(ADA))
                .singleElement()
                .asString()
                .isEqualTo("ALARM: \"Groundwork missed a change (stack groundwork)\" in US East (N. Virginia)");
        assertThat(alarmsTo(GRACE))
                .singleElement()
                .asString()
                .isEqualTo("ALARM: \"Groundwork missed a change (stack groundwork)\" in US East (N. Virginia)");
    }

    @Test
    void aFlood_isHeardOfWhileItLasts_andABurstIsNone() {
        readyWithAlarms();
        start(100, Duration.ofMillis(100));
        world.passes(Duration.ofHours(2));
        assertThat(world.seen().alarms()).isEmpty();

        start(400, Duration.ofSeconds(1));

        assertThat(alarmsTo(ADA))
                .singleElement()
                .asString()
                .isEqualTo("ALARM: \"Groundwork is started too often (stack groundwork)\" in US East (N. Virginia)");
        assertThat(alarmsTo(GRACE))
                .singleElement()
                .asString()
                .isEqualTo("ALARM: \"Groundwork is started too often (stack groundwork)\" in US East (N. Virginia)");
        world.passes(Duration.ofHours(2));
        assertThat(world.seen().alarms()).hasSize(2);
    }

    @Test
    void everyAlarmTellsBothAddresses() {
        assertThat(world.stack().template().resourcesOfType("AWS::CloudWatch::Alarm"))
                .hasSize(4)
                .allSatisfy(alarm -> assertThat(alarm.properties().path("AlarmActions"))
                        .as(alarm.logicalId())
                        .hasSize(2));
    }

    private void readyWithAlarms() {
        world.alarmsSound();
        Scenarios.ready(world);
        assertThat(world.expectations().broken()).isEmpty();
        assertThat(world.seen().alarms()).isEmpty();
    }

    private void start(int executions, Duration pause) {
        for (int execution = 0; execution < executions; execution++) {
            world.starts(JsonNodeFactory.instance.objectNode());
            world.passes(pause);
        }
    }

    private List<String> alarmsTo(String address) {
        return world.seen().alarms().stream()
                .filter(mail -> mail.to().equals(address))
                .map(Mail::subject)
                .toList();
    }

    /** First the one that would tell of it. */
    private void disablesEveryRule() {
        AccountConsole console = world.organization().accountConsole(world.person());
        console.disablesRule(Region.US_EAST_1, world.ruleName("GroundworkChanged"));
        world.stack().template().resourcesOfType("AWS::Events::Rule").stream()
                .map(rule -> rule.ref().orElseThrow())
                .forEach(rule -> console.disablesRule(Region.US_EAST_1, rule));
    }
}
