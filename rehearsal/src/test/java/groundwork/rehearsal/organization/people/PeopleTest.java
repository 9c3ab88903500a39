package groundwork.rehearsal.organization.people;

import static groundwork.rehearsal.organization.Given.ADMINISTRATOR_ACCESS;
import static groundwork.rehearsal.organization.Given.FUNCTION;
import static groundwork.rehearsal.organization.Given.HOME;
import static groundwork.rehearsal.organization.Given.MANAGEMENT;
import static groundwork.rehearsal.organization.Given.MEMBER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatObject;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import groundwork.rehearsal.organization.EmbeddedOrganization;
import groundwork.rehearsal.organization.Given;
import groundwork.rehearsal.organization.VirtualClock;
import groundwork.rehearsal.organization.call.Caller;
import groundwork.rehearsal.organization.call.Partition;
import groundwork.rehearsal.organization.store.EmbeddedAssignment;
import groundwork.rehearsal.organization.store.EmbeddedPermissionSet;
import groundwork.rehearsal.organization.store.IdentityCenter;
import groundwork.rehearsal.organization.store.Mail;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;
import software.amazon.awssdk.services.ssoadmin.model.PrincipalType;
import software.amazon.awssdk.services.ssoadmin.model.TargetType;

/** What people do, and the events it leaves. */
class PeopleTest {
    private static final Caller OWNER = Caller.role(MANAGEMENT, "Owner", "owner@example.com");
    private final VirtualClock clock = new VirtualClock();
    private final EmbeddedOrganization aws = Given.withIdentityCenter(clock);
    private final IdentityCenter center = aws.identityCenter().orElseThrow();
    private final IdentityCenterConsole console = aws.identityCenterConsole(OWNER);

    private List<String> eventsOf(Runnable action) {
        int before = aws.eventHistory().size();
        action.run();
        return aws.eventHistory().stream()
                .skip(before)
                .map(event -> event.get("region").asText() + " "
                        + event.at("/detail/eventSource").asText() + " "
                        + event.at("/detail/eventName").asText())
                .toList();
    }

    private JsonNode last() {
        return aws.eventHistory().getLast();
    }

    @Test
    void theRootUserEnablingMfaIsAnEventOfTheGlobalRegion() {
        assertThat(eventsOf(() -> aws.rootUser(MEMBER).enablesVirtualMfa()))
                .containsExactly("us-east-1 iam.amazonaws.com EnableMFADevice");
        assertThatObject(last())
                .returns(MEMBER, event -> event.get("account").asText())
                .returns("Root", event -> event.at("/detail/userIdentity/type").asText())
                .returns(
                        "AWS ROOT USER",
                        event -> event.at("/detail/requestParameters/userName").asText());
    }

    @Test
    void aRootSignInTellsWhetherMfaWasUsed() {
        RootUser root = aws.rootUser(MANAGEMENT);
        root.signsIn();

        assertThatObject(last())
                .returns(
                        "AWS Console Sign In via CloudTrail",
                        event -> event.get("detail-type").asText())
                .returns("aws.signin", event -> event.get("source").asText())
                .returns(
                        "No",
                        event -> event.at("/detail/additionalEventData/MFAUsed").asText());
        root.enablesVirtualMfa();
        root.signsIn();
        assertThat(last().at("/detail/additionalEventData/MFAUsed").asText()).isEqualTo("Yes");
    }

    @Test
    void globalEventsOfOtherPartitionsAppearInTheirOwnRegion() {
        EmbeddedOrganization china = EmbeddedOrganization.builder(clock, Partition.AWS_CN)
                .standaloneAccount(MANAGEMENT, "China", "owner@example.com")
                .build();
        china.rootUser(MANAGEMENT).enablesVirtualMfa();

        assertThatObject(china.eventHistory().getLast())
                .returns("cn-north-1", event -> event.get("region").asText())
                .returns(
                        "arn:aws-cn:iam::111122223333:root",
                        event -> event.at("/detail/userIdentity/arn").asText());
    }

    @Test
    void enablingIdentityCenterGivesTrustedAccessFirst() {
        EmbeddedOrganization without = Given.organization(clock).build();
        without.rootUser(MANAGEMENT).instanceConsole().enables(HOME);

        assertThat(without.eventHistory())
                .extracting(event -> event.at("/detail/eventName").asText())
                .containsExactly("EnableAWSServiceAccess", "CreateServiceLinkedRole", "StartSSO");
        assertThat(without.identityCenter())
                .hasValueSatisfying(
                        enabled -> assertThat(enabled.primaryRegion()).isEqualTo(HOME));
    }

    @Test
    void enablingIdentityCenterInAnAccountOfNobody_createsTheOrganizationFirst() {
        EmbeddedOrganization alone = EmbeddedOrganization.builder(clock)
                .standaloneAccount(MANAGEMENT, "Example", "root@example.com")
                .build();
        alone.rootUser(MANAGEMENT).instanceConsole().enables(HOME);

        assertThat(alone.eventHistory())
                .extracting(event -> event.get("region").asText() + " "
                        + event.at("/detail/eventSource").asText() + " "
                        + event.at("/detail/eventName").asText())
                .containsExactly(
                        "us-east-1 organizations.amazonaws.com CreateOrganization",
                        "us-east-1 iam.amazonaws.com CreateServiceLinkedRole",
                        "us-east-1 organizations.amazonaws.com EnableAWSServiceAccess",
                        "us-east-1 iam.amazonaws.com CreateServiceLinkedRole",
                        "eu-west-1 sso.amazonaws.com StartSSO");
        assertThat(alone.eventHistory())
                .allSatisfy(event -> assertThat(
                                event.at("/detail/userIdentity/type").asText())
                        .isEqualTo("Root"));
        assertThatObject(alone.eventHistory().getFirst())
                .returns(
                        "ALL",
                        event ->
                                event.at("/detail/requestParameters/featureSet").asText())
                .returns(
                        MANAGEMENT,
                        event -> event.at("/detail/responseElements/organization/masterAccountId")
                                .asText());
        assertThat(alone.client(OrganizationsClient.class, FUNCTION, HOME)
                        .describeOrganization()
                        .organization()
                        .masterAccountId())
                .isEqualTo(MANAGEMENT);
    }

    @Test
    void aMemberAccountCannotEnableTheOrganizationsInstance() {
        EmbeddedOrganization without = Given.organization(clock).build();

        assertThatThrownBy(() -> without.rootUser(MEMBER).instanceConsole().enables(HOME))
                .hasMessage("Only the management account enables the instance");
    }

    @Test
    void switchingTheOneTimeCode_isAnEventThatDoesNotSayWhatWasSet() {
        assertThat(eventsOf(() -> aws.rootUser(MANAGEMENT).instanceConsole().sendsEmailOtp(true)))
                .containsExactly("eu-west-1 sso.amazonaws.com UpdateSsoConfiguration");
        assertThat(last().at("/detail/requestParameters").propertyStream().map(Map.Entry::getKey))
                .containsExactly("instanceArn", "configurationType");
    }

    @Test
    void aUserMadeInTheConsoleIsInvited() {
        console.createsUser("alice", "Alice", "Doe", "alice@example.com");

        assertThat(aws.mailbox().of("alice@example.com"))
                .extracting(Mail::subject)
                .containsExactly("Invitation to join AWS IAM Identity Center");
    }

    @Test
    void changesOfUsersInTheConsoleAreEventsOfTheDirectory() {
        String user = console.createsUser("alice", "Alice", "Doe", "alice@example.com");
        String group = console.createsGroup("Administrators");

        assertThat(eventsOf(() -> {
                    console.addsMember(group, user);
                    console.removesMember(group, user);
                    console.disablesUser(user);
                    console.enablesUser(user);
                    console.deletesUser(user);
                    console.deletesGroup(group);
                }))
                .containsExactly(
                        "eu-west-1 sso-directory.amazonaws.com AddMemberToGroup",
                        "eu-west-1 sso-directory.amazonaws.com RemoveMemberFromGroup",
                        "eu-west-1 sso-directory.amazonaws.com DisableUser",
                        "eu-west-1 sso-directory.amazonaws.com EnableUser",
                        "eu-west-1 sso-directory.amazonaws.com DeleteUser",
                        "eu-west-1 sso-directory.amazonaws.com DeleteGroup");
        assertThat(center.users()).isEmpty();
    }

    @Test
    void registeringMfaIsSeen() {
        console.createsUser("alice", "Alice", "Doe", "alice@example.com");

        assertThat(eventsOf(() -> aws.accessPortalUser("alice").registersMfa()))
                .containsExactly("eu-west-1 sso-directory.amazonaws.com CompleteVirtualMfaDeviceRegistration");
        assertThat(center.user("alice").orElseThrow().mfaRegistered()).isTrue();
    }

    @Test
    void detachingAPolicyInTheConsoleTakesEffectInTheAccounts() {
        withAssignment(assignment -> {
            console.detachesPolicy("AdministratorAccess", ADMINISTRATOR_ACCESS);
            clock.advance(Duration.ofSeconds(10));

            assertThat(center.provisionedIn(MEMBER))
                    .singleElement()
                    .returns(List.of(), EmbeddedPermissionSet::managedPolicies);
        });
    }

    @Test
    void deletingAnAssignmentInTheConsoleIsAnEventWithAllItsParts() {
        withAssignment(assignment -> {
            console.deletesAssignment(assignment);
            clock.advance(Duration.ofSeconds(10));

            assertThat(center.assignments()).isEmpty();
            assertThat(aws.eventHistory())
                    .filteredOn(event -> event.at("/detail/eventName").asText().equals("DeleteAccountAssignment"))
                    .extracting(event ->
                            event.at("/detail/requestParameters/targetId").asText())
                    .containsExactly(MEMBER);
        });
    }

    @Test
    void aNewMemberAccountIsAnnouncedInTheManagementAccount() {
        assertThat(eventsOf(() ->
                        aws.organizationsConsole(OWNER).createsMemberAccount("222233334444", "New", "new@example.com")))
                .containsExactly(
                        "us-east-1 organizations.amazonaws.com CreateAccount",
                        "us-east-1 organizations.amazonaws.com CreateAccountResult",
                        "us-east-1 organizations.amazonaws.com AccountJoinedOrganization");
        assertThatObject(last())
                .returns(
                        "AWS Service Event via CloudTrail",
                        event -> event.get("detail-type").asText())
                .returns(MANAGEMENT, event -> event.get("account").asText());
    }

    @Test
    void everyRunOfTheSameStoryHasTheSameEvents() {
        EmbeddedOrganization again = Given.withIdentityCenter(new VirtualClock());
        console.createsGroup("Administrators");
        again.identityCenterConsole(OWNER).createsGroup("Administrators");

        assertThat(again.eventHistory()).isEqualTo(aws.eventHistory());
    }

    private void withAssignment(Consumer<EmbeddedAssignment> then) {
        SsoAdminClient ssoAdmin = aws.client(SsoAdminClient.class, FUNCTION, HOME);
        String instance = center.instanceArn();
        String group = console.createsGroup("Administrators");
        String set = ssoAdmin.createPermissionSet(
                        request -> request.instanceArn(instance).name("AdministratorAccess"))
                .permissionSet()
                .permissionSetArn();
        ssoAdmin.attachManagedPolicyToPermissionSet(
                request -> request.instanceArn(instance).permissionSetArn(set).managedPolicyArn(ADMINISTRATOR_ACCESS));
        ssoAdmin.createAccountAssignment(request -> request.instanceArn(instance)
                .targetId(MEMBER)
                .targetType(TargetType.AWS_ACCOUNT)
                .permissionSetArn(set)
                .principalType(PrincipalType.GROUP)
                .principalId(group));
        clock.advance(Duration.ofSeconds(10));
        then.accept(center.assignments().getFirst());
    }
}
