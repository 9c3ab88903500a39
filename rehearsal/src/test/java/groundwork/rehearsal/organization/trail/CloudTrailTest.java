package groundwork.rehearsal.organization.trail;

import static groundwork.rehearsal.organization.Given.ADMINISTRATOR_ACCESS;
import static groundwork.rehearsal.organization.Given.FUNCTION;
import static groundwork.rehearsal.organization.Given.HOME;
import static groundwork.rehearsal.organization.Given.MANAGEMENT;
import static groundwork.rehearsal.organization.Given.MEMBER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatObject;

import com.fasterxml.jackson.databind.JsonNode;
import groundwork.rehearsal.organization.EmbeddedOrganization;
import groundwork.rehearsal.organization.Given;
import groundwork.rehearsal.organization.VirtualClock;
import groundwork.rehearsal.organization.call.Caller;
import groundwork.rehearsal.organization.store.IdentityCenter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.AdvancedEventSelector;
import software.amazon.awssdk.services.cloudtrail.model.AdvancedFieldSelector;
import software.amazon.awssdk.services.cloudtrail.model.Event;
import software.amazon.awssdk.services.cloudtrail.model.EventSelector;
import software.amazon.awssdk.services.cloudtrail.model.InvalidLookupAttributesException;
import software.amazon.awssdk.services.cloudtrail.model.InvalidMaxResultsException;
import software.amazon.awssdk.services.cloudtrail.model.InvalidNextTokenException;
import software.amazon.awssdk.services.cloudtrail.model.InvalidTimeRangeException;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttribute;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttributeKey;
import software.amazon.awssdk.services.cloudtrail.model.LookupEventsRequest;
import software.amazon.awssdk.services.cloudtrail.model.LookupEventsResponse;
import software.amazon.awssdk.services.cloudtrail.model.ReadWriteType;
import software.amazon.awssdk.services.cloudtrail.model.TrailNotFoundException;
import software.amazon.awssdk.services.identitystore.IdentitystoreClient;
import software.amazon.awssdk.services.identitystore.model.ValidationException;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;
import software.amazon.awssdk.services.ssoadmin.model.PrincipalType;
import software.amazon.awssdk.services.ssoadmin.model.TargetType;

class CloudTrailTest {
    private final VirtualClock clock = new VirtualClock();
    private final EmbeddedOrganization aws = Given.withIdentityCenter(clock);
    private final IdentityCenter center = aws.identityCenter().orElseThrow();
    private final List<String> delivered = deliveries();

    private List<String> deliveries() {
        List<String> events = new ArrayList<>();
        aws.deliverEventsTo((account, region, event) -> events.add("%s %s %s"
                .formatted(account, region, event.at("/detail/eventName").asText())));
        return events;
    }

    private void createGroup() {
        createGroup("Administrators");
    }

    private void createGroup(String name) {
        aws.client(IdentitystoreClient.class, FUNCTION, HOME)
                .createGroup(request ->
                        request.identityStoreId(center.identityStoreId()).displayName(name));
    }

    @Test
    void withoutATrailEventBridgeGetsNothing() {
        createGroup();

        assertThat(delivered).isEmpty();
        assertThat(aws.eventHistory()).hasSize(1);
    }

    @Test
    void aMultiRegionTrailDeliversTheEventsOfEveryRegion() {
        aws.createTrail(Trail.multiRegion("main", MANAGEMENT, HOME));

        createGroup();
        aws.rootUser(MANAGEMENT).enablesVirtualMfa();

        assertThat(delivered)
                .containsExactly("111122223333 eu-west-1 CreateGroup", "111122223333 us-east-1 EnableMFADevice");
    }

    @Test
    void aTrailOfOneRegionDeliversNoGlobalEventsElsewhere() {
        aws.createTrail(Trail.multiRegion("main", MANAGEMENT, HOME).inOneRegion());

        createGroup();
        aws.rootUser(MANAGEMENT).enablesVirtualMfa();

        assertThat(delivered).containsExactly("111122223333 eu-west-1 CreateGroup");
    }

    @Test
    void onlyAnOrganizationTrailDeliversTheEventsOfMemberAccounts() {
        aws.createTrail(Trail.multiRegion("main", MANAGEMENT, HOME));
        aws.rootUser(MEMBER).enablesPasskey();
        aws.createTrail(Trail.multiRegion("all", MANAGEMENT, HOME).ofOrganization());
        aws.rootUser(MEMBER).deactivatesMfa();

        assertThat(delivered).containsExactly("444455556666 us-east-1 DeactivateMFADevice");
    }

    @Test
    void aTrailThatLogsReadsOnlyDeliversNoWrites() {
        aws.createTrail(Trail.multiRegion("main", MANAGEMENT, HOME)
                .withSelectors(EventSelector.builder()
                        .readWriteType(ReadWriteType.READ_ONLY)
                        .includeManagementEvents(true)
                        .build()));

        createGroup();

        assertThat(delivered).isEmpty();
    }

    @Test
    void anAdvancedSelectorOfManagementEventsDeliversWrites() {
        aws.createTrail(Trail.multiRegion("main", MANAGEMENT, HOME)
                .withAdvancedSelectors(AdvancedEventSelector.builder()
                        .fieldSelectors(
                                AdvancedFieldSelector.builder()
                                        .field("eventCategory")
                                        .equalsValue("Management")
                                        .build(),
                                AdvancedFieldSelector.builder()
                                        .field("readOnly")
                                        .equalsValue("false")
                                        .build())
                        .build()));

        createGroup();

        assertThat(delivered).containsExactly("111122223333 eu-west-1 CreateGroup");
    }

    @Test
    void stoppingTheTrailIsTheLastThatIsDelivered() {
        String trail = aws.createTrail(Trail.multiRegion("main", MANAGEMENT, HOME));

        aws.accountConsole(FUNCTION).stopsTrail(trail);
        createGroup();

        assertThat(delivered).containsExactly("111122223333 eu-west-1 StopLogging");
    }

    @Test
    void anEventHasTheEnvelopeOfEventBridge() {
        createGroup();

        assertThatObject(aws.eventHistory().getFirst())
                .returns("0", event -> event.get("version").asText())
                .returns(
                        "AWS API Call via CloudTrail",
                        event -> event.get("detail-type").asText())
                .returns("aws.identitystore", event -> event.get("source").asText())
                .returns(MANAGEMENT, event -> event.get("account").asText())
                .returns("2026-11-02T08:00:00Z", event -> event.get("time").asText())
                .returns("eu-west-1", event -> event.get("region").asText())
                .returns(
                        "identitystore.amazonaws.com",
                        event -> event.at("/detail/eventSource").asText())
                .returns(false, event -> event.at("/detail/readOnly").asBoolean())
                .returns(
                        MANAGEMENT,
                        event -> event.at("/detail/recipientAccountId").asText());
    }

    @Test
    void anEventNamesTheRoleBehindTheSession() {
        createGroup();

        assertThat(aws.eventHistory()
                        .getFirst()
                        .at("/detail/userIdentity/sessionContext/sessionIssuer/arn")
                        .asText())
                .isEqualTo("arn:aws:iam::111122223333:role/GroundworkFunctionRole");
    }

    @Test
    void namesOfGroupsAreHidden() {
        createGroup();

        assertThat(aws.eventHistory()
                        .getFirst()
                        .at("/detail/requestParameters/displayName")
                        .asText())
                .isEqualTo("HIDDEN_DUE_TO_SECURITY_REASONS");
    }

    @Test
    void aRefusedWriteIsRecordedWithItsError() {
        assertThatExceptionOfType(ValidationException.class)
                .isThrownBy(() -> aws.client(IdentitystoreClient.class, FUNCTION, HOME)
                        .createGroup(request -> request.identityStoreId(center.identityStoreId())
                                .displayName("Administrator")));

        assertThat(aws.eventHistory().getFirst().at("/detail/errorCode").asText())
                .isEqualTo("ValidationException");
    }

    @Test
    void anAssignmentInTheManagementAccountIsCarriedOutInTheCallersName() {
        assign(MANAGEMENT);

        JsonNode createRole = event("CreateRole");
        assertThatObject(createRole)
                .returns("us-east-1", event -> event.get("region").asText())
                .returns(
                        FUNCTION.assumedRoleArn(),
                        event -> event.at("/detail/userIdentity/arn").asText())
                .returns(
                        "sso.amazonaws.com",
                        event -> event.at("/detail/userIdentity/invokedBy").asText());
    }

    @Test
    void anAssignmentInAMemberAccountIsCarriedOutByTheServiceLinkedRole() {
        assign(MEMBER);

        assertThatObject(event("CreateRole"))
                .returns(MEMBER, event -> event.get("account").asText())
                .extracting(event -> event.at("/detail/userIdentity/sessionContext/sessionIssuer/userName")
                        .asText())
                .isEqualTo("AWSServiceRoleForSSO");
    }

    private JsonNode event(String name) {
        return aws.eventHistory().stream()
                .filter(event -> event.at("/detail/eventName").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void assign(String account) {
        SsoAdminClient ssoAdmin = aws.client(SsoAdminClient.class, FUNCTION, HOME);
        String group = aws.identityCenterConsole(FUNCTION).createsGroup("Administrators");
        String set = ssoAdmin.createPermissionSet(
                        request -> request.instanceArn(center.instanceArn()).name("AdministratorAccess"))
                .permissionSet()
                .permissionSetArn();
        ssoAdmin.attachManagedPolicyToPermissionSet(request ->
                request.instanceArn(center.instanceArn()).permissionSetArn(set).managedPolicyArn(ADMINISTRATOR_ACCESS));
        ssoAdmin.createAccountAssignment(request -> request.instanceArn(center.instanceArn())
                .targetId(account)
                .targetType(TargetType.AWS_ACCOUNT)
                .permissionSetArn(set)
                .principalType(PrincipalType.GROUP)
                .principalId(group));
    }

    @Test
    void aMemberSeesTheOrganizationTrailAsAShadow() {
        String trail =
                aws.createTrail(Trail.multiRegion("all", MANAGEMENT, HOME).ofOrganization());
        CloudTrailClient member =
                aws.client(CloudTrailClient.class, Caller.role(MEMBER, "Role", "session"), Region.US_EAST_1);

        assertThat(member.describeTrails().trailList())
                .extracting(shadow -> shadow.trailARN())
                .containsExactly(trail);
        assertThat(member.describeTrails(request -> request.includeShadowTrails(false))
                        .trailList())
                .isEmpty();
    }

    @Test
    void aShadowTrailIsKnownByItsArnOnly() {
        String trail = aws.createTrail(Trail.multiRegion("main", MANAGEMENT, HOME));
        CloudTrailClient elsewhere = aws.client(CloudTrailClient.class, FUNCTION, Region.US_EAST_1);

        assertThat(elsewhere.getTrailStatus(request -> request.name(trail)).isLogging())
                .isTrue();
        assertThatExceptionOfType(TrailNotFoundException.class)
                .isThrownBy(() -> elsewhere.getTrailStatus(request -> request.name("main")));
    }

    @Test
    void theSelectorsOfATrailAreShown() {
        aws.createTrail(Trail.multiRegion("main", MANAGEMENT, HOME));

        assertThat(aws.client(CloudTrailClient.class, FUNCTION, HOME)
                        .getEventSelectors(request -> request.trailName("main"))
                        .eventSelectors())
                .extracting(selector -> selector.readWriteType())
                .containsExactly(ReadWriteType.ALL);
    }

    @Test
    void theHistoryShowsAnEventAfterAWhile_withoutATrail_andForgetsIt() {
        createGroup();
        assertThat(history(request -> {}).events()).isEmpty();

        clock.advance(Duration.ofMinutes(15));
        assertThat(history(request -> {}).events()).singleElement().satisfies(event -> {
            assertThat(event.eventName()).isEqualTo("CreateGroup");
            assertThat(event.cloudTrailEvent()).contains("\"eventName\":\"CreateGroup\"");
        });
        assertThat(lookedUp(aws.client(CloudTrailClient.class, FUNCTION, Region.AP_EAST_1), request -> {})
                        .events())
                .as("another Region")
                .isEmpty();

        clock.advance(Duration.ofDays(90));
        assertThat(history(request -> {}).events()).isEmpty();
    }

    @Test
    void theHistoryShowsTheNewestFirst_inPages_byOneAttribute_andWithinATime() {
        Instant start = clock.instant();
        for (int i = 0; i < 3; i++) {
            createGroup("group-" + i);
            clock.advance(Duration.ofMinutes(1));
        }
        clock.advance(Duration.ofMinutes(15));

        LookupEventsResponse first = history(request -> request.maxResults(2));
        assertThat(first.events())
                .extracting(Event::eventTime)
                .containsExactly(start.plusSeconds(120), start.plusSeconds(60));
        assertThat(history(request -> request.maxResults(2).nextToken(first.nextToken()))
                        .events())
                .extracting(Event::eventTime)
                .containsExactly(start);
        assertThat(history(request -> request.lookupAttributes(named("CreateUser")))
                        .events())
                .isEmpty();
        assertThat(history(request -> request.lookupAttributes(named("CreateGroup"))
                                .startTime(start.plusSeconds(60))
                                .endTime(start.plusSeconds(60)))
                        .events())
                .hasSize(1);
    }

    @Test
    void theHistoryRefusesWhatCloudTrailRefuses() {
        Instant now = clock.instant();

        assertThatExceptionOfType(InvalidLookupAttributesException.class)
                .isThrownBy(() -> history(request -> request.lookupAttributes(named("a"), named("b"))));
        assertThatExceptionOfType(InvalidTimeRangeException.class)
                .isThrownBy(() -> history(request -> request.startTime(now).endTime(now.minusSeconds(1))));
        assertThatExceptionOfType(InvalidMaxResultsException.class)
                .isThrownBy(() -> history(request -> request.maxResults(51)));
        assertThatExceptionOfType(InvalidNextTokenException.class)
                .isThrownBy(() -> history(request -> request.nextToken("x")));
    }

    private LookupEventsResponse history(Consumer<LookupEventsRequest.Builder> request) {
        return lookedUp(aws.client(CloudTrailClient.class, FUNCTION, HOME), request);
    }

    private static LookupEventsResponse lookedUp(
            CloudTrailClient client, Consumer<LookupEventsRequest.Builder> request) {
        return client.lookupEvents(request);
    }

    private static LookupAttribute named(String eventName) {
        return LookupAttribute.builder()
                .attributeKey(LookupAttributeKey.EVENT_NAME)
                .attributeValue(eventName)
                .build();
    }
}
