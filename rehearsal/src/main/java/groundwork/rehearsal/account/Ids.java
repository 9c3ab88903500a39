package groundwork.rehearsal.account;

import java.util.Random;
import java.util.UUID;

/** Identifiers shaped like AWS's, the same in every run. */
final class Ids {
    private final Random random;

    Ids(long seed) {
        random = new Random(seed);
    }

    String uuid() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    String hex(int length) {
        return pick("0123456789abcdef", length);
    }

    String alphanumeric(int length) {
        return pick("abcdefghijklmnopqrstuvwxyz0123456789", length);
    }

    /** A unique id of IAM with its prefix, such as AROA for a role. */
    String unique(String prefix) {
        return prefix + pick("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 17);
    }

    private String pick(String alphabet, int length) {
        StringBuilder id = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            id.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return id.toString();
    }
}
