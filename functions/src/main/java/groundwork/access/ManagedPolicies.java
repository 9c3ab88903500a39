package groundwork.access;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.function.BiFunction;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;

/** Reads the documents of managed policies, AWS's own and those of the account. */
final class ManagedPolicies {
    private final IamClient iam;

    ManagedPolicies(IamClient iam) {
        this.iam = iam;
    }

    /**
     * Examines the document that is in force.
     *
     * @param what what it is, without an article, such as "permissions boundary P of the role R"
     * @param examine the examination, of what it is, as the beginning of a sentence, and of the document
     */
    Examination examine(String policyArn, String what, BiFunction<String, String, Examination> examine) {
        try {
            return Examination.of(
                    "the " + what, () -> document(policyArn), document -> examine.apply("The " + what, document));
        } catch (NoSuchEntityException e) {
            return Examination.unread("Could not read the %s: there is no such policy.".formatted(what));
        }
    }

    private String document(String policyArn) {
        String version =
                iam.getPolicy(request -> request.policyArn(policyArn)).policy().defaultVersionId();
        return decoded(
                iam.getPolicyVersion(request -> request.policyArn(policyArn).versionId(version))
                        .policyVersion()
                        .document());
    }

    /**
     * IAM returns documents URL-encoded.
     *
     * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicyVersion.html">GetPolicyVersion</a>
     */
    static String decoded(String document) {
        return URLDecoder.decode(document, StandardCharsets.UTF_8);
    }
}
