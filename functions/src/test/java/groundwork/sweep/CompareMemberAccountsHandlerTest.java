package groundwork.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.CALLS_REAL_METHODS;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;

import groundwork.checklist.Checklist;
import groundwork.checklist.Finding;
import groundwork.checklist.Findings;
import groundwork.checklist.Prerequisite;
import groundwork.root.MemberRoots;
import groundwork.runtime.Settings;
import groundwork.state.AccountRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.GetAccountSummaryRequest;
import software.amazon.awssdk.services.iam.model.GetAccountSummaryResponse;
import software.amazon.awssdk.services.iam.model.ListVirtualMfaDevicesRequest;
import software.amazon.awssdk.services.iam.model.ListVirtualMfaDevicesResponse;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.Credentials;

class CompareMemberAccountsHandlerTest {
    private static final String PAYMENTS = "444455556666";
    private static final String SANDBOX = "555566667777";

    private final OrganizationTable table = new OrganizationTable();
    private final IamClient iam = mock(IamClient.class, CALLS_REAL_METHODS);
    private final StsClient sts = mock(StsClient.class, CALLS_REAL_METHODS);
    private final List<String> assumed = new ArrayList<>();
    private final Map<String, String> environment = Map.of(
            "ACCOUNT_ID", "111122223333",
            "AWS_REGION", "eu-central-1",
            "TABLE_NAME", "groundwork",
            "MEMBER_ROLE", "groundwork/groundwork-RootCheck",
            "CENTRAL_ROOT_ACCESS", "false");
    private Instant now = Looks.AT.plus(Duration.ofHours(1));
    private final SweepTable sweeps = new SweepTable(table, "groundwork", () -> now);
    private final CompareMemberAccountsHandler handler =
            new CompareMemberAccountsHandler(environment, () -> now, table, iam, sts, credentials -> iam);

    @BeforeEach
    void rootUsersWithoutCredentials() {
        doAnswer(call -> {
                    assumed.add(((AssumeRoleRequest) call.getArgument(0)).roleArn());
                    return AssumeRoleResponse.builder()
                            .credentials(Credentials.builder().build())
                            .build();
                })
                .when(sts)
                .assumeRole(any(AssumeRoleRequest.class));
        Map<String, Integer> nothing = new HashMap<>();
        List.of(
                        "AccountMFAEnabled",
                        "AccountPasswordPresent",
                        "AccountAccessKeysPresent",
                        "AccountSigningCertificatesPresent")
                .forEach(key -> nothing.put(key, 0));
        doReturn(GetAccountSummaryResponse.builder()
                        .summaryMapWithStrings(nothing)
                        .build())
                .when(iam)
                .getAccountSummary(any(GetAccountSummaryRequest.class));
        doReturn(ListVirtualMfaDevicesResponse.builder().build())
                .when(iam)
                .listVirtualMFADevices(any(ListVirtualMfaDevicesRequest.class));
    }

    /** The record of an account that has just been looked at. */
    private AccountRecord asFound(Instant at) {
        Findings all = new Findings(Arrays.stream(Prerequisite.values())
                        .map(each -> new Finding(each, Looks.DONE))
                        .toList())
                .and(new MemberRoots(new Settings(environment), sts, credentials -> iam, iam).check(PAYMENTS));
        assumed.clear();
        return new AccountRecord(Checklist.after(Optional.empty(), all, Set.of(), Optional.empty(), at), Looks.KNOWN);
    }

    private static Member member(String id, Member.Marked mark) {
        return new Member(id, "Account " + id, Member.Standing.ACTIVE, List.of(Looks.SET), false, mark);
    }

    private String batch(Member... members) {
        return sweeps.begin(true, List.of(new Batch(Looks.KNOWN, List.of(members))))
                .keys()
                .getFirst();
    }

    private List<String> differing(String batch) {
        return handler.handleRequest(new CompareMemberAccountsHandler.Request(batch), null)
                .differing();
    }

    @Test
    void whoIsAsRecordedIsLeftAlone() {
        table.put(PAYMENTS, "ACCOUNT", Map.of("record", asFound(Looks.AT).stored()));

        assertThat(differing(batch(member(PAYMENTS, null), member(SANDBOX, null))))
                .containsExactly(SANDBOX);
        assertThat(assumed).containsExactly("arn:aws:iam::444455556666:role/groundwork/groundwork-RootCheck");
    }

    @Test
    void theMarksAreWorkedOff() {
        table.mark(PAYMENTS, 3, "2026-11-22T08:30:00Z");
        table.mark(SANDBOX, 1, null);

        differing(batch(
                member(PAYMENTS, new Member.Marked(3, Instant.parse("2026-11-22T08:30:00Z"))),
                member(SANDBOX, new Member.Marked(1, null))));

        assertThat(sweeps.marks()).isEmpty();
        assertThat(table.item(PAYMENTS, "EVENTS").get("seenAt").s()).isEqualTo("2026-11-22T08:30:00Z");
        assertThat(table.item(SANDBOX, "EVENTS")).isEmpty();
    }

    @Test
    void aMarkThatCameAfterTheListingStays() {
        table.mark(PAYMENTS, 4, "2026-11-22T08:59:00Z");

        differing(batch(member(PAYMENTS, new Member.Marked(3, Looks.AT))));

        assertThat(sweeps.marks()).containsKey(PAYMENTS);
    }

    @Test
    void aTimeAheadOfTheClockIsNone() {
        table.mark(PAYMENTS, 1, "2999-01-01T00:00:00Z");

        assertThat(sweeps.marks().get(PAYMENTS).seenAt()).isNull();
    }

    @Test
    void whoeverGoesOnWithABatchComparesItNotAgain() {
        String batch = batch(member(PAYMENTS, null), member(SANDBOX, null));
        assertThat(differing(batch)).containsExactly(PAYMENTS, SANDBOX);
        assertThat(sweeps.batch(batch).comparedAt()).isEqualTo(now);

        table.put(
                PAYMENTS,
                "ACCOUNT",
                Map.of("record", asFound(now.plusSeconds(1)).stored()));
        table.put(SANDBOX, "ACCOUNT", Map.of("record", asFound(now).stored()));
        now = now.plusSeconds(60);

        assertThat(differing(batch)).containsExactly(SANDBOX);
        assertThat(assumed).isEmpty();
    }
}
