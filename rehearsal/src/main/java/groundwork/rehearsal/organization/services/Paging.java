package groundwork.rehearsal.organization.services;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;

/** Cuts lists into pages with opaque tokens; a page may be short or empty and still carry a token. */
final class Paging {
    /** @param nextToken null on the last page */
    record Page<T>(List<T> items, String nextToken) {}

    private Paging() {}

    /** @throws IllegalArgumentException if the token is none that was handed out */
    static <T> Page<T> page(List<T> all, String token, int size, boolean emptyFirst) {
        if (token == null && emptyFirst) {
            return new Page<>(List.of(), encode(0));
        }
        int from = token == null ? 0 : Math.min(decode(token), all.size());
        int to = Math.min(from + size, all.size());
        return new Page<>(List.copyOf(all.subList(from, to)), to < all.size() ? encode(to) : null);
    }

    private static String encode(int offset) {
        return Base64.getUrlEncoder().encodeToString(("offset/" + offset).getBytes(UTF_8));
    }

    private static int decode(String token) {
        String text = new String(Base64.getUrlDecoder().decode(token), UTF_8);
        if (!text.matches("offset/\\d{1,9}")) {
            throw new IllegalArgumentException("Unknown token");
        }
        return Integer.parseInt(text.substring("offset/".length()));
    }
}
