package groundwork.rehearsal.report;

import com.fasterxml.jackson.databind.JsonNode;
import groundwork.rehearsal.organization.store.Mail;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A story that was played, with all that the report shows of it.
 *
 * @param name what it is called on the command line
 * @param about what it is about, in a sentence
 * @param start when it begins
 * @param broken the expectations that did not hold
 * @param before the checklist of the first look
 * @param after the checklist of the last look
 * @param moments what happened, in order, without emails
 * @param mails the emails, in the order they were received
 * @param transitions the state transitions that are billed, by state machine
 * @param invocations of functions by state machines, by function
 */
public record Story(
        String name,
        String about,
        Instant start,
        List<String> broken,
        Optional<JsonNode> before,
        Optional<JsonNode> after,
        List<Moment> moments,
        List<Mail> mails,
        List<CallTally.Line> calls,
        Map<String, Long> transitions,
        Map<String, Long> invocations) {}
