package groundwork.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    @Test
    void required_whenSet_isTheValueWithoutTheSpacesAroundIt() {
        assertThat(new Settings(Map.of("GROUP_NAME", " Administrators ")).groupName())
                .isEqualTo("Administrators");
    }

    @Test
    void required_whenMissing_namesTheVariableAndWhoSetsIt() {
        assertThatThrownBy(() -> new Settings(Map.of()).groupName())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The environment variable GROUP_NAME is missing. The template sets it; was the function"
                        + " changed by hand?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void required_whenBlank_isAsGoodAsMissing(String blank) {
        assertThatThrownBy(() -> new Settings(Map.of("GROUP_NAME", blank)).groupName())
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void optional_whenMissing_isEmpty() {
        assertThat(new Settings(Map.of()).portalUrl()).isEmpty();
    }
}
