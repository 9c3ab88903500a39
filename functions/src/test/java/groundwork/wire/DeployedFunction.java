package groundwork.wire;

import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A handler as Lambda runs it: a process of its own with AWS's runtime interface client, which takes invocations from an
 * HTTP endpoint and posts back what came of them.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Lambda runtime API</a>
 */
final class DeployedFunction implements AutoCloseable {
    private static final String INVOCATION = "/2018-06-01/runtime/invocation/";
    /** The year 2100: no invocation runs out of time here. */
    private static final String DEADLINE = "4102444800000";

    private static final Pattern LOADED = Pattern.compile("\\[class,load\\] (\\S+) source:");

    private final HttpServer runtimeApi;
    private final Process process;
    private final Path output;
    private final Path errors;
    private final Path classes;
    private final CompletableFuture<Set<String>> loadedAtItsStart = new CompletableFuture<>();
    private final BlockingQueue<String> invocations = new LinkedBlockingQueue<>();
    private volatile CompletableFuture<Answer> answer = new CompletableFuture<>();

    /** What came of an invocation. */
    sealed interface Answer {
        record Returned(JsonNode payload) implements Answer {}

        /**
         * @param errorType as the Retry and Catch fields of a state machine name it
         */
        record Failed(String errorType, String errorMessage) implements Answer {}
    }

    private DeployedFunction(String handler, Map<String, String> environment, Path directory) throws IOException {
        runtimeApi = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        runtimeApi.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        runtimeApi.createContext(INVOCATION, this::serve);
        runtimeApi.createContext("/2018-06-01/runtime/init/error", this::serve);
        runtimeApi.start();

        output = directory.resolve("output.log");
        errors = directory.resolve("errors.log");
        classes = directory.resolve("classes.log");
        ProcessBuilder java = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // The flags of the Lambda runtime, as far as they matter for the start.
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED",
                "-Xlog:class+load:file=" + classes,
                "-Dcom.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI="
                        + nativeLibrary(directory),
                "-cp",
                classPath(),
                AWSLambda.class.getName(),
                handler);
        java.environment().clear();
        java.environment().putAll(environment);
        java.environment()
                .put(
                        "AWS_LAMBDA_RUNTIME_API",
                        "127.0.0.1:" + runtimeApi.getAddress().getPort());
        java.environment().put("_HANDLER", handler);
        process = java.directory(directory.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
    }

    /**
     * @param handler as in the template, such as {@code groundwork.root.CheckRootUserHandler::handleRequest}
     * @param directory where the function gets a directory of its own
     */
    static DeployedFunction start(String handler, Map<String, String> environment, Path directory) {
        try {
            return new DeployedFunction(handler, environment, Files.createTempDirectory(directory, "function"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The classes of this build; or, with {@code -Dgroundwork.package=FOLDER}, the unpacked archive in that folder as Lambda
     * would have it, behind the runtime and nothing else of this build.
     */
    private static String classPath() {
        String classPath = System.getProperty("java.class.path");
        String unpacked = System.getProperty("groundwork.package");
        if (unpacked == null) {
            return classPath;
        }
        Stream<String> runtime = Arrays.stream(classPath.split(File.pathSeparator))
                .filter(entry -> Path.of(entry)
                        .getFileName()
                        .toString()
                        .matches("aws-lambda-java-(core|runtime-interface-client|serialization)-.*"));
        return Stream.concat(
                        runtime,
                        Stream.of(unpacked, Path.of(unpacked, "lib", "*").toString()))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Left to itself the client unpacks its library to one fixed place, under the feet of any other that runs from it. */
    private static Path nativeLibrary(Path directory) throws IOException {
        String architecture = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
        Path library = directory.resolve("libaws-lambda-jni.so");
        try (InputStream packed =
                AWSLambda.class.getResourceAsStream("/jni/libaws-lambda-jni.linux-" + architecture + ".so")) {
            Files.copy(packed, library);
        }
        return library;
    }

    /** Invokes the function and waits for its answer. */
    Answer invoke(String payload) {
        CompletableFuture<Answer> mine = new CompletableFuture<>();
        answer = mine;
        invocations.add(payload);
        try {
            CompletableFuture.anyOf(mine, process.onExit()).get(60, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("The function gave no answer. Its output:\n" + read(output) + standardError(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        if (!mine.isDone()) {
            throw new AssertionError("The function ended. Its output:\n" + read(output) + standardError());
        }
        return mine.join();
    }

    /** What the function and the libraries it uses have written to standard error so far. */
    String standardError() {
        return read(errors);
    }

    /** The classes that it has loaded so far. */
    Set<String> loaded() {
        return read(classes)
                .lines()
                .flatMap(line -> LOADED.matcher(line).results())
                .map(loading -> loading.group(1))
                .collect(Collectors.toSet());
    }

    /** Those that it had loaded when it asked for its first invocation. */
    Set<String> loadedAtItsStart() {
        return loadedAtItsStart.orTimeout(60, TimeUnit.SECONDS).join();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (path.endsWith("/next")) {
                if (!loadedAtItsStart.isDone()) {
                    loadedAtItsStart.complete(loaded());
                }
                byte[] payload = invocations.take().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Lambda-Runtime-Aws-Request-Id", "request-1");
                exchange.getResponseHeaders().add("Lambda-Runtime-Deadline-Ms", DEADLINE);
                exchange.getResponseHeaders()
                        .add(
                                "Lambda-Runtime-Invoked-Function-Arn",
                                "arn:aws:lambda:eu-central-1:111122223333:function:groundwork");
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, payload.length);
                exchange.getResponseBody().write(payload);
                return;
            }
            JsonNode body = new ObjectMapper().readTree(exchange.getRequestBody());
            byte[] accepted = "{\"status\":\"OK\"}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(202, accepted.length);
            exchange.getResponseBody().write(accepted);
            answer.complete(
                    path.endsWith("/response")
                            ? new Answer.Returned(body)
                            : new Answer.Failed(
                                    body.path("errorType").textValue(),
                                    body.path("errorMessage").textValue()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        runtimeApi.stop(0);
    }
}
