package groundwork.rehearsal.organization.call;

import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.regions.Region;

/**
 * One request to one operation.
 *
 * @param sequence the number of the call, counting from 1
 * @param time when it was made
 * @param operation the operation's name as in the API reference
 * @param accessChecks what IAM is asked, forward access sessions included
 * @param kind what the operation does to the account
 * @param requestId the id that an error of this call carries
 */
public record Call(
        long sequence,
        Instant time,
        Caller caller,
        Region region,
        AwsService service,
        String operation,
        AwsRequest request,
        List<AccessCheck> accessChecks,
        Kind kind,
        String requestId) {

    /** What an operation does, as CloudTrail classifies it. */
    public enum Kind {
        READ,
        /** A management event. */
        WRITE,
        /** A write that CloudTrail records as a data event, if at all: sending a message. */
        SEND
    }

    public Call {
        accessChecks = List.copyOf(accessChecks);
    }

    public boolean isWrite() {
        return kind != Kind.READ;
    }

    /** The IAM style name, such as {@code identitystore:CreateUser}. */
    public String name() {
        return service.prefix() + ":" + operation;
    }
}
