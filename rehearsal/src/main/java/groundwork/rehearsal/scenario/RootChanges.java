package groundwork.rehearsal.scenario;

import static groundwork.checklist.Prerequisite.ROOT_ACCESS_KEYS;
import static groundwork.checklist.Prerequisite.ROOT_MFA;
import static groundwork.rehearsal.scenario.Scenario.MANAGEMENT;

import groundwork.rehearsal.organization.people.RootUser;
import java.util.stream.Stream;

/** Somebody changes the credentials of the root user, or signs in with them. */
final class RootChanges {
    private static final String ROOT = "arn:aws:iam::" + MANAGEMENT + ":root";

    private RootChanges() {}

    static Stream<Scenario> all() {
        return Stream.of(rootMfaRemoved(), rootAccessKeyCreated(), rootSignsIn());
    }

    private static RootUser root(World world) {
        return world.organization().rootUser(MANAGEMENT);
    }

    private static Scenario rootMfaRemoved() {
        return ChangeStory.asked(
                "root-mfa-removed",
                "Somebody removes the root user's MFA device: the owner is asked, and thanked when it is back.",
                "The owner removes the root user's passkey",
                world -> root(world).deactivatesMfa(),
                ROOT_MFA,
                "DeactivateMFADevice",
                ROOT,
                "The owner registers an authenticator app",
                world -> root(world).enablesVirtualMfa());
    }

    private static Scenario rootAccessKeyCreated() {
        return ChangeStory.asked(
                "root-access-key-created",
                "The root user makes itself an access key: the owner is asked to delete it.",
                "The owner creates an access key for the root user",
                world -> root(world).createsAccessKey(),
                ROOT_ACCESS_KEYS,
                "CreateAccessKey",
                ROOT,
                "The owner deletes the access key",
                world -> root(world).deletesAccessKeys());
    }

    private static Scenario rootSignsIn() {
        return ChangeStory.noticed(
                "root-signs-in",
                "The root user signs in: Groundwork looks, finds everything in place and says nothing.",
                "The owner signs in as the root user",
                world -> root(world).signsIn());
    }
}
