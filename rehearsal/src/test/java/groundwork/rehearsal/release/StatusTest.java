package groundwork.rehearsal.release;

import static org.assertj.core.api.Assertions.assertThat;

import groundwork.rehearsal.release.Shell.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the command {@code ./status} asks and prints; the AWS CLI is played here, with answers as functions give them. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "The commands are scripts for bash")
@Tag("slow")
class StatusTest {
    private static final Path SHOWN = Path.of("..", "functions", "src", "test", "resources", "status");

    @TempDir
    private Path scratch;

    private Shell release;

    @BeforeEach
    void signedIn() {
        release = new Shell(scratch).with("status");
        answers(
                "\"AWS account 111122223333: READY\\n\\n  DONE  ROOT_MFA  It is \\\"done\\\", 100 %, caf\u00e9, C:\\\\new.\\n\"");
    }

    private void answers(String answer) {
        release.file("answer", answer).program("aws", """
                case "$*" in
                  *describe-stacks*)
                    echo 'Something is deprecated.' >&2
                    echo groundwork-ShowChecklistFunction-1a2B3c ;;
                  *invoke*)
                    for last; do
                      case $last in fileb://*) cat "${last#fileb://}" >request ;; esac
                    done
                    cat answer >"$last"
                    echo None ;;
                  *) exit 254 ;;
                esac
                """);
    }

    private String request() throws IOException {
        return Files.readString(scratch.resolve("groundwork/request"));
    }

    @Test
    void theFunctionOfTheStackIsAsked_andItsTextPrintedAsItIs() throws IOException {
        assertThat(release.run("", "./status"))
                .isEqualTo(
                        new Result(
                                0,
                                "AWS account 111122223333: READY\n\n  DONE  ROOT_MFA  It is \"done\", 100 %, caf\u00e9, C:\\new.\n"));

        assertThat(request()).isEqualTo("{\"format\": \"text\"}");
        assertThat(release.calls("aws").getFirst())
                .containsSequence("--region", "eu-central-1")
                .containsSequence("--stack-name", "groundwork");
        assertThat(release.calls("aws").getLast())
                .containsSequence("lambda", "invoke")
                .containsSequence("--function-name", "groundwork-ShowChecklistFunction-1a2B3c");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--json                                        | {\"format\": \"json\"}",
                "--account 444455556666                        | {\"format\": \"text\", \"accountId\": \"444455556666\"}",
                "--accounts all                                | {\"format\": \"text\", \"accounts\": {}}",
                "--accounts WAITING --json                     | {\"format\": \"json\", \"accounts\": {\"state\": \"WAITING\"}}",
                "--accounts all --after 444455556666           | {\"format\": \"text\", \"accounts\": {\"nextToken\": \"444455556666\"}}",
                "--accounts READY --after 444455556666         | {\"format\": \"text\", \"accounts\": {\"state\": \"READY\", \"nextToken\": \"444455556666\"}}"
            })
    void anOptionIsAFieldOfTheRequest(String options, String request) throws IOException {
        assertThat(release.run("", ("./status " + options).split(" ", -1)).status())
                .isZero();

        assertThat(request()).isEqualTo(request);
    }

    @Test
    void stackRegionAndProfileCanBeOthers() {
        release.run("", "./status", "--stack-name", "other", "--region", "us-east-1", "--profile", "ada");

        assertThat(release.calls("aws").getFirst())
                .containsSequence("--region", "us-east-1")
                .containsSequence("--stack-name", "other");
    }

    /** The page that the function makes, every character of it. */
    @Test
    void aPageIsWrittenAsItWasMade() throws IOException {
        String page = Files.readString(SHOWN.resolve("account.html"));
        answers(groundwork.json.Json.write(page));

        assertThat(release.run("", "./status", "--html", "page.html"))
                .isEqualTo(new Result(0, "Written to page.html\n"));

        assertThat(scratch.resolve("groundwork/page.html")).hasContent(page);
        assertThat(release.run("", "./status", "--html", "missing/page.html").output())
                .endsWith("The page could not be written to missing/page.html.\n");
    }

    @Test
    void jsonIsPrintedAsItIs() {
        answers("{\"accountId\":\"111122223333\",\"text\":\"a\\nb\"}");

        assertThat(release.run("", "./status", "--json").output())
                .isEqualTo("{\"accountId\":\"111122223333\",\"text\":\"a\\nb\"}\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "An error occurred (ValidationError) when calling the DescribeStacks operation: Stack with id groundwork does not exist "
                        + "| 1 | Groundwork is not deployed here: there is no stack groundwork in eu-central-1. ./status --help names the options for another.",
                "An error occurred (AccessDenied) when calling the DescribeStacks operation: User: x is not authorized "
                        + "| 3 | You are not allowed cloudformation:DescribeStacks: sign in as somebody who is "
                        + "(An error occurred (AccessDenied) when calling the DescribeStacks operation: User: x is not authorized).",
                "Unable to locate credentials. You can configure credentials by running aws login. "
                        + "| 3 | AWS does not answer: sign in with aws login or aws sso login, or work in AWS CloudShell "
                        + "(Unable to locate credentials. You can configure credentials by running aws login.)."
            })
    void whatIsMissing_isOneSentence(String said, int status, String sentence) {
        release.program("aws", "echo '%s' >&2; exit 254".formatted(said));

        assertThat(release.run("", "./status")).isEqualTo(new Result(status, sentence + "\n"));
    }

    @Test
    void whoMayNotCallTheFunction_isTold() {
        release.program("aws", """
                case "$*" in
                  *describe-stacks*) echo show ;;
                  *) echo 'An error occurred (AccessDeniedException) when calling the Invoke operation' >&2; exit 254 ;;
                esac
                """);

        assertThat(release.run("", "./status"))
                .isEqualTo(
                        new Result(
                                3,
                                "You are not allowed lambda:InvokeFunction: sign in as somebody who is (An error occurred (AccessDeniedException) when calling the Invoke operation).\n"));
    }

    @Test
    void aStackOfAnEarlierRelease_isTold() {
        release.program("aws", "echo None");

        assertThat(release.run("", "./status"))
                .isEqualTo(
                        new Result(
                                1,
                                "The stack groundwork is of a release that cannot show its checklist, or is none of Groundwork: update it with ./deploy.\n"));
    }

    @Test
    void whatTheFunctionFailsWith_isSaidInItsWords() {
        answers("{\"errorMessage\": \"accountId is 1, but has 12 digits.\", \"errorType\": \"x\", \"stackTrace\": []}");
        release.program("aws", """
                case "$*" in
                  *describe-stacks*) echo show ;;
                  *) for last; do :; done; cat answer >"$last"; echo Unhandled ;;
                esac
                """);

        assertThat(release.run("", "./status"))
                .isEqualTo(new Result(1, "The function could not answer: accountId is 1, but has 12 digits.\n"));
    }

    @Test
    void withoutTheAwsCliOrARegion_itSaysSo() {
        release.noVariable("AWS_REGION").program("aws", "exit 1");
        assertThat(release.run("", "./status"))
                .isEqualTo(new Result(
                        3,
                        "No Region is configured: name the one where the stack is, such as --region eu-central-1.\n"));

        release.without("aws");
        assertThat(release.run("", "./status"))
                .isEqualTo(new Result(
                        3, "The AWS CLI is missing: install it, or work in AWS CloudShell, which has it.\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--account 1 | An account id has 12 digits, and \"1\" has not.",
                "--accounts ill | --accounts is \"ill\", but may be all, READY, WAITING, BLOCKED, UNKNOWN, FAILED or NOT_ACTIVE.",
                "--account 444455556666 --accounts all | --account shows one account and --accounts many; give one of the two.",
                "--after 444455556666 | --after goes with --accounts.",
                "--html x --json | --html writes a page and --json prints JSON; give one of the two.",
                "--html | --html needs a value; see ./status --help.",
                "--verbose | There is no option \"--verbose\"; ./status --help lists those there are.",
                "ada | Only options are expected, not \"ada\"; see ./status --help."
            })
    void whatMakesNoSense_isOneSentence_andNobodyIsAsked(String options, String sentence) {
        assertThat(release.run("", ("./status " + options).split(" ", -1))).isEqualTo(new Result(2, sentence + "\n"));
        assertThat(release.calls("aws")).isEmpty();
    }

    @Test
    void helpFitsOnOneScreen() {
        assertThat(release.run("", "./status", "--help").output().lines())
                .hasSizeLessThanOrEqualTo(24)
                .allMatch(line -> line.length() <= 118);
    }
}
