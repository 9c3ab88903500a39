package groundwork.rehearsal.stack;

import static groundwork.rehearsal.template.ProjectTemplate.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;

import groundwork.rehearsal.template.Deployment;
import groundwork.rehearsal.template.ExpandedTemplate;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the stack is called and wherever it lives, the services take what it creates. */
class DeploymentLimitsTest {

    static Stream<Deployment> deployments() {
        return Stream.of("us-east-1", "eu-central-1", "ap-southeast-3", "us-gov-east-1", "cn-northwest-1")
                .flatMap(region -> Stream.of(
                                "a",
                                "groundwork",
                                "g".repeat(128),
                                "StackSet-" + "groundwork".repeat(8) + "-0a1b2c3d-4e5f-6a7b-8c9d-0e1f2a3b4c5d")
                        .map(name -> Deployment.of("111122223333", region, name)));
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void theServicesTakeWhatTheStackCreates(Deployment deployment) {
        ExpandedTemplate stack = TEMPLATE.expand(
                Map.of(
                        "AdministratorEmail", "ada@example.com",
                        "GivenName", "Ada",
                        "FamilyName", "Lovelace",
                        "SenderEmail", deployment.partition().equals("aws-cn") ? "" : "aws@example.com",
                        "OwnerEmail", "boss@example.com",
                        "OrganizationId", "o-a1b2c3d4e5"),
                deployment);

        assertThat(DeploymentLimits.violations(stack)).isEmpty();
        assertThat(EventBuses.forwardingStacks(stack))
                .allSatisfy(forwarding ->
                        assertThat(DeploymentLimits.violations(forwarding)).isEmpty());
    }
}
