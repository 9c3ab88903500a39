package groundwork.state;

import groundwork.checklist.Checklist;
import groundwork.checklist.ChecklistItem;
import groundwork.checklist.Prerequisite;
import groundwork.json.Json;
import groundwork.json.UnreadableJsonException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What Groundwork remembers of an account between executions.
 *
 * @param checklist the last recorded checklist; null before the first
 * @param known the ids of what was found or created; never null
 * @param adminBefore the user id of the administrator who had access before Groundwork came and therefore gets no
 *     sign-in email; null if there is no such administrator
 * @param administratorEmail the address by which the known administrator was asked for; null if there is no administrator
 * @param repairs what was put back lately; never null
 * @param since when Groundwork first looked at the account; null before that, and in records of earlier releases
 * @param reached the addresses that emails have reached, in the order of the alphabet; never null. What was never reached is
 *     not broken.
 */
public record AccountRecord(
        Checklist checklist,
        Known known,
        String adminBefore,
        String administratorEmail,
        RecentRepairs repairs,
        Instant since,
        List<String> reached) {
    /** The record of an account that has never been looked at. */
    public static final AccountRecord NONE = new AccountRecord(null, Known.NOTHING);

    public AccountRecord {
        known = known == null ? Known.NOTHING : known;
        repairs = repairs == null ? RecentRepairs.NONE : repairs;
        reached = reached == null ? List.of() : List.copyOf(reached);
    }

    public AccountRecord(Checklist checklist, Known known, String adminBefore, String administratorEmail) {
        this(checklist, known, adminBefore, administratorEmail, RecentRepairs.NONE, null, null);
    }

    public AccountRecord(Checklist checklist, Known known) {
        this(checklist, known, null, null);
    }

    /**
     * Ids of what an earlier execution found or created. Each may be null.
     *
     * @param userId the administrator in the identity store
     * @param groupId the administrators' group
     * @param permissionSetArn the permission set
     */
    public record Known(String userId, String groupId, String permissionSetArn) {
        static final Known NOTHING = new Known(null, null, null);

        /** These ids, and where one is missing the earlier one: what could not be found now is still ours. */
        public Known orElse(Known earlier) {
            return new Known(
                    userId == null ? earlier.userId : userId,
                    groupId == null ? earlier.groupId : groupId,
                    permissionSetArn == null ? earlier.permissionSetArn : permissionSetArn);
        }
    }

    /**
     * Reads a record as it is stored in the table. A line whose beginning is ahead of the clock begins now, so that it is
     * told and reminded of like any other.
     *
     * @param stored the JSON text; null or blank when there is none
     * @param times reads its points in time
     * @throws UnreadableRecordException if it is not a record this version understands
     */
    public static AccountRecord parse(String stored, PointsInTime times) {
        if (stored == null || stored.isBlank()) {
            return NONE;
        }
        try {
            AccountRecord read = Json.read(stored, AccountRecord.class);
            return read == null ? NONE : read.asOf(times);
        } catch (UnreadableJsonException e) {
            throw new UnreadableRecordException(e.getMessage());
        }
    }

    private AccountRecord asOf(PointsInTime times) {
        RecentRepairs made = repairs.asOf(times);
        Instant began =
                since == null ? null : times.read(since, "since of the account").orElse(null);
        if (checklist == null) {
            return new AccountRecord(null, known, adminBefore, administratorEmail, made, began, reached);
        }
        List<ChecklistItem> items = checklist.items().stream()
                .map(item -> times.read(item.since(), "since of " + item.prerequisite())
                        .map(since -> item)
                        .orElseGet(() -> item.beginning(times.now())))
                .toList();
        Instant observedAt = times.read(checklist.observedAt(), "observedAt of the checklist")
                .orElse(Instant.EPOCH);
        return new AccountRecord(
                new Checklist(checklist.status(), observedAt, items),
                known,
                adminBefore,
                administratorEmail,
                made,
                began,
                reached);
    }

    /** The record as it is stored in the table. */
    public String stored() {
        return Json.write(this);
    }

    /** Whether a prerequisite was done at some earlier time, so that putting it in place again is a repair. */
    public boolean doneBefore(Prerequisite prerequisite) {
        return checklist != null && checklist.doneBefore(prerequisite);
    }

    /** Whether it is about the administrator with this address, as far as it says whom it is about. */
    public boolean isAbout(String email) {
        return administratorEmail == null || administratorEmail.equalsIgnoreCase(email);
    }

    /** Since when the account is looked after, as far as that is known: a line that never changed began with the first look. */
    public Optional<Instant> lookedAfterSince() {
        return Optional.ofNullable(since)
                .or(() -> lastChecklist().stream()
                        .flatMap(last -> last.items().stream())
                        .map(ChecklistItem::since)
                        .min(Instant::compareTo));
    }

    /** The last recorded checklist, if there is one. */
    public Optional<Checklist> lastChecklist() {
        return Optional.ofNullable(checklist);
    }
}
