package groundwork.rehearsal.preflight;

import groundwork.rehearsal.template.Deployment;
import groundwork.rehearsal.template.Template;
import groundwork.rehearsal.template.TemplateException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
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

    /** What {@code ./deploy} cannot hand on: the SAM CLI takes a backslash there for its own. */
    private static final Pattern LOST_BACKSLASH = Pattern.compile("\\\\([ \"']|$)");

    /** What Identity Center takes of a user name, and the email address stands in for one that is not given. */
    private static final int LONGEST_USER_NAME = 128;

    /**
     * Why the command would not deploy what was planned; empty if it would.
     *
     * @param placeholders what stands for values that nobody gave
     */
    Optional<String> refusal(Template template, String accountId, Map<String, String> placeholders) {
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            if (LOST_BACKSLASH.matcher(parameter.getValue()).find()) {
                return Optional.of(
                        "%s is \"%s\", and the SAM CLI cannot pass on a backslash before a blank or a quote, or at the end."
                                .formatted(parameter.getKey(), parameter.getValue()));
            }
        }
        for (String name : ADMINISTRATOR) {
            if (parameters.get(name).startsWith("-")) {
                return Optional.of("%s is \"%s\", and ./deploy takes what begins with a hyphen for an option."
                        .formatted(name, parameters.get(name)));
            }
        }
        Map<String, String> given = new LinkedHashMap<>(parameters);
        given.putAll(placeholders);
        String email = given.get("AdministratorEmail");
        if (given.getOrDefault("UserName", "").isEmpty() && email.length() > LONGEST_USER_NAME) {
            return Optional.of(
                    "Without --user-name the user name would be the email address, which has %d characters; IAM Identity Center takes %d."
                            .formatted(email.length(), LONGEST_USER_NAME));
        }
        try {
            template.expand(given, Deployment.of(accountId, region.id(), Preflight.STACK));
            return Optional.empty();
        } catch (TemplateException e) {
            return Optional.of(e.getMessage());
        }
    }

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
