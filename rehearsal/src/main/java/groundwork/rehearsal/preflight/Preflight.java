package groundwork.rehearsal.preflight;

import groundwork.checklist.Prerequisite;
import groundwork.rehearsal.report.Style;
import groundwork.rehearsal.stack.Clients;
import groundwork.rehearsal.stack.EventRules;
import groundwork.rehearsal.stack.UndeployedStack;
import groundwork.rehearsal.states.HistoryEvent;
import groundwork.rehearsal.template.Deployment;
import groundwork.rehearsal.template.ExpandedTemplate;
import groundwork.rehearsal.template.Template;
import groundwork.rehearsal.template.TemplateException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;

/** The command {@code ./preflight}: the plan of a stack that is not deployed yet, in the account of whoever asks. */
public final class Preflight {
    /** The name in samconfig.toml. */
    static final String STACK = "groundwork";

    /** Where nothing is configured. */
    static final Region DEFAULT = Region.US_EAST_1;

    static final String NO_REGION =
            "No Region is configured, so this begins in %s, which every account has. Name another with --region."
                    .formatted(DEFAULT.id());

    /** A person is waiting. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    static final Map<String, String> SOMEBODY =
            Map.of("AdministratorEmail", "you@example.com", "GivenName", "Your", "FamilyName", "Name");

    private final Template template;
    private final Clients clients;
    private final InstantSource clock;
    private final Consumer<Duration> pause;
    private final Optional<String> endpoint;

    /**
     * @param clients with the caller's permissions; only calls that read are made with them
     * @param pause takes the time between two attempts of the same call
     * @param endpoint where calls go instead of AWS; empty if they go there
     */
    Preflight(
            Template template,
            Clients clients,
            InstantSource clock,
            Consumer<Duration> pause,
            Optional<String> endpoint) {
        this.template = template;
        this.clients = clients;
        this.clock = clock;
        this.pause = pause;
        this.endpoint = endpoint;
    }

    /**
     * Looks at the account of the caller.
     *
     * <p>Exit status: 0 if Groundwork can be deployed, 1 if something blocks it, 2 if the command line makes no sense, 3 if
     * the account could not be looked at.
     */
    public static void main(String[] arguments) {
        // Single sign-on and role profiles make clients of their own, and there is more than one HTTP client around.
        System.setProperty(
                "software.amazon.awssdk.http.service.impl",
                "software.amazon.awssdk.http.urlconnection.UrlConnectionSdkHttpService");
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        Style style = Style.of(System.console(), System.getenv("NO_COLOR"));
        System.exit(run(List.of(arguments), System.getenv(), out, style));
    }

    private static int run(List<String> arguments, Map<String, String> environment, PrintStream out, Style style) {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            out.print(CommandLine.HELP);
            return 0;
        }
        try {
            CommandLine asked = CommandLine.parse(arguments);
            Template template = Template.read(Path.of("template.yaml").toAbsolutePath());
            AwsAccess aws = new AwsAccess(asked.profile(), environment);
            Optional<Region> region = asked.region().or(aws::region).map(CommandLine::known);
            aws.signIn(region.orElse(DEFAULT));
            if (asked.breadth() != CommandLine.Breadth.ACCOUNT) {
                return new OrganizationPreflight(template, aws, Preflight::sleep, aws.endpoint())
                        .look(asked, region, new OrganizationReport(out, style));
            }
            return new Preflight(template, aws, InstantSource.system(), Preflight::sleep, aws.endpoint())
                    .look(asked, region, new Report(out, style));
        } catch (CommandLine.UsageException | TemplateException e) {
            out.println(e.getMessage());
            return 2;
        } catch (NoAccessException | ReadOnlyClients.WriteRefusedException e) {
            out.println(e.getMessage());
            return 3;
        } catch (SdkException e) {
            out.println(NoAccessException.because(e).getMessage());
            return 3;
        }
    }

    /**
     * Looks, and tells what was found.
     *
     * @param configured the Region to begin in; empty if none is configured
     * @return the exit status
     * @throws NoAccessException if AWS does not let the caller in
     * @throws TemplateException if a parameter breaks its constraint
     */
    int look(CommandLine asked, Optional<Region> configured, Report report) {
        Region start = configured.orElse(DEFAULT);
        Map<String, String> parameters = new LinkedHashMap<>(asked.parameters());
        SOMEBODY.forEach(parameters::putIfAbsent);
        // Before the first call: what is wrong with the parameters needs no credentials to be said.
        template.expand(parameters, Deployment.of("111122223333", start.id(), STACK));
        CallerAccount account = account(start);
        AccountPlan accountPlan = AccountPlan.read(new ReadOnlyClients(clients, (call, failure) -> {}), start);
        report.account(account, accountPlan);
        endpoint.ifPresent(url -> report.note("This looks at %s (AWS_ENDPOINT_URL), not at AWS.".formatted(url)));
        if (configured.isEmpty()) {
            report.note(NO_REGION);
        }
        if (!asked.parameters().containsKey("AdministratorEmail")) {
            report.note("Without --email, the plan is for a made-up administrator, %s."
                    .formatted(parameters.get("AdministratorEmail")));
        }

        Denials denials = new Denials();
        Clients reading = new ReadOnlyClients(clients, denials);
        Plan first = plan(account, start, parameters, reading, report);
        Plan plan = first.otherRegion()
                .map(primary -> plan(account, primary, parameters, reading, report))
                .orElse(first);
        TrailChoice trail = TrailChoice.of(asked.parameters(), plan, reading);
        List<Line> lines = plan.lines().stream()
                .map(line -> beforeDeployment(line, parameters, trail))
                .toList();
        report.region(plan, start, configured.isPresent());
        if (account.isStandalone() && plan.line(Prerequisite.IDENTITY_CENTER).kind() == Line.Kind.NEEDS_A_PERSON) {
            report.beforeEnable(accountPlan);
        }
        report.lines(lines);
        report.permissions(denials);
        DeployCommand command = command(asked, plan, trail);
        Map<String, String> madeUp = new LinkedHashMap<>(SOMEBODY);
        madeUp.keySet().removeAll(asked.parameters().keySet());
        Optional<String> refusal = trail.refusal().or(() -> command.refusal(template, account.id(), madeUp));
        refusal.ifPresentOrElse(report::noCommand, () -> report.command(command, isBlocked(lines)));
        report.verdict(lines, plan.brokenOff(), refusal);
        return plan.brokenOff().isPresent() ? 3 : isBlocked(lines) || refusal.isPresent() ? 1 : 0;
    }

    private CallerAccount account(Region region) {
        try {
            return CallerAccount.read(new ReadOnlyClients(clients, (call, failure) -> {}), region);
        } catch (SdkException e) {
            throw NoAccessException.because(e);
        }
    }

    private Plan plan(
            CallerAccount account, Region region, Map<String, String> parameters, Clients reading, Report report) {
        ExpandedTemplate expanded = template.expand(parameters, Deployment.of(account.id(), region.id(), STACK));
        List<String> addresses = Stream.of("AdministratorEmail", "OwnerEmail")
                .map(parameters::get)
                .filter(address -> address != null && !address.isEmpty())
                .toList();
        Plan.Reader reader = new Plan.Reader(event -> {
            report.progress(event);
            if (event instanceof HistoryEvent.RetryScheduled retry) {
                pause.accept(retry.delay().compareTo(LONGEST_PAUSE) < 0 ? retry.delay() : LONGEST_PAUSE);
            }
        });
        UndeployedStack stack = new UndeployedStack(
                expanded, new NothingDeployed(reading, addresses, EventRules.madeInEveryRegion(expanded)));
        return reader.plan(region, stack.plan(clock.instant(), reader));
    }

    /** Two lines are about what the stack itself brings. */
    private static Line beforeDeployment(Line line, Map<String, String> parameters, TrailChoice trail) {
        if (line.prerequisite() == Prerequisite.EMAIL_CHANNEL
                && parameters.getOrDefault("SenderEmail", "").isEmpty()
                && line.kind() == Line.Kind.NEEDS_A_PERSON) {
            return new Line(
                    line.prerequisite(),
                    Line.Kind.NEEDS_A_PERSON,
                    "While the stack is being created, AWS asks %s to confirm."
                            .formatted(parameters.get("AdministratorEmail")),
                    List.of(),
                    Optional.of(new Line.Step(
                            "Open the email \"AWS Notification - Subscription Confirmation\" and click \"Confirm"
                                    + " subscription\": one click, within 48 hours.",
                            Optional.empty())));
        }
        return line.prerequisite() == Prerequisite.CHANGE_EVENTS ? trail.beforeDeployment(line) : line;
    }

    private static DeployCommand command(CommandLine asked, Plan plan, TrailChoice trail) {
        Map<String, String> parameters = new LinkedHashMap<>();
        Map<String, String> given = asked.parameters();
        // Not an address on purpose: the stack refuses it, so that nobody deploys for you@example.com.
        parameters.put("AdministratorEmail", given.getOrDefault("AdministratorEmail", "YOUR_EMAIL_ADDRESS"));
        parameters.put("GivenName", given.getOrDefault("GivenName", "YOUR_GIVEN_NAME"));
        parameters.put("FamilyName", given.getOrDefault("FamilyName", "YOUR_FAMILY_NAME"));
        parameters.putAll(given);
        plan.administrator()
                .filter(userName -> !userName.equals(parameters.get("AdministratorEmail")))
                .ifPresent(userName -> parameters.put("UserName", userName));
        parameters.put("CreateTrail", trail.value());
        return new DeployCommand(plan.region(), asked.profile(), parameters);
    }

    private static boolean isBlocked(List<Line> lines) {
        return lines.stream().anyMatch(line -> line.kind() == Line.Kind.BLOCKED);
    }

    private static void sleep(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
