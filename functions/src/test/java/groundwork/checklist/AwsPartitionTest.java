package groundwork.checklist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

class AwsPartitionTest {
    @ParameterizedTest
    @CsvSource({
        "eu-central-1, AWS",
        // There is no such Region yet.
        "eu-central-9, AWS",
        "cn-northwest-1, AWS_CN",
        "us-gov-east-1, AWS_US_GOV",
        "eusc-de-east-1, AWS_EUSC"
    })
    void aRegionIsInItsPartition(String region, AwsPartition partition) {
        assertThat(AwsPartition.of(Region.of(region))).isEqualTo(partition);
    }

    @ParameterizedTest
    @ValueSource(strings = {"us-iso-east-1", "us-isob-west-1", "eu-isoe-west-1", "us-isof-south-1"})
    void aRegionWithoutIdentityCenter_isRefusedInWords(String region) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AwsPartition.of(Region.of(region)))
                .withMessageContaining(region)
                .withMessageContaining("no IAM Identity Center");
    }

    /** Its own answer takes the endpoints of all services with it. */
    @Test
    void everyRegionOfTheSdkIsWhereTheSdkHasIt() {
        assertThat(Region.regions())
                .filteredOn(region -> !region.isGlobalRegion())
                .allSatisfy(region -> {
                    String partition = PartitionMetadata.of(region).id();
                    if (partition.startsWith("aws-iso")) {
                        assertThatIllegalArgumentException()
                                .isThrownBy(() -> AwsPartition.of(region))
                                .withMessageContaining("in the partition " + partition + ",");
                    } else {
                        assertThat(AwsPartition.of(region).id()).isEqualTo(partition);
                    }
                });
    }

    @Test
    void theSmallPartitionsHaveTheRegionsThatTheSdkKnows() {
        assertThat(AwsPartition.AWS_US_GOV.regions())
                .extracting(Region::id)
                .containsExactly("us-gov-east-1", "us-gov-west-1");
        assertThat(AwsPartition.AWS_CN.regions())
                .extracting(Region::id)
                .containsExactly("cn-north-1", "cn-northwest-1");
        assertThat(AwsPartition.AWS_EUSC.regions()).extracting(Region::id).containsExactly("eusc-de-east-1");
    }
}
