package groundwork.sweep;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import groundwork.checklist.Outcome;
import groundwork.email.OwnStack;
import groundwork.email.Reader;
import groundwork.email.channel.Channel;
import groundwork.email.channel.Channels;
import groundwork.email.channel.Delivery;
import groundwork.email.channel.Handover;
import groundwork.json.Json;
import groundwork.runtime.AwsClients;
import groundwork.runtime.Settings;
import groundwork.state.Outbox;
import java.io.PrintStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sns.SnsClient;

/** Ends a sweep: keeps where the member accounts stand, writes the numbers as metrics, and sends one email if something has changed. */
public final class SendDigestHandler implements RequestHandler<SendDigestHandler.Request, SendDigestHandler.Report> {
    /** Nobody changes so much within a day, and no sweep is further away. */
    private static final long MANY_EVENTS = 1_000;

    private static final String KIND = "DIGEST";

    private final Settings settings;
    private final InstantSource clock;
    private final SweepTable table;
    private final Outbox outbox;
    private final OwnStack stack;
    private final Channels channels;
    private final PrintStream log;

    public SendDigestHandler() {
        this(
                System.getenv(),
                InstantSource.system(),
                AwsClients.here(DynamoDbClient.builder()),
                AwsClients.here(SnsClient.builder()),
                AwsClients.onFirstUse(() -> AwsClients.here(SesV2Client.builder())),
                System.out);
    }

    SendDigestHandler(
            Map<String, String> environment,
            InstantSource clock,
            DynamoDbClient dynamoDb,
            SnsClient sns,
            Supplier<SesV2Client> ses,
            PrintStream log) {
        this.settings = new Settings(environment);
        this.clock = clock;
        this.table = new SweepTable(dynamoDb, settings.tableName(), clock);
        this.outbox = new Outbox(() -> dynamoDb, settings.tableName(), clock);
        this.stack = OwnStack.of(settings);
        this.channels = Channels.of(settings, stack, sns, ses);
        this.log = log;
    }

    /**
     * @param batches the keys of the batches of the sweep
     * @param whole whether these are all accounts that are looked after
     * @param executionArn the sweep
     */
    public record Request(List<String> batches, boolean whole, String executionArn) {
        public Request {
            batches = batches == null ? List.of() : List.copyOf(batches);
        }
    }

    /**
     * How many accounts stand where.
     *
     * @param unknown of which something could not be read
     * @param notActive that are suspended, closed or not activated yet
     * @param told whether an email went out
     */
    public record Report(
            int accounts, int ready, int waiting, int blocked, int failed, int unknown, int notActive, boolean told) {}

    @Override
    public Report handleRequest(Request request, Context context) {
        List<Batch> batches = request.batches().stream().map(table::batch).toList();
        List<Member> members =
                batches.stream().flatMap(batch -> batch.members().stream()).toList();
        Map<String, SweepTable.Recorded> recorded =
                table.recorded(members.stream().map(Member::id).toList());
        Summary before = table.summary();
        Summary now = summary(members, recorded, request.whole() ? Summary.NONE : before);
        if (!now.equals(before)) {
            table.keep(now);
        }
        writeMetrics(now);
        boolean told = tell(request, members, repaired(batches, recorded), now);
        if (batches.stream().allMatch(Batch::isCompared)) {
            table.end();
        }
        return new Report(
                now.ids().size(),
                now.count(Summary.READY),
                now.counted("WAITING"),
                now.counted("BLOCKED"),
                now.count(Summary.FAILED),
                now.counted("UNKNOWN"),
                now.count(Summary.NOT_ACTIVE),
                told);
    }

    private static Summary summary(List<Member> members, Map<String, SweepTable.Recorded> recorded, Summary rest) {
        List<String> gone = new ArrayList<>();
        Map<String, String> groups = new HashMap<>();
        for (Member member : members) {
            switch (member.standing()) {
                case GONE -> gone.add(member.id());
                case NOT_ACTIVE -> groups.put(member.id(), Summary.NOT_ACTIVE);
                case ACTIVE ->
                    groups.put(
                            member.id(),
                            Summary.group(recorded.getOrDefault(member.id(), SweepTable.Recorded.NOTHING)));
            }
        }
        return rest.with(gone, groups);
    }

    /** Where something was put back after the sweep had compared. */
    private static SortedSet<String> repaired(List<Batch> batches, Map<String, SweepTable.Recorded> recorded) {
        return batches.stream()
                .filter(Batch::isCompared)
                .flatMap(batch -> batch.differing().stream()
                        .filter(id -> recorded.getOrDefault(id, SweepTable.Recorded.NOTHING)
                                .record()
                                .repairs()
                                .anySince(batch.comparedAt())))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean tell(Request request, List<Member> members, SortedSet<String> repaired, Summary now) {
        Told told = table.told();
        Instant at = clock.instant();
        boolean isNews = !repaired.isEmpty() || !told.summary().equals(now);
        if (!isNews || request.batches().isEmpty() || !told.allowsAnother(at)) {
            return false;
        }
        Map<String, String> names = new HashMap<>();
        Map<String, Long> noisy = new TreeMap<>();
        members.forEach(member -> {
            names.put(member.id(), Objects.toString(member.name(), ""));
            if (member.mark() != null && member.mark().events() >= MANY_EVENTS) {
                noisy.put(member.id(), member.mark().events());
            }
        });
        DigestWording wording = new DigestWording(
                stack,
                settings.organizationId(),
                table.recorded(settings.accountId()).record().lookedAfterSince().orElse(at),
                request.executionArn());
        DigestWording.News news = new DigestWording.News(told.summary(), now, names, repaired, noisy);
        boolean heard = false;
        for (Map.Entry<Reader, Channel> way : channels.of().entrySet()) {
            heard |= send(way.getValue(), way.getKey(), wording, news, request);
        }
        if (heard) {
            table.keep(told.telling(now, at));
        }
        return heard;
    }

    /**
     * What nobody can hear is told by the next sweep.
     *
     * @return whether the email is out, also if an earlier attempt has sent it
     */
    private boolean send(
            Channel channel, Reader reader, DigestWording wording, DigestWording.News news, Request request) {
        String occasion = "%s#%s#%s".formatted(KIND, request.batches().getFirst(), reader);
        if (!(channel.state() instanceof Outcome.Done)) {
            return false;
        }
        return new Delivery(outbox, SweepTable.ORGANIZATION, request.executionArn())
                .deliver(
                        new Outbox.Claim(occasion, Instant.EPOCH, KIND, channel.address(), false),
                        () -> channel.send(wording.of(news, reader)))
                .map(Handover.Accepted.class::isInstance)
                .orElseGet(() -> outbox.isSent(SweepTable.ORGANIZATION, occasion));
    }

    /**
     * CloudWatch makes metrics of this line of the log.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">Embedded
     *     metric format</a>
     */
    private void writeMetrics(Summary now) {
        Map<String, Integer> values = new LinkedHashMap<>();
        values.put("MemberAccounts", now.ids().size());
        values.put("Ready", now.count(Summary.READY));
        values.put("Waiting", now.counted("WAITING"));
        values.put("Blocked", now.counted("BLOCKED"));
        values.put("Failed", now.count(Summary.FAILED));
        values.put("Unknown", now.counted("UNKNOWN"));
        Map<String, Object> line = new LinkedHashMap<>(values);
        line.put("Stack", stack.name());
        line.put(
                "_aws",
                Map.of(
                        "Timestamp",
                        clock.instant().toEpochMilli(),
                        "CloudWatchMetrics",
                        List.of(Map.of(
                                "Namespace",
                                "Groundwork",
                                "Dimensions",
                                List.of(List.of("Stack")),
                                "Metrics",
                                values.keySet().stream()
                                        .map(name -> Map.of("Name", name, "Unit", "Count"))
                                        .toList()))));
        log.println(Json.write(line));
    }
}
