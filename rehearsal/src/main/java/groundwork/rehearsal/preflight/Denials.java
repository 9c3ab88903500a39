package groundwork.rehearsal.preflight;

import groundwork.rehearsal.account.AwsService;
import groundwork.runtime.AwsFailure;
import java.util.ArrayList;
import java.util.List;
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
        String operation = call.operation().substring(0, 1).toUpperCase(java.util.Locale.ROOT)
                + call.operation().substring(1);
        return AwsService.of(call.client()).prefix() + ":" + operation;
    }

    /** In the order of the alphabet. */
    List<String> actions() {
        return new ArrayList<>(byOrganization.keySet());
    }

    /** Those that no policy of the account can allow, because a service control policy denies them. */
    List<String> deniedByOrganization() {
        return byOrganization.entrySet().stream()
                .filter(java.util.Map.Entry::getValue)
                .map(java.util.Map.Entry::getKey)
                .toList();
    }

    /** A policy statement that allows the actions. None of these reads can be narrowed to a resource known by now. */
    String statement() {
        String actions = String.join("\", \"", actions());
        return "{ \"Effect\": \"Allow\", \"Action\": [\"" + actions + "\"], \"Resource\": \"*\" }";
    }
}
