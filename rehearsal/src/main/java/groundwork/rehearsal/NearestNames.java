package groundwork.rehearsal;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The names that somebody who mistyped one may have meant. */
final class NearestNames {
    private static final int MOST = 3;

    private NearestNames() {}

    /**
     * At most three, the nearest first: those that differ in few letters, and those that begin with, or contain, what was typed.
     */
    static List<String> of(String typed, List<String> names) {
        int most = Math.max(2, typed.length() / 3);
        return names.stream()
                .filter(name -> distance(typed, name) <= most || (typed.length() > 2 && name.contains(typed)))
                .sorted(Comparator.<String>comparingInt(name -> name.startsWith(typed) ? 0 : distance(typed, name)))
                .limit(MOST)
                .toList();
    }

    /** How many letters have to be put in, taken out or changed (Levenshtein). */
    private static int distance(String one, String other) {
        int[] before = IntStream.rangeClosed(0, other.length()).toArray();
        for (int i = 1; i <= one.length(); i++) {
            int[] now = new int[other.length() + 1];
            now[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int changed = before[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                now[j] = Math.min(changed, 1 + Math.min(before[j], now[j - 1]));
            }
            before = now;
        }
        return before[other.length()];
    }
}
