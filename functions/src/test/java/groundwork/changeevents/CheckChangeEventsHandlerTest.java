package groundwork.changeevents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.BDDMockito.willReturn;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.CALLS_REAL_METHODS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

import groundwork.checklist.Finding;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import groundwork.runtime.AwsErrors;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.DescribeTrailsRequest;
import software.amazon.awssdk.services.cloudtrail.model.DescribeTrailsResponse;
import software.amazon.awssdk.services.cloudtrail.model.EventSelector;
import software.amazon.awssdk.services.cloudtrail.model.GetEventSelectorsRequest;
import software.amazon.awssdk.services.cloudtrail.model.GetEventSelectorsResponse;
import software.amazon.awssdk.services.cloudtrail.model.GetTrailStatusRequest;
import software.amazon.awssdk.services.cloudtrail.model.GetTrailStatusResponse;
import software.amazon.awssdk.services.cloudtrail.model.ReadWriteType;
import software.amazon.awssdk.services.cloudtrail.model.Trail;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.eventbridge.model.ListRuleNamesByTargetRequest;
import software.amazon.awssdk.services.eventbridge.model.ListRuleNamesByTargetResponse;
import software.amazon.awssdk.services.eventbridge.model.ListRulesRequest;
import software.amazon.awssdk.services.eventbridge.model.ListRulesResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.Rule;
import software.amazon.awssdk.services.eventbridge.model.RuleState;

/** The stack is in eu-central-1 with two rules, which another one in us-east-1 feeds. A trail logs everything. */
class CheckChangeEventsHandlerTest {
    private static final String ACCOUNT = "111122223333";
    private static final String SETUP = "arn:aws:states:eu-central-1:111122223333:stateMachine:AccountSetup";
    private static final String NOTICE = "arn:aws:states:eu-central-1:111122223333:stateMachine:Notice";
    private static final String BUS = "arn:aws:events:eu-central-1:111122223333:event-bus/default";
    private static final String TRAIL = "Changes reach EventBridge through the trail everywhere. ";
    private static final String NEVER_TESTED =
            TRAIL + "No test event has been sent yet; the input {\"selfTest\": true} sends one.";

    private static final Instant NOW = Instant.parse("2026-11-20T10:15:30Z");
    private final CloudTrailClient cloudTrail = mock(CloudTrailClient.class, CALLS_REAL_METHODS);
    private final DynamoDbClient table = mock(DynamoDbClient.class, CALLS_REAL_METHODS);
    private final EventBridgeClient frankfurt = mock(EventBridgeClient.class, CALLS_REAL_METHODS);
    private final EventBridgeClient virginia = mock(EventBridgeClient.class, CALLS_REAL_METHODS);
    private final Map<Region, EventBridgeClient> eventBridge =
            Map.of(Region.EU_CENTRAL_1, frankfurt, Region.US_EAST_1, virginia);
    private final Map<Region, Map<String, Existing>> rules =
            Map.of(Region.EU_CENTRAL_1, new TreeMap<>(), Region.US_EAST_1, new TreeMap<>());
    private final Map<String, Existing> memberBus = new HashMap<>();
    private final Map<Map<String, AttributeValue>, Map<String, AttributeValue>> items = new HashMap<>();

    @BeforeEach
    void everythingIsInPlace() {
        trails(Trail.builder()
                .name("everywhere")
                .trailARN("arn:aws:cloudtrail:eu-central-1:111122223333:trail/everywhere")
                .isMultiRegionTrail(true)
                .build());
        willReturn(GetTrailStatusResponse.builder().isLogging(true).build())
                .given(cloudTrail)
                .getTrailStatus(any(GetTrailStatusRequest.class));
        willReturn(GetEventSelectorsResponse.builder()
                        .eventSelectors(EventSelector.builder()
                                .includeManagementEvents(true)
                                .readWriteType(ReadWriteType.ALL)
                                .build())
                        .build())
                .given(cloudTrail)
                .getEventSelectors(any(GetEventSelectorsRequest.class));
        rule(Region.EU_CENTRAL_1, "RootUserEvents", RuleState.ENABLED, SETUP);
        rule(Region.EU_CENTRAL_1, "Schedule", RuleState.ENABLED, SETUP);
        rule(Region.EU_CENTRAL_1, "StackDeleted", RuleState.ENABLED, NOTICE);
        rule(Region.US_EAST_1, "ForwardRootUserEvents", RuleState.ENABLED, BUS);
        eventBridge.forEach(this::answers);
        willAnswer(call -> GetItemResponse.builder()
                        .item(items.get(call.<GetItemRequest>getArgument(0).key()))
                        .build())
                .given(table)
                .getItem(any(GetItemRequest.class));
        willAnswer(call -> QueryResponse.builder()
                        .items(items.entrySet().stream()
                                .map(item -> {
                                    Map<String, AttributeValue> whole = new HashMap<>(item.getValue());
                                    whole.putAll(item.getKey());
                                    return whole;
                                })
                                .toList())
                        .build())
                .given(table)
                .query(any(QueryRequest.class));
        willReturn(UpdateItemResponse.builder().build()).given(table).updateItem(any(UpdateItemRequest.class));
        for (EventBridgeClient client : eventBridge.values()) {
            willReturn(PutEventsResponse.builder().build()).given(client).putEvents(any(PutEventsRequest.class));
        }
    }

    @Test
    void whenTrailAndRulesWork_isDoneAndSaysHowToTestIt() {
        assertThat(check()).isEqualTo(new Outcome.Done(NEVER_TESTED));
    }

    @Test
    void whenTestEventsArrived_saysFromWhereAndWhen() {
        seen("eu-central-1", "2026-11-16T04:00:07.123Z");
        seen("us-east-1", "2026-11-16T04:00:09Z");

        assertThat(check())
                .isEqualTo(new Outcome.Done(
                        TRAIL + "A test event was last seen to arrive from eu-central-1 at 2026-11-16T04:00:07Z"
                                + " and from us-east-1 at 2026-11-16T04:00:09Z."));
    }

    @Test
    void ofAMember_onlyAnEventThatWasSeenProvesThatChangesAreNoticed() {
        memberEventSeen("2026-11-19T08:00:00Z");

        assertThat(check(handler(), "444455556666"))
                .isEqualTo(
                        new Outcome.Done(
                                "Changes in account 444455556666 are noticed. An event was last seen on 19 November 2026, 08:00 UTC."));
        verifyNoInteractions(cloudTrail, frankfurt, virginia);
    }

    /** The table may say anything. */
    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2026-11-20T10:20:00Z"})
    void ofAMember_withoutSuchAnEvent_isUnknownAndSaysHowToFindOut(String seenAt) {
        if (!seenAt.isEmpty()) {
            memberEventSeen(seenAt);
        }

        assertThat(check(handler(), "444455556666"))
                .isEqualTo(
                        new Outcome.Unknown(
                                "No event of account 444455556666 has been seen yet. What it takes, and how to try it, is in docs/organization.md."));
        verifyNoInteractions(cloudTrail, frankfurt, virginia);
    }

    private void memberEventSeen(String at) {
        Map<String, AttributeValue> key =
                Map.of("accountId", AttributeValue.fromS("444455556666"), "item", AttributeValue.fromS("EVENTS"));
        items.put(key, Map.of("seenAt", AttributeValue.fromS(at)));
    }

    @Test
    void withoutATrail_thatIsSaidFirst() {
        trails();
        rule(Region.EU_CENTRAL_1, "Schedule", RuleState.DISABLED, SETUP);

        assertThat(check().what()).startsWith("No trail logs changes in eu-central-1 and us-east-1.");
    }

    @Test
    void inTheGlobalRegion_nothingIsForwardedAndNoOtherRegionIsAsked() {
        rule(Region.US_EAST_1, "RootUserEvents", RuleState.ENABLED, SETUP);
        rule(Region.US_EAST_1, "StackDeleted", RuleState.ENABLED, NOTICE);

        assertThat(check(handler("us-east-1", "RootUserEvents", Map.of()), ACCOUNT))
                .isEqualTo(new Outcome.Done(NEVER_TESTED));
        verifyNoInteractions(frankfurt);
    }

    @Nested
    class TheRules {
        @Test
        void aRuleThatIsDisabled_isNamedWithTheWayOut() {
            rule(Region.US_EAST_1, "ForwardRootUserEvents", RuleState.DISABLED, BUS);

            assertThat(check())
                    .isEqualTo(new Outcome.Waiting(
                            "The rule groundwork-5f8e2d10-ForwardRootUserEvents in us-east-1 is disabled.",
                            "In the Amazon EventBridge console, under Rules, enable a rule that is disabled. A rule"
                                    + " that is gone or has lost its target comes back when you update the stack"
                                    + " groundwork with a change set that reverts drift, or delete the stack and"
                                    + " deploy it again. Until then only the schedule notices what the rule was"
                                    + " for.",
                            URI.create(
                                    "https://us-east-1.console.aws.amazon.com/events/home?region=us-east-1#/rules")));
        }

        @Test
        void aRuleThatLeadsNowhere_isNamed() {
            rule(Region.EU_CENTRAL_1, "Schedule", RuleState.ENABLED, null);

            assertThat(check().what())
                    .isEqualTo("The rule groundwork-5f8e2d10-Schedule in eu-central-1 has lost its target.");
        }

        @Test
        void aRuleThatLeadsSomewhereElse_isNamed() {
            rule(Region.EU_CENTRAL_1, "StackDeleted", RuleState.ENABLED, SETUP);
            rule(Region.US_EAST_1, "ForwardRootUserEvents", RuleState.ENABLED, "arn:aws:sns:us-east-1:444455556666:x");

            assertThat(check().what())
                    .isEqualTo("The rule groundwork-5f8e2d10-StackDeleted in eu-central-1 has lost its target."
                            + " The rule groundwork-5f8e2d10-ForwardRootUserEvents in us-east-1 has lost its target.");
        }

        @Test
        void aRuleThatGetsAllManagementEvents_works() {
            rule(Region.EU_CENTRAL_1, "Schedule", RuleState.ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS, SETUP);

            assertThat(check()).isInstanceOf(Outcome.Done.class);
        }

        @Test
        void anExecutionThatDoesNotSayWhatTheRulesStart_checksTheirStatesAllTheSame() {
            rule(Region.EU_CENTRAL_1, "Schedule", RuleState.ENABLED, null);
            rule(Region.EU_CENTRAL_1, "RootUserEvents", RuleState.DISABLED, SETUP);

            assertThat(check(handler(), new CheckChangeEventsHandler.Request(ACCOUNT, false, null))
                            .what())
                    .isEqualTo("The rule groundwork-5f8e2d10-RootUserEvents in eu-central-1 is disabled.");
        }

        @Test
        void rulesAreListedInAsManyCallsHoweverManyThereAre() {
            List<String> many =
                    IntStream.range(0, 50).mapToObj(number -> "Rule" + number).toList();
            many.forEach(name -> rule(Region.EU_CENTRAL_1, name, RuleState.ENABLED, SETUP));

            assertThat(check(
                            handler(
                                    "eu-central-1",
                                    String.join(",", many),
                                    Map.of(
                                            "FORWARDING_REGION",
                                            "us-east-1",
                                            "FORWARDING_RULES",
                                            "ForwardRootUserEvents")),
                            ACCOUNT))
                    .isInstanceOf(Outcome.Done.class);
            verify(frankfurt, times(1)).listRules(any(ListRulesRequest.class));
            verify(frankfurt, times(2)).listRuleNamesByTarget(any(ListRuleNamesByTargetRequest.class));
            verify(virginia, times(1)).listRules(any(ListRulesRequest.class));
            verify(virginia, times(1)).listRuleNamesByTarget(any(ListRuleNamesByTargetRequest.class));
        }

        @Test
        void severalRulesAreNamedTogether_andTheLinkLeadsToTheFirst() {
            rules.get(Region.EU_CENTRAL_1).remove("groundwork-5f8e2d10-RootUserEvents");
            rule(Region.US_EAST_1, "ForwardRootUserEvents", RuleState.DISABLED, BUS);

            assertThat(check()).isInstanceOfSatisfying(Outcome.Waiting.class, waiting -> {
                assertThat(waiting.what())
                        .isEqualTo("The rule groundwork-5f8e2d10-RootUserEvents in eu-central-1 is gone."
                                + " The rule groundwork-5f8e2d10-ForwardRootUserEvents in us-east-1 is disabled.");
                assertThat(waiting.link()).hasHost("eu-central-1.console.aws.amazon.com");
            });
        }

        @Test
        void whereMembersAreLookedAfter_theRulesThatMarkThemCountToo() {
            rule(Region.EU_CENTRAL_1, "MemberStackChanged", RuleState.ENABLED, "not known");
            memberBus.put("groundwork-5f8e2d10-MemberChanged", new Existing(RuleState.DISABLED, "not known"));

            assertThat(check(handlerWithMembers(), ACCOUNT).what())
                    .isEqualTo("The rule groundwork-5f8e2d10-MembershipChanged in eu-central-1 is gone."
                            + " The rule groundwork-5f8e2d10-MemberChanged in eu-central-1 is disabled.");
        }

        @Test
        void whereMembersAreLookedAfter_oneMoreCallListsTheRulesOfTheirBus() {
            rule(Region.EU_CENTRAL_1, "MemberStackChanged", RuleState.ENABLED, "not known");
            rule(Region.EU_CENTRAL_1, "MembershipChanged", RuleState.ENABLED, "not known");
            memberBus.put("groundwork-5f8e2d10-MemberChanged", new Existing(RuleState.ENABLED, "not known"));

            assertThat(check(handlerWithMembers(), ACCOUNT)).isInstanceOf(Outcome.Done.class);
            verify(frankfurt, times(2)).listRules(any(ListRulesRequest.class));
        }

        @Test
        void rulesThatCannotBeRead_areUnknown() {
            willThrow(AwsErrors.denied(EventBridgeException.builder(), "events:ListRules"))
                    .given(frankfurt)
                    .listRules(any(ListRulesRequest.class));

            assertThat(check())
                    .isEqualTo(new Outcome.Unknown(
                            "Could not read the rules of the stack groundwork: AWS denied events:ListRules."));
        }
    }

    @Test
    void aTestEventThatDidNotArrive_isSaid() {
        awaited("us-east-1", "2026-11-20T09:00:00Z");

        assertThat(check().what())
                .isEqualTo("A test event that was sent to us-east-1 at 2026-11-20T09:00:00Z has not arrived here.");
    }

    @Test
    void aTestEventThatCannotArriveBecauseARuleIsOff_isExplainedByTheRule() {
        rule(Region.US_EAST_1, "ForwardRootUserEvents", RuleState.DISABLED, BUS);
        awaited("us-east-1", "2026-11-13T10:00:00Z");

        assertThat(check().what()).startsWith("The rule groundwork-5f8e2d10-ForwardRootUserEvents");
    }

    @Test
    void aSelfTest_sendsAnEventToEachRegionAndHasNothingToReportYet() {
        CheckChangeEventsHandler.Report report =
                handler().handleRequest(new CheckChangeEventsHandler.Request(ACCOUNT, true, SETUP), null);

        assertThat(report.findings().all()).isEmpty();
        verify(frankfurt).putEvents(any(PutEventsRequest.class));
        verify(virginia).putEvents(any(PutEventsRequest.class));
        verifyNoInteractions(cloudTrail);
    }

    private Outcome check() {
        return check(handler(), ACCOUNT);
    }

    private static Outcome check(CheckChangeEventsHandler handler, String accountId) {
        return check(handler, new CheckChangeEventsHandler.Request(accountId, false, SETUP));
    }

    private static Outcome check(CheckChangeEventsHandler handler, CheckChangeEventsHandler.Request request) {
        List<Finding> findings = handler.handleRequest(request, null).findings().all();
        assertThat(findings).singleElement().extracting(Finding::prerequisite).isEqualTo(Prerequisite.CHANGE_EVENTS);
        return findings.getFirst().outcome();
    }

    private CheckChangeEventsHandler handler() {
        return handler(
                "eu-central-1",
                "RootUserEvents,Schedule",
                Map.of("FORWARDING_REGION", "us-east-1", "FORWARDING_RULES", "ForwardRootUserEvents"));
    }

    private CheckChangeEventsHandler handlerWithMembers() {
        return handler(
                "eu-central-1",
                "RootUserEvents,Schedule",
                Map.of(
                        "FORWARDING_REGION", "us-east-1",
                        "FORWARDING_RULES", "ForwardRootUserEvents",
                        "MARK_RULES", "MemberStackChanged,MembershipChanged",
                        "MEMBER_RULES", "MemberChanged",
                        "MEMBER_BUS", "groundwork-members"));
    }

    private CheckChangeEventsHandler handler(String region, String rules, Map<String, String> forwarding) {
        Map<String, String> environment = new HashMap<>(forwarding);
        environment.put("AWS_REGION", region);
        environment.put("ACCOUNT_ID", ACCOUNT);
        environment.put("STACK_NAME", "groundwork");
        environment.put("RULE_PREFIX", "groundwork-5f8e2d10-");
        environment.put("RULES", rules);
        environment.put("NOTICE_RULES", "StackDeleted");
        environment.put("NOTICE_ARN", NOTICE);
        environment.put("BUS_ARN", BUS);
        environment.put("TABLE_NAME", "groundwork-Table");
        return new CheckChangeEventsHandler(
                environment, InstantSource.fixed(NOW), where -> cloudTrail, table, eventBridge::get);
    }

    private void trails(Trail... trails) {
        willReturn(DescribeTrailsResponse.builder().trailList(trails).build())
                .given(cloudTrail)
                .describeTrails(any(DescribeTrailsRequest.class));
    }

    /** @param target the ARN of its only target; null if it has none */
    private record Existing(RuleState state, String target) {}

    private void rule(Region region, String name, RuleState state, String target) {
        rules.get(region).put("groundwork-5f8e2d10-" + name, new Existing(state, target));
    }

    private Map<String, Existing> onBus(Region region, String bus) {
        return "groundwork-members".equals(bus) ? memberBus : rules.get(region);
    }

    private void answers(Region region, EventBridgeClient client) {
        willAnswer(call -> ListRulesResponse.builder()
                        .rules(onBus(
                                        region,
                                        call.<ListRulesRequest>getArgument(0).eventBusName())
                                .entrySet()
                                .stream()
                                .filter(rule -> rule.getKey()
                                        .startsWith(call.<ListRulesRequest>getArgument(0)
                                                .namePrefix()))
                                .map(rule -> Rule.builder()
                                        .name(rule.getKey())
                                        .state(rule.getValue().state())
                                        .build())
                                .toList())
                        .build())
                .given(client)
                .listRules(any(ListRulesRequest.class));
        willAnswer(call -> ListRuleNamesByTargetResponse.builder()
                        .ruleNames(rules.get(region).entrySet().stream()
                                .filter(rule -> Objects.equals(
                                        rule.getValue().target(),
                                        call.<ListRuleNamesByTargetRequest>getArgument(0)
                                                .targetArn()))
                                .map(Map.Entry::getKey)
                                .toList())
                        .build())
                .given(client)
                .listRuleNamesByTarget(any(ListRuleNamesByTargetRequest.class));
    }

    private void seen(String region, String at) {
        item(region).put("seenAt", AttributeValue.fromS(at));
    }

    private void awaited(String region, String since) {
        item(region).put("awaitedSince", AttributeValue.fromS(since));
    }

    private Map<String, AttributeValue> item(String region) {
        return items.computeIfAbsent(
                Map.of("accountId", AttributeValue.fromS(ACCOUNT), "item", AttributeValue.fromS("SELF_TEST#" + region)),
                key -> new HashMap<>());
    }
}
