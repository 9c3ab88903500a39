package groundwork.rehearsal.input;

import static groundwork.rehearsal.template.ProjectTemplate.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import groundwork.identitycenter.PortalUrl;
import groundwork.rehearsal.limits.ServiceLimits;
import groundwork.rehearsal.template.Deployment;
import groundwork.rehearsal.template.Parameter;
import groundwork.rehearsal.template.TemplateException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is given for a parameter: CloudFormation refuses it and names the parameter, or AWS and the functions take it. */
class ParametersTest {
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
                        .hasSizeLessThanOrEqualTo(512)
                        .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}]");
                assertThat(refusalByAws(name, value)).as(value).isEmpty();
            }
        }
    }

    @Test
    void aTrailOfTheOrganizationWithoutItsId_isRefusedAndTheIdNamed() {
        assertThat(refusal("CreateTrail", "organization"))
                .hasValueSatisfying(
                        words -> assertThat(words).contains("CreateTrail=organization needs OrganizationId"));
    }

    /** Nothing is changed, so that nobody who reads emails at that address is lost without a word. */
    @Test
    void theSecondAddressOfEarlierReleases_isRefusedAndTheOwnerNamed() {
        assertThat(refusal("EscalationEmail", "boss@example.com"))
                .hasValueSatisfying(refusal -> assertThat(refusal).contains("Deploy with OwnerEmail=ADDRESS"));
        assertThat(refusal("EscalationEmail", "")).isEmpty();
    }

    /** What the API model says of a value that a function sends on; an empty user name stands for the email address. */
    private static List<String> refusalByAws(String parameter, String value) {
        return switch (parameter) {
            case "GroupName" -> violations("AWS::IdentityStore::Group", "DisplayName", value);
            case "PermissionSetName", "MemberPermissionSetName" -> violations("AWS::SSO::PermissionSet", "Name", value);
            case "SessionDuration" -> violations("AWS::SSO::PermissionSet", "SessionDuration", value);
            case "UserName" -> value.isEmpty() ? List.of() : violations("AWS::IdentityStore::User", "UserName", value);
            default -> List.of();
        };
    }

    private static List<String> violations(String type, String property, String value) {
        return ServiceLimits.published()
                .violations(type, JsonNodeFactory.instance.objectNode().put(property, value));
    }

    /** Names that people have in Identity Center, and that are to be adopted. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            UserName          | zoë.müller
            UserName          | 李
            UserName          | corp\\ada
            UserName          | ada+aws@example.com
            GroupName         | Administratoren (Zürich)
            GroupName         | 管理者
            GroupName         | Sec/Ops & Co: "root"
            GroupName         | AWS_Admins
            PermissionSetName | Org_AdministratorAccess
            PermissionSetName | a,b.c@d+e=f-g_h
            """)
    void aNameThatAwsTakes_isTaken(String parameter, String value) {
        assertThat(refusal(parameter, value)).isEmpty();
        assertThat(refusalByAws(parameter, value)).isEmpty();
    }

    /** The names of which an API model says all that AWS takes. */
    @Tag("at-length")
    @ParameterizedTest
    @ValueSource(strings = {"UserName", "GroupName", "PermissionSetName", "MemberPermissionSetName"})
    void whateverTheApiTakes_isTaken_butForWhatIsListed(String parameter) {
        Strange strange = new Strange(parameter.hashCode());
        List<Integer> characters = IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
                .filter(point ->
                        refusalByAws(parameter, Character.toString(point)).isEmpty())
                .boxed()
                .toList();
        int listed = 0;
        for (int i = 0; i < 2_000; i++) {
            // Most characters are of scripts that few people read, so that every other one is of the first.
            StringBuilder value = new StringBuilder();
            for (int length = length(strange, i); length > 0; length--) {
                value.appendCodePoint(
                        strange.number(2) == 0
                                ? strange.one(characters)
                                : characters.get(strange.number(Math.min(100, characters.size()))));
            }
            assertThat(refusalByAws(parameter, value.toString()))
                    .as("made to be taken")
                    .isEmpty();
            if (isListed(parameter, value.toString())) {
                listed++;
            } else {
                assertThat(refusal(parameter, value.toString()))
                        .as(value.toString())
                        .isEmpty();
            }
        }
        assertThat(listed).isLessThan(1_500);
    }

    private static int length(Strange strange, int i) {
        return 1 + strange.number(i % 10 == 0 ? 32 : 8);
    }

    /**
     * What is refused although the API takes it: control characters, which no field of a console takes; blanks at an end, which nobody sees;
     * the two names that AWS reserves; what is longer than a function's environment can hold.
     */
    private static boolean isListed(String parameter, String value) {
        return value.chars().anyMatch(Character::isISOControl)
                || value.matches("[ \\u00A0].*|.*[ \\u00A0]")
                || value.matches("(?i)Administrator|AWSAdministrators")
                || (parameter.equals("GroupName") && value.codePointCount(0, value.length()) > 512);
    }

    @ParameterizedTest
    @CsvSource({"UserName, 128", "GroupName, 512", "PermissionSetName, 32", "MemberPermissionSetName, 32"})
    void theLongestName_isTaken(String parameter, int longest) {
        assertThat(refusal(parameter, "x".repeat(longest))).isEmpty();
        assertThat(refusal(parameter, "x".repeat(longest + 1))).isPresent();
    }

    /**
     * The examples of the user guide, and the longest that PutRule takes.
     *
     * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html">Setting a schedule pattern for
     *     scheduled rules (legacy) in Amazon EventBridge</a>
     */
    static List<String> schedules() {
        String everyMinute = IntStream.range(0, 60).mapToObj(Integer::toString).collect(Collectors.joining(","));
        return List.of(
                "rate(1 minute)",
                "rate(5 minutes)",
                "rate(12 hours)",
                "rate(7 days)",
                "cron(0 10 * * ? *)",
                "cron(15 12 * * ? *)",
                "cron(0 18 ? * MON-FRI *)",
                "cron(0 8 1 * ? *)",
                "cron(0/15 * * * ? *)",
                "cron(0/5 8-17 ? * MON-FRI *)",
                "cron(0 9 ? * 2#1 *)",
                "cron(0 9 L * ? *)",
                "cron(0 9 15W * ? 2026-2030)",
                "cron(0 0,12 1,15 JAN,jul ? *)",
                "cron(%s 0,1,2,3,4,5,6,7,8,9,10,11,12 * * ? *)".formatted(everyMinute));
    }

    @ParameterizedTest
    @MethodSource("schedules")
    void aSchedule_isTaken(String schedule) {
        assertThat(ServiceLimits.published()
                        .violations(
                                "AWS::Events::Rule",
                                JsonNodeFactory.instance.objectNode().put("ScheduleExpression", schedule)))
                .isEmpty();
        assertThat(refusal("RecheckSchedule", schedule)).isEmpty();
        assertThat(refusal("SweepSchedule", schedule)).isEmpty();
    }

    /** "If the value is equal to 1, then the unit must be singular"; six fields, and not both of those for days. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "rate(1 days)",
                "rate(2 day)",
                "rate(0 days)",
                "rate(01 day)",
                "rate(1 week)",
                "rate(day)",
                "cron(0 8 * * *)",
                "cron(0 8 * * * *)",
                "cron(0 8 ? * * * *)",
                "1 day",
                ""
            })
    void aScheduleThatEventBridgeRefuses_isRefusedBefore(String schedule) {
        for (String parameter : List.of("RecheckSchedule", "SweepSchedule")) {
            assertThat(refusal(parameter, schedule))
                    .hasValueSatisfying(refusal -> assertThat(refusal).contains(parameter, "rate(1 day)"));
        }
    }

    /** As long as PutRule takes one; longer ones are refused here, and not while the stack is being made. */
    @Test
    void theLongestSchedule_isTaken() {
        String longest = "cron(0 8 * * ? " + "1".repeat(240) + ")";

        assertThat(refusal("RecheckSchedule", longest)).isEmpty();
        assertThat(refusal("RecheckSchedule", longest.replace("1)", "11)"))).isPresent();
    }

    /**
     * Addresses that are some, in the form in which Amazon SES takes them too: seven bits, and a domain in Punycode. Refused are addresses
     * that are none, and those with a quoted local part or letters of other scripts.
     *
     * @see <a href="https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html">SendEmail</a>
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@b.co",
                "ada+aws@example.com",
                "ada.king@mail.example.co.uk",
                "O'Brien@example.com",
                "!#$%&'*+/=?^_`{|}~-@example.com",
                "ada@xn--mller-kva.example",
                "ada@1.example.com",
                "ada@a-b.example.com",
                "1234567890123456789012345678901234567890123456789012345678901234@example.com"
            })
    void anEmailAddress_isTaken(String address) {
        for (String parameter : List.of("AdministratorEmail", "OwnerEmail", "SenderEmail")) {
            assertThat(refusal(parameter, address)).as(parameter).isEmpty();
        }
    }

    @Test
    void theLongestNames_fitIntoTheEnvironmentsOfTheFunctions() {
        Map<String, String> given = new HashMap<>(VALID);
        given.put("GroupName", "\ud83d\ude80".repeat(512));
        given.put("UserName", "\ud83d\ude80".repeat(128));
        given.put("PermissionSetName", "x".repeat(32));

        assertThat(TEMPLATE.expand(given, Deployment.of(Functions.ACCOUNT, "eu-central-1", "g".repeat(128)))
                        .resourcesOfType("AWS::Serverless::Function"))
                .allSatisfy(function -> assertThat(ServiceLimits.published()
                                .violations(function.deployedType(), function.deployedProperties()))
                        .isEmpty());
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
