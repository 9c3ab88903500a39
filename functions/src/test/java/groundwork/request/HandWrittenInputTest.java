package groundwork.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.willReturn;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.CALLS_REAL_METHODS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import groundwork.json.Json;
import groundwork.runtime.AwsErrors;
import groundwork.runtime.TryAgainException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.organizations.model.AccountNotFoundException;
import software.amazon.awssdk.services.organizations.model.AccountState;
import software.amazon.awssdk.services.organizations.model.DescribeAccountRequest;
import software.amazon.awssdk.services.organizations.model.DescribeAccountResponse;
import software.amazon.awssdk.services.organizations.model.OrganizationsException;

class HandWrittenInputTest {
    private final OrganizationsClient organizations = mock(OrganizationsClient.class, CALLS_REAL_METHODS);
    private final ReadRequestHandler handler =
            new ReadRequestHandler(Map.of("ACCOUNT_ID", "111122223333", "MEMBER_ACCOUNTS", "all"), () -> organizations);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "null",
                "{\"Comment\": \"Insert your JSON here\"}",
                "{\"accountId\": \"111122223333\"}",
                "{\"plan\": false}"
            })
    void anInputThatAsksForNothingSpecialIsAFullRunOfTheOwnAccount(String input) {
        assertThat(read(input)).isEqualTo(new ExecutionRequest.Look("111122223333", false, new Cause.ByHand()));
        verifyNoInteractions(organizations);
    }

    @Test
    void planTrue_asksForAPlan() {
        assertThat(read("{\"plan\": true}")).isEqualTo(new ExecutionRequest.Plan("111122223333", new Cause.ByHand()));
    }

    @Test
    void selfTestTrue_sendsTestEventsAndGivesThemAMomentToArrive() {
        assertThat(read("{\"selfTest\": true}"))
                .isEqualTo(new ExecutionRequest.SelfTest("111122223333", new Cause.SelfTest()));
        assertThat(read("{\"selfTest\": true, \"accountId\": \"111122223333\", \"plan\": false}"))
                .isInstanceOfSatisfying(
                        ExecutionRequest.SelfTest.class,
                        request -> assertThat(request.quiet()).isTrue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"plan\": true", "\"accountId\": \"444455556666\""})
    void selfTestTrue_withWhatItCannotDo_isRefused(String more) {
        refused(
                "{\"selfTest\": true, " + more + "}",
                "\"selfTest\" sends events in account 111122223333: leave \"plan\" and \"accountId\" out.");
        verifyNoInteractions(organizations);
    }

    @Test
    void aMemberAccountInScopeIsAccepted() {
        willReturn(DescribeAccountResponse.builder()
                        .account(account -> account.state(AccountState.ACTIVE))
                        .build())
                .given(organizations)
                .describeAccount(any(DescribeAccountRequest.class));

        assertThat(read("{\"accountId\": \"444455556666\"}").accountId()).isEqualTo("444455556666");
        verify(organizations)
                .describeAccount(DescribeAccountRequest.builder()
                        .accountId("444455556666")
                        .build());
    }

    /** Identity Center would take the order and give up on it after a long while. */
    @ParameterizedTest
    @CsvSource({
        "SUSPENDED, is suspended by AWS",
        "PENDING_CLOSURE, is closed or being closed",
        "CLOSED, is closed or being closed",
        "PENDING_ACTIVATION, is not active yet"
    })
    void anAccountThatIsNotActiveIsRefusedWithTheSentenceThatHelps(AccountState state, String why) {
        willReturn(DescribeAccountResponse.builder()
                        .account(account -> account.id("444455556666").state(state))
                        .build())
                .given(organizations)
                .describeAccount(any(DescribeAccountRequest.class));

        assertThatThrownBy(() -> read("{\"accountId\": \"444455556666\"}"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("Account 444455556666 " + why);
    }

    @Test
    void anotherAccountIsRefusedWithoutAskingAws_whenTheStackLooksAfterItsOwnAlone() {
        ReadRequestHandler alone = new ReadRequestHandler(Map.of("ACCOUNT_ID", "111122223333"), () -> organizations);

        for (String input : List.of(
                "{\"accountId\": \"444455556666\"}",
                "{\"accountId\": \"444455556666\", \"plan\": true}",
                "{\"detail-type\": \"x\", \"source\": \"aws.iam\", \"account\": \"444455556666\"}")) {
            assertThatThrownBy(() -> alone.handleRequest(Json.parse(input), null))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessage(
                            "Account 444455556666 is left alone, because the stack's parameter MemberAccounts does not include it.");
        }
        verifyNoInteractions(organizations);
    }

    @Test
    void anAccountOutsideTheOrganizationIsRefused() {
        willThrow(AwsErrors.error(
                        AccountNotFoundException.builder(), "AccountNotFoundException", "You specified an account..."))
                .given(organizations)
                .describeAccount(any(DescribeAccountRequest.class));

        refused(
                "{\"accountId\": \"444455556666\"}",
                "Account 444455556666 is not in the organization of account 111122223333.");
    }

    @Test
    void anotherAccountIsRefusedWhereTheOrganizationCannotBeRead() {
        willThrow(AwsErrors.error(
                        OrganizationsException.builder(),
                        "AWSOrganizationsNotInUseException",
                        "Your account is not a member of an organization."))
                .given(organizations)
                .describeAccount(any(DescribeAccountRequest.class));

        refused(
                "{\"accountId\": \"444455556666\"}",
                "Account 444455556666 cannot be set up from account 111122223333, which may not read the organization:"
                        + " Your account is not a member of an organization.");
    }

    @Test
    void whenTheOrganizationSaysNothingButNo_whatTheSdkSaysIsShown() {
        willThrow(OrganizationsException.builder()
                        .statusCode(403)
                        .message("Status Code: 403")
                        .build())
                .willThrow(OrganizationsException.builder()
                        .statusCode(400)
                        .message("Status Code: 400")
                        .awsErrorDetails(AwsErrorDetails.builder()
                                .errorCode("AccessDeniedException")
                                .build())
                        .build())
                .given(organizations)
                .describeAccount(any(DescribeAccountRequest.class));

        for (String status : List.of("403", "400")) {
            assertThatThrownBy(() -> read("{\"accountId\": \"444455556666\"}"))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("which may not read the organization: Status Code: " + status);
        }
    }

    @Test
    void whenTheOrganizationIsThrottled_theInputIsNotBlamed() {
        willThrow(AwsErrors.throttled(OrganizationsException.builder()))
                .given(organizations)
                .describeAccount(any(DescribeAccountRequest.class));

        assertThatThrownBy(() -> read("{\"accountId\": \"444455556666\"}")).isInstanceOf(TryAgainException.class);
    }

    @Test
    void whenTheOrganizationIsOutOfReach_theInputIsNotBlamed() {
        willThrow(SdkClientException.create("Connection reset"))
                .given(organizations)
                .describeAccount(any(DescribeAccountRequest.class));

        assertThatThrownBy(() -> read("{\"accountId\": \"444455556666\"}")).isInstanceOf(TryAgainException.class);
    }

    @ParameterizedTest(name = "accountId {0}")
    @ValueSource(
            strings = {
                "\"11112222333\"",
                "\"1111222233334\"",
                "\" 111122223333\"",
                "\"11112222333x\"",
                "\"\u0661\u0661\u0661\u0661\u0662\u0662\u0662\u0662\u0663\u0663\u0663\u0663\"",
                "\"\"",
                "111122223333",
                "null",
                "true",
                "[\"111122223333\"]"
            })
    void accountId_whenNotAStringOfTwelveDigits_isRefusedShowingTheValue(String value) {
        refused(
                "{\"accountId\": " + value + "}",
                "\"accountId\" must be a string of 12 digits such as \"111122223333\", but is: " + value);
    }

    @ParameterizedTest(name = "plan {0}")
    @ValueSource(strings = {"\"true\"", "1", "null", "{}"})
    void plan_whenNotABoolean_isRefusedShowingTheValue(String value) {
        refused("{\"plan\": " + value + "}", "\"plan\" must be true or false, without quotes, but is: " + value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"accountid", "Plan", "comment", "dryRun", ""})
    void anUnknownFieldIsRefusedNamingWhatIsAllowed(String field) {
        refused(
                "{\"plan\": true, \"" + field + "\": true}",
                "The execution input has an unknown field \"" + field + "\". Allowed are: accountId, plan, selfTest.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"detail-type\": 1, \"source\": null}",
                "{\"detail-type\": \"Scheduled Event\", \"source\": null}",
                "{\"detail-type\": \"Scheduled Event\"}"
            })
    void halfAnEventIsAHandWrittenInputWithUnknownFields(String input) {
        assertThatThrownBy(() -> read(input))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(
                        "The execution input has an unknown field \"detail-type\". Allowed are: accountId, plan, selfTest.");
    }

    @Test
    void theOtherHalfOfAnEventIsNoneEither() {
        refused(
                "{\"source\": \"aws.iam\"}",
                "The execution input has an unknown field \"source\". Allowed are: accountId, plan, selfTest.");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {"[] | []", "[{}] | [{}]", "\"{}\" | \"{}\"", "42 | 42"})
    void anythingButAnObjectIsRefused(String input, String shown) {
        refused(input, "The execution input must be a JSON object such as {}, but is: " + shown);
    }

    @Test
    void noInputAtAllIsAFullRun() {
        assertThat(handler.handleRequest(null, null)).isEqualTo(read("{}"));
        assertThat(handler.handleRequest(JsonNull.INSTANCE, null)).isEqualTo(read("{}"));
    }

    @Test
    void whatIsShownOfALongValueIsItsBeginning() {
        refused(
                "{\"plan\": \"" + "x".repeat(10_000) + "\"}",
                "\"plan\" must be true or false, without quotes, but is: \"" + "x".repeat(59) + "...");
    }

    @Test
    void aValueThatJustFitsIsShownWhole() {
        String value = "\"" + "x".repeat(58) + "\"";

        refused("{\"plan\": " + value + "}", "\"plan\" must be true or false, without quotes, but is: " + value);
    }

    @Test
    void whatIsShownHasNoCharacterThatATerminalOrAMailReaderActsOn() {
        String junk = "a\u0007\u001b[31m\u202e\u200bz";

        assertThatThrownBy(() -> handler.handleRequest(single(junk), null))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(
                        "The execution input has an unknown field \"a??[31m??z\". Allowed are: accountId, plan, selfTest.");
    }

    @Test
    void whatIsShownIsNotCutInTheMiddleOfACharacter() {
        String astronaut = "\ud83d\udc69";

        assertThatThrownBy(() -> handler.handleRequest(single("x".repeat(59) + astronaut + "tail"), null))
                .hasMessageContaining("x".repeat(59) + astronaut + "...");
    }

    private void refused(String input, String message) {
        assertThatThrownBy(() -> read(input))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(message);
    }

    private ExecutionRequest read(String input) {
        return handler.handleRequest(Json.parse(input), null);
    }

    private static JsonObject single(String field) {
        JsonObject object = new JsonObject();
        object.addProperty(field, 1);
        return object;
    }
}
