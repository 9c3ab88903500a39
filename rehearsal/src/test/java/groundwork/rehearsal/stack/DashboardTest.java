package groundwork.rehearsal.stack;

import static groundwork.rehearsal.template.ProjectTemplate.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import groundwork.rehearsal.scenario.Scenario;
import groundwork.rehearsal.scenario.Scenarios;
import groundwork.rehearsal.scenario.World;
import groundwork.rehearsal.template.Deployment;
import groundwork.rehearsal.template.ExpandedTemplate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.safety.Cleaner;
import org.jsoup.safety.Safelist;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The dashboard and its widget, as CloudWatch documents them. */
@Tag("slow")
class DashboardTest {

    /**
     * What CloudWatch leaves of a widget's HTML: no script, no iframe, no use, no attribute that is code. Which elements it takes is not published, "most
     * HTML tags are supported"; here only those pass that any cleaner of HTML takes, and those that CloudWatch documents.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/add_custom_widget_dashboard_security.html">Security and
     *     JavaScript</a>
     * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/add_custom_widget_dashboard_interactivity.html">Interactivity
     *     in the custom widget</a>
     */
    private static final Safelist TAKEN = Safelist.relaxed()
            .addTags("style", "time", "cwdb-action")
            .addAttributes("cwdb-action", "action", "confirmation", "display", "endpoint", "event")
            .addAttributes("a", "role", "tabindex")
            .addAttributes("time", "datetime")
            .addAttributes(":all", "class")
            .removeProtocols("a", "href", "ftp", "http", "mailto");

    @AutoClose
    private static final LocalTables TABLES = new LocalTables();

    private static World world;

    @BeforeAll
    static void anAccountIsSetUp() {
        Scenario scenario = Scenarios.named("management-account").orElseThrow();
        world = new World(scenario, TEMPLATE, TABLES);
        scenario.play().accept(world);
        world.organization().rootUser(Scenario.MANAGEMENT).createsAccessKey();
        world.settles();
    }

    @AfterAll
    static void end() {
        world.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void nothingOfTheWidgetIsCleanedAway(String theme) {
        Document shown = Jsoup.parseBodyFragment(widget(theme));
        Document cleaned = new Cleaner(TAKEN).clean(shown);

        assertThat(cleaned.body().html()).isEqualTo(shown.body().html());
        assertThat(shown.select("div.groundwork." + theme)).hasSize(1);
        assertThat(shown.select("style").html()).doesNotContain("@import", "url(", "expression");
        assertThat(shown.select("link, script, iframe, use, img, object, form")).isEmpty();
        assertThat(shown.select("li > h3")).hasSize(9);
        assertThat(shown.select("a[href]"))
                .isNotEmpty()
                .allSatisfy(link -> assertThat(link.attr("href")).startsWith("https://"));
    }

    /** Otherwise the cleaner would prove nothing. */
    @Test
    void whatCloudWatchDoesNotTake_isCleanedAway() {
        for (String bad : List.of(
                "<script>alert(1)</script>",
                "<iframe src=\"https://example.com\"></iframe>",
                "<p onclick=\"alert(1)\">x</p>",
                "<a href=\"javascript:alert(1)\">x</a>",
                "<svg><use href=\"#x\"></use></svg>")) {
            assertThat(new Cleaner(TAKEN).isValid(Jsoup.parseBodyFragment(bad)))
                    .as(bad)
                    .isFalse();
        }
    }

    /** Of two functions: whoever may look need not be allowed to start. */
    @Test
    void theButtonAsks_andCallsTheFunctionThatStarts() {
        Element action = Jsoup.parseBodyFragment(widget("light")).selectFirst("cwdb-action");

        assertThat(action.attr("action")).isEqualTo("call");
        assertThat(action.attr("confirmation")).endsWith("Start it?");
        assertThat(action.attr("endpoint"))
                .isEqualTo(
                        world.stack().template().resource("LookAgainFunction").arn());
        assertThat(action.previousElementSibling().className()).startsWith("btn");

        int executions = world.stack().executions().size();
        JsonNode answer = world.stack().invoke("LookAgainFunction", EventCatalogue.json(action.text()));
        assertThat(answer.asText()).contains("An execution was started");
        assertThat(world.stack().executions()).hasSize(executions + 1);
    }

    @Test
    void theDashboardCallsTheFunctionThatShows_andShowsWhatThereIs() {
        ExpandedTemplate stack = deployed(Map.of());
        JsonNode body = body(stack);

        assertThat(body.path("widgets").findValuesAsText("type"))
                .containsExactly("custom", "metric", "metric", "alarm");
        assertThat(body.at("/widgets/0/properties/endpoint").asText())
                .isEqualTo(stack.resource("ShowChecklistFunction").arn());
        assertThat(body.at("/widgets/3/properties/alarms").valueStream().map(JsonNode::asText))
                .containsExactlyInAnyOrderElementsOf(stack.resourcesOfType("AWS::CloudWatch::Alarm").stream()
                        .map(alarm -> alarm.arn())
                        .toList());
        assertThat(body.at("/widgets/2/properties/metrics")
                        .valueStream()
                        .map(metric -> metric.path(3).asText()))
                .containsExactlyInAnyOrderElementsOf(stack.resourcesOfType("AWS::Serverless::Function").stream()
                        .map(function -> function.ref().orElseThrow())
                        .toList());
    }

    @Test
    void aHub_alsoShowsItsMembers() {
        JsonNode body = body(deployed(Map.of("OrganizationId", "o-a1b2c3d4e5", "MemberAccounts", "all")));

        assertThat(body.at("/widgets/4/properties/params/accounts").isObject()).isTrue();
    }

    @Test
    void withoutADashboard_thereIsNone() {
        ExpandedTemplate stack = deployed(Map.of("CreateDashboard", "false"));

        assertThat(stack.resourcesOfType("AWS::CloudWatch::Dashboard")).isEmpty();
        assertThat(stack.outputs()).doesNotContainKey("DashboardName");
    }

    private static String widget(String theme) {
        return world.stack()
                .invoke(
                        "ShowChecklistFunction",
                        EventCatalogue.json("{\"widgetContext\": {\"theme\": \"%s\"}}".formatted(theme)))
                .asText();
    }

    private static JsonNode body(ExpandedTemplate stack) {
        return EventCatalogue.json(
                stack.resource("Dashboard").properties().path("DashboardBody").asText());
    }

    private static ExpandedTemplate deployed(Map<String, String> parameters) {
        Map<String, String> given = new HashMap<>(
                Map.of("AdministratorEmail", "ada@example.com", "GivenName", "Ada", "FamilyName", "Lovelace"));
        given.putAll(parameters);
        return TEMPLATE.expand(given, Deployment.of("111122223333", "eu-central-1", "groundwork"));
    }
}
