package groundwork.rehearsal.stack;

import static groundwork.rehearsal.template.ProjectTemplate.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import groundwork.rehearsal.stack.EventCatalogue.Row;
import groundwork.rehearsal.template.Deployment;
import groundwork.rehearsal.template.ExpandedTemplate;
import groundwork.rehearsal.template.Resource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.event.ruler.JsonRuleCompiler;

/** Holds docs/events.md, the samples in events/ and the patterns of the template together. */
class EventCatalogueTest {
    private static final String ACCOUNT = "111122223333";

    private static final List<Place> PLACES = List.of(
            new Place("eu-central-1", "us-east-1", "us-east-1"),
            new Place("us-east-1", "us-east-1", "us-east-1"),
            new Place("us-gov-east-1", "us-gov-west-1", "us-gov-west-1"),
            new Place("us-gov-west-1", "us-gov-west-1", "us-gov-west-1"),
            new Place("cn-northwest-1", "cn-north-1", "cn-northwest-1"),
            new Place("cn-north-1", "cn-north-1", "cn-northwest-1"));

    static List<Place> places() {
        return PLACES;
    }

    /** Where a stack may live. The samples are those of a stack in eu-central-1; elsewhere they are the same, moved. */
    static final class Place {
        private final String home;
        private final String global;
        private final String organizations;
        private final ExpandedTemplate stack;
        private final List<ExpandedTemplate> forwarding;
        private final EventRules rulesAtHome;
        private final Map<String, EventRules> forwardingRules;

        Place(String home, String global, String organizations) {
            this.home = home;
            this.global = global;
            this.organizations = organizations;
            this.stack = TEMPLATE.expand(
                    Map.of(
                            "AdministratorEmail", "ada@example.com",
                            "GivenName", "Ada",
                            "FamilyName", "Lovelace"),
                    Deployment.of(ACCOUNT, home, "groundwork"));
            this.forwarding = EventBuses.forwardingStacks(stack);
            this.rulesAtHome = new EventRules(stack);
            this.forwardingRules = forwarding.stream()
                    .collect(Collectors.toMap(template -> template.deployment().region(), EventRules::new));
        }

        JsonNode moved(String sample) {
            boolean organization = sample.contains("/organization/") || sample.contains("/account/");
            return EventCatalogue.json(EventCatalogue.text(sample)
                    .replace(
                            "arn:aws:cloudformation:eu-central-1:%s:stack/groundwork/5f8e2d10-b7c4-11f0-9a3e-0a1b2c3d4e5f"
                                    .formatted(ACCOUNT),
                            stack.deployment().stackId())
                    .replace("groundwork-5f8e2d10", prefix())
                    .replace(
                            "groundwork-Topic-4KQ2ZB7XW9LM",
                            stack.resource("Topic").attributes().get("TopicName"))
                    .replace("eu-central-1", "@home@")
                    .replace("us-east-1", organization ? organizations : global)
                    .replace("@home@", home)
                    .replace("arn:aws:", "arn:" + stack.deployment().partition() + ":"));
        }

        /** What the names of the stack's own begin with. */
        String prefix() {
            String guid = stack.deployment()
                    .stackId()
                    .substring(stack.deployment().stackId().lastIndexOf('/') + 1);
            return "groundwork-" + guid.substring(0, 8);
        }

        Stream<ExpandedTemplate> templates() {
            return Stream.concat(Stream.of(stack), forwarding.stream());
        }

        /** What concerns forwarding exists only where something is forwarded. */
        boolean has(String rule) {
            return stack.resources().containsKey(rule);
        }

        List<String> matchingAtHome(JsonNode event) {
            return logicalIds(rulesAtHome, event);
        }

        List<String> forwarding(JsonNode event) {
            EventRules there = forwardingRules.get(event.path("region").asText());
            return there == null ? List.of() : logicalIds(there, event);
        }

        @Override
        public String toString() {
            return home;
        }

        private static List<String> logicalIds(EventRules rules, JsonNode event) {
            return rules.matching(event).stream().map(Resource::logicalId).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("places")
    void theSampleOfARowMatchesTheRuleOfTheRowAndNoOther(Place place) {
        assertThat(EventCatalogue.rows())
                .allSatisfy(row -> assertThat(place.matchingAtHome(place.moved(row.sample())))
                        .isEqualTo(place.has(row.rule()) ? List.of(row.rule()) : List.of()));
    }

    @ParameterizedTest
    @MethodSource("places")
    void whatHappensInTheOtherRegionIsForwardedByOneRule(Place place) {
        assertThat(EventCatalogue.rows()).allSatisfy(row -> {
            JsonNode event = place.moved(row.sample());
            boolean elsewhere = !event.path("region").asText().equals(place.home);

            assertThat(place.forwarding(event)).hasSize(elsewhere ? 1 : 0);
        });
    }

    @ParameterizedTest
    @MethodSource("places")
    void anIgnoredSampleMatchesNoRule(Place place) {
        assertThat(EventCatalogue.files("events/ignored")).isNotEmpty().allSatisfy(sample -> {
            JsonNode event = place.moved(sample);

            assertThat(place.matchingAtHome(event)).isEmpty();
            assertThat(place.forwarding(event)).isEmpty();
        });
    }

    /** A default bus may be open to other accounts; what these hand over says nothing about the account of the stack. */
    @ParameterizedTest
    @MethodSource("places")
    void whatHappensInAnotherAccountMatchesNoRule(Place place) {
        assertThat(EventCatalogue.rows()).allSatisfy(row -> {
            ObjectNode event = (ObjectNode) place.moved(row.sample());

            assertThat(place.matchingAtHome(event.put("account", "999999999999")))
                    .isEmpty();
        });
    }

    @Test
    void everySampleHasOneRow() {
        List<String> listed =
                EventCatalogue.rows().stream().map(Row::sample).sorted().toList();
        List<String> samples = EventCatalogue.files("events").stream()
                .filter(file -> !file.startsWith("events/ignored/")
                        && !file.startsWith("events/requests/")
                        && !file.startsWith("events/functions/")
                        // MarksTest has those.
                        && !file.startsWith("events/member/"))
                .toList();

        assertThat(listed).isEqualTo(samples);
    }

    @Test
    void aRowSaysWhatItsSampleIs() {
        assertThat(EventCatalogue.rows()).allSatisfy(row -> {
            JsonNode event = EventCatalogue.read(row.sample());
            assertThat(event.path("detail-type").asText()).isEqualTo(row.detailType());
            if (row.nativeEvent()) {
                assertThat(event.path("source").asText()).isEqualTo(row.source());
            } else {
                assertThat(event.at("/detail/eventSource").asText()).isEqualTo(row.source());
                assertThat(event.at("/detail/eventName").asText()).isEqualTo(row.eventName());
                assertThat(event.at("/detail/awsRegion")).isEqualTo(event.path("region"));
            }
            assertThat(event.path("region").asText())
                    .isIn(
                            switch (row.region()) {
                                case "global" -> List.of("us-east-1");
                                case "Identity Center primary" -> List.of("eu-central-1");
                                case "any" -> List.of("us-east-1", "eu-central-1");
                                default -> throw new IllegalStateException("The table knows no Region " + row.region());
                            });
        });
    }

    @Test
    void everyRuleWithAPatternIsInTheTable() {
        Set<String> listed =
                EventCatalogue.rows().stream().map(Row::rule).collect(Collectors.toCollection(TreeSet::new));
        Set<String> rules = PLACES.getFirst().stack.resourcesOfType("AWS::Events::Rule").stream()
                .filter(rule -> rule.properties().has("EventPattern"))
                .map(Resource::logicalId)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(listed).isEqualTo(rules);
    }

    @Test
    void everyNameInAPatternHasASample() {
        List<Row> rows = EventCatalogue.rows();
        assertThat(PLACES.getFirst().stack.resourcesOfType("AWS::Events::Rule"))
                .allSatisfy(rule -> assertThat(names(rule))
                        .isSubsetOf(rows.stream()
                                .filter(row -> row.rule().equals(rule.logicalId()))
                                .map(Row::eventName)
                                .toList()));
        assertThat(PLACES.getFirst().forwarding)
                .flatExtracting(stack -> stack.resourcesOfType("AWS::Events::Rule"))
                .allSatisfy(rule -> assertThat(names(rule))
                        .isSubsetOf(rows.stream().map(Row::eventName).toList()));
    }

    /** The names of events that a pattern lists, wherever it does. */
    private static List<String> names(Resource rule) {
        return rule.properties().path("EventPattern").findValues("eventName").stream()
                .flatMap(JsonNode::valueStream)
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("places")
    void eventBridgeTakesEveryPattern(Place place) {
        assertThat(place.templates()
                        .flatMap(template -> template.resourcesOfType("AWS::Events::Rule").stream())
                        .filter(rule -> rule.properties().has("EventPattern")))
                .allSatisfy(rule -> {
                    String pattern = rule.properties().get("EventPattern").toString();
                    assertThat(JsonRuleCompiler.check(pattern)).isNull();
                });
    }

    @ParameterizedTest
    @MethodSource("places")
    void everyTargetHasBoundedRetriesAndADeadLetterQueueThatAnAlarmWatches(Place place) {
        assertThat(place.templates()).allSatisfy(template -> {
            Resource queue = template.resource("UndeliveredEvents");
            assertThat(template.resource("UndeliveredEventsAlarm")
                            .properties()
                            .at("/Dimensions/0/Value")
                            .asText())
                    .isEqualTo(queue.attributes().get("QueueName"));
            for (Resource rule : template.resourcesOfType("AWS::Events::Rule")) {
                assertThat(rule.properties().path("Targets"))
                        .as(rule.logicalId())
                        .isNotEmpty()
                        .allSatisfy(target -> {
                            assertThat(target.at("/DeadLetterConfig/Arn").asText())
                                    .isEqualTo(queue.arn());
                            assertThat(target.at("/RetryPolicy/MaximumRetryAttempts")
                                            .asInt())
                                    .isBetween(1, 185);
                            assertThat(target.at("/RetryPolicy/MaximumEventAgeInSeconds")
                                            .asInt())
                                    .isBetween(60, 86_400);
                        });
            }
        });
    }

    @ParameterizedTest
    @MethodSource("places")
    void theCheckOfChangeEventsLooksAtEveryRule(Place place) {
        JsonNode variables =
                place.stack.resource("CheckChangeEventsFunction").properties().at("/Environment/Variables");

        String prefix = variables.path("RULE_PREFIX").asText();
        assertThat(prefix).isEqualTo(place.prefix() + "-");
        assertThat(names(prefix, variables.path("RULES").asText()))
                .containsExactlyInAnyOrderElementsOf(leadingTo(
                        place.stack, place.stack.resource("AccountSetup").arn()));
        String notice = variables.path("NOTICE_ARN").asText();
        assertThat(notice).isEqualTo(place.stack.resource("Notice").arn());
        assertThat(names(prefix, variables.path("NOTICE_RULES").asText()))
                .containsExactlyInAnyOrderElementsOf(leadingTo(place.stack, notice));
        assertThat(names(prefix, variables.path("RULES").asText()).size()
                        + names(prefix, variables.path("NOTICE_RULES").asText()).size())
                .isEqualTo(place.stack.resourcesOfType("AWS::Events::Rule").size());
        assertThat(variables.path("FORWARDING_REGION").asText().isEmpty()).isEqualTo(place.forwarding.isEmpty());
        assertThat(place.forwarding).allSatisfy(template -> {
            assertThat(names(prefix, variables.path("FORWARDING_RULES").asText()))
                    .containsExactlyInAnyOrderElementsOf(
                            leadingTo(template, variables.path("BUS_ARN").asText()));
            assertThat(leadingTo(template, variables.path("BUS_ARN").asText()))
                    .hasSameSizeAs(template.resourcesOfType("AWS::Events::Rule"));
            assertThat(variables.path("FORWARDING_REGION").asText())
                    .isEqualTo(template.deployment().region());
        });
    }

    private static List<String> names(String prefix, String logicalIds) {
        return Stream.of(logicalIds.split(",")).map(id -> prefix + id).toList();
    }

    private static List<String> leadingTo(ExpandedTemplate template, String targetArn) {
        return template.resourcesOfType("AWS::Events::Rule").stream()
                .filter(rule -> rule.properties().at("/Targets/0/Arn").asText().equals(targetArn))
                .map(rule -> rule.ref().orElseThrow())
                .toList();
    }
}
