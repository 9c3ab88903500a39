package groundwork.changeevents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.willReturn;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.CALLS_REAL_METHODS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import groundwork.checklist.Console;
import groundwork.checklist.Outcome;
import groundwork.runtime.AwsErrors;
import groundwork.runtime.TryAgainException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.AdvancedEventSelector;
import software.amazon.awssdk.services.cloudtrail.model.AdvancedFieldSelector;
import software.amazon.awssdk.services.cloudtrail.model.CloudTrailException;
import software.amazon.awssdk.services.cloudtrail.model.DescribeTrailsRequest;
import software.amazon.awssdk.services.cloudtrail.model.DescribeTrailsResponse;
import software.amazon.awssdk.services.cloudtrail.model.EventSelector;
import software.amazon.awssdk.services.cloudtrail.model.GetEventSelectorsRequest;
import software.amazon.awssdk.services.cloudtrail.model.GetEventSelectorsResponse;
import software.amazon.awssdk.services.cloudtrail.model.GetTrailStatusRequest;
import software.amazon.awssdk.services.cloudtrail.model.GetTrailStatusResponse;
import software.amazon.awssdk.services.cloudtrail.model.ReadWriteType;
import software.amazon.awssdk.services.cloudtrail.model.Trail;
import software.amazon.awssdk.services.cloudtrail.model.TrailNotFoundException;

/** The stack is in eu-central-1, the partition's global Region is us-east-1. */
class ManagementEventTrailTest {
    private static final Trail EVERYWHERE = trail("everywhere", "eu-west-1", true);
    private static final Trail IN_FRANKFURT = trail("frankfurt", "eu-central-1", false);
    private static final Trail IN_VIRGINIA = trail("virginia", "us-east-1", false);

    private static final GetEventSelectorsResponse ALL_MANAGEMENT_EVENTS = basic(ReadWriteType.ALL, true);

    private final CloudTrailClient cloudTrail = mock(CloudTrailClient.class, CALLS_REAL_METHODS);
    private final CloudTrailClient virginia = mock(CloudTrailClient.class, CALLS_REAL_METHODS);
    private final ManagementEventTrail trail = trailIn("eu-central-1");

    @Test
    void aMultiRegionTrailThatLogsFeedsBothRegions() {
        trails(EVERYWHERE);
        logging(true);
        selectors(ALL_MANAGEMENT_EVENTS);

        assertThat(check()).isEqualTo(new Outcome.Done("Changes reach EventBridge through the trail everywhere."));
    }

    @Test
    void twoTrailsMayCoverOneRegionEach() {
        trails(IN_FRANKFURT, IN_VIRGINIA);
        logging(true);
        selectors(ALL_MANAGEMENT_EVENTS);

        assertThat(check())
                .isEqualTo(new Outcome.Done("Changes reach EventBridge through the trail frankfurt, virginia."));
    }

    @Test
    void aSingleRegionTrailLeavesTheOtherRegionOpen() {
        trails(IN_FRANKFURT);
        logging(true);
        selectors(ALL_MANAGEMENT_EVENTS);

        assertThat(check())
                .isEqualTo(
                        new Outcome.Waiting(
                                "No trail logs changes in us-east-1.",
                                "Start a trail that is stopped, turn on logging of every write management event in a multi-Region"
                                        + " trail, or update the stack with"
                                        + " CreateTrail set to true. Until then only the schedule notices changes.",
                                URI.create(
                                        "https://eu-central-1.console.aws.amazon.com/cloudtrailv2/home?region=eu-central-1#/trails")));
    }

    @Test
    void whereTheStackIsInTheGlobalRegion_oneSingleRegionTrailIsEnough() {
        trails(IN_VIRGINIA);
        logging(true);
        selectors(ALL_MANAGEMENT_EVENTS);

        assertThat(trailIn("us-east-1").check()).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void anAccountWithoutTrailsIsToldWhatIsMissing() {
        trails();

        assertThat(check().what()).isEqualTo("No trail logs changes in eu-central-1 and us-east-1.");
    }

    @Test
    void trailsOfOtherRegionsAndOfTheOrganizationAreLookedAtToo() {
        trails();

        check();

        verify(cloudTrail)
                .describeTrails(DescribeTrailsRequest.builder()
                        .includeShadowTrails(true)
                        .build());
    }

    @Test
    void aTrailIsAskedAboutByItsArnSinceANameIsKnownInItsHomeRegionOnly() {
        trails(EVERYWHERE);
        logging(true);
        selectors(ALL_MANAGEMENT_EVENTS);

        check();

        verify(cloudTrail)
                .getTrailStatus(GetTrailStatusRequest.builder()
                        .name("arn:aws:cloudtrail:eu-west-1:111122223333:trail/everywhere")
                        .build());
        verify(cloudTrail)
                .getEventSelectors(GetEventSelectorsRequest.builder()
                        .trailName("arn:aws:cloudtrail:eu-west-1:111122223333:trail/everywhere")
                        .build());
    }

    @Test
    void aTrailThatDoesNotLogIsNamed() {
        trails(EVERYWHERE);
        logging(false);

        assertThat(check().what())
                .startsWith("No trail logs changes in eu-central-1 and us-east-1. The trail everywhere ");
    }

    static Stream<String> listenedTo() throws IOException {
        return Pattern.compile("^\\| `[A-Z_]+` \\|.*?`([a-z-]+\\.amazonaws\\.com)`", Pattern.MULTILINE)
                .matcher(Files.readString(Path.of("../docs/events.md")))
                .results()
                .map(row -> row.group(1))
                .filter(source -> !source.equals("kms.amazonaws.com"))
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("listenedTo")
    void aTrailThatLeavesOutASourceOfTheCatalogueDoesNotCount(String source) {
        trails(EVERYWHERE);
        logging(true);
        selectors(advanced(
                equal("eventCategory", "Management"),
                AdvancedFieldSelector.builder()
                        .field("eventSource")
                        .notEquals(source)
                        .build()));

        assertThat(check()).isInstanceOf(Outcome.Waiting.class);
    }

    static Stream<GetEventSelectorsResponse> withoutKeys() {
        return Stream.of(
                advanced(
                        equal("eventCategory", "Management"),
                        AdvancedFieldSelector.builder()
                                .field("eventSource")
                                .notEquals("kms.amazonaws.com")
                                .build()),
                GetEventSelectorsResponse.builder()
                        .eventSelectors(EventSelector.builder()
                                .includeManagementEvents(true)
                                .readWriteType(ReadWriteType.ALL)
                                .excludeManagementEventSources("kms.amazonaws.com")
                                .build())
                        .build());
    }

    /** Many trails do, because of the number of its events. */
    @ParameterizedTest
    @MethodSource("withoutKeys")
    void aTrailThatLeavesOutKms_counts_andThatIsSaid(GetEventSelectorsResponse selectors) {
        trails(EVERYWHERE);
        logging(true);
        selectors(selectors);

        assertThat(check())
                .isEqualTo(new Outcome.Done(
                        "Changes reach EventBridge through the trail everywhere. It leaves out AWS KMS: if IAM"
                                + " Identity Center has a customer managed key, what happens to that is noticed by the schedule"
                                + " only."));
    }

    static Stream<Arguments> selectorsAndVerdicts() {
        AdvancedFieldSelector management = equal("eventCategory", "Management");
        return Stream.of(
                Arguments.of("write events", basic(ReadWriteType.WRITE_ONLY, true), true),
                Arguments.of("read and write events", basic(ReadWriteType.ALL, true), true),
                Arguments.of("read events", basic(ReadWriteType.READ_ONLY, true), false),
                Arguments.of("data events only", basic(ReadWriteType.ALL, false), false),
                Arguments.of(
                        "no selector at all",
                        GetEventSelectorsResponse.builder().build(),
                        false),
                Arguments.of(
                        "one of several selectors with write events",
                        GetEventSelectorsResponse.builder()
                                .eventSelectors(
                                        selector(ReadWriteType.READ_ONLY, true), selector(ReadWriteType.ALL, true))
                                .build(),
                        true),
                Arguments.of("advanced: management events", advanced(management), true),
                Arguments.of("advanced: data events", advanced(equal("eventCategory", "Data")), false),
                Arguments.of("advanced: no category", advanced(equal("readOnly", "false")), false),
                Arguments.of("advanced: write events", advanced(management, equal("readOnly", "false")), true),
                Arguments.of("advanced: read events", advanced(management, equal("readOnly", "true")), false),
                Arguments.of(
                        "advanced: without the console's high-volume sources",
                        advanced(
                                management,
                                AdvancedFieldSelector.builder()
                                        .field("eventSource")
                                        .notEquals("kms.amazonaws.com", "rdsdata.amazonaws.com")
                                        .build()),
                        true),
                Arguments.of(
                        "advanced: without a source that matters",
                        advanced(
                                management,
                                AdvancedFieldSelector.builder()
                                        .field("eventSource")
                                        .notEquals("kms.amazonaws.com", "iam.amazonaws.com")
                                        .build()),
                        false),
                Arguments.of(
                        "advanced: one source only",
                        advanced(management, equal("eventSource", "s3.amazonaws.com")),
                        false),
                Arguments.of(
                        "advanced: some names only",
                        advanced(
                                management,
                                AdvancedFieldSelector.builder()
                                        .field("eventName")
                                        .notEquals("DeleteUser")
                                        .build()),
                        false));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("selectorsAndVerdicts")
    void aTrailCountsWhenItsSelectorsLetEveryWriteManagementEventThrough(
            String what, GetEventSelectorsResponse selectors, boolean counts) {
        trails(EVERYWHERE);
        logging(true);
        selectors(selectors);

        assertThat(check()).isInstanceOf(counts ? Outcome.Done.class : Outcome.Waiting.class);
    }

    @Test
    void anOrganizationTrailOutOfSightDoesNotCount() {
        trails(EVERYWHERE, IN_FRANKFURT, IN_VIRGINIA);
        logging(true);
        selectors(ALL_MANAGEMENT_EVENTS);
        willThrow(AwsErrors.denied(CloudTrailException.builder(), "cloudtrail:GetTrailStatus"))
                .given(cloudTrail)
                .getTrailStatus(GetTrailStatusRequest.builder()
                        .name(EVERYWHERE.trailARN())
                        .build());

        assertThat(check())
                .isEqualTo(new Outcome.Done("Changes reach EventBridge through the trail frankfurt, virginia."
                        + " Could not read the trail everywhere: AWS denied cloudtrail:GetTrailStatus."));
    }

    @Test
    void whenTheOnlyTrailCannotBeRead_nothingIsClaimed() {
        trails(EVERYWHERE);
        logging(true);
        willThrow(AwsErrors.denied(CloudTrailException.builder(), "cloudtrail:GetEventSelectors"))
                .given(cloudTrail)
                .getEventSelectors(any(GetEventSelectorsRequest.class));

        assertThat(check())
                .isEqualTo(new Outcome.Unknown(
                        "Could not read the trail everywhere: AWS denied cloudtrail:GetEventSelectors."));
    }

    @Test
    void aTrailDeletedSinceItWasListedDoesNotCount() {
        trails(EVERYWHERE);
        willThrow(AwsErrors.error(TrailNotFoundException.builder(), "TrailNotFoundException", "Unknown trail"))
                .given(cloudTrail)
                .getTrailStatus(any(GetTrailStatusRequest.class));

        assertThat(check()).isInstanceOf(Outcome.Waiting.class);
    }

    @Test
    void whenAwsDeniesTheListOfTrails_theOutcomeIsUnknown() {
        willThrow(AwsErrors.denied(CloudTrailException.builder(), "cloudtrail:DescribeTrails"))
                .given(cloudTrail)
                .describeTrails(any(DescribeTrailsRequest.class));

        assertThat(check())
                .isEqualTo(new Outcome.Unknown(
                        "Could not read the trails of the account: AWS denied cloudtrail:DescribeTrails."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"trails", "status", "selectors"})
    void whenAnyReadIsThrottled_itIsTriedAgainAndNotTakenForAnAnswer(String throttled) {
        trails(EVERYWHERE);
        logging(true);
        selectors(ALL_MANAGEMENT_EVENTS);
        var throttling =
                willThrow(AwsErrors.throttled(CloudTrailException.builder())).given(cloudTrail);
        switch (throttled) {
            case "trails" -> throttling.describeTrails(any(DescribeTrailsRequest.class));
            case "status" -> throttling.getTrailStatus(any(GetTrailStatusRequest.class));
            default -> throttling.getEventSelectors(any(GetEventSelectorsRequest.class));
        }

        assertThatThrownBy(this::check).isInstanceOf(TryAgainException.class);
    }

    @Test
    void whenCloudTrailIsOutOfReach_itIsTriedAgain() {
        trails(EVERYWHERE);
        willThrow(SdkClientException.create("Connection reset"))
                .given(cloudTrail)
                .getTrailStatus(any(GetTrailStatusRequest.class));

        assertThatThrownBy(this::check).isInstanceOf(TryAgainException.class);
    }

    private ManagementEventTrail trailIn(String region) {
        return new ManagementEventTrail(
                where -> where.equals(Region.US_EAST_1) ? virginia : cloudTrail,
                new Console(Region.of(region)),
                Stream.of(region, "us-east-1").distinct().map(Region::of).toList());
    }

    private Outcome check() {
        return trail.check();
    }

    /** Each Region lists its own trails and the multi-Region ones. */
    private void trails(Trail... trails) {
        listed(cloudTrail, "eu-central-1", trails);
        listed(virginia, "us-east-1", trails);
    }

    private static void listed(CloudTrailClient client, String region, Trail... trails) {
        willReturn(DescribeTrailsResponse.builder()
                        .trailList(Arrays.stream(trails)
                                .filter(trail -> trail.isMultiRegionTrail()
                                        || trail.homeRegion().equals(region))
                                .toList())
                        .build())
                .given(client)
                .describeTrails(any(DescribeTrailsRequest.class));
    }

    private void logging(boolean logging) {
        for (CloudTrailClient client : List.of(cloudTrail, virginia)) {
            willReturn(GetTrailStatusResponse.builder().isLogging(logging).build())
                    .given(client)
                    .getTrailStatus(any(GetTrailStatusRequest.class));
        }
    }

    private void selectors(GetEventSelectorsResponse selectors) {
        for (CloudTrailClient client : List.of(cloudTrail, virginia)) {
            willReturn(selectors).given(client).getEventSelectors(any(GetEventSelectorsRequest.class));
        }
    }

    private static Trail trail(String name, String homeRegion, boolean multiRegion) {
        return Trail.builder()
                .name(name)
                .trailARN("arn:aws:cloudtrail:" + homeRegion + ":111122223333:trail/" + name)
                .homeRegion(homeRegion)
                .isMultiRegionTrail(multiRegion)
                .build();
    }

    private static GetEventSelectorsResponse basic(ReadWriteType readWriteType, boolean managementEvents) {
        return GetEventSelectorsResponse.builder()
                .eventSelectors(selector(readWriteType, managementEvents))
                .build();
    }

    private static EventSelector selector(ReadWriteType readWriteType, boolean managementEvents) {
        return EventSelector.builder()
                .readWriteType(readWriteType)
                .includeManagementEvents(managementEvents)
                .build();
    }

    private static GetEventSelectorsResponse advanced(AdvancedFieldSelector... fields) {
        return GetEventSelectorsResponse.builder()
                .advancedEventSelectors(AdvancedEventSelector.builder()
                        .fieldSelectors(Arrays.asList(fields))
                        .build())
                .build();
    }

    private static AdvancedFieldSelector equal(String field, String value) {
        return AdvancedFieldSelector.builder().field(field).equalsValue(value).build();
    }
}
