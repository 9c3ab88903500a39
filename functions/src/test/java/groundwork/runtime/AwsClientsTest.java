package groundwork.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sns.SnsClient;

class AwsClientsTest {
    @Test
    void aClientCallsTheRegionItIsFor() {
        try (SnsClient client = AwsClients.in(Region.AP_SOUTHEAST_2, SnsClient.builder())) {
            assertThat(client.serviceClientConfiguration().region()).isEqualTo(Region.AP_SOUTHEAST_2);
        }
    }
}
