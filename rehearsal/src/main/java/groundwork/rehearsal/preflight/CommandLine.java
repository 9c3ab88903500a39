package groundwork.rehearsal.preflight;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.regions.Region;

/**
 * What {@code ./preflight} was asked.
 *
 * @param profile a named profile of the AWS configuration files; empty for the default credentials
 * @param region the Region to begin in; empty for the configured one
 * @param parameters values of parameters of the template, by name
 * @param breadth what is looked at
 */
record CommandLine(Optional<String> profile, Optional<Region> region, Map<String, String> parameters, Breadth breadth) {
    /** What is looked at. */
    enum Breadth {
        ACCOUNT,
        /** The member accounts, each named only among the first of its kind. */
        ORGANIZATION,
        /** The member accounts, each in a line. */
        ORGANIZATION_IN_FULL
    }

    static final String HELP = """
            Usage: ./preflight [options]

            Looks at an AWS account before Groundwork is deployed there, with your own credentials. Runs the plan of the
            real state machine on this machine: who you are, what a deployment would create, adopt or leave alone, what
            needs a person, which permissions are missing, and the command that deploys. Changes nothing in the
            account: only calls that read leave this machine.

            The administrator (without these, the plan is for a made-up one):
              --email ADDRESS           the administrator's email address
              --given-name NAME         first name
              --family-name NAME        last name
              --user-name NAME          the name to sign in with; the email address if left out
              --parameter NAME=VALUE    any other parameter of template.yaml, such as GroupName=Admins; repeatable

            The account:
              --profile NAME            a profile of your AWS configuration; otherwise the usual credentials are found
                                        (environment, AWS_PROFILE, single sign-on, aws login, container, instance)
              --region REGION           where to begin and, if IAM Identity Center is not enabled yet, where it will be;
                                        otherwise the configured Region

            The organization (its parameters, such as MemberAccounts=ou-ab12-cdefgh34, are given with --parameter):
              --organization            what would be done in the member accounts, on one page
              --all                     with --organization: each account in a line

            AWS_ENDPOINT_URL is honoured. Colours only on a terminal, and not with NO_COLOR.

            Exit status: 0 Groundwork can be deployed, 1 something blocks it, 2 the command line makes no sense,
            3 the account could not be looked at (no credentials, expired credentials, no network).
            """;

    private static final Map<String, String> PARAMETERS = Map.of(
            "--email", "AdministratorEmail",
            "--given-name", "GivenName",
            "--family-name", "FamilyName",
            "--user-name", "UserName");

    /** The command line makes no sense; the message says what does. */
    static final class UsageException extends RuntimeException {
        UsageException(String message) {
            super(message);
        }
    }

    /**
     * Reads the arguments; {@code --name value} and {@code --name=value} are the same.
     *
     * @throws UsageException if they make no sense
     */
    static CommandLine parse(List<String> arguments) {
        Deque<String> rest = new ArrayDeque<>(arguments);
        Optional<String> profile = Optional.empty();
        Optional<Region> region = Optional.empty();
        Map<String, String> parameters = new LinkedHashMap<>();
        boolean organization = false;
        boolean all = false;
        while (!rest.isEmpty()) {
            String argument = rest.remove();
            int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
            String option = equals < 0 ? argument : argument.substring(0, equals);
            if (equals >= 0) {
                rest.push(argument.substring(equals + 1));
            }
            switch (option) {
                case "--profile" -> profile = Optional.of(value(option, rest));
                case "--region" -> region = Optional.of(region(value(option, rest)));
                case "--organization" -> organization = true;
                case "--all" -> all = true;
                case "--parameter" -> {
                    String[] pair = value(option, rest).split("=", 2);
                    if (pair.length < 2 || pair[0].isEmpty()) {
                        throw new UsageException(
                                "--parameter needs NAME=VALUE, such as --parameter GroupName=Admins; see ./preflight --help.");
                    }
                    parameters.put(pair[0], pair[1]);
                }
                case "--email", "--given-name", "--family-name", "--user-name" ->
                    parameters.put(PARAMETERS.get(option), value(option, rest));
                default ->
                    throw new UsageException(
                            "There is no option \"%s\"; ./preflight --help lists those there are.".formatted(option));
            }
        }
        return new CommandLine(profile, region, parameters, breadth(organization, all));
    }

    private static Breadth breadth(boolean organization, boolean all) {
        if (all && !organization) {
            throw new UsageException("--all goes with --organization; see ./preflight --help.");
        }
        return all ? Breadth.ORGANIZATION_IN_FULL : organization ? Breadth.ORGANIZATION : Breadth.ACCOUNT;
    }

    private static String value(String option, Deque<String> rest) {
        if (rest.isEmpty() || rest.peek().startsWith("--")) {
            throw new UsageException("%s needs a value; see ./preflight --help.".formatted(option));
        }
        return rest.remove();
    }

    private static Region region(String id) {
        return known(Region.of(id));
    }

    /**
     * A Region that exists; a slip of the pen would only be noticed as a host that cannot be found.
     *
     * @throws UsageException if it does not
     */
    static Region known(Region region) {
        if (region.isGlobalRegion() || !Region.regions().contains(region)) {
            throw new UsageException(
                    "There is no Region \"%s\"; one looks like us-east-1 or eu-central-1.".formatted(region.id()));
        }
        return region;
    }
}
