package groundwork.identitycenter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.regions.Region;

class PortalUrlTest {
    @ParameterizedTest
    @CsvSource({
        "eu-central-1, https://d-9067012345.awsapps.com/start,"
                + " https://ssoins-1234567890abcdef.portal.eu-central-1.app.aws",
        "us-gov-west-1, https://start.us-gov-home.awsapps.com/directory/d-9067012345,"
                + " https://ssoins-1234567890abcdef.portal.us-gov-west-1.app.aws",
        "cn-north-1, https://start.home.awsapps.cn/directory/d-9067012345,"
                + " https://ssoins-1234567890abcdef.portal.cn-north-1.app.amazonwebservices.com.cn",
        "eusc-de-east-1, https://ssoins-1234567890abcdef.eusc-de-east-1.portal.amazonaws.eu,"
                + " https://ssoins-1234567890abcdef.portal.eusc-de-east-1.api.amazonwebservices.eu",
    })
    void of_inEachPartition(String region, URI address, URI alternative) {
        PortalUrl url = PortalUrl.of(
                new Instance("arn:aws:sso:::instance/ssoins-1234567890abcdef", "d-9067012345"), Region.of(region));

        assertThat(url.address()).isEqualTo(address);
        assertThat(url.alternative()).contains(alternative);
    }

    @Test
    void given_standsAlone() {
        PortalUrl url = PortalUrl.given("https://example.awsapps.com/start");

        assertThat(url.address()).hasToString("https://example.awsapps.com/start");
        assertThat(url.alternative()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.awsapps.com/start",
                "example.awsapps.com",
                "https:///start",
                "javascript:alert(1)"
            })
    void given_whenNotHttps_isRefused(String address) {
        assertThatThrownBy(() -> PortalUrl.given(address))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(address);
    }
}
