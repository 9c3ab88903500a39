package groundwork.rehearsal.preflight;

import groundwork.runtime.AwsFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** The actions that AWS denied the caller, each once. */
final class Denials implements BiConsumer<ReadOnlyClients.ApiCall, AwsServiceException> {
    private final TreeMap<String, Boolean> byOrganization = new TreeMap<>();

    @Override
    public void accept(ReadOnlyClients.ApiCall call, AwsServiceException failure) {
        AwsFailure.deniedAction(failure)
                .map(named -> named.contains(":") ? named : action(call))
                .ifPresent(action -> byOrganization.merge(
                        action,
                        String.valueOf(failure.getMessage()).contains("service control policy"),
                        Boolean::logicalOr));
    }

    /** Not every service says which action it denied. */
    private static String action(ReadOnlyClients.ApiCall call) {
        String operation = call.operation().substring(0, 1).toUpperCase(Locale.ROOT)
                + call.operation().substring(1);
        return AwsAccess.prefix(call.client()) + ":" + operation;
    }

    boolean none() {
        return byOrganization.isEmpty();
    }

    /** Those that a policy of the account can allow, in the order of the alphabet. */
    List<String> allowable() {
        return actions(false);
    }

    /** Those that no policy of the account can allow, because a service control policy denies them. */
    List<String> deniedByOrganization() {
        return actions(true);
    }

    /** The lines of a policy statement that allows the actions. They read what is not known by its ARN before. */
    List<String> statement() {
        List<String> lines = new ArrayList<>();
        lines.add("{");
        lines.add("  \"Effect\": \"Allow\",");
        lines.add("  \"Action\": [");
        lines.add("    \"" + String.join("\",\n    \"", allowable()) + "\"");
        lines.add("  ],");
        lines.add("  \"Resource\": \"*\"");
        lines.add("}");
        return lines.stream().flatMap(String::lines).toList();
    }

    private List<String> actions(boolean deniedByOrganization) {
        return byOrganization.entrySet().stream()
                .filter(entry -> entry.getValue() == deniedByOrganization)
                .map(Map.Entry::getKey)
                .toList();
    }
}
