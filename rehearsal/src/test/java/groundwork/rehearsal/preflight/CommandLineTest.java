package groundwork.rehearsal.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.regions.Region;

class CommandLineTest {
    @Test
    void optionsBecomeParametersOfTheTemplate() {
        CommandLine asked = parse(
                "--profile",
                "dev",
                "--region",
                "eu-west-1",
                "--email",
                "ada@example.com",
                "--given-name=Ada",
                "--family-name",
                "King",
                "--user-name",
                "ada",
                "--parameter",
                "GroupName=Cloud admins");

        assertThat(asked)
                .isEqualTo(new CommandLine(
                        Optional.of("dev"),
                        Optional.of(Region.EU_WEST_1),
                        Map.of(
                                "AdministratorEmail", "ada@example.com",
                                "GivenName", "Ada",
                                "FamilyName", "King",
                                "UserName", "ada",
                                "GroupName", "Cloud admins"),
                        CommandLine.Breadth.ACCOUNT));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --verbose          | There is no option "--verbose"; ./preflight --help lists those there are.
            deploy             | There is no option "deploy"; ./preflight --help lists those there are.
            --email            | --email needs a value; see ./preflight --help.
            --region=us-esat-1 | There is no Region "us-esat-1"; one looks like us-east-1 or eu-central-1.
            --region=aws-global | There is no Region "aws-global"; one looks like us-east-1 or eu-central-1.
            --all              | --all goes with --organization; see ./preflight --help.
            --parameter=Admins | --parameter needs NAME=VALUE, such as --parameter GroupName=Admins; see ./preflight --help.
            """)
    void whatMakesNoSenseGetsOneSentence(String argument, String sentence) {
        assertThatThrownBy(() -> parse(argument))
                .isInstanceOf(CommandLine.UsageException.class)
                .hasMessage(sentence);
    }

    @Test
    void anOptionIsNotTakenForTheValueOfTheOneBefore() {
        assertThatThrownBy(() -> parse("--email", "--region", "eu-west-1"))
                .hasMessage("--email needs a value; see ./preflight --help.");
    }

    @Test
    void helpFitsOnOneScreen() {
        assertThat(CommandLine.HELP.lines()).hasSizeLessThanOrEqualTo(28).allMatch(line -> line.length() <= 118);
    }

    private static CommandLine parse(String... arguments) {
        return CommandLine.parse(List.of(arguments));
    }
}
