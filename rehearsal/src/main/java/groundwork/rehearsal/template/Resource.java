package groundwork.rehearsal.template;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A resource as it is deployed.
 *
 * @param type the type as written, such as {@code AWS::Serverless::Function}
 * @param properties the properties with SAM's Globals merged in and every intrinsic function resolved; values that came
 *     from parameters are strings, also where the property is a number
 * @param ref what {@code Ref} returns; empty where AWS does not document it
 * @param attributes what {@code Fn::GetAtt} returns, by attribute
 * @param deletionPolicy {@code Delete} unless the template says otherwise
 * @param dependencies the logical ids of the resources that it refers to or names in {@code DependsOn}
 */
public record Resource(
        String logicalId,
        String type,
        ObjectNode properties,
        Optional<String> ref,
        Map<String, String> attributes,
        String deletionPolicy,
        String updateReplacePolicy,
        Set<String> dependencies) {

    /** Returns the type that CloudFormation deploys: {@link #type} after SAM's transform. */
    public String deployedType() {
        return Serverless.deployedType(type);
    }

    /** Returns the properties under the names that they have after SAM's transform. */
    public ObjectNode deployedProperties() {
        return Serverless.deployedProperties(type, properties);
    }

    /**
     * Returns the ARN of this resource.
     *
     * @throws IllegalStateException if resources of this type have no ARN
     */
    public String arn() {
        String attribute = type.equals("AWS::SNS::Topic") ? "TopicArn" : "Arn";
        String arn = attributes.get(attribute);
        if (arn == null) {
            throw new IllegalStateException(logicalId + " (" + type + ") has no ARN");
        }
        return arn;
    }
}
