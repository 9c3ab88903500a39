package groundwork.rehearsal.organization.trail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import groundwork.rehearsal.organization.call.UserIdentity;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.regions.Region;

/**
 * Something CloudTrail records.
 *
 * @param accountId the account whose trail it is in
 * @param invokedBy the service that acted for the principal
 * @param details further members of the record
 */
public record TrailEvent(
        String eventSource,
        String eventName,
        Type type,
        UserIdentity principal,
        Optional<String> invokedBy,
        String accountId,
        Region region,
        JsonNode requestParameters,
        JsonNode responseElements,
        Map<String, JsonNode> details) {

    /** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html */
    public enum Type {
        API_CALL("AwsApiCall", "AWS API Call via CloudTrail"),
        SERVICE_EVENT("AwsServiceEvent", "AWS Service Event via CloudTrail"),
        CONSOLE_SIGN_IN("AwsConsoleSignIn", "AWS Console Sign In via CloudTrail");

        final String eventType;
        final String detailType;

        Type(String eventType, String detailType) {
            this.eventType = eventType;
            this.detailType = detailType;
        }
    }

    public static TrailEvent apiCall(
            String eventSource,
            String eventName,
            UserIdentity principal,
            String accountId,
            Region region,
            JsonNode requestParameters) {
        return new TrailEvent(
                eventSource,
                eventName,
                Type.API_CALL,
                principal,
                Optional.empty(),
                accountId,
                region,
                requestParameters,
                NullNode.getInstance(),
                Map.of());
    }

    public TrailEvent as(Type newType) {
        return new TrailEvent(
                eventSource,
                eventName,
                newType,
                principal,
                invokedBy,
                accountId,
                region,
                requestParameters,
                responseElements,
                details);
    }

    public TrailEvent invokedBy(String service) {
        return new TrailEvent(
                eventSource,
                eventName,
                type,
                principal,
                Optional.of(service),
                accountId,
                region,
                requestParameters,
                responseElements,
                details);
    }

    public TrailEvent answered(JsonNode response) {
        return new TrailEvent(
                eventSource,
                eventName,
                type,
                principal,
                invokedBy,
                accountId,
                region,
                requestParameters,
                response,
                details);
    }

    public TrailEvent with(Map<String, JsonNode> moreDetails) {
        return new TrailEvent(
                eventSource,
                eventName,
                type,
                principal,
                invokedBy,
                accountId,
                region,
                requestParameters,
                responseElements,
                moreDetails);
    }

    public TrailEvent failed(AwsServiceException failure) {
        return with(Map.of(
                "errorCode", TextNode.valueOf(failure.awsErrorDetails().errorCode()),
                "errorMessage", TextNode.valueOf(failure.awsErrorDetails().errorMessage())));
    }
}
