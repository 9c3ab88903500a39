package groundwork.wire;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
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

    /** @param body a character for each byte */
    private record Answer(int status, String contentType, String body) {
        static Answer of(int status, String body) {
            String text = body.strip();
            return new Answer(
                    status,
                    text.startsWith("<") ? "text/xml" : "application/json",
                    new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
        }
    }

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
        answers.put(operation, Answer.of(200, body));
    }

    void fails(String operation, String code, String message) {
        answers.put(operation, Answer.of(400, """
                {"__type": "%s", "message": "%s"}
                """.formatted(code, message)));
    }

    /** The same of a service that answers with XML. */
    void failsInXml(String operation, String code, String message) {
        answers.put(operation, Answer.of(403, """
                <ErrorResponse><Error><Code>%s</Code><Message>%s</Message></Error></ErrorResponse>
                """.formatted(code, message)));
    }

    /**
     * The same of a service that answers in CBOR: an object with an empty list.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc8949#section-3.1">RFC 8949</a>
     */
    void answersWithAnEmptyList(String operation, String list) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(0xA1);
        body.write(0x60 + list.length());
        body.writeBytes(list.getBytes(StandardCharsets.UTF_8));
        body.write(0x80);
        answers.put(operation, new Answer(200, "application/cbor", body.toString(StandardCharsets.ISO_8859_1)));
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
                answer = Answer.of(400, "{\"__type\": \"NoAnswerPrepared\"}");
            }
            exchange.getResponseHeaders().add("Content-Type", answer.contentType());
            if (answer.contentType().equals("application/cbor")) {
                exchange.getResponseHeaders().add("smithy-protocol", "rpc-v2-cbor");
            }
            exchange.sendResponseHeaders(answer.status(), answer.body().length());
            exchange.getResponseBody().write(answer.body().getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    /** The JSON protocols name the operation in a header, the query protocol in the body, REST and CBOR in the path. */
    private static String operation(HttpExchange exchange) {
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        if (target != null) {
            return target.substring(target.lastIndexOf('.') + 1);
        }
        String path = exchange.getRequestURI().getPath();
        if (path.startsWith("/service/")) {
            return path.substring(path.lastIndexOf('/') + 1);
        }
        try {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Matcher action = QUERY_ACTION.matcher(body);
            return action.find() ? action.group(1) : path;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
