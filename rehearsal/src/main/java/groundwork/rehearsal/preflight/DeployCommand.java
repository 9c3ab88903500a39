package groundwork.rehearsal.preflight;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.regions.Region;

/**
 * The command that deploys the stack, ready to be pasted into a shell.
 *
 * @param parameters in the order in which they are shown
 */
record DeployCommand(Region region, Optional<String> profile, Map<String, String> parameters) {
    /** The lines of the command, each but the last with a backslash at its end. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("sam build && sam deploy --region " + region.id()
                + profile.map(name -> " --profile " + quoted(name)).orElse("") + " --parameter-overrides");
        parameters.forEach((name, value) -> lines.add("    " + override(name, value)));
        return lines.stream()
                .limit(lines.size() - 1L)
                .map(line -> line + " \\")
                .collect(Collectors.collectingAndThen(Collectors.toCollection(ArrayList::new), all -> {
                    all.add(lines.getLast());
                    return List.copyOf(all);
                }));
    }

    /**
     * sam splits what it gets at spaces, unless they are in double quotes, and takes a backslash from before a quote; so
     * the value is quoted for sam, and all of it for the shell.
     *
     * @see <a href="https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-cli-command-reference-sam-deploy.html">sam deploy</a>
     */
    private static String override(String name, String value) {
        boolean plain = value.matches("[A-Za-z0-9.@_/:+-]+");
        return plain ? name + "=" + value : quoted(name + "=\"" + value.replace("\"", "\\\"") + "\"");
    }

    private static String quoted(String text) {
        return text.matches("[A-Za-z0-9.@_/:+=-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
