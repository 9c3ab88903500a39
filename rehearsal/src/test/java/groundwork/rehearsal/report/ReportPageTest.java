package groundwork.rehearsal.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import groundwork.checklist.Prerequisite;
import groundwork.rehearsal.organization.store.Mail;
import groundwork.rehearsal.states.ExecutionResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a report shows, whatever people and AWS call their things. */
class ReportPageTest {
    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

    /** Ends every element and attribute that it may be in. */
    private static final String STRANGE = "\"'></pre></iframe><script>alert(1)</script>&amp;";

    private static final String ESCAPED =
            "&quot;&#39;&gt;&lt;/pre&gt;&lt;/iframe&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;";

    private static Story story(String name, List<String> broken, String text, List<Moment> moments) {
        return new Story(
                name,
                text,
                START,
                broken,
                Optional.of(checklist("WAITING", text)),
                Optional.of(checklist("BLOCKED", text)),
                moments,
                List.of(new Mail(START, text, text, text, text, Optional.of(text))),
                List.of(new CallTally.Line(text, text, 1, Set.of(text), Set.of(text))),
                Map.of(text, 3L),
                Map.of(text, 2L));
    }

    private static ObjectNode checklist(String status, String text) {
        ObjectNode checklist = JsonNodeFactory.instance.objectNode().put("status", text);
        checklist
                .putArray("items")
                .addObject()
                .put("prerequisite", Prerequisite.ROOT_MFA.name())
                .putObject("outcome")
                .put("status", status)
                .put("what", text)
                .put("todo", text)
                .put("link", text);
        return checklist;
    }

    private static String page(Story... stories) {
        ReportPage page = new ReportPage();
        List.of(stories).forEach(page::add);
        return page.html();
    }

    @Test
    void whateverComesFromElsewhere_isText() {
        ObjectNode output = JsonNodeFactory.instance.objectNode().put("status", STRANGE);
        List<Moment> moments = List.of(
                new Moment.Deed(START, STRANGE),
                new Moment.EventComes(START, STRANGE, STRANGE, STRANGE, STRANGE, STRANGE),
                new Moment.Starts(START, STRANGE, STRANGE),
                new Moment.Enters(START, STRANGE, STRANGE),
                new Moment.Finds(START, STRANGE, STRANGE, STRANGE, STRANGE, STRANGE),
                new Moment.Changes(START, STRANGE, STRANGE, STRANGE, STRANGE),
                new Moment.Sends(START, STRANGE, STRANGE, STRANGE),
                new Moment.Fails(START, STRANGE, STRANGE, STRANGE),
                new Moment.TriesAgain(START, STRANGE, STRANGE, Duration.ofSeconds(2)),
                new Moment.GoesTo(START, STRANGE, STRANGE, STRANGE, STRANGE, false),
                new Moment.Waits(START, STRANGE, STRANGE, Duration.ofSeconds(2)),
                new Moment.Ends(START, STRANGE, new ExecutionResult.Succeeded(output, 1)),
                new Moment.Ends(START, STRANGE, new ExecutionResult.Failed(STRANGE, STRANGE, 1)));

        String page = page(story("story", List.of(STRANGE), STRANGE, moments));

        assertThat(page).contains(ESCAPED).doesNotContain("<script", "alert(1)</script>", STRANGE);
        assertThat(page.split("<iframe", -1)).hasSize(2);
    }

    @Test
    void statesOfAnExecution_shareALine_alsoWhereAnotherOneRunsBetween() {
        List<Moment> moments = List.of(
                new Moment.Enters(START, "0001", "Wait"),
                new Moment.Enters(START, "0002", "Look"),
                new Moment.Enters(START.plusSeconds(60), "0001", "Wait"),
                new Moment.Deed(START.plusSeconds(70), "Ada signs in"),
                new Moment.Enters(START.plusSeconds(80), "0001", "Wait"));

        assertThat(page(story("story", List.of(), "text", moments)).lines())
                .filteredOn(line -> line.contains("class=\"states\"") || line.contains("class=\"deed\""))
                .containsExactly(
                        "<li class=\"states\"><span class=\"at\">00:00:00</span> <span>0001: Wait × 2</span></li>",
                        "<li class=\"states\"><span class=\"at\">00:00:00</span> <span>0002: Look</span></li>",
                        "<li class=\"deed\"><span class=\"at\">00:01:10</span> <span>Ada signs in</span></li>",
                        "<li class=\"states\"><span class=\"at\">00:01:20</span> <span>0001: Wait</span></li>");
    }

    @Test
    void oneStory_isOpen_andManyAreFolded_withAListOfThem() {
        Story one = story("one", List.of(), "text", List.of());
        Story other = story("other", List.of("emails should be 1 and is 2"), "text", List.of());

        assertThat(page(one)).contains("<details class=\"story\" open>").doesNotContain("<nav");
        assertThat(page(one, other))
                .contains(
                        "<li><a href=\"#one\">one</a> <span class=\"mark DONE\">as expected</span></li>",
                        "<li><a href=\"#other\">other</a> <span class=\"mark FAILED\">not as expected</span></li>",
                        "<p>Not as expected:</p>\n<ul>\n<li>emails should be 1 and is 2</li>")
                .doesNotContain("<details class=\"story\" open>");
    }
}
