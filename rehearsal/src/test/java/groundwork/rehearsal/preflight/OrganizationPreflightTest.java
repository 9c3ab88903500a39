package groundwork.rehearsal.preflight;

import static groundwork.rehearsal.template.ProjectTemplate.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import groundwork.rehearsal.organization.EmbeddedOrganization;
import groundwork.rehearsal.organization.OrganizationBuilder;
import groundwork.rehearsal.organization.VirtualClock;
import groundwork.rehearsal.organization.call.AccessChecks;
import groundwork.rehearsal.organization.call.Call;
import groundwork.rehearsal.organization.call.CallObserver;
import groundwork.rehearsal.organization.call.Caller;
import groundwork.rehearsal.organization.store.Account;
import groundwork.rehearsal.report.Style;
import groundwork.rehearsal.stack.Clients;
import groundwork.rehearsal.template.TemplateException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.ListStackInstancesRequest;
import software.amazon.awssdk.services.cloudformation.model.ListStackInstancesResponse;
import software.amazon.awssdk.services.cloudformation.model.StackInstanceStatus;
import software.amazon.awssdk.services.cloudformation.model.StackInstanceSummary;
import software.amazon.awssdk.services.cloudformation.model.StackSetNotFoundException;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;
import software.amazon.awssdk.services.ssoadmin.model.PrincipalType;
import software.amazon.awssdk.services.ssoadmin.model.TargetType;

class OrganizationPreflightTest {
    private static final String MANAGEMENT = "111122223333";
    private static final Region HOME = Region.EU_WEST_1;

    private final VirtualClock clock = new VirtualClock();
    private final List<Call> calls = new ArrayList<>();
    private final NavigableMap<String, StackInstanceStatus> stacks = new TreeMap<>();
    private EmbeddedOrganization organization;
    private Caller person = Caller.role(MANAGEMENT, "Owner", "grace");
    private String group;
    private String output = "";

    /** Answers of CloudFormation, which the embedded organization does not have. */
    private record StackInstances(NavigableMap<String, StackInstanceStatus> byAccount) implements CloudFormationClient {
        @Override
        public ListStackInstancesResponse listStackInstances(ListStackInstancesRequest request) {
            if (!request.stackSetName().equals("groundwork-members")) {
                throw StackSetNotFoundException.builder()
                        .message("StackSet not found")
                        .build();
            }
            Map<String, StackInstanceStatus> rest =
                    request.nextToken() == null ? byAccount : byAccount.tailMap(request.nextToken(), false);
            List<StackInstanceSummary> page = rest.entrySet().stream()
                    .limit(request.maxResults())
                    .map(entry -> StackInstanceSummary.builder()
                            .account(entry.getKey())
                            .status(entry.getValue())
                            .build())
                    .toList();
            return ListStackInstancesResponse.builder()
                    .summaries(page)
                    .nextToken(rest.size() > page.size() ? page.getLast().account() : null)
                    .build();
        }

        @Override
        public String serviceName() {
            return CloudFormationClient.SERVICE_NAME;
        }

        @Override
        public void close() {}
    }

    @Test
    void ofThreeAccounts_saysWhatWouldBeDoneWithEach() {
        organization = company()
                .memberAccount(id(1), "Workload", "1@example.com")
                .memberAccount(id(2), "Sandbox", "2@example.com")
                .suspendedAccount(id(3), "Old shop", "3@example.com")
                .build();
        givesAccess(permissionSet(), id(1));
        stacks.put(id(1), StackInstanceStatus.CURRENT);

        assertThat(preflight()).isZero();

        assertThat(output)
                .contains("Account    111122223333 \"Ada's company\", the management account of organization o-")
                .contains("Without --parameter MemberAccounts=..., this is for all member accounts.")
                .contains(": 3\n  Access is permission set MemberAdministratorAccess for group Administrators\n")
                .contains("  would get access                1  100000000002 Sandbox\n")
                .contains("  has access                      1  100000000001 Workload\n")
                .contains("  closed or not active            1  100000000003 Old shop\n")
                .contains("  no member stack                 1  100000000002 Sandbox\n")
                .contains("  member stack current            1\n")
                .doesNotContain("outdated");
    }

    @Test
    void ofAThousandAccounts_isOnePageAndKeepsToTheRates() {
        thousand();

        assertThat(preflight(
                        "--parameter",
                        "MemberAccounts=ou-ab12-workload",
                        "--parameter",
                        "ExcludedAccounts=ou-ab12-sandboxes"))
                .isZero();

        assertThat(output.lines().count()).isLessThanOrEqualTo(60);
        assertThat(output.lines()).allMatch(line -> line.length() <= 110 || line.contains("Account "));
        assertThat(output)
                .containsPattern("Member accounts of o-\\w+: 1,000\n")
                .contains("  would get access              919  100000000031 Account 31 of a lon…, 100000000032")
                .contains("  would be provisioned anew      12  100000000001 ")
                .contains("  has access                     18  100000000013 ")
                .contains("  closed or not active           11  100000000961 ")
                .contains("  in ExcludedAccounts            20  100000000941 ")
                .contains("  not in MemberAccounts          20  100000000981 ")
                .contains("  no member stack                349  100000000601 ".replace(" 349", "349"))
                .contains("  member stack current          500\n")
                .contains("  member stack outdated          60  100000000501 ")
                .contains("  member stack inoperable        40  100000000561 ")
                .contains("--all shows each account in a line.");
        // Pages of twenty: 1,001 accounts, and twice 480 and twice 20 below the units that the parameters name.
        assertThat(calls)
                .filteredOn(call -> call.name().startsWith("organizations:ListAccounts"))
                .hasSize(51 + 48 + 2);
        assertThat(calls)
                .filteredOn(call -> !call.name().startsWith("organizations:List"))
                .hasSizeLessThanOrEqualTo(10);
    }

    @Test
    void withAll_showsEachAccountInALine() {
        thousand();

        assertThat(preflight(
                        "--all",
                        "--parameter",
                        "MemberAccounts=ou-ab12-workload",
                        "--parameter",
                        "ExcludedAccounts=ou-ab12-sandboxes"))
                .isZero();

        assertThat(output.lines().filter(line -> line.matches("  \\d{12}  .*"))).hasSize(1000);
        assertThat(output)
                .contains(
                        "  100000000001  would be provisioned anew  member stack current     Account 1 of a long kind of name\n")
                .contains("  100000000570  would get access           member stack inoperable  Account 570 of")
                .contains("  100000000961  closed or not active                                Account 961 of")
                .doesNotContain("--all shows");
    }

    @Test
    void nothingIsWrittenAndNoMemberIsEntered() {
        organization =
                company().memberAccount(id(1), "Workload", "1@example.com").build();

        preflight();

        assertThat(calls).isNotEmpty().noneMatch(Call::isWrite);
        assertThat(calls).extracting(Call::name).noneMatch(name -> name.startsWith("sts:Assume"));
        assertThat(calls).extracting(call -> call.caller().accountId()).containsOnly(MANAGEMENT);
    }

    @Test
    void whereTheGroupHasAnotherPermissionSet_itWouldGetAccess() {
        organization =
                company().memberAccount(id(1), "Workload", "1@example.com").build();
        givesAccess(permissionSet(), id(1));

        assertThat(preflight("--parameter", "MemberPermissionSetName=Admins")).isZero();

        assertThat(output).contains("  would get access                1  100000000001 Workload\n");
    }

    @Test
    void withoutAStackSetOfThePrefix_noAccountHasAStack() {
        organization =
                company().memberAccount(id(1), "Workload", "1@example.com").build();
        stacks.put(id(1), StackInstanceStatus.CURRENT);

        assertThat(preflight("--parameter", "NamePrefix=second")).isZero();

        assertThat(output)
                .contains("StackSet second-members, not made yet\n")
                .contains("  no member stack                 1  100000000001 Workload\n");
    }

    @Test
    void whatAMemberCallsItselfCannotSteerTheTerminal() {
        organization = company()
                .memberAccount(id(1), "Work\u001b[2Jload\n  has access", "1@example.com")
                .build();

        preflight("--all");

        assertThat(output).doesNotContain("\u001b").contains("100000000001 Work [2Jload has ac…\n");
    }

    @Test
    void inAMemberAccount_saysWhereToGo() {
        organization =
                company().memberAccount(id(1), "Workload", "1@example.com").build();
        person = Caller.role(id(1), "Owner", "grace");

        assertThat(preflight()).isEqualTo(1);

        assertThat(output)
                .containsPattern("✗ Account 100000000001 is not the management account of organization o-\\w+, which is"
                        + " 111122223333: run this with credentials of that\\.\n");
    }

    @Test
    void withoutAnOrganization_saysSo() {
        organization = EmbeddedOrganization.builder(clock)
                .standaloneAccount(MANAGEMENT, "Ada's company", "owner@example.com")
                .build();

        assertThat(preflight()).isEqualTo(1);

        assertThat(output).contains("✗ Account 111122223333 is in no organization, so there are no member accounts:");
    }

    @Test
    void inAnotherOrganization_saysWhich() {
        organization = company().build();

        assertThat(preflight("--parameter", "OrganizationId=o-zzzzzzzzzz")).isEqualTo(1);

        assertThat(output)
                .contains("✗ The parameter OrganizationId is o-zzzzzzzzzz, but this account is in the organization o-");
    }

    @Test
    void whereIdentityCenterIsElsewhere_asksForItsRegion() {
        organization = EmbeddedOrganization.builder(clock)
                .managementAccount(MANAGEMENT, "Ada's company", "owner@example.com")
                .identityCenter(Region.US_EAST_1)
                .build();

        assertThat(preflight()).isEqualTo(1);

        assertThat(output).contains("✗ IAM Identity Center has no instance in eu-west-1: name its primary Region with");
    }

    @Test
    void aDeniedActionIsNamed() {
        organization =
                company().memberAccount(id(1), "Workload", "1@example.com").build();
        organization.checkAccess((caller, checks) -> checks.stream()
                .filter(check -> check.action().equals("organizations:ListAccounts"))
                .findFirst()
                .map(AccessChecks.Refusal::notAllowed));

        assertThat(preflight()).isEqualTo(1);

        assertThat(output)
                .contains(
                        "✗ AWS denied you organizations:ListAccounts, without which the organization cannot be looked at.");
    }

    @Test
    void whatBreaksOffIsNoAccess() {
        organization = company().build();
        organization.observe(new CallObserver() {
            @Override
            public void before(Call call) {
                if (call.name().equals("organizations:ListAccounts")) {
                    throw SdkClientException.create("Unable to execute HTTP request: Read timed out");
                }
            }
        });

        assertThatThrownBy(this::preflight)
                .isInstanceOf(NoAccessException.class)
                .hasMessage("The organization cannot be looked at: Unable to execute HTTP request: Read timed out");
    }

    @Test
    void aParameterThatTheTemplateRefusesIsRefusedBeforeTheFirstCall() {
        organization = company().build();

        assertThatThrownBy(() -> preflight("--parameter", "MemberAccounts=everybody"))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("MemberAccounts");
        assertThat(calls).isEmpty();
    }

    /** Thirty have the access, twelve of them as it was before; 940 are below the unit that is meant, and 20 below one that is not. */
    private void thousand() {
        OrganizationBuilder builder = company()
                .organizationalUnit("ou-ab12-workload", "Workload")
                .organizationalUnit("ou-ab12-nested00", "Nested", "ou-ab12-workload")
                .organizationalUnit("ou-ab12-sandboxes", "Sandboxes", "ou-ab12-workload")
                .organizationalUnit("ou-ab12-elsewhere", "Elsewhere");
        for (int number = 1; number <= 1000; number++) {
            String unit = number > 980
                    ? "ou-ab12-elsewhere"
                    : number > 940 && number <= 960
                            ? "ou-ab12-sandboxes"
                            : number % 2 == 0 ? "ou-ab12-nested00" : "ou-ab12-workload";
            builder.memberAccount(
                    id(number), "Account " + number + " of a long kind of name", number + "@example.com", unit);
            if (number > 960 && number <= 971) {
                builder.accountState(id(number), Account.State.CLOSED);
            }
        }
        organization = builder.build();
        String permissionSet = permissionSet();
        IntStream.rangeClosed(1, 12).forEach(number -> givesAccess(permissionSet, id(number)));
        sso().putInlinePolicyToPermissionSet(request -> request.instanceArn(instanceArn())
                .permissionSetArn(permissionSet)
                .inlinePolicy("{\"Version\": \"2012-10-17\", \"Statement\": []}"));
        IntStream.rangeClosed(13, 30).forEach(number -> givesAccess(permissionSet, id(number)));
        for (int number = 1; number <= 600; number++) {
            stacks.put(
                    id(number),
                    number <= 500
                            ? StackInstanceStatus.CURRENT
                            : number <= 560 ? StackInstanceStatus.OUTDATED : StackInstanceStatus.INOPERABLE);
        }
    }

    private String permissionSet() {
        return sso().createPermissionSet(
                        request -> request.instanceArn(instanceArn()).name("MemberAdministratorAccess"))
                .permissionSet()
                .permissionSetArn();
    }

    private void givesAccess(String permissionSetArn, String accountId) {
        if (group == null) {
            group = organization.identityCenterConsole(person).createsGroup("Administrators");
        }
        sso().createAccountAssignment(request -> request.instanceArn(instanceArn())
                .permissionSetArn(permissionSetArn)
                .principalType(PrincipalType.GROUP)
                .principalId(group)
                .targetType(TargetType.AWS_ACCOUNT)
                .targetId(accountId));
        clock.advance(Duration.ofMinutes(1));
    }

    private SsoAdminClient sso() {
        return organization.client(SsoAdminClient.class, person, HOME);
    }

    private String instanceArn() {
        return organization.identityCenter().orElseThrow().instanceArn();
    }

    private static String id(int number) {
        return "%012d".formatted(100_000_000_000L + number);
    }

    private OrganizationBuilder company() {
        return EmbeddedOrganization.builder(clock)
                .managementAccount(MANAGEMENT, "Ada's company", "owner@example.com")
                .identityCenter(HOME);
    }

    private int preflight(String... arguments) {
        organization.observe(new CallObserver() {
            @Override
            public void before(Call call) {
                calls.add(call);
            }
        });
        Clients clients = new Clients() {
            @Override
            public <C extends SdkClient> C client(Class<C> type, Region region) {
                return type == CloudFormationClient.class
                        ? type.cast(new StackInstances(stacks))
                        : organization.client(type, person, region);
            }
        };
        List<String> line = new ArrayList<>(List.of("--organization"));
        line.addAll(List.of(arguments));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int status = new OrganizationPreflight(TEMPLATE, clients, clock::advance, Optional.empty())
                .look(
                        CommandLine.parse(line),
                        Optional.of(HOME),
                        new OrganizationReport(new PrintStream(bytes, true, StandardCharsets.UTF_8), Style.PLAIN));
        output = bytes.toString(StandardCharsets.UTF_8);
        return status;
    }
}
