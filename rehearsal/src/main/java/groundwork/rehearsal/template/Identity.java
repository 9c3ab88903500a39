package groundwork.rehearsal.template;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import groundwork.rehearsal.limits.ServiceLimits;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What {@code Ref} and {@code Fn::GetAtt} return for a resource.
 *
 * <p>A resource without a name property gets the name {@code <stack>-<logical id>}. CloudFormation always appends a random
 * part; here only a name that has to be shortened gets one, so that the others can be read. Formats are those of the "Return
 * values" of each type.
 *
 * @param ref empty where AWS does not document what Ref returns
 * @see <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html">
 *     Resource and property types reference</a>
 */
record Identity(Optional<String> ref, Map<String, String> attributes) {

    /** Returns the identity of a resource whose properties are resolved. */
    static Identity of(String logicalId, String type, JsonNode properties, Deployment in) {
        String generated = in.stackName() + "-" + logicalId;
        Named named = new Named(logicalId, type, properties, in);
        return switch (type) {
            case "AWS::Serverless::Function" -> {
                String name = named.by("FunctionName");
                yield of(name, Map.of("Arn", in.arn("lambda", "function:" + name)));
            }
            case "AWS::Serverless::StateMachine" -> {
                String name = named.by("Name");
                String arn = in.arn("states", "stateMachine:" + name);
                yield of(arn, Map.of("Arn", arn, "Name", name));
            }
            case "AWS::DynamoDB::Table" -> {
                String name = named.by("TableName");
                yield of(name, Map.of("Arn", in.arn("dynamodb", "table/" + name)));
            }
            case "AWS::SNS::Topic" -> {
                String name = named.by("TopicName");
                String arn = in.arn("sns", name);
                yield of(arn, Map.of("TopicArn", arn, "TopicName", name));
            }
            case "AWS::SNS::Subscription" -> {
                String arn = named.required("TopicArn") + ":" + uuid(generated);
                yield of(arn, Map.of("Arn", arn));
            }
            case "AWS::SNS::TopicPolicy", "AWS::SQS::QueuePolicy" -> of(generated, Map.of("Id", generated));
            case "AWS::SQS::Queue" -> {
                String name = named.by("QueueName");
                String url = "https://sqs.%s.%s/%s/%s".formatted(in.region(), in.urlSuffix(), in.accountId(), name);
                yield of(url, Map.of("Arn", in.arn("sqs", name), "QueueName", name, "QueueUrl", url));
            }
            // A rule on a bus of one's own is known by both names.
            case "AWS::Events::Rule" -> {
                String name = named.by("Name");
                String bus = named.by("EventBusName", "default");
                yield bus.equals("default")
                        ? of(name, Map.of("Arn", in.arn("events", "rule/" + name)))
                        : of(bus + "|" + name, Map.of("Arn", in.arn("events", "rule/" + bus + "/" + name)));
            }
            case "AWS::Events::EventBus" -> {
                String name = named.required("Name");
                yield of(name, Map.of("Arn", in.arn("events", "event-bus/" + name), "Name", name));
            }
            case "AWS::IAM::Role" -> {
                String name = named.by("RoleName");
                yield of(
                        name,
                        Map.of(
                                "Arn",
                                in.iamArn("role" + named.by("Path", "/") + name),
                                "RoleId",
                                uniqueId("AROA", in.stackId() + generated)));
            }
            case "AWS::Logs::LogGroup" -> {
                String name = named.by("LogGroupName");
                yield of(name, Map.of("Arn", in.arn("logs", "log-group:" + name + ":*")));
            }
            case "AWS::CloudWatch::Alarm" -> {
                String name = named.by("AlarmName");
                yield of(name, Map.of("Arn", in.arn("cloudwatch", "alarm:" + name)));
            }
            // It has no ARN to ask for.
            case "AWS::CloudWatch::Dashboard" -> of(named.by("DashboardName"), Map.of());
            case "AWS::CloudTrail::Trail" -> {
                String name = named.by("TrailName");
                yield of(name, Map.of("Arn", in.arn("cloudtrail", "trail/" + name)));
            }
            case "AWS::S3::Bucket" -> {
                String name = named.by("BucketName").toLowerCase(Locale.ROOT);
                yield of(
                        name,
                        Map.of(
                                "Arn", "arn:%s:s3:::%s".formatted(in.partition(), name),
                                "DomainName", "%s.s3.%s".formatted(name, in.urlSuffix()),
                                "RegionalDomainName", "%s.s3.%s.%s".formatted(name, in.region(), in.urlSuffix())));
            }
            case "AWS::CloudFormation::StackSet" -> {
                String id = named.required("StackSetName") + ":" + uuid(in.stackId() + generated);
                yield of(id, Map.of("StackSetId", id));
            }
            case "AWS::IAM::Policy", "AWS::S3::BucketPolicy", "AWS::Events::EventBusPolicy" ->
                new Identity(Optional.empty(), Map.of());
            default ->
                throw new TemplateException(
                        "Resources." + logicalId, "the resource type " + type + " is not known here");
        };
    }

    private static Identity of(String ref, Map<String, String> attributes) {
        return new Identity(Optional.of(ref), attributes);
    }

    /** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids */
    private static String uniqueId(String prefix, String seed) {
        return prefix + uuid(seed).replace("-", "").substring(0, 17).toUpperCase(Locale.ROOT);
    }

    private static String uuid(String seed) {
        return UUID.nameUUIDFromBytes(seed.getBytes(UTF_8)).toString();
    }

    private record Named(String logicalId, String type, JsonNode properties, Deployment in) {
        String by(String property) {
            return by(property, generated(property));
        }

        /** CloudFormation keeps 25, 25 and 12 characters for a role, as events show that aws-amplify/amplify-backend recorded. */
        private String generated(String property) {
            String whole = in.stackName() + "-" + logicalId;
            int longest = ServiceLimits.published()
                    .longest(Serverless.deployedType(type), deployedName(property))
                    .orElse(whole.length());
            if (whole.length() <= longest) {
                return whole;
            }
            String random = uuid(in.stackId() + logicalId).replace("-", "").substring(0, 12);
            int half = (longest - random.length() - 2) / 2;
            return "%s-%s-%s".formatted(start(in.stackName(), half), start(logicalId, half), random);
        }

        private String deployedName(String property) {
            return type.equals(Serverless.STATE_MACHINE) ? "StateMachineName" : property;
        }

        private static String start(String text, int most) {
            return text.substring(0, Math.min(most, text.length()));
        }

        String by(String property, String otherwise) {
            return properties.has(property) ? properties.get(property).asText() : otherwise;
        }

        String required(String property) {
            if (!properties.has(property)) {
                throw new TemplateException("Resources." + logicalId, "needs the property " + property);
            }
            return properties.get(property).asText();
        }
    }
}
