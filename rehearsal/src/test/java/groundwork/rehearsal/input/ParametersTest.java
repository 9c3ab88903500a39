package groundwork.rehearsal.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import groundwork.identitycenter.PortalUrl;
import groundwork.rehearsal.template.Deployment;
import groundwork.rehearsal.template.Parameter;
import groundwork.rehearsal.template.Template;
import groundwork.rehearsal.template.TemplateException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is given for a parameter: CloudFormation refuses it and names the parameter, or AWS and the functions take it. */
class ParametersTest {
    private static final Template TEMPLATE = Template.read(Path.of("..", "template.yaml"));
    private static final Deployment DEPLOYMENT = Deployment.of(Functions.ACCOUNT, "eu-central-1", "groundwork");
    private static final Map<String, String> VALID =
            Map.of("AdministratorEmail", "ada@example.com", "GivenName", "Ada", "FamilyName", "Lovelace");

    static List<String> names() {
        return List.copyOf(TEMPLATE.parameters().keySet());
    }

    @ParameterizedTest
    @MethodSource("names")
    void aStrangeValue_isRefusedByNameOrHarmless(String name) {
        Strange strange = new Strange(name.hashCode());
        for (int i = 0; i < 120; i++) {
            String value = value(strange, TEMPLATE.parameters().get(name));

            Optional<String> refusal = refusal(name, value);

            if (refusal.isPresent()) {
                assertThat(refusal.get()).as(value).contains(name);
            } else {
                assertThat(value)
                        .as(name)
                        .hasSizeLessThanOrEqualTo(254)
                        .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}<>]");
            }
        }
    }

    /** Names that AWS would not take, https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_Name.html. */
    @ParameterizedTest
    @ValueSource(strings = {" ", "\u00A0", "\u202EadA", "A\u200Bda", "A\u2028da", "A\uE000da", "A\u0085da", "Ada\n"})
    void aName_hasCharactersThatIdentityCenterTakes(String name) {
        assertThat(refusal("GivenName", name)).isPresent();
        assertThat(refusal("FamilyName", name)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Ada", "Zoë", "María José", "O'Brien", "Jean-Luc", "李", "محمد", "Ada (Countess)", "J. R. R."})
    void aName_isAnyPersonsName(String name) {
        assertThat(refusal("GivenName", name)).isEmpty();
        assertThat(refusal("FamilyName", name)).isEmpty();
    }

    @Test
    void aGroupName_isMoreThanBlanks() {
        assertThat(refusal("GroupName", "  ")).isPresent();
        assertThat(refusal("GroupName", "Cloud admins")).isEmpty();
    }

    @Test
    void aPortalUrl_thatIsTaken_canBeUsed() {
        List<String> taken = new ArrayList<>();
        Strange strange = new Strange(4711);
        List<String> pieces = List.of(
                "example",
                "my-company",
                "awsapps",
                "com",
                "app.aws",
                "start",
                ".",
                "-",
                "_",
                "/",
                "//",
                "a",
                "1",
                "..",
                "127.0.0.1");
        for (int i = 0; i < 1_000; i++) {
            StringBuilder url = new StringBuilder("https://");
            for (int j = 1 + strange.number(6); j > 0; j--) {
                url.append(strange.one(pieces));
            }
            if (refusal("PortalUrl", url.toString()).isEmpty()) {
                taken.add(url.toString());
            }
        }

        assertThat(taken)
                .isNotEmpty()
                .allSatisfy(url ->
                        assertThatCode(() -> PortalUrl.given(url)).as(url).doesNotThrowAnyException());
        assertThat(refusal("PortalUrl", "https://my-company.awsapps.com/start")).isEmpty();
        assertThat(refusal("PortalUrl", "https://ssoins-1234567890abcdef.portal.eu-central-1.app.aws"))
                .isEmpty();
        assertThat(refusal("PortalUrl", "https://start.us-gov-home.awsapps.com/directory/d-9067012345"))
                .isEmpty();
    }

    private static String value(Strange strange, Parameter parameter) {
        String likely = parameter.defaultValue().orElse("ada@example.com");
        return switch (strange.number(4)) {
            case 0 -> likely + strange.text();
            case 1 -> strange.text() + likely;
            default -> strange.text();
        };
    }

    /** What CloudFormation says of the value; empty if it takes it. */
    private static Optional<String> refusal(String name, String value) {
        Map<String, String> given = new HashMap<>(VALID);
        given.put(name, value);
        try {
            TEMPLATE.expand(given, DEPLOYMENT);
            return Optional.empty();
        } catch (TemplateException e) {
            return Optional.of(e.getMessage());
        }
    }
}
