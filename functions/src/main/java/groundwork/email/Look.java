package groundwork.email;

import groundwork.checklist.Finding;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import groundwork.identitycenter.Administrator;
import groundwork.identitycenter.Instance;
import groundwork.identitycenter.PortalUrl;
import groundwork.request.Cause;
import java.util.List;
import java.util.Optional;

/**
 * One look at an account, as far as emails speak of it.
 *
 * @param findings what the other functions found
 */
record Look(
        String accountId,
        String accountName,
        String executionArn,
        Optional<Cause> cause,
        Optional<Instance> instance,
        Optional<Administrator> administrator,
        Optional<PortalUrl> portal,
        List<Finding> findings) {
    private static final int NAME_LIMIT = 60;

    static Look of(SendEmailHandler.Request request, Stack stack) {
        Optional<Instance> instance = Optional.ofNullable(request.instance());
        return new Look(
                request.accountId(),
                ExternalText.name(request.accountName(), NAME_LIMIT),
                request.executionArn(),
                Optional.ofNullable(request.cause()),
                instance,
                Optional.ofNullable(request.administrator()),
                stack.portal(instance),
                request.reports().stream()
                        .flatMap(report -> report.findings().stream())
                        .toList());
    }

    /** The account in a sentence: its id, and its name when that could be read. */
    String account() {
        return "AWS account " + accountId + (accountName.isEmpty() ? "" : " (" + accountName + ")");
    }

    Optional<String> userId() {
        return administrator.map(Administrator::userId);
    }

    /** What was found about a prerequisite. */
    Optional<Finding> finding(Prerequisite prerequisite) {
        return findings.stream()
                .filter(finding -> finding.prerequisite() == prerequisite)
                .reduce((earlier, later) -> later);
    }

    Outcome outcome(Prerequisite prerequisite) {
        return finding(prerequisite)
                .map(Finding::outcome)
                .orElseGet(() -> new Outcome.Unknown("This was not looked at in this run."));
    }
}
