package groundwork.email.letter;

import java.util.ArrayList;
import java.util.List;

/** Plain text, 76 columns wide. Addresses stand alone on their line and are never broken. */
public final class TextRendering {
    private static final int WIDTH = 76;

    private final StringBuilder text = new StringBuilder();

    private TextRendering() {}

    public static String of(Message message) {
        TextRendering rendering = new TextRendering();
        message.blocks().forEach(rendering::block);
        rendering.text.append("-".repeat(WIDTH)).append("\n\n");
        message.closing().forEach(rendering::block);
        return rendering.text.toString().stripTrailing() + "\n";
    }

    private void block(Block block) {
        switch (block) {
            case Block.Heading heading -> {
                wrap("", "", heading.text());
                text.append("-".repeat(Math.min(heading.text().length(), WIDTH)))
                        .append('\n');
                return;
            }
            case Block.Paragraph paragraph -> wrap("", "", paragraph.text());
            case Block.Button button -> link("", button.link());
            case Block.Reference reference -> link("", reference.link());
            case Block.Facts facts -> facts(facts.facts());
            case Block.Lines lines -> lines(lines.lines());
            case Block.Steps steps -> steps(steps.steps());
        }
        text.append('\n');
    }

    private void link(String indent, Block.Link link) {
        if (!link.label().equals(link.url().toString())) {
            wrap(indent, indent, link.label() + ":");
        }
        text.append(indent).append(link.url()).append('\n');
    }

    private void facts(List<Block.Fact> facts) {
        int column =
                facts.stream().mapToInt(fact -> fact.label().length()).max().orElse(0) + 3;
        for (Block.Fact fact : facts) {
            wrap(fact.label() + " ".repeat(column - fact.label().length()), " ".repeat(column), fact.value());
        }
    }

    private void lines(List<Block.Line> lines) {
        String indent = " ".repeat(4);
        for (int i = 0; i < lines.size(); i++) {
            Block.Line line = lines.get(i);
            if (i > 0 && !line.sentences().isEmpty()) {
                text.append('\n');
            }
            wrap(mark(line.mark()), indent, line.title());
            line.sentences().forEach(sentence -> wrap(indent, indent, sentence));
            line.links().forEach(link -> link(indent, link));
        }
    }

    private void steps(List<Block.Step> steps) {
        for (int i = 0; i < steps.size(); i++) {
            Block.Step step = steps.get(i);
            String number = (i + 1) + ". ";
            String indent = " ".repeat(number.length());
            wrap(number, indent, step.text());
            step.links().forEach(link -> link(indent, link));
        }
    }

    private static String mark(Block.Mark mark) {
        return switch (mark) {
            case DONE -> "[x] ";
            case OPEN -> "[ ] ";
            case NOT_NEEDED -> "[-] ";
        };
    }

    private void wrap(String first, String others, String words) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(first);
        boolean empty = true;
        for (String word : words.split(" ", -1)) {
            if (!empty && line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line = new StringBuilder(others);
                empty = true;
            }
            line.append(empty ? "" : " ").append(word);
            empty = false;
        }
        lines.add(line.toString());
        lines.forEach(wrapped -> text.append(wrapped.stripTrailing()).append('\n'));
    }
}
