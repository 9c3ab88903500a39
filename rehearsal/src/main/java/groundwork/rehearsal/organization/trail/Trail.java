package groundwork.rehearsal.organization.trail;

import java.util.List;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudtrail.model.AdvancedEventSelector;
import software.amazon.awssdk.services.cloudtrail.model.EventSelector;
import software.amazon.awssdk.services.cloudtrail.model.ReadWriteType;

/**
 * A trail. It has either classic or advanced event selectors.
 *
 * @param organizationTrail whether it covers every account of the organization
 */
public record Trail(
        String name,
        String accountId,
        Region homeRegion,
        boolean multiRegion,
        boolean organizationTrail,
        boolean logging,
        List<EventSelector> selectors,
        List<AdvancedEventSelector> advancedSelectors) {
    public Trail {
        selectors = List.copyOf(selectors);
        advancedSelectors = List.copyOf(advancedSelectors);
    }

    /** A logging trail over all Regions with CloudTrail's default selector: all management events. */
    public static Trail multiRegion(String name, String accountId, Region homeRegion) {
        EventSelector all = EventSelector.builder()
                .readWriteType(ReadWriteType.ALL)
                .includeManagementEvents(true)
                .build();
        return new Trail(name, accountId, homeRegion, true, false, true, List.of(all), List.of());
    }

    public Trail inOneRegion() {
        return new Trail(name, accountId, homeRegion, false, organizationTrail, logging, selectors, advancedSelectors);
    }

    public Trail ofOrganization() {
        return new Trail(name, accountId, homeRegion, multiRegion, true, logging, selectors, advancedSelectors);
    }

    public Trail withLogging(boolean on) {
        return new Trail(name, accountId, homeRegion, multiRegion, organizationTrail, on, selectors, advancedSelectors);
    }

    public Trail withSelectors(EventSelector... classic) {
        return new Trail(
                name, accountId, homeRegion, multiRegion, organizationTrail, logging, List.of(classic), List.of());
    }

    public Trail withAdvancedSelectors(AdvancedEventSelector... advanced) {
        return new Trail(
                name, accountId, homeRegion, multiRegion, organizationTrail, logging, List.of(), List.of(advanced));
    }

    public boolean isIn(Region region) {
        return multiRegion || homeRegion.equals(region);
    }

    /** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-management-events-with-cloudtrail.html */
    public boolean logsWritesOf(String eventSource) {
        return selectors.stream().anyMatch(selector -> logsWrites(selector, eventSource))
                || advancedSelectors.stream().anyMatch(selector -> logsWrites(selector, eventSource));
    }

    private static boolean logsWrites(EventSelector selector, String eventSource) {
        return !Boolean.FALSE.equals(selector.includeManagementEvents())
                && selector.readWriteType() != ReadWriteType.READ_ONLY
                && !selector.excludeManagementEventSources().contains(eventSource);
    }

    private static boolean logsWrites(AdvancedEventSelector selector, String eventSource) {
        return selector.fieldSelectors().stream()
                        .anyMatch(field -> field.field().equals("eventCategory")
                                && field.equalsValue().contains("Management"))
                && selector.fieldSelectors().stream().allMatch(field -> switch (field.field()) {
                    case "readOnly" -> field.equalsValue().contains("false");
                    case "eventSource" ->
                        !field.notEquals().contains(eventSource)
                                && (field.equalsValue().isEmpty()
                                        || field.equalsValue().contains(eventSource));
                    default -> true;
                });
    }
}
