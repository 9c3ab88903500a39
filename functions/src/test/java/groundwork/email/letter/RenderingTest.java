package groundwork.email.letter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RenderingTest {
    private static final String HOSTILE = "<img src=x onerror=\"alert('1')\">&\r\nBcc: eve@example.net\u202E";

    @Test
    void html_escapesEveryText() {
        String html = HtmlRendering.of(new Message(
                new Subject("111122223333", HOSTILE, "topic"),
                List.of(
                        new Block.Heading(HOSTILE),
                        new Block.Paragraph(HOSTILE),
                        new Block.Button(link(HOSTILE)),
                        new Block.Reference(link(HOSTILE)),
                        new Block.Facts(List.of(new Block.Fact(HOSTILE, HOSTILE))),
                        new Block.Lines(List.of(
                                new Block.Line(Block.Mark.OPEN, HOSTILE, List.of(HOSTILE), List.of(link(HOSTILE))))),
                        new Block.Steps(List.of(new Block.Step(HOSTILE, List.of(link(HOSTILE)))))),
                List.of(new Block.Paragraph(HOSTILE))));

        assertThat(html).doesNotContain("<img").doesNotContain("alert('1')").doesNotContain("\u202E");
        assertThat(html.split("&lt;img src=x onerror=&quot;alert\\(&#39;1&#39;\\)&quot;&gt;&amp; Bcc", -1))
                .hasSize(1 + 12);
    }

    @Test
    void html_escapesTheSubject() {
        Message message = new Message(new Subject("111122223333", "<b>", "topic"), List.of(), List.of());

        assertThat(HtmlRendering.of(message)).contains("<title>AWS 111122223333 (&lt;b&gt;): topic</title>");
    }

    @Test
    void html_escapesTheAddressOfALink() {
        assertThat(html(new Block.Button(new Block.Link("Go", URI.create("https://example.com/?a='1'&b=2")))))
                .contains("href=\"https://example.com/?a=&#39;1&#39;&amp;b=2\"")
                .doesNotContain("'1'");
    }

    @Test
    void text_keepsAnExternalTextOnItsLine() {
        assertThat(text(new Block.Facts(List.of(new Block.Fact("Who", HOSTILE)))))
                .startsWith("Who   <img src=x onerror=\"alert('1')\">& Bcc: eve@example.net\n");
    }

    @Test
    void text_isNoWiderThan76Columns() {
        String wide = "word ".repeat(100);

        assertThat(text(new Block.Lines(List.of(new Block.Line(Block.Mark.OPEN, wide, List.of(wide), List.of()))))
                        .lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(76));
    }

    @Test
    void text_neverBreaksAnAddress() {
        URI url = URI.create("https://example.com/" + "a".repeat(200));

        assertThat(text(new Block.Steps(List.of(new Block.Step("Go.", List.of(new Block.Link("Here", url)))))))
                .startsWith("1. Go.\n   Here:\n   " + url + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://example.com", "javascript:alert(1)", "https:/x", "mailto:ada@example.com"})
    void link_whenNotHttps_isRefused(String url) {
        assertThatThrownBy(() -> new Block.Link("Go", URI.create(url)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(url);
    }

    private static Block.Link link(String label) {
        return new Block.Link(label, URI.create("https://example.com/"));
    }

    private static String html(Block block) {
        return HtmlRendering.of(new Message(new Subject("111122223333", "", "topic"), List.of(block), List.of()));
    }

    private static String text(Block block) {
        return TextRendering.of(new Message(new Subject("111122223333", "", "topic"), List.of(block), List.of()));
    }
}
