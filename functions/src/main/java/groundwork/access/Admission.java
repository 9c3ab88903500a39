package groundwork.access;

import groundwork.administrator.AdministratorIdentity;
import groundwork.checklist.BlockedReason;
import groundwork.checklist.Console;
import groundwork.checklist.Finding;
import groundwork.checklist.Findings;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import groundwork.state.Occasion;
import groundwork.state.Outbox;
import java.util.Optional;
import software.amazon.awssdk.services.identitystore.IdentitystoreClient;
import software.amazon.awssdk.services.identitystore.model.DescribeUserResponse;

/**
 * Decides whether anybody may be let in. Whoever calls the function may name any user, so that AWS is asked who it is.
 * Somebody may have made a user with the administrator's address in advance; so one that Groundwork did not make gets
 * nothing before people were told of it.
 */
final class Admission {
    private final IdentitystoreClient identityStore;
    private final AdministratorIdentity identity;
    private final Outbox outbox;
    private final String hubAccountId;
    private final Console console;

    /** @param hubAccountId the account of the stack, with which emails are noted, whichever account the access is to */
    Admission(
            IdentitystoreClient identityStore,
            AdministratorIdentity identity,
            Outbox outbox,
            String hubAccountId,
            Console console) {
        this.identityStore = identityStore;
        this.identity = identity;
        this.outbox = outbox;
        this.hubAccountId = hubAccountId;
        this.console = console;
    }

    /** What came of it. */
    private sealed interface Verdict {
        /** The user may be given access. */
        record Admitted() implements Verdict {}

        /** People have to be told first. */
        record Untold(String origin) implements Verdict {}

        /** The user is not whom the parameters mean. */
        record Refused(String why) implements Verdict {}
    }

    /**
     * Why nobody is let in now, if that is so. Not to be asked where the administrator has the access: then nothing is given.
     *
     * @param looked what came of looking for the group
     */
    Optional<Access> held(AccessTask task, AdministratorsGroup.Result looked) {
        return switch (looked) {
            case AdministratorsGroup.Result.Taken taken ->
                held(Outcome.Blocked.because(
                        BlockedReason.GROUP_TAKEN,
                        "Groundwork did not create the group %s, which has no administrator access to account %s yet. %s would get it."
                                .formatted(
                                        taken.members().group(),
                                        task.accountId(),
                                        taken.members().words())));
            case AdministratorsGroup.Result.Renamed renamed ->
                held(new Outcome.Waiting(
                        "The group that has the access, and that Groundwork did not create, is called %s now."
                                .formatted(renamed.to()),
                        "Give it its old name in IAM Identity Center, or give the stack its new name as the parameter GroupName.",
                        console.identityCenter()));
            case AdministratorsGroup.Result.Present present -> held(task);
            case AdministratorsGroup.Result.Missing missing -> held(task);
        };
    }

    private Optional<Access> held(AccessTask task) {
        return task.userId().flatMap(userId -> switch (of(task.instance().identityStoreId(), userId)) {
            case Verdict.Admitted admitted -> Optional.empty();
            case Verdict.Untold untold ->
                task.plan()
                        ? Optional.empty()
                        : held(new Outcome.Unknown(
                                        untold.origin() + " The user gets access once this has been told by email."))
                                .map(Access::asUntold);
            case Verdict.Refused refused -> held(Outcome.Blocked.because(BlockedReason.USER_NAME_TAKEN, refused.why()));
        });
    }

    private static Optional<Access> held(Outcome why) {
        return Optional.of(
                new Access(Findings.of(new Finding(Prerequisite.ADMIN_ACCESS, why)), null, null, null, null));
    }

    private Verdict of(String identityStoreId, String userId) {
        DescribeUserResponse user = identityStore.describeUser(
                request -> request.identityStoreId(identityStoreId).userId(userId));
        return switch (identity.of(user)) {
            case OURS -> new Verdict.Admitted();
            case THERE_BEFORE ->
                isTold(userId)
                        ? new Verdict.Admitted()
                        : new Verdict.Untold(identity.origin(user).orElseThrow());
            case SOMEBODY_ELSE ->
                new Verdict.Refused(
                        "The user %s does not have the email address of the stack's parameters, and gets no access."
                                .formatted(user.userName()));
        };
    }

    private boolean isTold(String userId) {
        return outbox.isSent(hubAccountId, Occasion.existingUser(userId))
                || outbox.isSent(hubAccountId, Occasion.signInEmail(userId));
    }
}
