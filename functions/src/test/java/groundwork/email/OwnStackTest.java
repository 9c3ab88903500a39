package groundwork.email;

import static org.assertj.core.api.Assertions.assertThat;

import groundwork.conclusion.Samples;
import groundwork.identitycenter.PortalUrl;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;

class OwnStackTest {
    private static final OwnStack WITH_ADDRESS = new OwnStack(
            Samples.ACCOUNT,
            Region.EU_CENTRAL_1,
            "groundwork",
            "ada@example.com",
            "Ada",
            Optional.empty(),
            false,
            Optional.of(PortalUrl.given("https://example.awsapps.com/start")));

    @Test
    void theAddressThatTheOwnerGave_isTheOnlyOne() {
        assertThat(WITH_ADDRESS.portal(Optional.of(Samples.INSTANCE)))
                .contains(PortalUrl.given("https://example.awsapps.com/start"));
        assertThat(WITH_ADDRESS.portal(Optional.empty())).isPresent();
    }

    @Test
    void withoutOne_theAddressIsThatOfTheInstance() {
        assertThat(Samples.STACK.portal(Optional.of(Samples.INSTANCE)))
                .contains(PortalUrl.of(Samples.INSTANCE, Region.EU_CENTRAL_1));
        assertThat(Samples.STACK.portal(Optional.empty())).isEmpty();
    }
}
