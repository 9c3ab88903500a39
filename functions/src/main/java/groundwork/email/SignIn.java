package groundwork.email;

import groundwork.checklist.BlockedReason;
import groundwork.checklist.Change;
import groundwork.checklist.Console;
import groundwork.checklist.Dates;
import groundwork.checklist.Finding;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import groundwork.identitycenter.Administrator;
import groundwork.identitycenter.PortalUrl;
import groundwork.state.AccountRecord;
import groundwork.state.Occasion;
import groundwork.state.OutboxContents;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * Answers for {@link Prerequisite#SIGN_IN_EMAIL} and {@link Prerequisite#FIRST_SIGN_IN}.
 *
 * @param channel whether emails reach the administrator
 */
record SignIn(Look look, AccountRecord before, OutboxContents outbox, Outcome channel, Console console) {
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
                                access.changes().stream().allMatch(change -> change.kind() == Change.Kind.ADOPTED))
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
        if (signedIn(administrator).isPresent()) {
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
        Optional<OutboxContents.FirstSignIn> signedIn = signedIn(administrator);
        if (signedIn.isPresent()) {
            return new Outcome.Done("%s signed in on %s%s."
                    .formatted(
                            administrator.userName(),
                            Dates.moment(signedIn.get().at()),
                            signedIn.get().mfaRegistered() ? " and has registered an MFA device" : ""));
        }
        if (adminBefore().isPresent()) {
            return new Outcome.NotApplicable(
                    "The administrator had access before Groundwork, so there is no first" + " sign-in to wait for.");
        }
        return look.outcome(Prerequisite.ADMIN_ACCESS) instanceof Outcome.Blocked blocked ? blocked : awaited();
    }

    private Outcome firstOfNobodyYet() {
        return switch (look.outcome(Prerequisite.ADMIN_USER)) {
            case Outcome.Blocked blocked -> blocked;
            case Outcome.Planned planned -> awaited();
            case Outcome.Waiting waiting -> noAdministrator();
            case Outcome.Unknown unknown -> noAdministrator();
            case Outcome.Done done -> noAdministrator();
            case Outcome.NotApplicable notApplicable -> noAdministrator();
        };
    }

    private static Outcome noAdministrator() {
        return new Outcome.Unknown("The administrator is not known yet.");
    }

    private Outcome awaited() {
        URI portal = look.portal().map(PortalUrl::address).orElseGet(console::identityCenter);
        return new Outcome.Waiting(
                "The administrator has not been seen to sign in yet.",
                "Sign in to the AWS access portal as the administrator. The sign-in email says how.",
                portal);
    }

    private Optional<OutboxContents.FirstSignIn> signedIn(Administrator administrator) {
        return Optional.ofNullable(outbox.signIns().get(administrator.userId()));
    }

    private Optional<Instant> sentAt(Administrator administrator) {
        return Optional.ofNullable(outbox.sent().get(Occasion.signIn(administrator.userId())));
    }
}
