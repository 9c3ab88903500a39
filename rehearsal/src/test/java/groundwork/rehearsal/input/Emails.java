package groundwork.rehearsal.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What must hold for every email, whatever the names and words in it. */
final class Emails {
    /** Characters that end a line, control a terminal, or change how others look. The two joiners are spelling. */
    static final String UNFIT = "[\\p{Cc}\\p{Cs}\\p{Co}\\p{Zl}\\p{Zp}&&[^\\n]]|[\\p{Cf}&&[^\\u200C\\u200D]]";

    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://[^\\s<>\"]*");
    private static final Pattern AWS_HOST = Pattern.compile(
            "([a-z0-9-]+\\.)*"
                    + "(aws\\.amazon\\.com|amazonaws\\.cn|amazonaws-us-gov\\.com|awsapps\\.com|awsapps\\.cn|app\\.aws|amazonwebservices\\.com\\.cn)");
    private static final Pattern TAG = Pattern.compile("<(/?)([A-Za-z!][A-Za-z0-9-]*)([^<>]*)>");
    private static final Pattern ATTRIBUTE = Pattern.compile("\\s+([a-z-]+)=\"([^\"<>]*)\"");
    private static final Set<String> TAGS = Set.of(
            "!DOCTYPE",
            "html",
            "head",
            "meta",
            "title",
            "style",
            "body",
            "div",
            "p",
            "h2",
            "a",
            "br",
            "strong",
            "span",
            "ol",
            "ul",
            "li",
            "table",
            "tr",
            "td",
            "th",
            "tbody");
    private static final Set<String> ATTRIBUTES = Set.of(
            "lang",
            "charset",
            "name",
            "content",
            "class",
            "style",
            "href",
            "role",
            "width",
            "align",
            "cellpadding",
            "cellspacing",
            "border",
            "valign");

    private Emails() {}

    /** A subject that Amazon SNS takes: https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
    static void assertAsciiSubject(String subject) {
        assertThat(subject).matches("[\\x21-\\x7E][\\x20-\\x7E]*").hasSizeLessThan(100);
    }

    static void assertSubject(String subject) {
        assertThat(subject).isNotBlank().doesNotContain("\n").hasSizeLessThan(100);
        assertThat(subject).doesNotContainPattern(UNFIT);
    }

    static void assertText(String text) {
        assertThat(text).doesNotContainPattern(UNFIT).hasSizeLessThan(40_000);
        addresses(text).forEach(Emails::assertOurs);
    }

    static void assertHtml(String html) {
        assertThat(html).doesNotContainPattern(UNFIT);
        String document = html.replaceAll("(?s)<!--\\[if mso\\]>.*?<!\\[endif\\]-->", "");
        Matcher tag = TAG.matcher(document);
        StringBuilder text = new StringBuilder();
        while (tag.find()) {
            assertThat(TAGS).contains(tag.group(2));
            if (!tag.group(2).equals("!DOCTYPE")) {
                assertAttributes(tag.group(3));
            }
            tag.appendReplacement(text, "");
        }
        tag.appendTail(text);
        assertThat(text.toString())
                .as("text between the tags")
                .doesNotContain("<", "\"")
                .doesNotContainPattern("&(?!(amp|lt|gt|quot|#[0-9]+);)");
        addresses(text.toString()
                        .replace("&amp;", "&")
                        .replace("&quot;", "\"")
                        .replace("&#39;", "'")
                        .replace("&lt;", "<")
                        .replace("&gt;", ">"))
                .forEach(Emails::assertOurs);
    }

    private static void assertAttributes(String attributes) {
        Matcher attribute = ATTRIBUTE.matcher(attributes);
        StringBuilder rest = new StringBuilder();
        while (attribute.find()) {
            assertThat(ATTRIBUTES).contains(attribute.group(1));
            if (attribute.group(1).equals("href")) {
                assertOurs(attribute.group(2).replace("&amp;", "&"));
            }
            attribute.appendReplacement(rest, "");
        }
        attribute.appendTail(rest);
        assertThat(rest.toString().strip()).isIn("", "/");
    }

    private static List<String> addresses(String text) {
        return ADDRESS.matcher(text).results().map(MatchResult::group).toList();
    }

    private static void assertOurs(String address) {
        URI uri = URI.create(address);
        assertThat(uri.getScheme()).as(address).isEqualTo("https");
        assertThat(uri.getHost()).as(address).matches(AWS_HOST.pattern() + "|portal\\.example\\.com");
        assertThat(uri.getUserInfo()).as(address).isNull();
    }
}
