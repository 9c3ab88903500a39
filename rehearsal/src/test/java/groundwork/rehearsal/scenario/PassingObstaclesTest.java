package groundwork.rehearsal.scenario;

import static groundwork.checklist.Prerequisite.ADMIN_ACCESS;
import static groundwork.checklist.Prerequisite.IDENTITY_CENTER;
import static groundwork.rehearsal.scenario.Scenario.MANAGEMENT;
import static groundwork.rehearsal.scenario.Scenario.MEMBER;
import static groundwork.rehearsal.template.ProjectTemplate.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import groundwork.rehearsal.organization.OrganizationBuilder;
import groundwork.rehearsal.organization.call.Call;
import groundwork.rehearsal.organization.call.CallObserver;
import groundwork.rehearsal.stack.LocalTables;
import groundwork.rehearsal.states.ExecutionResult;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ssoadmin.model.SsoAdminException;

/** What passes by itself, and what does not although it looks like it. */
@Tag("slow")
class PassingObstaclesTest {
    @AutoClose
    private static final LocalTables TABLES = new LocalTables();

    private World world;

    private void world(Consumer<OrganizationBuilder> beginning) {
        world(Map.of(), beginning);
    }

    private void world(Map<String, String> parameters, Consumer<OrganizationBuilder> beginning) {
        world = new World(
                new Scenario(
                        "obstacles",
                        "",
                        MANAGEMENT,
                        organization -> {
                            Scenarios.company(organization);
                            beginning.accept(organization);
                        },
                        parameters,
                        unused -> {}),
                TEMPLATE,
                TABLES);
        world.organization().rootUser(MANAGEMENT).enablesPasskey();
        world.addressIsConfirmed();
    }

    @AfterEach
    void close() {
        world.close();
    }

    /** https://repost.aws/knowledge-center/create-and-activate-aws-account: minutes, and up to 24 hours. */
    @Test
    void aNewAccountThatIsBeingActivated_isLookedAtByTheHourUntilItIs() {
        world(organization -> organization.identityCenter(Region.US_EAST_1));
        CallObserver notYet = new CallObserver() {
            @Override
            public void before(Call call) {
                if (call.service().prefix().equals("sso")) {
                    throw SsoAdminException.builder()
                            .statusCode(403)
                            .awsErrorDetails(AwsErrorDetails.builder()
                                    .errorCode("SubscriptionRequiredException")
                                    .errorMessage("The AWS Access Key Id needs a subscription for the service")
                                    .serviceName("sso")
                                    .build())
                            .build();
                }
            }
        };
        world.organization().observe(notYet);

        world.stackIsCreated();
        world.passes(Duration.ofHours(9));
        assertThat(world.seen().status(IDENTITY_CENTER)).isEqualTo("WAITING");
        assertThat(world.seen().mails())
                .filteredOn(mail -> mail.text().contains("has not finished activating"))
                .hasSize(1);

        world.organization().ignore(notYet);
        world.passes(Duration.ofMinutes(65));
        assertThat(world.seen().status(ADMIN_ACCESS)).isEqualTo("DONE");
        assertThat(world.seen().executionStatuses()).doesNotContain("FAILED");
    }

    @Test
    void aRegionThatCannotBeReached_holdsNothingUp() {
        world(organization -> {});
        world.organization().observe(new CallObserver() {
            @Override
            public void before(Call call) {
                if (call.operation().equals("ListInstances") && call.region().equals(Region.EU_CENTRAL_1)) {
                    throw SdkClientException.create("Unable to execute HTTP request: Connect timed out");
                }
            }
        });

        world.stackIsCreated();
        world.passes(Duration.ofMinutes(5));

        assertThat(world.seen().status(IDENTITY_CENTER)).isEqualTo("WAITING");
        assertThat(world.seen().what(IDENTITY_CENTER))
                .contains("could not be looked for in eu-central-1 (not reached).");
        assertThat(world.seen().mails("waits for you")).hasSize(1);
        assertThat(world.seen().executionStatuses()).doesNotContain("FAILED");
    }

    @Test
    void aSuspendedAccount_isRefusedWithTheSentenceThatHelpsAndNothingIsOrdered() {
        world(
                Scenarios.lookingAfter("all"),
                organization -> organization
                        .identityCenter(Region.US_EAST_1)
                        .suspendedAccount(MEMBER, "Closed", "closed@example.com"));

        world.starts(JsonNodeFactory.instance.objectNode().put("accountId", MEMBER));
        world.passes(Duration.ofMinutes(5));

        assertThat(world.stack().executions().getFirst().result())
                .isInstanceOfSatisfying(
                        ExecutionResult.Failed.class,
                        failed -> assertThat(failed.cause()).contains("Account " + MEMBER + " is suspended by AWS."));
        assertThat(world.seen().writes()).isEmpty();
    }
}
