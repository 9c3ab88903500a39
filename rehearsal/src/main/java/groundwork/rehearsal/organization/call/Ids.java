package groundwork.rehearsal.organization.call;

import java.util.Random;
import java.util.UUID;

/** Identifiers shaped like AWS's, the same in every run. */
public final class Ids {
    private final Random random;

    public Ids(long seed) {
        random = new Random(seed);
    }

    public String uuid() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    public String hex(int length) {
        return pick("0123456789abcdef", length);
    }

    public String alphanumeric(int length) {
        return pick("abcdefghijklmnopqrstuvwxyz0123456789", length);
    }

    /** A unique id of IAM with its prefix, such as AROA for a role. */
    public String unique(String prefix) {
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
