package groundwork.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.willReturn;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.CALLS_REAL_METHODS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoInteractions;

import com.google.gson.JsonObject;
import groundwork.json.Json;
import groundwork.runtime.AwsErrors;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.organizations.model.AccountNotFoundException;
import software.amazon.awssdk.services.organizations.model.AccountState;
import software.amazon.awssdk.services.organizations.model.DescribeAccountRequest;
import software.amazon.awssdk.services.organizations.model.DescribeAccountResponse;

class EventInputTest {
    private final OrganizationsClient organizations = mock(OrganizationsClient.class, CALLS_REAL_METHODS);
    private final ReadRequestHandler handler =
            new ReadRequestHandler(Map.of("ACCOUNT_ID", "111122223333", "MEMBER_ACCOUNTS", "all"), () -> organizations);

    @Test
    void theScheduleStartsAFullRunAtOnce() {
        ExecutionRequest request = read("""
                {
                  "version": "0",
                  "id": "53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa",
                  "detail-type": "Scheduled Event",
                  "source": "aws.events",
                  "account": "111122223333",
                  "time": "2026-11-20T10:15:30Z",
                  "region": "eu-central-1",
                  "resources": ["arn:aws:events:eu-central-1:111122223333:rule/groundwork-Schedule"],
                  "detail": {}
                }
                """);

        assertThat(request).isEqualTo(new ExecutionRequest.Look("111122223333", false, new Cause.Schedule()));
        verifyNoInteractions(organizations);
    }

    @Test
    void theStacksOwnCompletionStartsAFullRunAtOnce() {
        ExecutionRequest request = read("""
                {
                  "version": "0",
                  "id": "0a0d1b4c-97a5-4b0b-8d0f-1f6b1f2b8f6e",
                  "detail-type": "CloudFormation Stack Status Change",
                  "source": "aws.cloudformation",
                  "account": "111122223333",
                  "time": "2026-11-20T10:15:30Z",
                  "region": "eu-central-1",
                  "resources": ["arn:aws:cloudformation:eu-central-1:111122223333:stack/groundwork/1-2-3"],
                  "detail": {
                    "stack-id": "arn:aws:cloudformation:eu-central-1:111122223333:stack/groundwork/1-2-3",
                    "status-details": {"status": "CREATE_COMPLETE", "status-reason": ""},
                    "client-request-token": ""
                  }
                }
                """);

        assertThat(request).isEqualTo(new ExecutionRequest.Look("111122223333", false, new Cause.Stack()));
    }

    @Test
    void aChangeIsToldWithWhatWhoWhenWhereAndItsId_andWaitsForMoreToCome() {
        ExecutionRequest request = read("""
                {
                  "version": "0",
                  "id": "e3c5c7c2-0000-4c3e-9d3f-6d1e5d8b7a01",
                  "detail-type": "AWS API Call via CloudTrail",
                  "source": "aws.identitystore",
                  "account": "111122223333",
                  "time": "2026-11-20T10:15:30Z",
                  "region": "eu-central-1",
                  "resources": [],
                  "detail": {
                    "eventSource": "identitystore.amazonaws.com",
                    "eventName": "DeleteGroupMembership",
                    "eventTime": "2026-11-20T10:15:28Z",
                    "awsRegion": "eu-west-1",
                    "eventID": "11111111-2222-4333-8444-555555555555",
                    "userIdentity": {
                      "type": "AssumedRole",
                      "arn": "arn:aws:sts::111122223333:assumed-role/Operator/grace",
                      "accountId": "111122223333"
                    },
                    "requestParameters": {"identityStoreId": "d-1234567890", "membershipId": "m-1"},
                    "responseElements": null
                  }
                }
                """);

        assertThat(request)
                .isEqualTo(new ExecutionRequest.Look(
                        "111122223333",
                        true,
                        new Cause.Change(
                                "DeleteGroupMembership",
                                "arn:aws:sts::111122223333:assumed-role/Operator/grace",
                                Instant.parse("2026-11-20T10:15:28Z"),
                                "eu-west-1",
                                "11111111-2222-4333-8444-555555555555")));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "{\"type\": \"Root\", \"arn\": \"arn:aws:iam::111122223333:root\"} | arn:aws:iam::111122223333:root",
                "{\"type\": \"IdentityCenterUser\", \"onBehalfOf\": {\"userId\": \"u-1\"}} | Identity Center user u-1",
                "{\"type\": \"AWSService\", \"invokedBy\": \"sso.amazonaws.com\"} | sso.amazonaws.com",
                "{\"type\": \"AWSAccount\"} | AWSAccount",
                "{\"type\": \"AWSAccount\", \"arn\": \" \"} | AWSAccount",
                "{\"arn\": 42, \"onBehalfOf\": \"u-1\", \"type\": \"Unknown\"} | Unknown"
            })
    void whoDidItIsThePrincipalAsCloudTrailNamesIt(String userIdentity, String who) {
        assertThat(event(read(change("\"eventName\": \"DeleteUser\", \"userIdentity\": " + userIdentity)))
                        .who())
                .isEqualTo(who);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"userIdentity\": {}", "\"userIdentity\": null", "\"userIdentity\": \"root\"", "\"a\": 1"})
    void whoDidItIsLeftOpenWhenCloudTrailDoesNotSay(String detail) {
        assertThat(event(read(change(detail))).who()).isNull();
    }

    @Test
    void aChangeWithoutDetailIsToldFromTheEnvelope() {
        ExecutionRequest request = read("""
                {
                  "detail-type": "AWS API Call via CloudTrail",
                  "source": "aws.sso",
                  "account": "111122223333",
                  "time": "2026-11-20T10:15:30Z",
                  "region": "eu-central-1"
                }
                """);

        assertThat(event(request))
                .isEqualTo(new Cause.Change(
                        "AWS API Call via CloudTrail",
                        null,
                        Instant.parse("2026-11-20T10:15:30Z"),
                        "eu-central-1",
                        null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"yesterday\"", "\"\"", "1763633728", "null"})
    void aChangeWithAnUnusableTimeHappenedWhenItsEnvelopeSays(String eventTime) {
        assertThat(event(read(change("\"eventTime\": " + eventTime))).when())
                .isEqualTo(Instant.parse("2026-11-20T10:15:30Z"));
    }

    @Test
    void aChangeWithoutAnyTimeIsStillAChange() {
        assertThat(read("{\"detail-type\": \"x\", \"source\": \"aws.iam\"}"))
                .isEqualTo(
                        new ExecutionRequest.Look("111122223333", true, new Cause.Change("x", null, null, null, null)));
    }

    @Test
    void aSuccessfulSignInNamesTheUserAndTheMoment() {
        ExecutionRequest request = read(change("""
                "eventSource": "signin.amazonaws.com",
                "eventName": "UserAuthentication",
                "eventTime": "2026-11-20T09:00:00Z",
                "userIdentity": {"type": "IdentityCenterUser", "onBehalfOf": {"userId": "94e80458-1091-70ac-9a1b-000000000001",
                    "identityStoreArn": "arn:aws:identitystore::111122223333:identitystore/d-1234567890"}},
                "additionalEventData": {"CredentialType": "PASSWORD"}
                """));

        assertThat(request).isInstanceOfSatisfying(ExecutionRequest.SignIn.class, signIn -> {
            assertThat(signIn.userId()).isEqualTo("94e80458-1091-70ac-9a1b-000000000001");
            assertThat(signIn.step()).isEqualTo(ExecutionRequest.SignIn.Step.SIGNED_IN);
            assertThat(signIn.at()).isEqualTo(Instant.parse("2026-11-20T09:00:00Z"));
            assertThat(signIn.quiet()).isTrue();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"CompleteVirtualMfaDeviceRegistration", "CompleteWebAuthnDeviceRegistration"})
    void anMfaRegistrationNamesTheUserAndTheMoment(String eventName) {
        ExecutionRequest request = read(change("""
                "eventName": "%s",
                "eventTime": "2026-11-20T09:00:00Z",
                "userIdentity": {"type": "IdentityCenterUser", "onBehalfOf": {"userId": "94e80458-1091-70ac-9a1b-000000000001"}}
                """.formatted(eventName)));

        assertThat(request).isInstanceOfSatisfying(ExecutionRequest.SignIn.class, signIn -> {
            assertThat(signIn.userId()).isEqualTo("94e80458-1091-70ac-9a1b-000000000001");
            assertThat(signIn.step()).isEqualTo(ExecutionRequest.SignIn.Step.MFA_REGISTERED);
            assertThat(signIn.at()).isEqualTo(Instant.parse("2026-11-20T09:00:00Z"));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"CredentialChallenge", "CredentialVerification", "ConsoleLogin"})
    void stepsBeforeASuccessfulSignInAreNoSignIn(String eventName) {
        assertThat(
                        read(
                                change(
                                        "\"eventName\": \"" + eventName
                                                + "\", \"userIdentity\": {\"onBehalfOf\": {\"userId\": \"94e80458-1091-70ac-9a1b-000000000001\"}}")))
                .isInstanceOf(ExecutionRequest.Look.class);
    }

    @Test
    void aSignInThatNamesNobodyIsNoSignIn() {
        assertThat(read(change("\"eventName\": \"UserAuthentication\", \"userIdentity\": {\"userName\": \"ada\"}")))
                .isInstanceOf(ExecutionRequest.Look.class);
    }

    @Test
    void anEventFromAnotherAccountOfTheOrganizationIsAboutThatAccount() {
        willReturn(DescribeAccountResponse.builder()
                        .account(account -> account.state(AccountState.ACTIVE))
                        .build())
                .given(organizations)
                .describeAccount(any(DescribeAccountRequest.class));

        assertThat(read("{\"detail-type\": \"x\", \"source\": \"aws.iam\", \"account\": \"444455556666\"}")
                        .accountId())
                .isEqualTo("444455556666");
    }

    @Test
    void anEventFromAnAccountOutsideTheOrganizationIsRefused() {
        willThrow(AwsErrors.error(AccountNotFoundException.builder(), "AccountNotFoundException", "No such account"))
                .given(organizations)
                .describeAccount(any(DescribeAccountRequest.class));

        assertThatThrownBy(
                        () -> read("{\"detail-type\": \"x\", \"source\": \"aws.iam\", \"account\": \"444455556666\"}"))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void whatTheSenderWroteIntoTheDetailDecidesNothing() {
        ExecutionRequest request = read(change("\"accountId\": \"444455556666\", \"plan\": true"));

        assertThat(request.accountId()).isEqualTo("111122223333");
        assertThat(request).isInstanceOf(ExecutionRequest.Look.class);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "version   | 0             | a text",
                "id        | {}            | a text",
                "time      | 1763633728    | a text",
                "time      | \"yesterday\"   | a time such as \"2026-11-22T09:00:00Z\"",
                "region    | [\"us-east-1\"] | a text",
                "detail    | \"text\"        | an object",
                "detail    | []            | an object",
                "resources | {}            | a list of texts",
                "resources | [\"a\",1]       | a list of texts",
            })
    void anEnvelopeThatEventBridgeDidNotWriteIsRefusedNamingTheField(String field, String value, String what) {
        assertThatThrownBy(() ->
                        read("{\"detail-type\": \"x\", \"source\": \"aws.iam\", \"%s\": %s}".formatted(field, value)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(
                        "The execution input looks like an event from EventBridge, but is not one: \"%s\" must be %s,"
                                        .formatted(field, what)
                                + " but is: " + value);
    }

    @ParameterizedTest
    @CsvSource({
        "/detail-type, 256",
        "/region, 64",
        "/detail/eventName, 256",
        "/detail/eventTime, 64",
        "/detail/awsRegion, 64",
        "/detail/eventID, 256",
        "/detail/userIdentity/type, 256",
        "/detail/userIdentity/arn, 2048",
        "/detail/userIdentity/invokedBy, 256",
        "/detail/userIdentity/onBehalfOf/userId, 256"
    })
    void aFieldOfAbsurdLength_isRefusedByItsName(String field, int limit) {
        String event = """
                {"detail-type": "x", "source": "aws.iam", "detail": {"eventName": "DeleteUser"}}
                """;

        assertThatCode(() -> read(with(event, field, "a".repeat(limit)))).doesNotThrowAnyException();
        assertThatThrownBy(() -> read(with(event, field, "a".repeat(limit + 1))))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(
                        "The execution input looks like an event from EventBridge, but is not one: \"%s\" must be of %d characters at most, but is: %s..."
                                .formatted(field.substring(1).replace('/', '.'), limit, "a".repeat(60)));
    }

    private static String with(String event, String field, String value) {
        JsonObject input = Json.parse(event).getAsJsonObject();
        JsonObject parent = input;
        String[] path = field.substring(1).split("/", -1);
        for (int i = 0; i < path.length - 1; i++) {
            if (!parent.has(path[i])) {
                parent.add(path[i], new JsonObject());
            }
            parent = parent.getAsJsonObject(path[i]);
        }
        parent.addProperty(path[path.length - 1], value);
        return input.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"u-1", "../94e80458-1091-70ac-9a1b-000000000001", "94E80458-1091-70AC-9A1B-00000000000G"})
    void aSignInOfAUserIdThatIsNone_isAnOrdinaryChange(String userId) {
        ExecutionRequest request = read(change("""
                "eventSource": "signin.amazonaws.com",
                "eventName": "UserAuthentication",
                "userIdentity": {"type": "IdentityCenterUser", "onBehalfOf": {"userId": "%s"}}
                """.formatted(userId)));

        assertThat(request).isInstanceOf(ExecutionRequest.Look.class);
        assertThat(event(request).event()).isEqualTo("UserAuthentication");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\"ada\"", "42"})
    void anEnvelopeWithAnAccountThatIsNoneIsRefused(String account) {
        assertThatThrownBy(
                        () -> read("{\"detail-type\": \"x\", \"source\": \"aws.iam\", \"account\": " + account + "}"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("\"account\" must be a string of 12 digits such as \"111122223333\", but is: " + account);
        verifyNoInteractions(organizations);
    }

    private static String change(String detail) {
        return """
                {
                  "detail-type": "AWS API Call via CloudTrail",
                  "source": "aws.sso-directory",
                  "account": "111122223333",
                  "time": "2026-11-20T10:15:30Z",
                  "region": "eu-central-1",
                  "detail": {%s}
                }
                """.formatted(detail);
    }

    @Test
    void aSignInThatIsToldWithoutAnyTimeIsAnOrdinaryChange() {
        assertThat(read("""
                {"detail-type": "x", "source": "aws.signin", "detail": {"eventName": "UserAuthentication",
                 "userIdentity": {"onBehalfOf": {"userId": "94e80458-1091-70ac-9a1b-000000000001"}}}}
                """)).isInstanceOf(ExecutionRequest.Look.class);
    }

    @Test
    void aTestEventThatDoesNotSayWhereItCameFromIsAReasonToLook() {
        assertThat(read("{\"detail-type\": \"Groundwork Self-Test\", \"source\": \"groundwork.self-test\"}"))
                .isEqualTo(new ExecutionRequest.Look("111122223333", false, new Cause.SelfTest()));
    }

    private static Cause.Change event(ExecutionRequest request) {
        return (Cause.Change) ((ExecutionRequest.Look) request).cause();
    }

    private ExecutionRequest read(String event) {
        return handler.handleRequest(Json.parse(event), null);
    }
}
