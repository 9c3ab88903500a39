package groundwork.email;

import java.util.List;

/**
 * An email before it takes a form.
 *
 * @param subject the subject
 * @param blocks what it says
 * @param closing what every email ends with: which account, who writes, what comes next, how to stop it
 */
record Message(Subject subject, List<Block> blocks, List<Block> closing) {
    Message {
        blocks = List.copyOf(blocks);
        closing = List.copyOf(closing);
    }
}
