package groundwork.rehearsal.template;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/**
 * Where a template is deployed: what the pseudo parameters return.
 *
 * @param accountId {@code AWS::AccountId}, twelve digits
 * @param region {@code AWS::Region}
 * @param partition {@code AWS::Partition}
 * @param urlSuffix {@code AWS::URLSuffix}
 * @param stackName {@code AWS::StackName}
 * @param stackId {@code AWS::StackId}, an ARN
 */
public record Deployment(
        String accountId, String region, String partition, String urlSuffix, String stackName, String stackId) {

    static final Set<String> PSEUDO_PARAMETERS = Set.of(
            "AWS::AccountId",
            "AWS::NoValue",
            "AWS::Partition",
            "AWS::Region",
            "AWS::StackId",
            "AWS::StackName",
            "AWS::URLSuffix");

    /** Returns the deployment of a stack in the given Region, with the partition and URL suffix of that Region. */
    public static Deployment of(String accountId, String region, String stackName) {
        PartitionMetadata partition = PartitionMetadata.of(Region.of(region));
        UUID unique = UUID.nameUUIDFromBytes((accountId + region + stackName).getBytes(UTF_8));
        String stackId = "arn:%s:cloudformation:%s:%s:stack/%s/%s"
                .formatted(partition.id(), region, accountId, stackName, unique);
        return new Deployment(accountId, region, partition.id(), partition.dnsSuffix(), stackName, stackId);
    }

    /** Returns what Ref returns for a pseudo parameter; a missing node for {@code AWS::NoValue}. */
    Optional<JsonNode> pseudoParameter(String name) {
        return switch (name) {
            case "AWS::AccountId" -> Optional.of(TextNode.valueOf(accountId));
            case "AWS::NoValue" -> Optional.of(MissingNode.getInstance());
            case "AWS::Partition" -> Optional.of(TextNode.valueOf(partition));
            case "AWS::Region" -> Optional.of(TextNode.valueOf(region));
            case "AWS::StackId" -> Optional.of(TextNode.valueOf(stackId));
            case "AWS::StackName" -> Optional.of(TextNode.valueOf(stackName));
            case "AWS::URLSuffix" -> Optional.of(TextNode.valueOf(urlSuffix));
            default -> Optional.empty();
        };
    }

    String arn(String service, String resource) {
        return "arn:%s:%s:%s:%s:%s".formatted(partition, service, region, accountId, resource);
    }

    /** IAM is global: its ARNs carry no Region. */
    String iamArn(String resource) {
        return "arn:%s:iam::%s:%s".formatted(partition, accountId, resource);
    }
}
