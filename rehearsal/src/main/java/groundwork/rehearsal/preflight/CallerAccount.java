package groundwork.rehearsal.preflight;

import groundwork.rehearsal.stack.Clients;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.account.AccountClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.organizations.model.AwsOrganizationsNotInUseException;
import software.amazon.awssdk.services.organizations.model.Organization;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/**
 * The account that is looked at, and who looks.
 *
 * @param principal the ARN of the caller
 * @param name the account's name; empty if it cannot be read
 * @param alias the account's alias; empty if there is none or it cannot be read
 * @param kind in words, such as {@code the management account of organization o-1234567890}
 */
record CallerAccount(String id, String principal, Optional<String> name, Optional<String> alias, String kind) {
    private static final String STANDALONE =
            "in no organization; enabling IAM Identity Center makes it the management account of one";

    /** Whether AWS said that the account is in no organization. */
    boolean isStandalone() {
        return kind.equals(STANDALONE);
    }

    /**
     * Asks AWS. What beside the id and the caller cannot be read is left out.
     *
     * @throws SdkException if AWS does not say who calls
     */
    static CallerAccount read(Clients clients, Region region) {
        GetCallerIdentityResponse caller =
                clients.client(StsClient.class, region).getCallerIdentity(request -> {});
        return new CallerAccount(
                caller.account(),
                caller.arn(),
                readable(() -> clients.client(AccountClient.class, region)
                        .getAccountInformation(request -> {})
                        .accountName()),
                readable(() -> clients.client(IamClient.class, region).listAccountAliases().accountAliases().stream()
                        .findFirst()
                        .orElse(null)),
                kind(clients.client(OrganizationsClient.class, region), caller.account()));
    }

    private static String kind(OrganizationsClient organizations, String accountId) {
        try {
            Organization organization = organizations.describeOrganization().organization();
            return organization.masterAccountId().equals(accountId)
                    ? "the management account of organization " + organization.id()
                    : "a member of organization %s, whose management account is %s"
                            .formatted(organization.id(), organization.masterAccountId());
        } catch (AwsOrganizationsNotInUseException e) {
            return STANDALONE;
        } catch (SdkException e) {
            return "in an organization or not: AWS did not say";
        }
    }

    private static Optional<String> readable(Supplier<String> read) {
        try {
            return Optional.ofNullable(read.get());
        } catch (SdkException e) {
            return Optional.empty();
        }
    }
}
