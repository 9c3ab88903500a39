package groundwork.rehearsal.release;

import static org.assertj.core.api.Assertions.assertThat;

import groundwork.rehearsal.release.Shell.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the command {@code ./publish} uploads and prints; the command lines of AWS are played here. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "The commands are scripts for bash")
class PublishTest {
    private static final String BUCKET = "example-groundwork-eu-central-1";
    private static final String URL =
            "https://example-groundwork-eu-central-1.s3.eu-central-1.amazonaws.com/groundwork-1.0.0/template.yaml";

    private Shell release;

    @BeforeEach
    void unzip(@TempDir Path scratch) {
        release = new Shell(scratch)
                .with("publish")
                .file("functions.zip", "")
                .file("VERSION", "1.0.0\n")
                .program("aws", "echo eu-central-1")
                .program("sam", "for last; do :; done; echo packaged >\"$last\"");
    }

    @Test
    void theCodeIsUploaded_thenTheTemplateThatNamesIt() {
        assertThat(release.run("", "./publish", BUCKET).status()).isZero();

        assertThat(release.calls("sam"))
                .singleElement()
                .satisfies(call -> assertThat(call)
                        .startsWith("package", "--template-file", "template.yaml")
                        .containsSequence("--region", "eu-central-1")
                        .containsSequence("--s3-bucket", BUCKET)
                        .containsSequence("--s3-prefix", "groundwork-1.0.0"));
        String packaged = release.calls("sam").getFirst().getLast();
        assertThat(release.calls("aws").getLast())
                .startsWith("s3", "cp", packaged, "s3://" + BUCKET + "/groundwork-1.0.0/template.yaml");
        assertThat(Path.of(packaged)).doesNotExist();
    }

    @Test
    void aLinkAndTheCommandsOfAStackSetArePrinted_asThePageShowsThem() throws IOException {
        String output = release.run("", "./publish", BUCKET).output();

        assertThat(output)
                .contains("https://eu-central-1.console.aws.amazon.com/cloudformation/home?region=eu-central-1"
                        + "#/stacks/create/review?templateURL=" + URL + "&stackName=groundwork\n");
        String commands = output.substring(output.indexOf("    aws cloudformation create-stack-set"));
        assertThat(commands).contains("--template-url " + URL + " ").contains("create-stack-instances");
        assertThat(Files.readString(Path.of("..", "docs", "stacksets.md"))).contains(commands);
    }

    /** S3 has no location for buckets in us-east-1, and each partition has addresses of its own. */
    @Test
    void theRegionIsThatOfTheBucket() {
        release.program("aws", "echo None");
        assertThat(release.run("", "./publish", "b").output())
                .contains("https://b.s3.us-east-1.amazonaws.com/groundwork-1.0.0/template.yaml");

        release.program("aws", "echo EU");
        assertThat(release.run("", "./publish", "b").output()).contains("https://b.s3.eu-west-1.amazonaws.com/");

        release.program("aws", "echo 'The CLI complains.' >&2; echo eu-central-1");
        assertThat(release.run("", "./publish", "b").output()).contains("https://b.s3.eu-central-1.amazonaws.com/");

        release.program("aws", "echo us-gov-west-1");
        assertThat(release.run("", "./publish", "b").output())
                .contains("https://us-gov-west-1.console.amazonaws-us-gov.com/cloudformation/");

        release.program("aws", "echo cn-north-1");
        assertThat(release.run("", "./publish", "b").output())
                .contains("https://b.s3.cn-north-1.amazonaws.com.cn/groundwork-1.0.0/template.yaml")
                .contains("https://cn-north-1.console.amazonaws.cn/cloudformation/");
    }

    @Test
    void whatIsMissing_isOneSentence_andNothingIsUploaded() {
        assertThat(release.run("", "./publish"))
                .isEqualTo(
                        new Result(2, "The name of a bucket is needed: ./publish example-groundwork-eu-central-1\n"));

        release.program("aws", "echo 'An error occurred (NoSuchBucket)' >&2; exit 254");
        assertThat(release.run("", "./publish", "b"))
                .isEqualTo(new Result(3, "The bucket b cannot be used (An error occurred (NoSuchBucket)).\n"));

        release.remove("functions.zip");
        assertThat(release.run("", "./publish", "b"))
                .isEqualTo(new Result(
                        3, "This is not a release: build one with ./release, unzip it, and publish from there.\n"));
        assertThat(release.calls("sam")).isEmpty();
    }

    @Test
    void whatFails_isNotCalledPublished() {
        release.program("sam", "exit 1");

        Result result = release.run("", "./publish", BUCKET);

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.output()).startsWith("The code was not published").doesNotContain("https://");
    }

    @Test
    void helpFitsOnOneScreen() {
        assertThat(release.run("", "./publish", "--help").output().lines())
                .hasSizeLessThanOrEqualTo(24)
                .allMatch(line -> line.length() <= 118);
    }
}
