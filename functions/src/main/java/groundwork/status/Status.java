package groundwork.status;

import groundwork.checklist.Checklist;
import groundwork.checklist.ChecklistItem;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What people see who ask how things are. Renderings make text, HTML and JSON of it. */
sealed interface Status {
    /**
     * One account.
     *
     * @param accountId the account
     * @param stack the stack that looks after it
     * @param at when it was asked for
     * @param remembered what the table has of it
     * @param running the executions of the state machine that run now, newest first
     * @param alarms the alarms of the stack that are on
     * @param schedule when it is looked at although nothing seems to have changed, as EventBridge writes it
     */
    record OfAccount(
            String accountId,
            Stack stack,
            Instant at,
            Reading<Remembered> remembered,
            Reading<List<Running>> running,
            Reading<List<Alarm>> alarms,
            String schedule)
            implements Status {}

    /**
     * The member accounts, a page of them.
     *
     * @param stack the stack that looks after them
     * @param at when it was asked for
     * @param counts how many accounts stand where
     * @param state those that are listed; null for all
     * @param accounts a page of them, in the order of their ids
     * @param nextToken what asks for the next page; null after the last
     */
    record OfMembers(
            Stack stack,
            Instant at,
            Map<MemberState, Integer> counts,
            MemberState state,
            List<Member> accounts,
            String nextToken)
            implements Status {}

    /** Where a member account stands after the last sweep. */
    enum MemberState {
        READY,
        WAITING,
        BLOCKED,
        UNKNOWN,
        /** An execution for it failed. */
        FAILED,
        /** It is suspended, closed or not activated yet. */
        NOT_ACTIVE
    }

    /** A stack by its name, account and Region. */
    record Stack(String name, String accountId, String region) {}

    /**
     * What the table has of an account.
     *
     * @param checklist the last recorded checklist; empty before the first look
     * @param lines its lines, with what belongs to them
     * @param failure the last failure that no later look has made up for, in words
     * @param failedAt when that was; null when it is not known
     * @param sent the messages that were sent, newest first
     */
    record Remembered(
            Optional<Checklist> checklist,
            List<Line> lines,
            Optional<String> failure,
            Instant failedAt,
            List<Sent> sent) {}

    /**
     * A line of the checklist.
     *
     * @param who who has to act; empty if nobody has to
     * @param link where to go; empty if there is no one page, or it is none that Groundwork makes
     * @param evidence what the line rests on beside what it says itself
     */
    record Line(ChecklistItem item, Optional<String> who, Optional<Link> link, List<Evidence> evidence) {}

    /** A page of the console. */
    record Link(String title, URI address) {}

    /**
     * Something a line rests on.
     *
     * @param what in words
     * @param id of an event or a resource; null if there is none
     * @param at when; null if that is not known
     */
    record Evidence(String what, String id, Instant at) {}

    /** A message that was sent. */
    record Sent(String what, String to, Instant at) {}

    /** An execution that runs. */
    record Running(String executionArn, Instant startedAt) {}

    /** An alarm that is on. */
    record Alarm(String name, String state, Instant since) {}

    /**
     * A member account.
     *
     * @param what its state, with the first line or reason that makes it so
     * @param checklist the last recorded; empty if there is none that can be read
     */
    record Member(String accountId, String what, Optional<Checklist> checklist) {}
}
