package groundwork.rehearsal.release;

import static groundwork.rehearsal.template.ProjectTemplate.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;

import groundwork.rehearsal.release.Shell.Result;
import groundwork.rehearsal.template.Deployment;
import groundwork.rehearsal.template.TemplateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the command {@code ./deploy} says, and what it hands to the AWS SAM CLI, which is played here. */
@Tag("slow")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "The commands are scripts for bash")
class DeployTest {

    private static final String MANAGEMENT_ACCOUNT = """
            case "$*" in
              *get-caller-identity*)
                echo 'Something is deprecated.' >&2
                printf '111122223333\\tarn:aws:iam::111122223333:root\\n' ;;
              *describe-organization*) printf 'o-exampleorgid\\t111122223333\\n' ;;
              *) exit 254 ;;
            esac
            """;

    private static final String NEW_ACCOUNT = """
            case "$*" in
              *get-caller-identity*) printf '111122223333\\tarn:aws:iam::111122223333:root\\n' ;;
              *describe-organization*)
                echo "An error occurred (AWSOrganizationsNotInUseException) when calling the operation" >&2
                exit 254 ;;
              *get-account-plan-state*) echo %s ;;
              *) exit 254 ;;
            esac
            """;

    private Shell release;

    @BeforeEach
    void unzip(@TempDir Path scratch) {
        release = new Shell(scratch)
                .with("deploy")
                .with("template.yaml")
                .file("functions.zip", "")
                .program("aws", MANAGEMENT_ACCOUNT)
                .program("sam", "");
    }

    @Test
    void aRelease_isDeployedByOneLineOfTheSamCli() {
        Result result = deploy("--yes", "ada@example.com", "Ada", "Lovelace");

        assertThat(result.status()).isZero();
        assertThat(release.calls("sam"))
                .containsExactly(List.of(
                        "deploy",
                        "--region",
                        "eu-central-1",
                        "--template-file",
                        "template.yaml",
                        "--no-confirm-changeset",
                        "--parameter-overrides",
                        "AdministratorEmail=\"ada@example.com\"",
                        "GivenName=\"Ada\"",
                        "FamilyName=\"Lovelace\""));
    }

    @Test
    void beforeItAsks_itSaysAccountRegionAndTheCommand_andTheReadmeShowsTheSame() throws IOException {
        Result result = release.run("n\n", "./deploy", "ada@example.com", "Ada", "Lovelace");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.output())
                .contains("Account    111122223333, the management account of organization o-exampleorgid\n")
                .contains("You are    arn:aws:iam::111122223333:root\n")
                .contains("Region     eu-central-1, ")
                .endsWith("Nothing was deployed.\n");
        assertThat(release.calls("sam")).isEmpty();
        String command = result.output()
                .lines()
                .filter(line -> line.startsWith("Command    "))
                .findFirst()
                .orElseThrow()
                .substring(11);
        assertThat(Files.readString(Path.of("..", "README.md")).replaceAll("\\\\\n\\s+", ""))
                .contains("./deploy ada@example.com Ada Lovelace\n")
                .contains(command);
    }

    @Test
    void aYes_deploys() {
        assertThat(release.run("y\n", "./deploy", "ada@example.com", "Ada", "Lovelace")
                        .status())
                .isZero();
        assertThat(release.calls("sam")).hasSize(1);
    }

    @Test
    void aWrongAddress_isRefusedInOneSentence_beforeAnybodyIsAsked() {
        Result result = deploy("--yes", "ada", "Ada", "Lovelace");

        assertThat(result)
                .isEqualTo(new Result(
                        2, "AdministratorEmail is \"ada\", but must be an email address such as ada@example.com.\n"));
        assertThat(release.calls("aws")).isEmpty();
        assertThat(release.calls("sam")).isEmpty();
    }

    /** Values that break every kind of constraint, and values that just do not. The template says which are which. */
    private static final Map<String, List<String>> VALUES = Map.ofEntries(
            Map.entry(
                    "AdministratorEmail", List.of("a+b.c@x-y.example.com", "a@b", "@example.com", "ada@example.com ")),
            Map.entry("GivenName", List.of("Zoë", "李", "محمد", " ", "Ada <ada>", "A:B", "x".repeat(65), "A\u200Bda")),
            Map.entry("FamilyName", List.of("O'Brien", "King (Countess)", "Ada\nKing", "", "💎")),
            Map.entry(
                    "UserName", List.of("", "zoë.müller", "ada king", "aDmInistrator", "Administrators", "corp\\ada")),
            Map.entry(
                    "GroupName",
                    List.of(
                            "Sec/Ops & Co: \"root\"",
                            "Cloud\u00A0admins",
                            " Admins",
                            "Admins\u00A0",
                            "Admins ",
                            "awsadministrators",
                            "")),
            Map.entry("PermissionSetName", List.of("a,b.c@d+e=f-g_h", "x".repeat(33), "Org Admin")),
            Map.entry("SessionDuration", List.of("PT12H", "PT13H", "PT1H, PT2H", "PT1H,PT2H", "pt1h", "")),
            Map.entry("IdentitySource", List.of("External", "external")),
            Map.entry("PortalUrl", List.of("", "https://x.awsapps.com/start", "http://x.awsapps.com/start")),
            Map.entry("CreateDashboard", List.of("false", "no", "true,false", "")),
            Map.entry("SenderEmail", List.of("", "aws@example.com", "aws@example")),
            Map.entry("OwnerEmail", List.of("", "boss@example.com", "boss")),
            // That it is empty is a rule of the template, which CloudFormation asks.
            Map.entry("EscalationEmail", List.of("", "boss")),
            Map.entry(
                    "RecheckSchedule",
                    List.of("rate(1 day)", "cron(0 12 * * ? *)", "daily", "rate(" + "1".repeat(251) + ")")),
            Map.entry("SilenceHours", List.of("2", "168", "1", "169", "x", "", "007")),
            Map.entry("PatienceHours", List.of("0", "-1", "24h")),
            Map.entry("QuietSeconds", List.of("240", "241", "0")),
            Map.entry("CreateTrail", List.of("true", "false", "organization", "yes", "tru")),
            Map.entry("LogRetentionDays", List.of("30", "31", "1", "3653")),
            Map.entry("OrganizationId", List.of("", "o-a1b2c3d4e5", "o-short", "a1b2c3d4e5")),
            Map.entry(
                    "MemberAccounts",
                    List.of("", "all", "ou-ab12-cdefgh34, 444455556666", "everybody", "4444", "all,444455556666")),
            Map.entry("ExcludedAccounts", List.of("", "444455556666,ou-ab12-cdefgh34", "all", "444455556666;ou-1")),
            Map.entry("MemberPermissionSetName", List.of("Members", "x".repeat(33), "")),
            Map.entry("CentralRootAccess", List.of("true", "yes")),
            Map.entry("NamePrefix", List.of("groundwork", "g2-x", "Groundwork", "-g", "x".repeat(21))),
            Map.entry("SweepSchedule", List.of("rate(12 hours)", "cron(0 12 * * ? *)", "daily")));

    @Test
    void whatTheTemplateAllows_isWhatTheCommandAllows() {
        assertThat(VALUES.keySet()).isEqualTo(TEMPLATE.parameters().keySet());
        sayTheSameOf(VALUES.keySet());
    }

    /** 128 characters are what Identity Center takes of a user name. */
    @Test
    void anAddressThatIsTooLongForAUserName_needsAUserName() {
        String address = "ada@" + "a".repeat(60) + "." + "b".repeat(60) + ".example.com";

        Result result = deploy(address, "Ada", "King");

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.output())
                .isEqualTo(
                        "Without UserName=NAME the user name is the email address, which has %d characters; IAM Identity Center takes 128.%n"
                                .formatted(address.length()));
        assertThat(deploy(address, "Ada", "King", "UserName=ada").output()).doesNotContain("Without UserName");
        assertThat(deploy(address, "Ada", "King", "UserName=").status()).isEqualTo(2);
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "What stands in for perl is GNU grep")
    void withoutPerl_grepSaysTheSame() {
        release.without("perl");

        sayTheSameOf(Set.of("GivenName", "UserName", "AdministratorEmail"));
    }

    /** Any parameter can be given by its name, one after the other; the first that is refused ends the command. */
    private void sayTheSameOf(Set<String> names) {
        List<String> taken = new ArrayList<>();
        names.forEach(name -> VALUES.get(name).forEach(value -> {
            if (isTaken(name, value)) {
                taken.add(name + "=" + value);
            } else {
                assertThat(refusal(List.of(name + "=" + value)))
                        .startsWith(name + " is \"" + value + "\", but must be ")
                        .endsWith(".\n");
            }
        }));
        assertThat(taken).isNotEmpty();
        taken.add("Colour=red");
        assertThat(refusal(taken)).startsWith("There is no parameter \"Colour\"");
    }

    private String refusal(List<String> parameters) {
        List<String> arguments = new ArrayList<>(List.of("ada@example.com", "Ada", "King"));
        arguments.addAll(parameters);
        Result result = deploy(arguments.toArray(String[]::new));
        assertThat(result.status()).isEqualTo(2);
        return result.output();
    }

    private static boolean isTaken(String name, String value) {
        Map<String, String> given = new HashMap<>(Map.of(
                "AdministratorEmail",
                "ada@example.com",
                "GivenName",
                "Ada",
                "FamilyName",
                "King",
                // What needs it is a rule of the template, which CloudFormation asks.
                "OrganizationId",
                "o-a1b2c3d4e5"));
        given.put(name, value);
        try {
            TEMPLATE.expand(given, Deployment.of("111122223333", "eu-central-1", "groundwork"));
            return true;
        } catch (TemplateException e) {
            return false;
        }
    }

    @Test
    void apostrophesQuotesBlanksAndUmlauts_arriveAtTheSamCliQuotedForIt() {
        Result result = deploy(
                "--yes", "ada@example.com", "Pat \"Paddy\"", "O'Brien Müller", "GroupName=Cloud admins $(id) `id` \\n");

        assertThat(result.status()).isZero();
        assertThat(overrides())
                .contains(
                        "GivenName=\"Pat \\\"Paddy\\\"\"",
                        "FamilyName=\"O'Brien Müller\"",
                        "GroupName=\"Cloud admins $(id) `id` \\n\"");
    }

    @Test
    void aBackslashThatTheSamCliWouldTake_isRefused() {
        Result result = deploy("--yes", "ada@example.com", "Ada", "King", "GroupName=a\\ b");

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.output()).startsWith("GroupName is \"a\\ b\", but the SAM CLI cannot pass on a backslash ");
    }

    @Test
    void theOwner_isAnotherParameter() {
        assertThat(deploy("--yes", "--owner", "boss@example.com", "ada@example.com", "Ada", "King")
                        .status())
                .isZero();
        assertThat(overrides()).contains("OwnerEmail=\"boss@example.com\"");

        Result refused = deploy("--yes", "--owner", "boss", "ada@example.com", "Ada", "King");
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.output()).startsWith("OwnerEmail is \"boss\", but must be ");
    }

    @Test
    void aProfileAndARegion_areThoseOfEveryCall() {
        deploy("--yes", "--profile", "dev", "--region", "us-east-2", "ada@example.com", "Ada", "King");

        assertThat(release.calls("sam").getFirst())
                .containsSequence("--profile", "dev")
                .contains("us-east-2");
        assertThat(release.calls("aws"))
                .isNotEmpty()
                .allSatisfy(call -> assertThat(call).containsSequence("--region", "us-east-2"));
    }

    @Test
    void whatMakesNoSense_getsOneSentence() {
        assertThat(deploy())
                .isEqualTo(new Result(
                        2,
                        "The administrator's email address, given name and family name are needed: ./deploy"
                                + " ada@example.com Ada Lovelace\n"));
        assertThat(deploy("--verbose").output())
                .isEqualTo("There is no option \"--verbose\"; ./deploy --help lists those there are.\n");
        assertThat(deploy("--region").output()).isEqualTo("--region needs a value; see ./deploy --help.\n");
        assertThat(deploy("ada@example.com", "Ada", "Lovelace", "King").output())
                .isEqualTo("After the names, NAME=VALUE is expected, not \"King\"; a name with blanks needs quotes.\n");
        assertThat(deploy("ada@example.com", "Ada", "King", "Colour=red").output())
                .isEqualTo("There is no parameter \"Colour\"; template.yaml describes those there are.\n");
        assertThat(release.calls("aws")).isEmpty();
    }

    @Test
    void withoutCredentials_itSaysHowToSignIn() {
        release.program("aws", "echo 'Unable to locate credentials.' >&2; exit 253");

        assertThat(deploy("--yes", "ada@example.com", "Ada", "King"))
                .isEqualTo(new Result(
                        3,
                        "AWS does not say who you are: sign in with aws login or aws sso login, or work in AWS CloudShell"
                                + " (Unable to locate credentials.).\n"));
        assertThat(release.calls("sam")).isEmpty();
    }

    @Test
    void withoutARegion_itSaysWhichToName() {
        release.noVariable("AWS_REGION").program("aws", "exit 1");

        Result result = deploy("--yes", "ada@example.com", "Ada", "King");

        assertThat(result.status()).isEqualTo(3);
        assertThat(result.output())
                .startsWith("No Region is configured: name the one where IAM Identity Center is")
                .hasLineCount(1);
    }

    @Test
    void withoutTheSamCli_itSaysWhereThereIsOne() {
        release.without("sam");

        assertThat(deploy("--yes", "ada@example.com", "Ada", "King"))
                .isEqualTo(new Result(
                        3, "The AWS SAM CLI is missing: install it, or work in AWS CloudShell, which has it.\n"));
    }

    @Test
    void inAMemberAccount_itNamesTheManagementAccount() {
        release.program("aws", MANAGEMENT_ACCOUNT.replace("o-exampleorgid\\t1111", "o-exampleorgid\\t9999"));

        assertThat(deploy("--yes", "ada@example.com", "Ada", "King").output())
                .contains("Account    111122223333, a member of organization o-exampleorgid\n")
                .contains("Note       Administrators are made in the management account, 999922223333.");
    }

    @Test
    void onTheFreePlan_itSaysWhatEnablingDoesToTheCredits() {
        release.program("aws", NEW_ACCOUNT.formatted("FREE"));

        Result result = deploy("--yes", "ada@example.com", "Ada", "King");

        assertThat(result.status()).isZero();
        assertThat(result.output())
                .contains("Account    111122223333, in no organization\n")
                .contains("The account is on the Free Plan.")
                .contains("expire immediately");
    }

    @Test
    void onThePaidPlan_nothingIsSaidOfIt() {
        release.program("aws", NEW_ACCOUNT.formatted("PAID"));

        assertThat(deploy("--yes", "ada@example.com", "Ada", "King").output()).doesNotContain("Note", "Free Plan");
    }

    @Test
    void aClone_isBuiltFirst() {
        release.remove("functions.zip").program("mvn", "");

        assertThat(deploy("--yes", "ada@example.com", "Ada", "King").status()).isZero();

        assertThat(release.calls("sam")).hasSize(2);
        assertThat(release.calls("sam").getFirst()).containsExactly("build");
        assertThat(release.calls("sam").getLast()).contains("deploy").doesNotContain("--template-file");
    }

    @Test
    void aCloneThatCannotBeBuilt_isNotDeployed() {
        release.remove("functions.zip").program("mvn", "").program("sam", "exit 1");

        assertThat(deploy("--yes", "ada@example.com", "Ada", "King").status()).isEqualTo(1);
        assertThat(release.calls("sam")).containsExactly(List.of("build"));

        release.without("mvn");

        assertThat(deploy("--yes", "ada@example.com", "Ada", "King").output())
                .startsWith("This is not a release, and Maven is missing to build it");
    }

    @Test
    void aFailedDeployment_isNotCalledOne() {
        release.program("sam", "exit 1");

        Result result = deploy("--yes", "ada@example.com", "Ada", "King");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.output()).doesNotContain("Next:").contains("did not succeed");
    }

    @Test
    void helpFitsOnOneScreen() {
        assertThat(deploy("--help").output().lines())
                .hasSizeLessThanOrEqualTo(24)
                .allMatch(line -> line.length() <= 118);
    }

    private Result deploy(String... arguments) {
        List<String> command = new ArrayList<>(List.of("./deploy"));
        command.addAll(Arrays.asList(arguments));
        return release.run("", command.toArray(String[]::new));
    }

    private List<String> overrides() {
        return release.calls("sam").getLast().stream()
                .dropWhile(argument -> !argument.equals("--parameter-overrides"))
                .skip(1)
                .collect(Collectors.toList());
    }
}
