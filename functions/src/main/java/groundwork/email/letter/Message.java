package groundwork.email.letter;

import java.util.List;

/**
 * An email before it takes a form.
 *
 * @param subject the subject
 * @param blocks what it says
 * @param closing what every email ends with: which account, who writes, what comes next, how to stop it
 */
public record Message(Subject subject, List<Block> blocks, List<Block> closing) {
    public Message {
        blocks = List.copyOf(blocks);
        closing = List.copyOf(closing);
    }
}
