package groundwork.email.letter;

import groundwork.email.letter.Block.Line;
import groundwork.email.letter.Block.Lines;
import groundwork.email.letter.Block.Paragraph;
import groundwork.email.letter.Block.Step;
import groundwork.email.letter.Block.Steps;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gives AWS's words half a sentence each where an email uses them first, for readers who are no developers. */
final class Glossary {
    private static final List<Word> WORDS = List.of(
            new Word("root user", "who signs in with the account's email address and may do everything"),
            new Word("MFA", "a second proof beside the password"),
            new Word("one-time code", "good once, for a few minutes"),
            new Word("permission set", "what somebody may do"),
            new Word("Region(?: [a-z]{2}-[a-z0-9-]+)?", "a place where AWS runs its services"));

    private record Word(Pattern use, String meaning) {
        Word(String word, String meaning) {
            // Not where a genitive or the thing's name follows, from which the brackets would part it.
            this(Pattern.compile("\\b" + word + "\\b(?!'| [A-Z]| device)"), meaning);
        }
    }

    private final List<Word> unexplained = new ArrayList<>(WORDS);

    private Glossary() {}

    static List<Block> explained(List<Block> blocks) {
        Glossary glossary = new Glossary();
        return blocks.stream().map(glossary::explained).toList();
    }

    private Block explained(Block block) {
        return switch (block) {
            case Paragraph paragraph -> new Paragraph(explained(paragraph.text()));
            case Steps steps ->
                new Steps(steps.steps().stream()
                        .map(step -> new Step(explained(step.text()), step.links()))
                        .toList());
            case Lines lines ->
                new Lines(lines.lines().stream()
                        .map(line -> new Line(
                                line.mark(),
                                line.title(),
                                line.sentences().stream().map(this::explained).toList(),
                                line.links()))
                        .toList());
            case Block.Facts facts -> facts;
            case Block.Heading heading -> heading;
            case Block.Button button -> button;
            case Block.Reference reference -> reference;
        };
    }

    private String explained(String text) {
        String explained = text;
        for (Word word : List.copyOf(unexplained)) {
            Matcher used = word.use().matcher(explained);
            if (used.find()) {
                unexplained.remove(word);
                explained = explained.substring(0, used.end()) + " (" + word.meaning() + ")"
                        + explained.substring(used.end());
            }
        }
        return explained;
    }
}
