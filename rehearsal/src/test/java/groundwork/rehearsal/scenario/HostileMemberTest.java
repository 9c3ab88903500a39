package groundwork.rehearsal.scenario;

import static groundwork.rehearsal.scenario.MemberWorld.OTHER_MEMBER;
import static groundwork.rehearsal.scenario.MemberWorld.sample;
import static groundwork.rehearsal.scenario.Scenario.MANAGEMENT;
import static groundwork.rehearsal.scenario.Scenario.MEMBER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import groundwork.rehearsal.organization.call.Caller;
import groundwork.rehearsal.stack.EventCatalogue;
import groundwork.rehearsal.stack.LocalTables;
import groundwork.rehearsal.stack.Witness;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.StsException;

/** A member account whose administrators do whatever they can. */
@Tag("slow")
class HostileMemberTest {
    private static final Caller MALLORY = Caller.role(MEMBER, "Mallory", "mallory");
    private static final String ROOT_CHECK = ":role/groundwork/groundwork-RootCheck";

    @AutoClose
    private static final LocalTables TABLES = new LocalTables();

    private MemberWorld members;
    private int looks;

    @BeforeEach
    void rollOut() {
        members = MemberWorld.rolledOut(TABLES, Witness.NONE);
        looks = members.world.stack().executions().size();
    }

    @AfterEach
    void close() {
        // A schedule looks at the hub once a day, and no story here takes as long.
        assertThat(members.world.stack().executions())
                .as("looks that a member caused")
                .hasSize(looks);
        members.close();
    }

    /** Everything in an event that an account can choose: of those who make the call, of what about, and its other fields. */
    @Test
    void forgedDetail_marksTheAccountThatItCameFrom() {
        JsonNode event = EventCatalogue.json(EventCatalogue.text("events/root-user/enable-mfa-device.json")
                .replace(MANAGEMENT, OTHER_MEMBER)
                .replaceFirst("\"account\": \"" + OTHER_MEMBER, "\"account\": \"" + MEMBER));
        assertThat(event.at("/detail/recipientAccountId").asText()).isEqualTo(OTHER_MEMBER);

        members.arrives(MEMBER, Region.US_EAST_1, event);
        members.world.passes(Duration.ofMinutes(1));

        assertThat(members.reasons()).isEqualTo(Map.of(MEMBER, "MEMBER_EVENT"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws.iam", "aws.signin", "aws.cloudtrail", "aws.cloudformation", "aws.organizations"})
    void anEventWithASourceOfAws_isRefusedByEventBridge(String source) {
        assertThat(members.world
                        .organization()
                        .client(EventBridgeClient.class, MALLORY, Region.US_EAST_1)
                        .putEvents(request -> request.entries(PutEventsRequestEntry.builder()
                                .source(source)
                                .detailType("AWS API Call via CloudTrail")
                                .detail("{}")
                                .build()))
                        .failedEntryCount())
                .isEqualTo(1);
        members.world.passes(Duration.ofMinutes(1));

        assertThat(members.marks()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"groundwork.self-test", "my.application"})
    void anEventWithASourceOfItsOwn_marksNoAccount(String source) {
        members.world
                .organization()
                .client(EventBridgeClient.class, MALLORY, Region.US_EAST_1)
                .putEvents(request -> request.entries(PutEventsRequestEntry.builder()
                        .source(source)
                        .detailType("Groundwork Self-Test")
                        .detail("{\"stack-id\": \"arn:aws:cloudformation:us-east-1:%s:stack/x/y\"}"
                                .formatted(OTHER_MEMBER))
                        .build()));
        members.world.passes(Duration.ofMinutes(1));

        assertThat(members.marks()).isEmpty();
    }

    /** EventBridge makes one hop: what another account sends to this one goes no further. */
    @Test
    void anEventOfAnotherAccount_isNotPassedOn() {
        members.arrives(MEMBER, Region.US_EAST_1, sample("root-user/enable-mfa-device", MANAGEMENT, OTHER_MEMBER));
        members.world.passes(Duration.ofMinutes(1));

        assertThat(members.marks()).isEmpty();
    }

    /** The stack is gone, StackSets does not know, and nothing is heard any more. The schedule finds that the role is gone. */
    @Test
    void aMemberStackThatIsTornDown_closesThatAccountAndNoOther() {
        members.world.stack().memberStacks().tearDown(MEMBER);

        members.world.organization().rootUser(MEMBER).enablesPasskey();
        members.world.organization().rootUser(OTHER_MEMBER).enablesPasskey();
        members.world.passes(Duration.ofMinutes(1));

        assertThat(members.reasons()).isEqualTo(Map.of(OTHER_MEMBER, "MEMBER_EVENT"));
        assertThatThrownBy(() -> assumed(rootCheckOfTheHub(), MEMBER))
                .isInstanceOf(StsException.class)
                .hasMessageContaining("is not authorized to perform: sts:AssumeRole on resource: " + arn(MEMBER));
        assertThat(assumed(rootCheckOfTheHub(), OTHER_MEMBER)).isNotNull();
    }

    @Test
    void aTrustPolicyThatIsEdited_closesThatAccountAndNoOther() {
        members.world.stack().memberStacks().editTrust(MEMBER, "RootCheck", EventCatalogue.json("""
                                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
                                 "Principal": {"AWS": "arn:aws:iam::444455556666:root"}}]}"""));

        assertThatThrownBy(() -> assumed(rootCheckOfTheHub(), MEMBER)).isInstanceOf(StsException.class);
        assertThat(assumed(rootCheckOfTheHub(), OTHER_MEMBER)).isNotNull();
        members.world.passes(Duration.ofMinutes(1));
        assertThat(members.reasons()).isEqualTo(Map.of(MEMBER, "MEMBER_EVENT"));
    }

    /** Also if it lets everybody in: it is the role of the account, and opens nothing else. */
    @Test
    void aTrustPolicyThatLetsEverybodyIn_opensNoOtherAccount() {
        members.world.stack().memberStacks().editTrust(MEMBER, "RootCheck", EventCatalogue.json("""
                                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
                                 "Principal": "*"}]}"""));

        assertThat(assumed(MALLORY, MEMBER)).isNotNull();
        assertThatThrownBy(() -> assumed(MALLORY, OTHER_MEMBER)).isInstanceOf(StsException.class);
    }

    @Test
    void nobodyOfAMemberNorAnotherRoleOfTheHub_assumesTheRoleOfAMember() {
        for (Caller caller : List.of(
                MALLORY,
                members.world.person(),
                Caller.role(MEMBER, "groundwork-root-check", "mallory"),
                new Caller(MEMBER, "arn:aws:iam::444455556666:role/groundwork-root-check/x", "mallory"))) {
            assertThatThrownBy(() -> assumed(caller, OTHER_MEMBER))
                    .as(caller.roleArn())
                    .isInstanceOf(StsException.class);
        }
    }

    /** What the hub gets by the role is two answers about the root user. */
    @Test
    void theRoleOfAMemberMayReadTwoThings() {
        IamClient iam = members.world
                .organization()
                .client(IamClient.class, assumed(rootCheckOfTheHub(), MEMBER), Region.US_EAST_1);

        assertThat(iam.getAccountSummary(request -> {}).summaryMap()).isNotEmpty();
        assertThat(iam.listVirtualMFADevices(request -> {}).virtualMFADevices()).isEmpty();
        assertThatThrownBy(() -> iam.listRoles(request -> {}))
                .isInstanceOf(IamException.class)
                .hasMessageContaining("is not authorized to perform: iam:ListRoles");
    }

    private Credentials assumed(Caller caller, String account) {
        return members.world
                .organization()
                .client(StsClient.class, caller, Region.EU_CENTRAL_1)
                .assumeRole(request -> request.roleArn(arn(account)).roleSessionName("root-check"))
                .credentials();
    }

    private static String arn(String account) {
        return "arn:aws:iam::" + account + ROOT_CHECK;
    }

    private Caller rootCheckOfTheHub() {
        return new Caller(
                MANAGEMENT,
                members.world.stack().template().resource("CheckRootUserRole").arn(),
                "groundwork-CheckRootUserFunction");
    }
}
