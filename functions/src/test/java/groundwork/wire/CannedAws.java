package groundwork.wire;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An endpoint that gives each operation of AWS one prepared answer, whatever the request says. */
final class CannedAws implements AutoCloseable {
    private static final Pattern QUERY_ACTION = Pattern.compile("(?:^|&)Action=([A-Za-z]+)");

    private final HttpServer server;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<String> unanswered = new CopyOnWriteArrayList<>();

    private record Answer(int status, String body) {}

    CannedAws() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void answers(String operation, String body) {
        answers.put(operation, new Answer(200, body));
    }

    void fails(String operation, String code, String message) {
        answers.put(operation, new Answer(400, """
                {"__type": "%s", "message": "%s"}
                """.formatted(code, message)));
    }

    /** The same of a service that answers with XML. */
    void failsInXml(String operation, String code, String message) {
        answers.put(operation, new Answer(403, """
                <ErrorResponse><Error><Code>%s</Code><Message>%s</Message></Error></ErrorResponse>
                """.formatted(code, message)));
    }

    /** The operations that were called without an answer being prepared. */
    List<String> unanswered() {
        return List.copyOf(unanswered);
    }

    void forget() {
        answers.clear();
        unanswered.clear();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String operation = operation(exchange);
            Answer answer = answers.get(operation);
            if (answer == null) {
                unanswered.add(operation);
                answer = new Answer(400, "{\"__type\": \"NoAnswerPrepared\"}");
            }
            byte[] body = answer.body().strip().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders()
                    .add("Content-Type", answer.body().startsWith("<") ? "text/xml" : "application/json");
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** The JSON protocols name the operation in a header, the query protocol in the body, REST in the path. */
    private static String operation(HttpExchange exchange) {
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        if (target != null) {
            return target.substring(target.lastIndexOf('.') + 1);
        }
        try {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Matcher action = QUERY_ACTION.matcher(body);
            return action.find() ? action.group(1) : exchange.getRequestURI().getPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
