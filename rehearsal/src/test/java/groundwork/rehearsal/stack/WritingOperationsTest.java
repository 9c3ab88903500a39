package groundwork.rehearsal.stack;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.services.account.AccountClient;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.identitystore.IdentitystoreClient;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.signin.SigninClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;

/**
 * Every operation that writes, of the services that a prerequisite or Groundwork itself rests on, wakes Groundwork, or it is said
 * why it does not. A new version of an SDK client with a new operation fails here until somebody decides.
 */
class WritingOperationsTest {
    private static final Map<String, Class<? extends SdkClient>> CLIENTS = Map.of(
            "ssoadmin", SsoAdminClient.class,
            "identitystore", IdentitystoreClient.class,
            "organizations", OrganizationsClient.class,
            "account", AccountClient.class,
            "cloudtrail", CloudTrailClient.class,
            "sns", SnsClient.class,
            "sesv2", SesV2Client.class,
            "eventbridge", EventBridgeClient.class,
            "iam", IamClient.class,
            "signin", SigninClient.class);

    private static final Pattern READING =
            Pattern.compile("(Get|List|Describe|BatchGet|BatchDescribe|Search|Lookup|IsMember).*");

    private static final Pattern HEADING = Pattern.compile("\\[(client|model|console) (\\S+) (\\S+)]");
    private static final Pattern LINE = Pattern.compile("(\\w+)\\s+(?:not: (?<reason>[A-Z].+\\.)|(?<rule>\\w+))");

    /** A service, as the file has it. */
    private record Section(String kind, String name, String eventSource, List<Decision> decisions) {
        @Override
        public String toString() {
            return kind + " " + name;
        }
    }

    /** The rule that listens to an operation; empty, if a reason says why none does. */
    private record Decision(String operation, String rule) {}

    private static List<Section> sections() {
        List<Section> sections = new ArrayList<>();
        for (String line : text().lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList()) {
            Matcher heading = HEADING.matcher(line);
            Matcher decision = LINE.matcher(line);
            if (heading.matches()) {
                sections.add(new Section(heading.group(1), heading.group(2), heading.group(3), new ArrayList<>()));
            } else if (decision.matches()) {
                String rule = decision.group("rule");
                sections.getLast().decisions().add(new Decision(decision.group(1), rule == null ? "" : rule));
            } else {
                throw new IllegalStateException("Neither a rule nor a reason that is a sentence: " + line);
            }
        }
        return sections;
    }

    private static String text() {
        try (InputStream file = WritingOperationsTest.class.getResourceAsStream("writing-operations.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Section> clients() {
        return sections().stream().filter(section -> section.kind().equals("client"));
    }

    /** The SDK writes acronyms in its own way (EnableMfaDevice), the file as the events have them (EnableMFADevice). */
    @ParameterizedTest
    @MethodSource("clients")
    void everyWritingOperationOfAClientIsDecided_andNoneThatIsNotThere(Section section) {
        Set<String> operations = Arrays.stream(CLIENTS.get(section.name()).getMethods())
                .filter(method -> method.getParameterCount() == 1)
                .map(method -> method.getParameterTypes()[0])
                .filter(AwsRequest.class::isAssignableFrom)
                .map(request -> request.getSimpleName().replaceFirst("Request$", ""))
                .filter(operation -> !READING.matcher(operation).matches())
                .map(operation -> operation.toLowerCase(Locale.ROOT))
                .collect(toCollection(TreeSet::new));

        Set<String> decided = section.decisions().stream()
                .map(decision -> decision.operation().toLowerCase(Locale.ROOT))
                .collect(toCollection(TreeSet::new));

        assertThat(decided).isEqualTo(operations);
    }

    @Test
    void everyClientHasASection() {
        assertThat(clients().map(Section::name)).containsExactlyInAnyOrderElementsOf(CLIENTS.keySet());
    }

    @Test
    void whatIsListenedToIsWhatTheTableHas() {
        Set<String> listenedTo = sections().stream()
                .flatMap(section -> section.decisions().stream()
                        .filter(decision -> !decision.rule().isEmpty())
                        .map(decision ->
                                String.join(" ", section.eventSource(), decision.operation(), decision.rule())))
                .collect(toCollection(TreeSet::new));

        Set<String> listed = EventCatalogue.rows().stream()
                .filter(row -> !row.nativeEvent())
                .map(row -> String.join(" ", row.source(), row.eventName(), row.rule()))
                .collect(toCollection(TreeSet::new));

        assertThat(listed).isEqualTo(listenedTo);
    }

    @Test
    void nothingIsDecidedTwice() {
        assertThat(sections().stream()
                        .flatMap(section -> section.decisions().stream()
                                .map(decision -> section.eventSource() + " " + decision.operation())))
                .doesNotHaveDuplicates();
    }
}
