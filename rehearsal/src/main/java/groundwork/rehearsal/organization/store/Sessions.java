package groundwork.rehearsal.organization.store;

import groundwork.rehearsal.organization.call.Caller;
import groundwork.rehearsal.organization.call.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.sts.model.Credentials;

/** The temporary credentials that AWS STS has given out, until they expire. */
public final class Sessions {
    private record Session(Caller caller, Instant expiresAt) {}

    private final Ids ids;
    private final Map<String, Session> byAccessKeyId = new LinkedHashMap<>();

    Sessions(Ids ids) {
        this.ids = ids;
    }

    /** Begins a session of the caller. */
    public Credentials begin(Caller caller, Instant now, Duration length) {
        forgetExpired(now);
        String accessKeyId = ids.unique("ASIA");
        byAccessKeyId.put(accessKeyId, new Session(caller, now.plus(length)));
        return Credentials.builder()
                .accessKeyId(accessKeyId)
                .secretAccessKey(ids.alphanumeric(40))
                .sessionToken(ids.alphanumeric(100))
                .expiration(now.plus(length))
                .build();
    }

    /**
     * Who calls with these credentials.
     *
     * @throws IllegalArgumentException if they were never given out or have expired
     */
    public Caller caller(String accessKeyId, Instant now) {
        Session session = byAccessKeyId.get(accessKeyId);
        if (session == null || !now.isBefore(session.expiresAt())) {
            throw new IllegalArgumentException("There is no session " + accessKeyId);
        }
        return session.caller();
    }

    /** Those that were given out first are looked at until one is still good. */
    private void forgetExpired(Instant now) {
        Iterator<Session> eldest = byAccessKeyId.values().iterator();
        while (eldest.hasNext() && !now.isBefore(eldest.next().expiresAt())) {
            eldest.remove();
        }
    }
}
