package groundwork.conclusion;

import groundwork.administrator.Administrator;
import groundwork.checklist.BlockedReason;
import groundwork.checklist.Dates;
import groundwork.checklist.Effect;
import groundwork.checklist.Finding;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import groundwork.email.Look;
import groundwork.email.OwnStack;
import groundwork.email.WayIn;
import groundwork.identitycenter.PortalUrl;
import groundwork.state.AccountRecord;
import groundwork.state.Occasion;
import groundwork.state.OutboxContents;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Answers for {@link Prerequisite#SIGN_IN_EMAIL} and {@link Prerequisite#FIRST_SIGN_IN}.
 *
 * @param channel whether emails reach the administrator
 * @param now when this is asked
 * @param history what CloudTrail's event history says of the administrator; empty if it was not asked
 */
record SignIn(
        Look look,
        AccountRecord before,
        OutboxContents outbox,
        Outcome channel,
        OwnStack stack,
        Instant now,
        Optional<SignInHistory.Answer> history) {
    private static final String NOT_SEEN = "The administrator has not been seen to sign in yet.";

    /**
     * CloudTrail shows an event after about five minutes on average, and promises nothing.
     *
     * @see <a href="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/how-cloudtrail-works.html">How CloudTrail works</a>
     */
    private static final Duration LAG = Duration.ofHours(1);

    /**
     * The user whose first sign-in is awaited.
     *
     * @param told when an event says that the user signed in; what is ahead of the clock says nothing
     * @param settledBefore when the user signed in, if an earlier release took an event for proof of it and people were told so
     */
    record Unproven(String userId, String identityStoreId, Optional<Instant> told, Optional<Instant> settledBefore) {}

    /** Whose sign-in the event history is to be asked about; empty if nobody's. */
    Optional<Unproven> unproven() {
        return look.administrator()
                .filter(administrator -> proven(administrator).isEmpty()
                        && adminBefore().isEmpty()
                        && !(look.outcome(Prerequisite.ADMIN_ACCESS) instanceof Outcome.Blocked))
                .flatMap(administrator -> look.instance()
                        .map(instance -> new Unproven(
                                administrator.userId(),
                                instance.identityStoreId(),
                                told(administrator),
                                settledBefore(administrator))));
    }

    /** Whether CloudTrail's event history may not show yet what happened then. */
    static boolean mayStillBeShown(Instant told, Instant now) {
        return !told.isAfter(now) && told.isAfter(now.minus(LAG));
    }

    /** The same, once the event history has been asked. */
    SignIn answered(SignInHistory.Answer answer) {
        return new SignIn(look, before, outbox, channel, stack, now, Optional.of(answer));
    }

    /** The same, after emails were sent. */
    SignIn after(OutboxContents sent, Outcome channelNow) {
        return new SignIn(look, before, sent, channelNow, stack, now, history);
    }

    /** The sign-in email is {@link Outcome.Planned} when it is to be sent now. */
    Finding email() {
        return new Finding(
                Prerequisite.SIGN_IN_EMAIL,
                look.administrator().map(this::emailTo).orElseGet(this::emailToNobodyYet));
    }

    Finding first() {
        return new Finding(
                Prerequisite.FIRST_SIGN_IN,
                look.administrator().map(this::firstOf).orElseGet(this::firstOfNobodyYet));
    }

    /**
     * The administrator who needs no sign-in email, because everything was in place when Groundwork first saw it and
     * Groundwork never set out to give the access. Once seen, it is remembered with the account.
     */
    Optional<String> adminBefore() {
        return look.administrator()
                .filter(administrator -> administrator.userId().equals(before.adminBefore())
                        || (!before.doneBefore(Prerequisite.ADMIN_ACCESS) && hadAccess(administrator)))
                .map(Administrator::userId);
    }

    private boolean hadAccess(Administrator administrator) {
        return !outbox.granted().contains(administrator.userId())
                && sentAt(administrator).isEmpty()
                && look.finding(Prerequisite.ADMIN_ACCESS)
                        .filter(access -> access.outcome() instanceof Outcome.Done)
                        .filter(access ->
                                access.effects().stream().allMatch(effect -> effect.kind() == Effect.Kind.ADOPTED))
                        .isPresent();
    }

    private Outcome emailTo(Administrator administrator) {
        if (adminBefore().isPresent()) {
            return new Outcome.NotApplicable(
                    "The administrator existed and had access before Groundwork, and knows the way in.");
        }
        Optional<Instant> sentAt = sentAt(administrator);
        if (sentAt.isPresent()) {
            return new Outcome.Done("Sent on %s.".formatted(Dates.moment(sentAt.get())));
        }
        // Somebody who knows the way in is told all the same of access to an account that was not there before.
        if (proven(administrator).isPresent() && !outbox.granted().contains(administrator.userId())) {
            return new Outcome.Done("Not needed: the administrator has already signed in.");
        }
        return switch (look.outcome(Prerequisite.ADMIN_ACCESS)) {
            case Outcome.Blocked blocked -> blocked;
            case Outcome.Waiting waiting -> onceThereIsAccess();
            case Outcome.Unknown unknown -> onceThereIsAccess();
            case Outcome.Done done -> emailNow();
            case Outcome.NotApplicable notApplicable -> emailNow();
            case Outcome.Planned planned -> emailNow();
        };
    }

    private Outcome emailToNobodyYet() {
        return switch (look.outcome(Prerequisite.ADMIN_USER)) {
            case Outcome.Blocked blocked -> blocked;
            case Outcome.Planned planned -> emailNow();
            case Outcome.Waiting waiting -> onceThereIsAccess();
            case Outcome.Unknown unknown -> onceThereIsAccess();
            case Outcome.Done done -> onceThereIsAccess();
            case Outcome.NotApplicable notApplicable -> onceThereIsAccess();
        };
    }

    private Outcome emailNow() {
        return switch (channel) {
            case Outcome.Done done -> new Outcome.Planned("The sign-in URL is emailed to the administrator.");
            case Outcome.Unknown unknown ->
                new Outcome.Unknown("Not sent yet: it could not be read whether emails reach the administrator.");
            case Outcome.Waiting waiting -> Outcome.Blocked.because(BlockedReason.EMAIL_UNCONFIRMED);
            case Outcome.Blocked blocked -> Outcome.Blocked.because(BlockedReason.EMAIL_UNCONFIRMED);
            case Outcome.NotApplicable notApplicable -> Outcome.Blocked.because(BlockedReason.EMAIL_UNCONFIRMED);
            case Outcome.Planned planned -> Outcome.Blocked.because(BlockedReason.EMAIL_UNCONFIRMED);
        };
    }

    private static Outcome onceThereIsAccess() {
        return new Outcome.Unknown("It is sent once the administrator is known to have access.");
    }

    private Outcome firstOf(Administrator administrator) {
        Optional<Instant> proven = proven(administrator);
        if (proven.isPresent()) {
            return signedIn(administrator, proven.get());
        }
        if (adminBefore().isPresent()) {
            return new Outcome.NotApplicable(
                    "The administrator had access before Groundwork, so there is no first" + " sign-in to wait for.");
        }
        return look.outcome(Prerequisite.ADMIN_ACCESS) instanceof Outcome.Blocked blocked
                ? blocked
                : notProven(administrator);
    }

    private Outcome notProven(Administrator administrator) {
        if (history.isEmpty()) {
            return awaited(NOT_SEEN);
        }
        String name = administrator.userName();
        return switch (history.get()) {
            case SignInHistory.Answer.SignedIn signedIn -> signedIn(administrator, signedIn.at());
            case SignInHistory.Answer.Unread unread ->
                new Outcome.Unknown("Whether %s has signed in could not be read from CloudTrail's event history: %s."
                        .formatted(name, unread.why()));
            case SignInHistory.Answer.NoSignIn none ->
                told(administrator)
                        .map(at -> toldOnly(
                                "According to an event, %s signed in on %s".formatted(name, Dates.moment(at)), at))
                        .orElseGet(
                                () -> awaited(
                                        none.complete()
                                                ? NOT_SEEN
                                                : NOT_SEEN
                                                        + " CloudTrail's event history holds more sign-ins than a look reads."));
        };
    }

    private Outcome signedIn(Administrator administrator, Instant at) {
        return new Outcome.Done("%s signed in on %s%s."
                .formatted(
                        administrator.userName(),
                        Dates.moment(at),
                        mfaRegistered(administrator)
                                ? " and, according to an event, has registered an MFA device"
                                : ""));
    }

    private Outcome toldOnly(String said, Instant at) {
        return mayStillBeShown(at, now)
                ? new Outcome.Unknown(
                        said + ". CloudTrail's event history, which lags by some minutes, does not show it yet.")
                : awaited(said + ", but CloudTrail's event history shows no such sign-in.");
    }

    private Outcome firstOfNobodyYet() {
        return switch (look.outcome(Prerequisite.ADMIN_USER)) {
            case Outcome.Blocked blocked -> blocked;
            case Outcome.Planned planned -> awaited(NOT_SEEN);
            case Outcome.Waiting waiting -> noAdministrator();
            case Outcome.Unknown unknown -> noAdministrator();
            case Outcome.Done done -> noAdministrator();
            case Outcome.NotApplicable notApplicable -> noAdministrator();
        };
    }

    private static Outcome noAdministrator() {
        return new Outcome.Unknown("The administrator is not known yet.");
    }

    private Outcome awaited(String what) {
        URI portal = look.portal()
                .map(PortalUrl::address)
                .orElseGet(() -> stack.console().identityCenter());
        String signIn = "The administrator signs in to the AWS access portal, as the sign-in email says.";
        return look.administrator()
                .filter(administrator -> wayIn().mayNeedPassword())
                .flatMap(administrator -> look.userPage(stack.console())
                        .map(page -> new Outcome.Waiting(
                                what,
                                "%s If AWS asks for a password that %s does not have, the owner of the account opens the page of that user in IAM Identity Center and chooses \"Reset password\"."
                                        .formatted(signIn, administrator.userName()),
                                page)))
                .orElseGet(() -> new Outcome.Waiting(what, signIn, portal));
    }

    /** What happens when the administrator signs in for the first time. */
    WayIn wayIn() {
        return look.administrator().map(this::wayIn).orElse(WayIn.CODE_OR_PASSWORD);
    }

    private WayIn wayIn(Administrator administrator) {
        if (proven(administrator).isPresent() || adminBefore().isPresent()) {
            return WayIn.KNOWN;
        }
        if (administrator.signsInElsewhere()) {
            return WayIn.ELSEWHERE;
        }
        if (look.origin().isPresent()) {
            return WayIn.PERHAPS_INVITED;
        }
        boolean codesAreSent = history.filter(SignInHistory.Answer.NoSignIn.class::isInstance)
                .map(SignInHistory.Answer.NoSignIn.class::cast)
                .filter(SignInHistory.Answer.NoSignIn::codesAreSent)
                .isPresent();
        return codesAreSent ? WayIn.ONE_TIME_CODE : WayIn.CODE_OR_PASSWORD;
    }

    /** When AWS's own record says that the user signed in. */
    private Optional<Instant> proven(Administrator administrator) {
        return Optional.ofNullable(outbox.provenSignIns().get(administrator.userId()))
                .or(() -> history.filter(SignInHistory.Answer.SignedIn.class::isInstance)
                        .map(answer -> ((SignInHistory.Answer.SignedIn) answer).at()));
    }

    private Optional<Instant> told(Administrator administrator) {
        return Optional.ofNullable(outbox.signIns().get(administrator.userId()))
                .map(OutboxContents.FirstSignIn::at)
                .filter(at -> !at.isAfter(now));
    }

    private boolean mfaRegistered(Administrator administrator) {
        return Optional.ofNullable(outbox.signIns().get(administrator.userId()))
                .filter(OutboxContents.FirstSignIn::mfaRegistered)
                .isPresent();
    }

    private Optional<Instant> settledBefore(Administrator administrator) {
        boolean settled = administrator.userId().equals(before.known().userId())
                && before.lastChecklist().stream()
                        .flatMap(last -> last.items().stream())
                        .anyMatch(item -> item.prerequisite() == Prerequisite.FIRST_SIGN_IN
                                && item.outcome() instanceof Outcome.Done);
        return settled ? told(administrator) : Optional.empty();
    }

    private Optional<Instant> sentAt(Administrator administrator) {
        return Optional.ofNullable(outbox.sent().get(Occasion.signInEmail(administrator.userId())));
    }
}
