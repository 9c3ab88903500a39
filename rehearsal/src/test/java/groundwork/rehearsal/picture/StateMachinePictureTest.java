package groundwork.rehearsal.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import groundwork.rehearsal.picture.Definition.Step;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class StateMachinePictureTest {
    private static final Path DEFINITION = Path.of("../statemachine/account-setup.asl.json");
    private static final Path PICTURE = Path.of("../docs/state-machine.svg");

    @Test
    void theCommittedPictureShowsTheDefinition() throws IOException {
        assertThat(Files.exists(PICTURE) ? Files.readString(PICTURE) : "")
                .withFailMessage(
                        "docs/state-machine.svg does not show statemachine/account-setup.asl.json as it is now;"
                                + " redraw it with: mvn -B -q -Dmaven.test.skip=true package && rehearsal/target/launch"
                                + " groundwork.rehearsal.picture.DrawPicture statemachine/account-setup.asl.json"
                                + " docs/state-machine.svg")
                .isEqualTo(StateMachinePicture.of(Files.readString(DEFINITION)).svg());
    }

    @Test
    void everyStateOfTheDefinitionIsInThePictureWithItsWholeName() throws Exception {
        String definition = Files.readString(DEFINITION);
        List<String> names = new ArrayList<>();
        new ObjectMapper().readTree(definition).path("States").fieldNames().forEachRemaining(names::add);

        assertThat(names).isNotEmpty();
        assertThat(namesIn(StateMachinePicture.of(definition).svg())).containsAll(names);
    }

    @Test
    void noBoxOfThePictureCoversAnotherOne() throws Exception {
        List<Element> boxes =
                boxesIn(StateMachinePicture.of(Files.readString(DEFINITION)).svg());

        for (Element one : boxes) {
            for (Element other : boxes) {
                assertThat(one == other || areApart(one, other))
                        .as("%s and %s", one.getTextContent(), other.getTextContent())
                        .isTrue();
            }
        }
    }

    @Test
    void aStateToWhichSeveralLeadAtTheEndIsDrawnBesideEachOfThem() throws Exception {
        assertThat(namesIn(picture("""
                        "First?": {"Type": "Choice", "Choices": [{"Condition": "{% $a %}", "Next": "Over"}], "Default": "Second?"},
                        "Second?": {"Type": "Choice", "Choices": [{"Condition": "{% $b %}", "Next": "Over"}], "Default": "Done"},
                        "Over": {"Type": "Succeed"},
                        "Done": {"Type": "Succeed"}"""))).containsExactly("First?", "Second?", "Done", "Over", "Over");
    }

    @Test
    void aNameIsEscaped() throws Exception {
        String svg = picture("""
                "<b>\\"this\\" & that</b>": {"Type": "Succeed", "Comment": "</title><script>"}""");

        assertThat(svg).doesNotContain("<b>", "<script>");
        assertThat(namesIn(svg)).containsExactly("<b>\"this\" & that</b>");
    }

    @Test
    void theHandlingOfFailuresIsDrawnOnceHoweverManyStatesLeadThere() throws Exception {
        String svg = picture("""
                "One": {"Type": "Task", "Resource": "r", "Next": "Two", "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Report"}]},
                "Two": {"Type": "Task", "Resource": "r", "Next": "Done", "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Report"}]},
                "Done": {"Type": "Succeed"},
                "Report": {"Type": "Task", "Resource": "r", "Next": "Failed"},
                "Failed": {"Type": "Fail"}""");

        assertThat(namesIn(svg)).containsExactly("One", "Two", "Done", "Report", "Failed");
        assertThat(svg).contains("When a task fails");
    }

    @Test
    void waitsThatDifferOnlyInWhatTheyWaitForShareTheirArrows() throws Exception {
        String svg = picture("""
                "Look": {"Type": "Task", "Resource": "lambda", "Next": "Next?"},
                "Next?": {"Type": "Choice", "Default": "Done", "Choices": [
                  {"Condition": "{% $a %}", "Next": "Wait for A"}, {"Condition": "{% $b %}", "Next": "Wait for B"}]},
                "Wait for A": {"Type": "Wait", "Seconds": "{% $interval %}", "Next": "Look"},
                "Wait for B": {"Type": "Wait", "Seconds": "{% $interval %}", "Next": "Look"},
                "Done": {"Type": "Succeed"}""");

        assertThat(namesIn(svg)).contains("Wait for A", "Wait for B");
        assertThat(svg.split("class=\"arrow", -1))
                .as("start, two steps, there, back")
                .hasSize(1 + 5);
    }

    @Test
    void theHappyPathRunsMostFunctionsAndOtherwiseTakesTheDefault() {
        Definition definition = Definition.parse(document("""
                        "Ready?": {"Type": "Choice", "Choices": [{"Condition": "{% $ready %}", "Next": "Work"}], "Default": "Report"},
                        "Work": {"Type": "Task", "Resource": "lambda", "Next": "Report"},
                        "Report": {"Type": "Task", "Resource": "sns", "Next": "Loud?"},
                        "Loud?": {"Type": "Choice", "Choices": [{"Condition": "{% $loud %}", "Next": "Shout"}], "Default": "Done"},
                        "Shout": {"Type": "Task", "Resource": "sns", "Next": "Done"},
                        "Done": {"Type": "Succeed"}"""));

        assertThat(HappyPath.of(definition)).containsExactly("Ready?", "Work", "Report", "Loud?", "Done");
    }

    @Test
    void anErrorThatAStateNamesIsAWayOfItsOwn() {
        Definition definition = Definition.parse(document("""
                        "Claim": {"Type": "Task", "Resource": "r", "Next": "Done", "Catch": [{"ErrorEquals": ["Taken"], "Next": "Over"}]},
                        "Over": {"Type": "Succeed"},
                        "Done": {"Type": "Succeed"}"""));

        assertThat(definition.state("Claim").steps()).containsExactly(new Step("Done", false), new Step("Over", true));
    }

    @Test
    void aWaitOfFixedLengthIsAPauseAndAGrowingOneIsForAPerson() {
        Definition definition = Definition.parse(document("""
                        "Settle": {"Type": "Wait", "Seconds": "{% ${QuietSeconds} %}", "Next": "Person"},
                        "Person": {"Type": "Wait", "Seconds": "{% $interval %}", "Next": "Done"},
                        "Done": {"Type": "Succeed"}"""));

        assertThat(definition.state("Settle").kind()).isEqualTo(Kind.PAUSE);
        assertThat(definition.state("Person").kind()).isEqualTo(Kind.OTHERS);
    }

    @Test
    void aStateThatNoOtherLeadsToIsRefused() {
        assertThatThrownBy(() -> picture("""
                        "Done": {"Type": "Succeed"},
                        "Alone": {"Type": "Pass", "Next": "Done"}""")).hasMessage("No state leads to \"Alone\".");
    }

    @Test
    void aStateThatLeadsNowhereKnownIsRefused() {
        assertThatThrownBy(() -> picture("\"Start\": {\"Type\": \"Pass\", \"Next\": \"Nowhere\"}"))
                .hasMessage("The definition leads to \"Nowhere\", which is no state.");
    }

    @Test
    void aTypeWithoutAPictureIsRefused() {
        assertThatThrownBy(() -> picture("\"Each\": {\"Type\": \"Map\", \"End\": true}"))
                .hasMessage("No picture is known for \"Each\" of type Map.");
    }

    private static String picture(String states) {
        return StateMachinePicture.of(document(states)).svg();
    }

    private static String document(String states) {
        String first = states.substring(states.indexOf('"') + 1, states.indexOf("\": {"));
        return "{\"Comment\": \"An example.\", \"StartAt\": \"" + first + "\", \"States\": {" + states + "}}";
    }

    /** The names that can be read: the text lines of every box, joined. */
    private static List<String> namesIn(String svg) throws Exception {
        List<String> names = new ArrayList<>();
        for (Element box : boxesIn(svg)) {
            NodeList lines = box.getElementsByTagName("text");
            List<String> words = new ArrayList<>();
            for (int i = 0; i < lines.getLength(); i++) {
                words.add(lines.item(i).getTextContent());
            }
            names.add(String.join(" ", words));
        }
        return names;
    }

    private static List<Element> boxesIn(String svg) throws Exception {
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        NodeList groups = document.getElementsByTagName("g");
        List<Element> boxes = new ArrayList<>();
        for (int i = 0; i < groups.getLength(); i++) {
            boxes.add((Element) groups.item(i));
        }
        return boxes;
    }

    private static boolean areApart(Element one, Element other) {
        Extent a = Extent.of(one);
        Extent b = Extent.of(other);
        return a.right < b.left || b.right < a.left || a.bottom < b.top || b.bottom < a.top;
    }

    /** The rectangle that a box covers; a decision is a path that begins at its top left corner. */
    private record Extent(int left, int top, int right, int bottom) {
        static Extent of(Element box) {
            NodeList rectangles = box.getElementsByTagName("rect");
            if (rectangles.getLength() == 1) {
                Element rectangle = (Element) rectangles.item(0);
                int x = number(rectangle, "x");
                int y = number(rectangle, "y");
                return new Extent(x, y, x + number(rectangle, "width"), y + number(rectangle, "height"));
            }
            String[] way = ((Element) box.getElementsByTagName("path").item(0))
                    .getAttribute("d")
                    .split("[^-0-9]+", -1);
            int x = Integer.parseInt(way[1]);
            int y = Integer.parseInt(way[2]);
            return new Extent(x, y, x + Integer.parseInt(way[3]), y + Integer.parseInt(way[5]) * 2);
        }

        private static int number(Element element, String attribute) {
            return Integer.parseInt(element.getAttribute(attribute));
        }
    }
}
