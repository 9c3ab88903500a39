package groundwork.changeevents;

import groundwork.checklist.Console;
import groundwork.checklist.Outcome;
import groundwork.runtime.AwsFailure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.AdvancedEventSelector;
import software.amazon.awssdk.services.cloudtrail.model.AdvancedFieldSelector;
import software.amazon.awssdk.services.cloudtrail.model.CloudTrailException;
import software.amazon.awssdk.services.cloudtrail.model.EventSelector;
import software.amazon.awssdk.services.cloudtrail.model.GetEventSelectorsResponse;
import software.amazon.awssdk.services.cloudtrail.model.ReadWriteType;
import software.amazon.awssdk.services.cloudtrail.model.Trail;

/**
 * Looks for trails that feed EventBridge: API calls reach EventBridge only while a trail logs write management events.
 *
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html">AWS service
 *     events delivered via CloudTrail</a>
 */
final class ManagementEventTrail {
    /**
     * Many trails leave it out, because of the number of its events. They matter only where Identity Center has a customer
     * managed key.
     *
     * @see <a href="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-management-events-with-cloudtrail.html">Logging
     *     management events</a>, for "exclude AWS KMS events"
     */
    private static final String KEYS = "kms.amazonaws.com";

    /** The other sources in docs/events.md. */
    private static final Set<String> LISTENED_TO = Set.of(
            "account.amazonaws.com",
            "cloudformation.amazonaws.com",
            "cloudtrail.amazonaws.com",
            "events.amazonaws.com",
            "iam.amazonaws.com",
            "identitystore-scim.amazonaws.com",
            "identitystore.amazonaws.com",
            "identity-sync.amazonaws.com",
            "monitoring.amazonaws.com",
            "organizations.amazonaws.com",
            "ses.amazonaws.com",
            "signin.amazonaws.com",
            "sns.amazonaws.com",
            "sso-directory.amazonaws.com",
            "sso.amazonaws.com");

    private final List<CloudTrailClient> cloudTrail;
    private final Console console;
    private final Set<String> regions;

    /**
     * @param regions the Regions whose events are needed: that of Identity Center and the partition's global one
     */
    ManagementEventTrail(CloudTrailClients cloudTrail, Console console, List<Region> regions) {
        // A client is costly to build and made for many calls.
        this.cloudTrail = regions.stream().map(cloudTrail::in).toList();
        this.console = console;
        this.regions = regions.stream().map(Region::id).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    Outcome check() {
        Set<String> uncovered = new LinkedHashSet<>(regions);
        List<String> feeding = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        Optional<Outcome> unreadable = Optional.empty();
        boolean keysAreHeard = false;
        try {
            Set<String> seen = new HashSet<>();
            // A Region knows its own trails and the multi-Region ones of all, so that the first one often knows enough.
            for (CloudTrailClient client : cloudTrail) {
                if (uncovered.isEmpty()) {
                    break;
                }
                for (Trail trail : unseen(client, seen)) {
                    try {
                        Logged logged = logged(trail, client);
                        if (logged.fault().isPresent()) {
                            faults.add(" The trail %s %s."
                                    .formatted(trail.name(), logged.fault().get()));
                        } else {
                            uncovered.removeAll(covered(trail));
                            feeding.add(trail.name());
                            keysAreHeard |= !logged.leavesOutKeys();
                        }
                    } catch (CloudTrailException e) {
                        // Another trail may do: that of an organization is out of a member account's sight.
                        if (AwsFailure.deniedAction(e).isPresent() || AwsFailure.passes(e)) {
                            unreadable = Optional.of(AwsFailure.unreadable(e, "the trail " + trail.name()));
                        } else {
                            faults.add(" The trail %s cannot be read from this account.".formatted(trail.name()));
                        }
                    }
                }
            }
        } catch (SdkException e) {
            return AwsFailure.unreadable(e, "the trails of the account");
        }
        if (uncovered.isEmpty()) {
            String aside = unreadable.map(outcome -> " " + outcome.what()).orElse("")
                    + (keysAreHeard
                            ? ""
                            : " It leaves out AWS KMS: if IAM Identity Center has a customer managed key, what happens to that is"
                                    + " noticed by the schedule only.");
            return new Outcome.Done(
                    "Changes reach EventBridge through the trail " + String.join(", ", feeding) + "." + aside);
        }
        if (unreadable.isPresent()) {
            return unreadable.get();
        }
        return new Outcome.Waiting(
                "No trail logs changes in " + String.join(" and ", uncovered) + "." + String.join("", faults),
                "Start a trail that is stopped, turn on logging of every write management event in a multi-Region trail,"
                        + " or update the stack with"
                        + " CreateTrail set to true. Until then only the schedule notices changes.",
                console.trails());
    }

    private static List<Trail> unseen(CloudTrailClient client, Set<String> seen) {
        return client.describeTrails(request -> request.includeShadowTrails(true)).trailList().stream()
                .filter(trail -> seen.add(trail.trailARN()))
                .toList();
    }

    private Set<String> covered(Trail trail) {
        return Boolean.TRUE.equals(trail.isMultiRegionTrail()) ? regions : Set.of(trail.homeRegion());
    }

    /**
     * What a trail logs.
     *
     * @param fault why it does not feed EventBridge, as the end of a sentence about it; empty if it does
     */
    private record Logged(Optional<String> fault, boolean leavesOutKeys) {}

    private static Logged logged(Trail trail, CloudTrailClient cloudTrail) {
        if (!Boolean.TRUE.equals(cloudTrail
                .getTrailStatus(request -> request.name(trail.trailARN()))
                .isLogging())) {
            return new Logged(Optional.of("is stopped"), false);
        }
        GetEventSelectorsResponse selectors =
                cloudTrail.getEventSelectors(request -> request.trailName(trail.trailARN()));
        boolean everyWrite = selectors.eventSelectors().stream().anyMatch(ManagementEventTrail::logsWrites)
                || selectors.advancedEventSelectors().stream().anyMatch(ManagementEventTrail::logsWrites);
        return new Logged(
                everyWrite ? Optional.empty() : Optional.of("does not log every write management event"),
                leavesOutKeys(selectors));
    }

    private static boolean leavesOutKeys(GetEventSelectorsResponse selectors) {
        return Stream.concat(
                        selectors.eventSelectors().stream()
                                .flatMap(selector -> selector.excludeManagementEventSources().stream()),
                        selectors.advancedEventSelectors().stream()
                                .flatMap(selector -> selector.fieldSelectors().stream())
                                .filter(field -> field.field().equals("eventSource"))
                                .flatMap(field -> field.notEquals().stream()))
                .anyMatch(KEYS::equals);
    }

    private static boolean logsWrites(EventSelector selector) {
        return Boolean.TRUE.equals(selector.includeManagementEvents())
                && selector.readWriteType() != ReadWriteType.READ_ONLY;
    }

    private static boolean logsWrites(AdvancedEventSelector selector) {
        return selector.fieldSelectors().stream()
                        .anyMatch(field -> field.field().equals("eventCategory")
                                && field.equalsValue().contains("Management"))
                && selector.fieldSelectors().stream().noneMatch(ManagementEventTrail::narrowsWrites);
    }

    /** Any selector of sources or names may leave out an event that matters; only read-only=false cannot. */
    private static boolean narrowsWrites(AdvancedFieldSelector field) {
        return switch (field.field()) {
            case "eventCategory" -> false;
            case "readOnly" -> !field.equalsValue().contains("false");
            // Exclusions are common, of sources with many events.
            case "eventSource" -> field.notEquals().isEmpty() || !Collections.disjoint(field.notEquals(), LISTENED_TO);
            default -> true;
        };
    }
}
