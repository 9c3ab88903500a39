package groundwork.state;

import groundwork.checklist.Checklist;
import groundwork.checklist.Prerequisite;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What the {@link Outbox} holds for one account.
 *
 * @param sent the occasions a message was sent for, and when
 * @param repairs the repairs noted, oldest first, whether reported or not
 * @param granted the users whom Groundwork set out to give access
 * @param signIns the sign-ins that the state machine noted because an event told of them, by user id
 * @param provenSignIns when users signed in of whom AWS's own record has been seen, by user id
 */
public record OutboxContents(
        Map<String, Instant> sent,
        List<Repair> repairs,
        Set<String> granted,
        Map<String, FirstSignIn> signIns,
        Map<String, Instant> provenSignIns) {
    static final String MESSAGE = "MESSAGE#";
    static final String REPAIR = "REPAIR#";
    static final String GRANT = "GRANT#";
    static final String TOLD_SIGN_IN = "SIGN_IN#";
    static final String PROVEN_SIGN_IN = "PROVEN_SIGN_IN#";

    /** Nothing sent, nothing noted. */
    public static final OutboxContents EMPTY = new OutboxContents(Map.of(), List.of(), Set.of(), Map.of(), Map.of());

    public OutboxContents {
        sent = Map.copyOf(sent);
        repairs = List.copyOf(repairs);
        granted = Set.copyOf(granted);
        signIns = Map.copyOf(signIns);
        provenSignIns = Map.copyOf(provenSignIns);
    }

    /**
     * A repair that was noted.
     *
     * @param id names the repair
     * @param prerequisite what was undone
     * @param what the repair in a sentence; empty if it is nothing to tell of
     * @param notedAt when, just before it was done
     */
    public record Repair(String id, Prerequisite prerequisite, String what, Instant notedAt) {
        /** What was put back, such as {@code membership in group Administrators}. */
        String resource() {
            String[] parts = id.split("#", 3);
            return parts[parts.length - 1];
        }

        /** Whether people are told of it. */
        public boolean isTold() {
            return !what.isEmpty();
        }
    }

    /**
     * A successful sign-in to IAM Identity Center, according to an event. Whoever may start the state machine can make one up.
     *
     * @param at when
     * @param mfaRegistered whether an event told that the user registered an MFA device; false when that is not known
     */
    public record FirstSignIn(Instant at, boolean mfaRegistered) {}

    /**
     * Where something has been put back since the account was last recorded. Not only by this look: an attempt that died
     * after its write leaves nothing to find for the next.
     *
     * @param last the checklist of then; without one nothing was put back
     */
    public Set<Prerequisite> repairedSince(Optional<Checklist> last) {
        return last.map(checklist -> repairedSince(checklist.observedAt())).orElse(Set.of());
    }

    /** @param lastRecorded as {@link Outbox#noteRepair} was given it */
    Set<Prerequisite> repairedSince(Instant lastRecorded) {
        return repairs.stream()
                .filter(Repair::isTold)
                .filter(repair -> repair.id().startsWith(lastRecorded + "#"))
                .map(Repair::prerequisite)
                .collect(Collectors.toSet());
    }

    /** The same with the sign-ins noted for another account. */
    public OutboxContents withSignInsOf(OutboxContents other) {
        return new OutboxContents(sent, repairs, granted, other.signIns, other.provenSignIns);
    }

    static OutboxContents of(Iterable<Map<String, AttributeValue>> items, PointsInTime times) {
        Map<String, Instant> sent = new HashMap<>();
        List<Repair> repairs = new ArrayList<>();
        Set<String> granted = new HashSet<>();
        Map<String, FirstSignIn> signIns = new HashMap<>();
        Map<String, Instant> provenSignIns = new HashMap<>();
        for (Map<String, AttributeValue> item : items) {
            String id = text(item, "item");
            // DynamoDB deletes expired items within days, not at once:
            // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ttl-expired-items.html
            if (expired(item, times.now())) {
                continue;
            }
            if (id.startsWith(MESSAGE) && text(item, "state").equals("SENT")) {
                times.readOrLongAgo(item, "sentAt").ifPresent(at -> sent.put(id.substring(MESSAGE.length()), at));
            } else if (id.startsWith(REPAIR)) {
                repair(id.substring(REPAIR.length()), item, times).ifPresent(repairs::add);
            } else if (id.startsWith(GRANT)) {
                granted.add(id.substring(GRANT.length()));
            } else if (id.startsWith(TOLD_SIGN_IN) && item.containsKey("signedInAt")) {
                boolean mfaRegistered = item.containsKey("mfaRegisteredAt")
                        && times.readOrLongAgo(item, "mfaRegisteredAt").isPresent();
                times.readOrLongAgo(item, "signedInAt")
                        .ifPresent(at ->
                                signIns.put(id.substring(TOLD_SIGN_IN.length()), new FirstSignIn(at, mfaRegistered)));
            } else if (id.startsWith(PROVEN_SIGN_IN)) {
                times.read(item, "provenAt")
                        .ifPresent(at -> provenSignIns.put(id.substring(PROVEN_SIGN_IN.length()), at));
            }
        }
        repairs.sort(Comparator.comparing(Repair::notedAt).thenComparing(Repair::id));
        return new OutboxContents(sent, repairs, granted, signIns, provenSignIns);
    }

    private static Optional<Repair> repair(String id, Map<String, AttributeValue> item, PointsInTime times) {
        return Arrays.stream(Prerequisite.values())
                .filter(prerequisite -> prerequisite.name().equals(text(item, "prerequisite")))
                .findFirst()
                .flatMap(prerequisite -> times.readOrLongAgo(item, "notedAt")
                        .map(notedAt -> new Repair(id, prerequisite, text(item, "what"), notedAt)));
    }

    private static boolean expired(Map<String, AttributeValue> item, Instant now) {
        AttributeValue expiresAt = item.get("expiresAt");
        return expiresAt != null
                && expiresAt.n() != null
                && new BigDecimal(expiresAt.n()).compareTo(BigDecimal.valueOf(now.getEpochSecond())) <= 0;
    }

    private static String text(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        return value == null || value.s() == null ? "" : value.s();
    }
}
