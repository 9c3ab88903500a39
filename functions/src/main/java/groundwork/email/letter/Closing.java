package groundwork.email.letter;

import groundwork.checklist.Console;
import groundwork.checklist.Dates;
import groundwork.email.OwnStack;
import groundwork.email.letter.Block.Link;
import groundwork.email.letter.Block.Paragraph;
import groundwork.email.letter.Block.Reference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What every email ends with: what comes next, who writes, how to make sure and how to stop it. */
public final class Closing {
    private Closing() {}

    /**
     * @param lookedAfter what the stack looks after, as in "which has looked after it"
     * @param since since when
     * @param executionArn the execution that sends the email
     * @param next what comes next
     */
    public static List<Block> of(OwnStack stack, String lookedAfter, Instant since, String executionArn, String next) {
        List<Block> closing = new ArrayList<>(List.of(
                new Paragraph("What comes next: " + next),
                new Paragraph(
                        "Groundwork wrote this: the CloudFormation stack %s in the AWS Region %s of account %s, which has looked after %s since %s. To make sure, click nothing here: open the AWS console as you always do, and look for that stack in CloudFormation. To stop it, delete the stack; the administrator and the access stay."
                                .formatted(
                                        stack.name(),
                                        stack.region().id(),
                                        stack.accountId(),
                                        lookedAfter,
                                        Dates.day(since)))));
        if (Console.isExecution(executionArn)) {
            closing.add(new Reference(
                    new Link("What Groundwork did this time", stack.console().execution(executionArn))));
        }
        return closing;
    }
}
