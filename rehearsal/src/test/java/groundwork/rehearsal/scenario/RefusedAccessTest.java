package groundwork.rehearsal.scenario;

import static groundwork.checklist.Prerequisite.ADMIN_ACCESS;
import static groundwork.rehearsal.scenario.Scenario.MANAGEMENT;
import static groundwork.rehearsal.template.ProjectTemplate.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;

import groundwork.rehearsal.organization.call.AccessChecks;
import groundwork.rehearsal.organization.call.Call;
import groundwork.rehearsal.organization.call.CallObserver;
import groundwork.rehearsal.organization.call.ServiceFault;
import groundwork.rehearsal.stack.LocalTables;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ssoadmin.model.ConflictException;

/** What people learn when AWS does not give the access that was ordered. */
@Tag("slow")
class RefusedAccessTest {
    @AutoClose
    private static final LocalTables TABLES = new LocalTables();

    private final List<Instant> orders = new ArrayList<>();
    private World world;

    @BeforeEach
    void newAccount() {
        Scenario scenario = new Scenario(
                "refused",
                "",
                organization -> {
                    Scenarios.company(organization);
                    organization.identityCenter(Region.US_EAST_1);
                },
                unused -> {});
        world = new World(scenario, TEMPLATE, TABLES);
        world.organization().observe(new CallObserver() {
            @Override
            public void before(Call call) {
                if (call.operation().equals("CreateAccountAssignment")) {
                    orders.add(world.now());
                }
            }
        });
        world.addressIsConfirmed();
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aRefusalInTheManagementAccount_isToldOnceAndOrderedAgainByTheHourUntilItIsAllowed() {
        AccessChecks allowed = world.organization().accessChecks();
        world.organization()
                .checkAccess((caller, checks) -> checks.stream()
                        .filter(check -> check.action().equals("iam:CreateSAMLProvider"))
                        .findFirst()
                        .map(AccessChecks.Refusal::notAllowed)
                        .or(() -> allowed.refusal(caller, checks)));

        world.stackIsCreated();
        world.passes(Duration.ofHours(6));

        assertThat(world.seen().reason(ADMIN_ACCESS)).isEqualTo("ACCESS_DENIED");
        assertThat(world.seen().what(ADMIN_ACCESS)).contains("iam:CreateSAMLProvider");
        assertThat(world.seen().mails())
                .filteredOn(mail -> mail.text().contains("iam:CreateSAMLProvider"))
                .hasSize(1);
        assertThat(orders).hasSizeBetween(2, 7);

        world.organization().checkAccess(allowed);
        world.passes(Duration.ofHours(2));

        assertThat(world.seen().status(ADMIN_ACCESS)).isEqualTo("DONE");
        assertThat(world.identityCenter().assignments())
                .extracting(assignment -> assignment.accountId())
                .containsExactly(MANAGEMENT);
    }

    @Test
    void aConflictThatNeverSettles_isToldWithAwssOwnSentence() {
        world.organization().rootUser(MANAGEMENT).enablesPasskey();
        world.organization().observe(new CallObserver() {
            @Override
            public void before(Call call) {
                if (call.operation().equals("CreateAccountAssignment")) {
                    throw world.organization()
                            .failure(call, ServiceFault.CONFLICT)
                            .map(ConflictException.class::cast)
                            .orElseThrow();
                }
            }
        });

        world.stackIsCreated();
        world.passes(Duration.ofHours(1));
        assertThat(world.seen().status(ADMIN_ACCESS)).isEqualTo("UNKNOWN");

        world.passes(Duration.ofHours(2));
        assertThat(world.seen().reason(ADMIN_ACCESS)).isEqualTo("ASSIGNMENT_FAILED");
        assertThat(world.seen().mails())
                .filteredOn(mail -> mail.text().contains("AWS says: Simulated:"))
                .hasSize(1);
        assertThat(world.seen().executionStatuses()).doesNotContain("FAILED");
    }
}
