package groundwork.rehearsal.preflight;

import groundwork.rehearsal.stack.Clients;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.freetier.FreeTierClient;
import software.amazon.awssdk.services.freetier.model.GetAccountPlanStateResponse;
import software.amazon.awssdk.services.freetier.model.MonetaryAmount;

/**
 * The plan that an account is on. On the Free Plan, an organization costs the credits: AWS moves the account to the paid plan.
 *
 * @see <a href="https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/free-tier-plans.html">Choosing a Free Tier
 *     plan</a>
 */
sealed interface AccountPlan {
    /**
     * The Free Plan.
     *
     * @param credits what is left of them, such as {@code 87.50 USD}; empty if AWS does not say
     */
    record Free(Optional<String> credits) implements AccountPlan {}

    record Paid() implements AccountPlan {}

    /** AWS did not say: not every account has a plan, and not everybody may ask. */
    record Unknown() implements AccountPlan {}

    /**
     * Asks AWS.
     *
     * @param region one of the partition of the account
     */
    static AccountPlan read(Clients clients, Region region) {
        if (!PartitionMetadata.of(region).id().equals("aws")) {
            return new Unknown();
        }
        try {
            // The only endpoint: https://docs.aws.amazon.com/general/latest/gr/billing.html
            GetAccountPlanStateResponse state =
                    clients.client(FreeTierClient.class, Region.US_EAST_1).getAccountPlanState(request -> {});
            return switch (state.accountPlanType()) {
                case FREE ->
                    new Free(Optional.ofNullable(state.accountPlanRemainingCredits())
                            .map(AccountPlan::shown));
                case PAID -> new Paid();
                case UNKNOWN_TO_SDK_VERSION -> new Unknown();
            };
        } catch (SdkException e) {
            return new Unknown();
        }
    }

    private static String shown(MonetaryAmount amount) {
        return String.format(Locale.ROOT, "%.2f %s", amount.amount(), amount.unitAsString());
    }
}
