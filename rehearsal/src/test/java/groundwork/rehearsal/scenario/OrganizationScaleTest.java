package groundwork.rehearsal.scenario;

import static groundwork.rehearsal.report.Prices.GIGABYTE_SECOND;
import static groundwork.rehearsal.report.Prices.SECONDS_OF_AN_INVOCATION;
import static groundwork.rehearsal.report.Prices.TRANSITION;
import static groundwork.rehearsal.scenario.Scenario.MANAGEMENT;
import static groundwork.rehearsal.scenario.Scenario.MEMBER;
import static groundwork.rehearsal.template.ProjectTemplate.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import groundwork.rehearsal.organization.call.AwsService;
import groundwork.rehearsal.organization.call.Call;
import groundwork.rehearsal.organization.call.CallObserver;
import groundwork.rehearsal.organization.store.Behavior;
import groundwork.rehearsal.scenario.OrganizationTally.Chapter;
import groundwork.rehearsal.stack.ExecutionRecord;
import groundwork.rehearsal.stack.LocalTables;
import groundwork.rehearsal.states.ExecutionResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;

/** An organization of any size is set up and looked after within AWS's rates and quotas, at the costs that docs/organization.md says. */
@Tag("slow")
class OrganizationScaleTest {
    /**
     * Of a custom metric for a month of 730 hours; AWS bills the hours in which it is sent: https://aws.amazon.com/cloudwatch/pricing/,
     * November 2026.
     */
    private static final double METRIC = 0.3;

    /** Of a read or write unit of DynamoDB at most: https://aws.amazon.com/dynamodb/pricing/on-demand/, November 2026. */
    private static final double TABLE_UNIT = 0.000000625;

    private static final int METRICS = 6;
    private static final int ACCOUNTS_OF_A_BATCH = 50;

    @AutoClose
    private static final LocalTables TABLES = new LocalTables();

    private static Played ten;
    private static Played hundred;

    /** What came of a story. */
    private record Played(
            int accounts,
            List<Chapter> chapters,
            long sweepTransitions,
            List<Call> sweepCalls,
            long firstLookTransitions,
            long lookTransitions,
            List<String> withoutAccess,
            ExecutionRecord firstSweep) {
        Chapter chapter(int number) {
            return chapters.get(number);
        }

        double callsOfSetUpAnAccount() {
            return (double) (chapter(1).allCalls() + chapter(2).allCalls()) / accounts;
        }

        long sweepCalls(AwsService service) {
            return sweepCalls.stream().filter(call -> call.service() == service).count();
        }
    }

    @BeforeAll
    static void play() {
        ten = play(10);
        hundred = play(100);
    }

    private static Played play(int accounts) {
        try (OrganizationStory story = story(accounts, OrganizationStory.QUOTA)) {
            story.theHubBecomesReady();
            story.theAccountsAreSetUp();
            story.theMemberStacksAreRolledOut();
            int calls = story.world.seen().calls().size();
            story.aQuietDayPasses();
            List<Call> sweepCalls = story.world.seen().calls().stream()
                    .skip(calls)
                    .filter(call -> call.caller().sessionName().matches(".*(MemberAccounts|SendDigest)Function.*")
                            || call.service() == AwsService.STS
                            || !call.caller().accountId().equals(MANAGEMENT))
                    .toList();
            long sweep = story.sweeps().getLast().stateTransitions();
            List<ExecutionRecord> looks = story.world.stack().executions().stream()
                    .filter(execution -> execution.input().has("accountId"))
                    .toList();
            story.anIncidentHappens("one", 1);
            story.anIncidentHappens("many", Math.min(100, accounts));
            return new Played(
                    accounts,
                    story.chapters(),
                    sweep,
                    sweepCalls,
                    looks.getFirst().stateTransitions(),
                    looks.getLast().stateTransitions(),
                    story.withoutAccess(),
                    story.sweeps().getFirst());
        }
    }

    private static OrganizationStory story(int accounts, int quota) {
        return new OrganizationStory(TEMPLATE, TABLES, accounts, quota, unused -> {});
    }

    @Test
    void noAccountIsLost() {
        assertThat(ten.withoutAccess()).isEmpty();
        assertThat(hundred.withoutAccess()).isEmpty();
    }

    @Test
    void onAQuietDay_noAccountsStateMachineRuns_andNobodyIsTold() {
        for (Played played : List.of(ten, hundred)) {
            assertThat(played.chapter(3).looks()).isZero();
            assertThat(played.chapter(3).digests()).isZero();
            assertThat(played.chapter(3).throttled()).isZero();
        }
    }

    @Test
    void aQuietSweepAsksIdentityCenterOnceForFiftyAssignments_andThreeTimesMore() {
        for (Played played : List.of(ten, hundred)) {
            assertThat(played.sweepCalls(AwsService.SSO_ADMIN)).isBetween(1L, 3L + (played.accounts() + 49) / 50);
        }
    }

    @Test
    void setUp_callsAwsAsOftenForAnAccountOfAHundred_asForOneOfTen() {
        assertThat(hundred.callsOfSetUpAnAccount()).isLessThanOrEqualTo(ten.callsOfSetUpAnAccount());
    }

    @Test
    void anIncidentInOneAccount_isOneLookAndOneDigest_howeverManyAccountsThereAre() {
        for (Played played : List.of(ten, hundred)) {
            assertThat(played.chapter(4).looks()).isEqualTo(1);
            assertThat(played.chapter(4).digests()).isEqualTo(1);
        }
        assertThat(hundred.chapter(5).looks()).isEqualTo(100);
        assertThat(hundred.chapter(5).digests()).isEqualTo(1);
    }

    /**
     * Thirteen at a time, and ten seconds each; beside that there is what a sweep of any size takes. Identity Center takes 20 requests a
     * second, from which it follows how many there may be.
     */
    @Test
    void accessToMoreAccounts_takesAQuarterLongerThanTheAssignmentsAtMost() {
        double seconds = ofSet(hundred).toMillis() / 1000.0 - ofSet(ten).toMillis() / 1000.0;

        assertThat(seconds / (100 - 10)).isLessThan(1.25 * 10 / 13);
        assertThat((hundred.chapter(1).calls().get(AwsService.SSO_ADMIN)
                                - ten.chapter(1).calls().get(AwsService.SSO_ADMIN))
                        / (100 - 10))
                .isLessThan(13);
    }

    private static Duration ofSet(Played played) {
        return Duration.between(
                played.firstSweep().startedAt(), played.firstSweep().endedAt());
    }

    @Test
    void noCallIsThrottledForGood() {
        assertThat(Stream.concat(ten.chapters().stream(), hundred.chapters().stream()))
                .allSatisfy(chapter -> assertThat(chapter.throttled()).isZero());
    }

    /** More accounts are looked at than there are slots, and AWS takes its time: they wait, and none fails. */
    @Test
    void whereAnAssignmentTakesAMinute_accountsWaitForASlot_andTheOthersSlotsStayFree() {
        try (OrganizationStory story = new OrganizationStory(
                TEMPLATE,
                TABLES,
                40,
                OrganizationStory.QUOTA,
                Behavior.USUAL.withProvisioning(Duration.ofMinutes(1)),
                unused -> {})) {
            AtomicInteger most = new AtomicInteger();
            story.world.organization().observe(new CallObserver() {
                @Override
                public void after(Call call, Object response) {
                    if (call.operation().equals("CreateAccountAssignment")) {
                        most.accumulateAndGet(
                                story.world
                                        .identityCenter()
                                        .permissionSets
                                        .inProgress()
                                        .size(),
                                Math::max);
                    }
                }
            });
            story.theHubBecomesReady();
            Chapter first = story.theAccountsAreSetUp();

            assertThat(story.withoutAccess()).isEmpty();
            assertThat(first.throttled()).isZero();
            assertThat(most).hasValue(13);
        }
    }

    @Test
    void beyondTheQuotaOfIdentityCenter_accountsAreBlockedByItsName_andTheOthersGoOn() {
        try (OrganizationStory story = story(12, 8)) {
            story.theHubBecomesReady();
            story.theAccountsAreSetUp();

            assertThat(story.withoutAccess()).hasSize(12 - (8 - 1));
            assertThat(story.world.stack().executions().stream()
                            .filter(execution -> story.withoutAccess()
                                    .contains(
                                            execution.input().path("accountId").asText()))
                            .map(execution -> ((ExecutionResult.Succeeded) execution.result())
                                    .output()
                                    .toString()))
                    .hasSize(5)
                    .allSatisfy(output -> assertThat(output)
                            .contains("SERVICE_QUOTA", "the number of AWS accounts that can be configured"));
        }
    }

    @Test
    void aLookAtOneAccount_isIndependentOfAllThatIsBesideIt() {
        assertThat(callsOfALookBeside(3_500)).isEqualTo(callsOfALookBeside(5)).isPositive();
    }

    private static long callsOfALookBeside(int others) {
        Scenario scenario = new Scenario(
                        "beside",
                        "",
                        MANAGEMENT,
                        organization -> {
                            Scenarios.company(organization);
                            organization
                                    .memberAccount(MEMBER, "Workload", "workload@example.com")
                                    .identityCenter(Region.EU_CENTRAL_1);
                            for (int number = 1; number <= others; number++) {
                                organization.memberAccount(
                                        "%012d".formatted(number), "Account " + number, number + "@example.org");
                            }
                        },
                        Scenarios.lookingAfter(MEMBER),
                        unused -> {})
                .in(Region.EU_CENTRAL_1);
        try (World world = new World(scenario, TEMPLATE, TABLES)) {
            SsoAdminClient sso = world.organization().client(SsoAdminClient.class, world.person(), Region.EU_CENTRAL_1);
            for (int number = 1; number <= others; number++) {
                String name = "Other" + number;
                String instance = world.identityCenter().instanceArn();
                sso.createPermissionSet(create -> create.instanceArn(instance).name(name));
                world.console().createsGroup(name);
                world.console().createsUser(name, "User", name, name + "@example.net");
            }
            Scenarios.ready(world);
            int before = world.seen().calls().size();
            world.starts(JsonNodeFactory.instance.objectNode().put("accountId", MEMBER));
            world.passes(Duration.ofMinutes(5));
            assertThat(world.stack().executions().getLast().status()).isNotIn("FAILED", "RUNNING");
            return world.seen().calls().stream()
                    .skip(before)
                    .filter(world.seen()::isOfTheStack)
                    .count();
        }
    }

    @Test
    void theBudgetIsThatOfThePage() throws IOException {
        long calls = (hundred.chapter(1).allCalls() - ten.chapter(1).allCalls()) / (100L - 10);

        assertThat(Files.readString(Path.of("../docs/architecture.md")))
                .contains("| the first look at a member account | %d | %d |"
                        .formatted(hundred.firstLookTransitions(), calls))
                .contains("| a quiet sweep of 100 member accounts | %d | %d |"
                        .formatted(
                                hundred.sweepTransitions(), hundred.sweepCalls().size()));
    }

    @Test
    void theCostsAreThoseOfThePage() throws IOException {
        String page = Files.readString(Path.of("../docs/organization.md"));
        for (int accounts : List.of(1_000, 10_000)) {
            assertThat(page)
                    .contains(costs(accounts).entrySet().stream()
                            .map(row -> "| %s, %s accounts | %s |"
                                    .formatted(
                                            row.getKey(), String.format(Locale.ROOT, "%,d", accounts), row.getValue()))
                            .toList());
        }
    }

    @Test
    void aThousandAccounts_costLessThanATenthOfACentEach() {
        assertThat(batched(1_000)).isLessThan(1_000 * 0.001);
    }

    private static Map<String, String> costs(int accounts) {
        return Map.of(
                "a sweep each day", dollars(batched(accounts)),
                "an execution of AccountSetup for each account and day", dollars(oneByOne(accounts)));
    }

    private static String dollars(double price) {
        return String.format(Locale.ROOT, "$%.2f", price);
    }

    /** A hundred accounts are two batches, ten are one. */
    private static double batched(int accounts) {
        int batches = accounts / ACCOUNTS_OF_A_BATCH;
        long perBatch = hundred.sweepTransitions() - ten.sweepTransitions();
        double transitions = ten.sweepTransitions() + (batches - 1) * perBatch;
        double callSeconds = 0.05 * accounts * hundred.sweepCalls().size() / hundred.accounts();
        double tableUnits = 50.0 * accounts * hundred.sweepCalls(AwsService.DYNAMODB) / hundred.accounts();
        double day = transitions * TRANSITION
                + ((batches + 2) * SECONDS_OF_AN_INVOCATION + callSeconds) * GIGABYTE_SECOND
                + tableUnits * TABLE_UNIT;
        return 30 * (day + METRICS * METRIC / 730);
    }

    private static double oneByOne(int accounts) {
        int functions = 7;
        return 30.0
                * accounts
                * (hundred.lookTransitions() * TRANSITION + functions * SECONDS_OF_AN_INVOCATION * GIGABYTE_SECOND);
    }
}
