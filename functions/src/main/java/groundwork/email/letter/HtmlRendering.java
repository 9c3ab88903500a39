package groundwork.email.letter;

import static groundwork.email.ExternalText.escaped;

import java.util.stream.Collectors;

/**
 * HTML for mail programs: one column, styles on the elements because several programs drop style sheets, and a style
 * sheet only for dark mode, which those programs bring themselves.
 */
public final class HtmlRendering {
    private static final String FONT =
            "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5;";
    private static final String INK = "color:#1f2328;";
    private static final String MUTED = "color:#57606a;";
    private static final String LINK = "color:#0a58ca;";

    private enum Tone {
        BODY("ink", INK),
        CLOSING("muted", MUTED + "font-size:13px;");

        private final String cssClass;
        private final String style;

        Tone(String cssClass, String style) {
            this.cssClass = cssClass;
            this.style = style;
        }
    }

    private HtmlRendering() {}

    public static String of(Message message) {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <meta name="supported-color-schemes" content="light dark">
                <title>%s</title>
                <style>
                :root { color-scheme: light dark; supported-color-schemes: light dark; }
                @media (prefers-color-scheme: dark) {
                  .page { background: #0d1117 !important; }
                  .card { background: #161b22 !important; border-color: #30363d !important; }
                  .ink { color: #e6edf3 !important; }
                  .muted { color: #9da7b1 !important; }
                  .link { color: #79b8ff !important; }
                  .rule { border-color: #30363d !important; }
                }
                </style>
                </head>
                <body class="page" style="margin:0;padding:0;background:#f3f4f6;">
                <div class="page" style="background:#f3f4f6;padding:24px 12px;">
                <!--[if mso]><table role="presentation" width="600" align="center"><tr><td><![endif]-->
                <div class="card" style="max-width:600px;margin:0 auto;background:#ffffff;border:1px solid #d8dee4;\
                border-radius:8px;padding:8px 28px 20px 28px;word-wrap:break-word;overflow-wrap:anywhere;">
                %s
                <div class="rule" style="border-top:1px solid #d8dee4;margin:28px 0 0 0;">
                %s
                </div>
                </div>
                <!--[if mso]></td></tr></table><![endif]-->
                </div>
                </body>
                </html>
                """.formatted(
                        escaped(message.subject().line()),
                        blocks(message.blocks(), Tone.BODY),
                        blocks(message.closing(), Tone.CLOSING));
    }

    private static String blocks(Iterable<Block> blocks, Tone tone) {
        StringBuilder html = new StringBuilder();
        for (Block block : blocks) {
            if (!html.isEmpty()) {
                html.append('\n');
            }
            html.append(block(block, tone));
        }
        return html.toString();
    }

    private static String block(Block block, Tone tone) {
        return switch (block) {
            case Block.Heading heading ->
                "<h2 class=\"ink\" style=\"%s%smargin:28px 0 0 0;font-size:18px;\">%s</h2>"
                        .formatted(FONT, INK, escaped(heading.text()));
            case Block.Paragraph paragraph ->
                "<p class=\"%s\" style=\"%s%smargin:14px 0;\">%s</p>"
                        .formatted(tone.cssClass, FONT, tone.style, escaped(paragraph.text()));
            case Block.Button button -> button(button.link());
            case Block.Reference reference ->
                "<p class=\"%s\" style=\"%s%smargin:14px 0;\">%s</p>"
                        .formatted(tone.cssClass, FONT, tone.style, named(reference.link()));
            case Block.Facts facts ->
                facts.facts().stream()
                        .map(fact ->
                                "<p class=\"ink\" style=\"%s%smargin:4px 0;\"><span class=\"muted\" style=\"%s\">%s:</span> <strong>%s</strong></p>"
                                        .formatted(FONT, INK, MUTED, escaped(fact.label()), escaped(fact.value())))
                        .collect(Collectors.joining("\n"));
            case Block.Lines lines ->
                lines.lines().stream().map(HtmlRendering::line).collect(Collectors.joining("\n"));
            case Block.Steps steps ->
                steps.steps().stream()
                        .map(step -> "<li style=\"margin:8px 0;\">%s%s</li>"
                                .formatted(
                                        escaped(step.text()),
                                        step.links().stream()
                                                .map(link -> "<br>" + named(link))
                                                .collect(Collectors.joining())))
                        .collect(Collectors.joining(
                                "\n",
                                "<ol class=\"ink\" style=\"%s%smargin:14px 0;padding-left:24px;\">\n"
                                        .formatted(FONT, INK),
                                "\n</ol>"));
        };
    }

    /** Outlook ignores the padding of a link, but draws its border: the button is made of both. */
    private static String button(Block.Link link) {
        return """
                <p style="margin:20px 0 6px 0;"><a href="%s" style="%sdisplay:inline-block;background:#0a58ca;\
                border:solid #0a58ca;border-width:10px 20px;border-radius:6px;color:#ffffff;font-weight:600;\
                text-decoration:none;">%s</a></p>
                <p style="%sfont-size:14px;margin:0 0 14px 0;">%s</p>""".formatted(escaped(link.url().toString()), FONT, escaped(link.label()), FONT, address(link));
    }

    private static String line(Block.Line line) {
        String sentences = line.sentences().stream()
                .map(sentence -> "<br>" + escaped(sentence))
                .collect(Collectors.joining());
        String links = line.links().stream().map(link -> "<br>" + named(link)).collect(Collectors.joining());
        return "<p class=\"ink\" style=\"%s%smargin:%s;padding-left:26px;text-indent:-26px;\">%s<strong>%s</strong>%s</p>"
                .formatted(
                        FONT,
                        INK,
                        line.sentences().isEmpty() ? "4px 0" : "16px 0",
                        mark(line.mark()),
                        escaped(line.title()),
                        (sentences + links).isEmpty()
                                ? ""
                                : "<span style=\"display:block;text-indent:0;\">%s</span>"
                                        .formatted((sentences + links).substring("<br>".length())));
    }

    private static String mark(Block.Mark mark) {
        return "<span style=\"display:inline-block;width:26px;text-indent:0;\">%s</span>"
                .formatted(
                        switch (mark) {
                            case DONE -> "&#10003;";
                            case OPEN -> "&#9744;";
                            case NOT_NEEDED -> "&#8211;";
                        });
    }

    private static String named(Block.Link link) {
        return anchor(link, escaped(link.label()));
    }

    private static String address(Block.Link link) {
        return anchor(link, escaped(link.url().toString()));
    }

    private static String anchor(Block.Link link, String shown) {
        return "<a class=\"link\" href=\"%s\" style=\"%s\">%s</a>"
                .formatted(escaped(link.url().toString()), LINK, shown);
    }
}
