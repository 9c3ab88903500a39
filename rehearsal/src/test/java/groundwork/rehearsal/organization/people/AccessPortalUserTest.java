package groundwork.rehearsal.organization.people;

import static groundwork.rehearsal.organization.Given.FUNCTION;
import static groundwork.rehearsal.organization.Given.HOME;
import static groundwork.rehearsal.organization.Given.MANAGEMENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatObject;

import com.fasterxml.jackson.databind.JsonNode;
import groundwork.rehearsal.organization.EmbeddedOrganization;
import groundwork.rehearsal.organization.Given;
import groundwork.rehearsal.organization.VirtualClock;
import groundwork.rehearsal.organization.call.Caller;
import groundwork.rehearsal.organization.store.IdentityCenter;
import groundwork.rehearsal.organization.store.Mail;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.identitystore.IdentitystoreClient;
import software.amazon.awssdk.services.identitystore.model.Email;
import software.amazon.awssdk.services.identitystore.model.Name;

/** How far a user gets at the AWS access portal, and the events it leaves. */
class AccessPortalUserTest {
    private static final Caller ADMINISTRATOR = Caller.role(MANAGEMENT, "Owner", "owner@example.com");

    private final VirtualClock clock = new VirtualClock();
    private final EmbeddedOrganization aws = Given.withIdentityCenter(clock);
    private final IdentityCenter center = aws.identityCenter().orElseThrow();
    private final IdentityCenterConsole console = aws.identityCenterConsole(ADMINISTRATOR);
    private final AccessPortalUser alice = aws.accessPortalUser("alice");

    private String madeByApi() {
        return aws.client(IdentitystoreClient.class, FUNCTION, HOME)
                .createUser(request -> request.identityStoreId(center.identityStoreId())
                        .userName("alice")
                        .displayName("Alice Doe")
                        .name(Name.builder()
                                .givenName("Alice")
                                .familyName("Doe")
                                .build())
                        .emails(Email.builder()
                                .value("alice@example.com")
                                .primary(true)
                                .build()))
                .userId();
    }

    private List<String> subjects() {
        return aws.mailbox().of("alice@example.com").stream().map(Mail::subject).toList();
    }

    /** What CloudTrail records of a sign-in: the event, the credential, the result. */
    private List<String> signInEvents() {
        return aws.eventHistory().stream()
                .filter(event -> event.get("source").asText().equals("aws.signin"))
                .map(event -> "%s %s %s"
                        .formatted(
                                event.at("/detail/eventName").asText(),
                                event.at("/detail/additionalEventData/CredentialType")
                                        .asText(),
                                event.at("/detail/serviceEventDetails/"
                                                + event.at("/detail/eventName").asText())
                                        .asText()))
                .toList();
    }

    @Test
    void madeByApi_isAskedForAPasswordThatNobodyHas() {
        madeByApi();

        assertThat(alice.signsIn()).isFalse();

        assertThat(subjects()).isEmpty();
        assertThat(signInEvents())
                .containsExactly("CredentialChallenge PASSWORD Success", "CredentialVerification PASSWORD Failure");
    }

    @Test
    void madeByApi_withTheOneTimeCodeOn_getsItAtTheFirstAttemptAndSetsAPassword() {
        madeByApi();
        aws.rootUser(MANAGEMENT).instanceConsole().sendsEmailOtp(true);
        assertThat(subjects()).isEmpty();

        assertThat(alice.signsIn()).isTrue();

        assertThat(subjects()).containsExactly("Verify your email address for AWS IAM Identity Center");
        assertThat(signInEvents())
                .containsExactly(
                        "CredentialChallenge EMAIL_OTP Success",
                        "CredentialVerification EMAIL_OTP Success",
                        "UserAuthentication EMAIL_OTP Success");
        assertThat(aws.eventHistory())
                .extracting(event -> event.at("/detail/eventName").asText())
                .contains("VerifyEmail", "UpdatePassword");

        assertThat(alice.signsIn()).isTrue();
        assertThat(subjects()).hasSize(1);
        assertThat(signInEvents()).endsWith("UserAuthentication PASSWORD Success");
    }

    @Test
    void madeByApi_getsInWhenSomebodyResetsThePassword() {
        String user = madeByApi();
        assertThat(alice.signsIn()).isFalse();

        console.resetsPassword(user);

        assertThat(subjects()).containsExactly("Password reset requested");
        assertThat(alice.signsIn()).isTrue();
        assertThat(signInEvents()).endsWith("UserAuthentication PASSWORD Success");
    }

    @Test
    void madeInTheConsole_followsTheInvitation_whetherTheOneTimeCodeIsOnOrNot() {
        console.createsUser("alice", "Alice", "Doe", "alice@example.com");
        aws.rootUser(MANAGEMENT).instanceConsole().sendsEmailOtp(true);

        assertThat(alice.signsIn()).isTrue();

        assertThat(subjects()).containsExactly("Invitation to join AWS IAM Identity Center");
        assertThat(signInEvents()).endsWith("UserAuthentication PASSWORD Success");
    }

    @Test
    void madeInTheConsole_cannotFollowTheInvitationAfterSevenDays() {
        String user = console.createsUser("alice", "Alice", "Doe", "alice@example.com");
        clock.advance(Duration.ofDays(7));
        assertThat(alice.signsIn()).isFalse();

        console.resetsPassword(user);

        assertThat(alice.signsIn()).isTrue();
    }

    @Test
    void ofAnIdentityProvider_signsInThere() {
        console.provisionsUserByScim("alice", "Alice", "Doe", "alice@example.com");

        assertThat(alice.signsIn()).isTrue();

        assertThat(subjects()).isEmpty();
        assertThat(signInEvents()).containsExactly("UserAuthentication EXTERNAL_IDP Success");
        assertThat(userNames()).containsExactly("alice");
    }

    @Test
    void everyEventOfASignIn_namesTheUserById_andThePasswordChallengeByNameToo() {
        String user = madeByApi();
        console.resetsPassword(user);
        alice.signsIn();
        alice.signsIn();

        List<JsonNode> events = aws.eventHistory().stream()
                .filter(event -> event.get("source").asText().equals("aws.signin"))
                .toList();
        assertThat(events)
                .allSatisfy(event -> assertThatObject(event.at("/detail/userIdentity"))
                        .returns(
                                "IdentityCenterUser",
                                identity -> identity.path("type").asText())
                        .returns(
                                user,
                                identity -> identity.at("/onBehalfOf/userId").asText())
                        .returns(
                                "arn:aws:identitystore::111122223333:identitystore/" + center.identityStoreId(),
                                identity -> identity.at("/onBehalfOf/identityStoreArn")
                                        .asText())
                        .returns(true, identity -> identity.path("userName").isMissingNode()));
        assertThat(userNames()).containsExactly("alice", "alice");
        List<String> workflows = events.stream()
                .map(event ->
                        event.at("/detail/additionalEventData/AuthWorkflowID").asText())
                .toList();
        assertThat(workflows.subList(0, 3)).containsOnly(workflows.getFirst());
        assertThat(workflows.subList(3, 6)).containsOnly(workflows.getLast()).doesNotContain(workflows.getFirst());
    }

    private List<String> userNames() {
        return aws.eventHistory().stream()
                .map(event -> event.at("/detail/additionalEventData/UserName"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .toList();
    }

    @Test
    void disabled_doesNotGetIn() {
        String user = console.createsUser("alice", "Alice", "Doe", "alice@example.com");
        assertThat(alice.signsIn()).isTrue();

        console.disablesUser(user);

        assertThat(alice.signsIn()).isFalse();
    }
}
