package groundwork.rehearsal.preflight;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.regions.Region;

/**
 * The command that deploys the stack, ready to be pasted into a shell.
 *
 * @param parameters all that are needed, and others in the order in which they are shown
 */
record DeployCommand(Region region, Optional<String> profile, Map<String, String> parameters) {
    /** Those that {@code ./deploy} takes without their names. */
    private static final List<String> ADMINISTRATOR = List.of("AdministratorEmail", "GivenName", "FamilyName");

    /** The lines of the command, each but the last with a backslash at its end. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("./deploy --region " + region.id()
                + profile.map(name -> " --profile " + quoted(name)).orElse("") + " "
                + ADMINISTRATOR.stream()
                        .map(parameters::get)
                        .map(DeployCommand::quoted)
                        .collect(Collectors.joining(" ")));
        Map<String, String> others = new LinkedHashMap<>(parameters);
        others.keySet().removeAll(ADMINISTRATOR);
        others.forEach((name, value) -> lines.add("    " + quoted(name + "=" + value)));
        return Stream.concat(
                        lines.stream().limit(lines.size() - 1L).map(line -> line + " \\"), Stream.of(lines.getLast()))
                .toList();
    }

    private static String quoted(String text) {
        return text.matches("[A-Za-z0-9.@_/:+=-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
