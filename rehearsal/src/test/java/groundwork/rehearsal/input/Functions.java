package groundwork.rehearsal.input;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import groundwork.rehearsal.organization.EmbeddedOrganization;
import groundwork.rehearsal.organization.call.Call;
import groundwork.rehearsal.organization.call.CallObserver;
import groundwork.rehearsal.organization.call.Caller;
import groundwork.rehearsal.organization.call.Partition;
import groundwork.rehearsal.stack.LambdaFunction;
import groundwork.rehearsal.states.TaskFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.organizations.OrganizationsClient;

/** Functions behind the real serialisation, and what they say of input they refuse. */
final class Functions {
    static final ObjectMapper JSON = new ObjectMapper();
    static final String ACCOUNT = "111122223333";
    static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");

    private Functions() {}

    /**
     * The function that reads execution input.
     *
     * @param calls gets every call to AWS
     */
    static LambdaFunction readRequest(List<Call> calls) {
        EmbeddedOrganization organization = EmbeddedOrganization.builder(InstantSource.fixed(NOW), Partition.AWS)
                .managementAccount(ACCOUNT, "Example", "root@example.com")
                .memberAccount("444455556666", "Workload", "workload@example.com")
                .build();
        organization.observe(new CallObserver() {
            @Override
            public void before(Call call) {
                calls.add(call);
            }
        });
        return new LambdaFunction(
                "groundwork.request.ReadRequestHandler::handleRequest",
                Duration.ofMinutes(1),
                Map.of(
                        Map.class,
                        Map.of("ACCOUNT_ID", ACCOUNT, "AWS_REGION", "eu-central-1", "MEMBER_ACCOUNTS", "all"),
                        OrganizationsClient.class,
                        organization.client(
                                OrganizationsClient.class,
                                Caller.role(ACCOUNT, "ReadRequest", "test"),
                                Region.EU_CENTRAL_1)));
    }

    /**
     * What the function says of input that it refuses; empty if it takes it. Half a pair of surrogates is no JSON, of which
     * the runtime says no more than that.
     *
     * @throws AssertionError if it fails in any other way
     */
    static Optional<String> refusal(LambdaFunction function, JsonNode input) {
        try {
            function.invoke(input);
            return Optional.empty();
        } catch (TaskFailure failure) {
            if (message(failure).equals("An error occurred during JSON parsing")) {
                return Optional.of("The input cannot be read: " + message(failure));
            }
            if (!failure.error().equals("groundwork.request.InvalidRequestException")
                    && !failure.error().equals("groundwork.runtime.UnreadableInputException")) {
                throw new AssertionError(
                        shortened(input) + " is not refused but fails the function: " + failure.getMessage(), failure);
            }
            return Optional.of(message(failure));
        }
    }

    static String message(TaskFailure failure) {
        try {
            return JSON.readTree(failure.cause()).path("errorMessage").asText();
        } catch (JsonProcessingException e) {
            throw new AssertionError("The cause is not what Lambda writes: " + failure.cause(), e);
        }
    }

    static String shortened(Object value) {
        String text = String.valueOf(value);
        return text.length() <= 2_000 ? text : text.substring(0, 2_000) + "...";
    }

    /** Everything in the list, joined with what is made of it. */
    static <T> List<T> with(List<T> first, List<T> more) {
        List<T> all = new ArrayList<>(first);
        all.addAll(more);
        return all;
    }
}
