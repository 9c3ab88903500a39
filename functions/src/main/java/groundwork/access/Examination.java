package groundwork.access;

import groundwork.checklist.BlockedReason;
import groundwork.checklist.Outcome;
import groundwork.runtime.AwsFailure;
import java.net.URI;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What was found of all that can take access away again after it was granted.
 *
 * @param limits what takes administrator access away
 * @param remarks in sentences, what narrows it, or holds under conditions only
 * @param unread in sentences, what could not be read; as each may take the access away, nothing is claimed about it then
 */
record Examination(List<Limit> limits, List<String> remarks, List<String> unread) {
    static final Examination NOTHING = new Examination(List.of(), List.of(), List.of());

    Examination {
        limits = List.copyOf(limits);
        remarks = List.copyOf(remarks);
        unread = List.copyOf(unread);
    }

    /**
     * Something that takes administrator access away.
     *
     * @param what what it is and does, in a sentence
     * @param link the console page that shows it
     */
    record Limit(String what, URI link) {}

    static Examination limit(String what, URI link) {
        return new Examination(List.of(new Limit(what, link)), List.of(), List.of());
    }

    static Examination remark(String what) {
        return new Examination(List.of(), List.of(what), List.of());
    }

    static Examination unread(String what) {
        return new Examination(List.of(), List.of(), List.of(what));
    }

    /**
     * Examines what has to be read first.
     *
     * @param what what is read, as the object of "could not read"
     * @throws groundwork.runtime.TryAgainException if reading failed for a reason that passes by itself
     */
    static <T> Examination of(String what, Supplier<T> read, Function<T, Examination> examine) {
        T found;
        try {
            found = read.get();
        } catch (SdkException e) {
            return unread(AwsFailure.unreadable(e, what).what());
        }
        return examine.apply(found);
    }

    Examination and(Examination other) {
        return new Examination(
                joined(limits, other.limits), joined(remarks, other.remarks), joined(unread, other.unread));
    }

    boolean isLimited() {
        return !limits.isEmpty();
    }

    /**
     * The outcome of access that is granted. A limit is certain, whatever else could not be read; that is told with it, as
     * removing the limit may not be enough.
     *
     * @param granted what is true when nothing limits it, in a sentence
     */
    Outcome outcome(String granted) {
        if (isLimited()) {
            return Outcome.Blocked.because(
                    BlockedReason.ACCESS_LIMITED,
                    Stream.concat(limits.stream().map(Limit::what), unread.stream())
                            .collect(Collectors.joining(" ")),
                    limits.getFirst().link());
        }
        return unread.isEmpty()
                ? new Outcome.Done(sentences(granted, remarks))
                : new Outcome.Unknown(sentences("Whether anything limits the access is not known.", unread));
    }

    private static String sentences(String first, List<String> more) {
        return Stream.concat(Stream.of(first), more.stream()).collect(Collectors.joining(" "));
    }

    private static <T> List<T> joined(List<T> these, List<T> those) {
        return Stream.concat(these.stream(), those.stream()).distinct().toList();
    }
}
