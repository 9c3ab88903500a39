package groundwork.email.letter;

import groundwork.email.ExternalText;
import java.net.URI;
import java.util.List;

/**
 * A piece of an email. All text is cleaned on the way in, so a rendering only has to escape for its own format. Only a
 * {@link Link} leads anywhere.
 */
public sealed interface Block {
    /** Longer than any sentence of ours, short enough that a text from elsewhere cannot bury the rest. */
    int TEXT_LIMIT = 1000;

    /** A few words above what follows. */
    record Heading(String text) implements Block {
        public Heading {
            text = ExternalText.name(text, TEXT_LIMIT);
        }
    }

    /** Running text. */
    record Paragraph(String text) implements Block {
        public Paragraph {
            text = ExternalText.name(text, TEXT_LIMIT);
        }
    }

    /** The one place to go, as prominent as the format allows. */
    record Button(Link link) implements Block {}

    /** Another place to go. */
    record Reference(Link link) implements Block {}

    /** Names and values. */
    record Facts(List<Fact> facts) implements Block {
        public Facts {
            facts = List.copyOf(facts);
        }
    }

    /** Lines of the checklist. */
    record Lines(List<Line> lines) implements Block {
        public Lines {
            lines = List.copyOf(lines);
        }
    }

    /** What to do, one after the other. */
    record Steps(List<Step> steps) implements Block {
        public Steps {
            steps = List.copyOf(steps);
        }
    }

    /**
     * A link.
     *
     * @param label where it leads, in words
     * @param url an https address
     */
    record Link(String label, URI url) {
        public Link {
            label = ExternalText.line(label, TEXT_LIMIT);
            if (!"https".equals(url.getScheme()) || url.getHost() == null) {
                throw new IllegalArgumentException("Not an https address: " + url);
            }
        }
    }

    /** A name and its value. */
    record Fact(String label, String value) {
        public Fact {
            label = ExternalText.name(label, TEXT_LIMIT);
            value = ExternalText.name(value, TEXT_LIMIT);
        }
    }

    /**
     * A line of the checklist.
     *
     * @param mark where it stands
     * @param title the prerequisite
     * @param sentences what is to be said about it
     * @param links where to go; empty if there is nowhere
     */
    record Line(Mark mark, String title, List<String> sentences, List<Link> links) {
        public Line {
            title = ExternalText.name(title, TEXT_LIMIT);
            sentences = sentences.stream()
                    .map(sentence -> ExternalText.name(sentence, TEXT_LIMIT))
                    .toList();
            links = List.copyOf(links);
        }
    }

    /** How a line of the checklist is marked. */
    enum Mark {
        DONE,
        OPEN,
        NOT_NEEDED
    }

    /**
     * One step.
     *
     * @param text what to do
     * @param links where; empty if that was said
     */
    record Step(String text, List<Link> links) {
        public Step {
            text = ExternalText.name(text, TEXT_LIMIT);
            links = List.copyOf(links);
        }
    }
}
