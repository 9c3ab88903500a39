package groundwork.rehearsal.scenario;

import static groundwork.rehearsal.template.ProjectTemplate.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import groundwork.rehearsal.stack.LocalTables;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.NotFoundException;

/** What is there, and for how long, while a stack is deleted during a wait. */
@Tag("slow")
class StackDeletionTest {
    @AutoClose
    private static final LocalTables TABLES = new LocalTables();

    private final Scenario scenario = Scenarios.named("root-without-mfa").orElseThrow();

    @Test
    void whatAnExecutionNeedsIsThereUntilItEnds_andWhatStartsOneIsNot() {
        try (World world = new World(scenario, TEMPLATE, TABLES)) {
            world.stackIsCreated();
            // The second ten minutes of an hour have just begun.
            world.passes(Duration.ofMinutes(75));
            Instant begin = world.now();

            world.stack().delete();
            world.passes(Duration.ofMinutes(2));

            assertThat(hasRule(world, "RootUserChanged")).isFalse();
            assertThat(hasRule(world, "StackDeleted")).isTrue();
            assertThat(world.seen().executionStatuses()).containsExactly("RUNNING");
            readTable(world);
            readTopic(world);
            assertThat(world.stack().deletedAt()).isEmpty();

            world.passes(Duration.ofMinutes(8));

            assertThat(world.seen().executionStatuses()).containsExactly("FAILED");
            assertThat(world.stack().deletedAt())
                    .hasValueSatisfying(end -> assertThat(end)
                            .isBetween(begin.plus(Duration.ofMinutes(2)), begin.plus(Duration.ofMinutes(10))));
            assertThat(hasRule(world, "StackDeleted")).isFalse();
            assertThatThrownBy(() -> readTable(world)).isInstanceOf(ResourceNotFoundException.class);
            assertThatThrownBy(() -> readTopic(world)).isInstanceOf(NotFoundException.class);
        }
    }

    /** CloudFormation deletes a resource before those that it depends on. */
    @Test
    void whatTellsOfTheDeletion_isThereLongest() {
        try (World world = new World(scenario, TEMPLATE, TABLES)) {
            assertThat(dependencies(world, "AccountSetup")).contains("StackDeleted");
            assertThat(dependencies(world, "StackDeleted")).contains("Notice", "StartNoticeRole", "UndeliveredEvents");
            assertThat(dependencies(world, "Notice")).contains("NoticeRole", "Topic", "Subscription");
        }
    }

    @Test
    void anEventThatTakesHalfAMinute_isNotTooLate() {
        try (World world = new World(scenario, TEMPLATE, TABLES)) {
            world.addressIsConfirmed();
            world.stack().deliverEvents(() -> List.of(Duration.ofSeconds(30)));

            world.stack().delete();
            world.passes(Duration.ofMinutes(10));

            assertThat(world.stack().deletedAt()).isPresent();
            assertThat(world.seen().mails("Groundwork is being deleted")).hasSize(1);
        }
    }

    private static Set<String> dependencies(World world, String logicalId) {
        return Set.copyOf(world.stack().template().resource(logicalId).dependencies());
    }

    private static boolean hasRule(World world, String logicalId) {
        return world.organization()
                .rule(Scenario.MANAGEMENT, Region.US_EAST_1, ref(world, logicalId))
                .isPresent();
    }

    private static void readTable(World world) {
        world.organization()
                .client(DynamoDbClient.class, world.person(), Region.US_EAST_1)
                .getItem(get -> get.tableName(ref(world, "Table"))
                        .key(Map.of(
                                "accountId", AttributeValue.fromS(Scenario.MANAGEMENT),
                                "item", AttributeValue.fromS("ACCOUNT"))));
    }

    private static void readTopic(World world) {
        world.organization()
                .client(SnsClient.class, world.person(), Region.US_EAST_1)
                .listSubscriptionsByTopic(list -> list.topicArn(ref(world, "Topic")));
    }

    private static String ref(World world, String logicalId) {
        return world.stack().template().resource(logicalId).ref().orElseThrow();
    }
}
