package groundwork.conclusion;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import groundwork.json.Json;
import groundwork.json.UnreadableJsonException;
import groundwork.runtime.AwsFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.Event;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttribute;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttributeKey;
import software.amazon.awssdk.services.cloudtrail.model.LookupEventsResponse;

/**
 * Asks CloudTrail's event history whether a user of IAM Identity Center has signed in. AWS alone writes that history, so
 * it proves what an event, which whoever may start the state machine can write by hand, only says. It needs no trail, is
 * kept for 90 days in the account and the primary Region of Identity Center, and lags by minutes.
 *
 * <p>When the reserved role was last used would be no proof: all members of the group share that role.
 *
 * <p>LookupEvents is limited to two requests a second for the account and Region. The SDK tries again for a moment; after
 * that the history counts as unread, and the next look asks again.
 *
 * @see <a href="https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html">LookupEvents</a>
 * @see <a href="https://docs.aws.amazon.com/singlesignon/latest/userguide/understanding-sign-in-events.html">Understanding
 *     IAM Identity Center sign-in events</a>
 * @see <a href="https://docs.aws.amazon.com/singlesignon/latest/userguide/sso-info-in-cloudtrail.html">IAM Identity Center
 *     information in CloudTrail</a>, for {@code Authenticate} and {@code Federate}
 */
final class SignInHistory {
    private static final String SIGN_IN = "UserAuthentication";

    /** A sign-in, and what only somebody signed in can do: open the portal, and enter an account through it. */
    private static final List<String> PROOFS = List.of(SIGN_IN, "Authenticate", "Federate");

    private static final Set<String> SOURCES = Set.of("signin.amazonaws.com", "sso.amazonaws.com");

    private static final Duration KEPT = Duration.ofDays(90);
    private static final Duration AROUND = Duration.ofMinutes(10);
    private static final Duration LATELY = Duration.ofDays(1);
    private static final int PAGES = 4;
    private static final int PAGE = 50;

    private final CloudTrailClient cloudTrail;
    private final InstantSource clock;

    /**
     * @param cloudTrail in the primary Region of Identity Center
     */
    SignInHistory(CloudTrailClient cloudTrail, InstantSource clock) {
        this.cloudTrail = cloudTrail;
        this.clock = clock;
    }

    /** What the history says of one user. */
    sealed interface Answer {
        /** The user has signed in. */
        record SignedIn(Instant at) implements Answer {}

        /**
         * No sign-in of the user was found.
         *
         * @param complete whether the history holds no more sign-ins than were read
         * @param codesAreSent whether a user whom a program made was lately sent a one-time code at the first sign-in, which
         *     AWS does while "Send email OTP" is on. That the history shows none says nothing.
         */
        record NoSignIn(boolean complete, boolean codesAreSent) implements Answer {
            NoSignIn(boolean complete) {
                this(complete, false);
            }
        }

        /**
         * The history could not be read.
         *
         * @param why such as {@code AWS denied cloudtrail:LookupEvents}
         */
        record Unread(String why) implements Answer {}
    }

    /** A stretch of the history; all of it, if it has no bounds. */
    private record Span(Instant from, Instant to) {
        private static final Span ALL = new Span(null, null);
    }

    /**
     * Looks for a sign-in, first around the time that an event told of, then among the newest: that time may be made up,
     * and where many people sign in, the newest may not reach back that far.
     *
     * @param told when an event says that the user signed in; not ahead of the clock
     */
    Answer ask(String userId, String identityStoreId, Optional<Instant> told) {
        try {
            boolean complete = true;
            for (Span span : spans(told)) {
                for (String proof : PROOFS) {
                    Answer answer = ask(proof, span, userId, identityStoreId);
                    if (answer instanceof Answer.SignedIn) {
                        return answer;
                    }
                    complete &= answer.equals(new Answer.NoSignIn(true));
                }
            }
            return new Answer.NoSignIn(complete, codesAreSent(identityStoreId));
        } catch (SdkException e) {
            return new Answer.Unread(AwsFailure.briefly(e));
        }
    }

    /**
     * Only what is new: the switch may have been turned off since.
     *
     * @see <a href="https://docs.aws.amazon.com/singlesignon/latest/userguide/username-sign-in-cloudtrail-events.html">Username
     *     in sign-in CloudTrail events</a>, for {@code EMAIL_OTP}
     */
    private boolean codesAreSent(String identityStoreId) {
        return cloudTrail
                .lookupEvents(request -> request.lookupAttributes(byName("CredentialChallenge"))
                        .startTime(clock.instant().minus(LATELY))
                        .maxResults(PAGE))
                .events()
                .stream()
                .map(SignInHistory::record)
                .anyMatch(recorded -> Json.textAt(recorded, "userIdentity", "onBehalfOf", "identityStoreArn")
                                .endsWith("/" + identityStoreId)
                        && Json.textAt(recorded, "additionalEventData", "CredentialType")
                                .equals("EMAIL_OTP"));
    }

    private static LookupAttribute byName(String eventName) {
        return LookupAttribute.builder()
                .attributeKey(LookupAttributeKey.EVENT_NAME)
                .attributeValue(eventName)
                .build();
    }

    private List<Span> spans(Optional<Instant> told) {
        Instant now = clock.instant();
        List<Span> spans = new ArrayList<>();
        told.filter(at -> at.isAfter(now.minus(KEPT)))
                .map(at -> new Span(at.minus(AROUND), at.plus(AROUND).isAfter(now) ? now : at.plus(AROUND)))
                .ifPresent(spans::add);
        spans.add(Span.ALL);
        return spans;
    }

    private Answer ask(String eventName, Span span, String userId, String identityStoreId) {
        LookupAttribute name = byName(eventName);
        String token = null;
        for (int page = 0; page < PAGES; page++) {
            String next = token;
            LookupEventsResponse found = cloudTrail.lookupEvents(request -> request.lookupAttributes(name)
                    .startTime(span.from())
                    .endTime(span.to())
                    .maxResults(PAGE)
                    .nextToken(next));
            // Newest first, so that this is the last sign-in.
            for (Event event : found.events()) {
                if (proves(event, userId, identityStoreId)) {
                    return new Answer.SignedIn(event.eventTime());
                }
            }
            token = found.nextToken();
            if (token == null) {
                return new Answer.NoSignIn(true);
            }
        }
        return new Answer.NoSignIn(false);
    }

    /** Matched on the ids alone: since November 2025 these events carry no user names. */
    private static boolean proves(Event event, String userId, String identityStoreId) {
        JsonElement recorded = record(event);
        JsonElement user = Json.at(recorded, "userIdentity", "onBehalfOf");
        return Json.textAt(user, "userId").equals(userId)
                && Json.textAt(user, "identityStoreArn").endsWith("/" + identityStoreId)
                && SOURCES.contains(Json.textAt(recorded, "eventSource"))
                && Json.at(recorded, "errorCode").isJsonNull()
                && (!Json.textAt(recorded, "eventName").equals(SIGN_IN)
                        || Json.textAt(recorded, "serviceEventDetails", SIGN_IN).equals("Success"));
    }

    /** The record as CloudTrail wrote it; empty if it is none. */
    private static JsonElement record(Event event) {
        try {
            return Json.parse(event.cloudTrailEvent() == null ? "" : event.cloudTrailEvent());
        } catch (UnreadableJsonException e) {
            return JsonNull.INSTANCE;
        }
    }
}
