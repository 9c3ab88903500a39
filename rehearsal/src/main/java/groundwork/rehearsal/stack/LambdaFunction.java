package groundwork.rehearsal.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.CustomPojoSerializer;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import groundwork.changeevents.CloudTrailClients;
import groundwork.changeevents.EventBridgeClients;
import groundwork.identitycenter.SsoAdminClients;
import groundwork.rehearsal.simulation.Simulation;
import groundwork.rehearsal.states.TaskFailure;
import groundwork.rehearsal.template.Resource;
import groundwork.root.MemberClients;
import groundwork.sweep.Pause;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.account.AccountClient;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.identitystore.IdentitystoreClient;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * A deployed function: the real handler, found by the name in the template, behind the serialiser that the Lambda runtime
 * would find. Its clients are handed to the constructor that the tests use, because the other one takes them from its surroundings.
 */
public final class LambdaFunction {
    private static final String METHOD = "::handleRequest";
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<Class<? extends SdkClient>> CLIENTS = List.of(
            AccountClient.class,
            CloudTrailClient.class,
            CloudWatchClient.class,
            DynamoDbClient.class,
            IamClient.class,
            IdentitystoreClient.class,
            OrganizationsClient.class,
            SesV2Client.class,
            SfnClient.class,
            SnsClient.class,
            SsoAdminClient.class,
            StsClient.class);

    private final Duration timeout;
    private final RequestHandler<Object, Object> handler;
    private final Type inputType;
    private final Type outputType;
    private boolean broken;
    private final CustomPojoSerializer serializer = ServiceLoader.load(CustomPojoSerializer.class)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("No CustomPojoSerializer is registered"));

    /**
     * The function as the template describes it.
     *
     * @param region the Region it runs in
     * @param simulation whose time passes while it pauses; what it writes into its log is lost
     */
    static LambdaFunction of(Resource function, Region region, Simulation simulation, Clients clients) {
        Map<String, String> environment = new HashMap<>();
        function.properties()
                .at("/Environment/Variables")
                .properties()
                .forEach(variable ->
                        environment.put(variable.getKey(), variable.getValue().asText()));
        // What the Lambda runtime itself sets: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
        environment.put("AWS_REGION", region.id());
        Map<Class<?>, Object> parts = new HashMap<>();
        parts.put(Map.class, environment);
        parts.put(InstantSource.class, simulation.clock());
        parts.put(Pause.class, (Pause) simulation::sleep);
        parts.put(PrintStream.class, new PrintStream(OutputStream.nullOutputStream(), false, UTF_8));
        parts.put(SsoAdminClients.class, (SsoAdminClients) where -> clients.client(SsoAdminClient.class, where));
        parts.put(CloudTrailClients.class, (CloudTrailClients) where -> clients.client(CloudTrailClient.class, where));
        parts.put(
                EventBridgeClients.class, (EventBridgeClients) where -> clients.client(EventBridgeClient.class, where));
        parts.put(MemberClients.class, (MemberClients) clients::iam);
        for (Class<? extends SdkClient> client : CLIENTS) {
            parts.put(client, clients.client(client, region));
        }
        return new LambdaFunction(
                function.properties().path("Handler").asText(),
                Duration.ofSeconds(function.properties().path("Timeout").asInt()),
                parts);
    }

    /**
     * @param handlerName as in the template, such as {@code groundwork.root.CheckRootUserHandler::handleRequest}
     * @param timeout after which Lambda stops it
     * @param parts what the constructor may ask for, by type
     */
    public LambdaFunction(String handlerName, Duration timeout, Map<Class<?>, Object> parts) {
        this.timeout = timeout;
        Class<?> type = handlerClass(handlerName);
        this.handler = construct(type, parts);
        ParameterizedType contract = Arrays.stream(type.getGenericInterfaces())
                .filter(ParameterizedType.class::isInstance)
                .map(ParameterizedType.class::cast)
                .filter(each -> each.getRawType() == RequestHandler.class)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(type + " is no RequestHandler"));
        this.inputType = contract.getActualTypeArguments()[0];
        this.outputType = contract.getActualTypeArguments()[1];
    }

    Duration timeout() {
        return timeout;
    }

    /** From now on it stops before its handler is called. */
    void breaks() {
        broken = true;
    }

    /**
     * Invokes the function as Step Functions does.
     *
     * @throws TaskFailure named after the exception the handler threw, with the Cause that Lambda writes
     */
    public JsonNode invoke(JsonNode payload) {
        if (broken) {
            throw new FunctionStopped(FunctionStopped.Why.EXITED);
        }
        try {
            Object input = input(payload);
            Object output = handler.handleRequest(input, null);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            serializer.toJson(output, bytes, outputType);
            return JSON.readTree(bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (TaskFailure e) {
            throw e;
        } catch (RuntimeException e) {
            throw new TaskFailure(e.getClass().getName(), cause(e));
        }
    }

    /** The runtime tells of no more than this when a serializer fails. */
    private Object input(JsonNode payload) throws IOException {
        try {
            return serializer.fromJson(new ByteArrayInputStream(JSON.writeValueAsBytes(payload)), inputType);
        } catch (RuntimeException e) {
            throw new RuntimeException("An error occurred during JSON parsing", e);
        }
    }

    /**
     * What Lambda's runtime interface client reports of an exception, with its whole stack trace.
     *
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/java-exceptions.html">Java function errors</a>
     */
    static String cause(RuntimeException e) {
        ObjectNode cause = JsonNodeFactory.instance.objectNode();
        cause.put(
                "errorMessage",
                Objects.requireNonNullElse(e.getLocalizedMessage(), e.getClass().getName()));
        cause.put("errorType", e.getClass().getName());
        ArrayNode stackTrace = cause.putArray("stackTrace");
        for (StackTraceElement element : e.getStackTrace()) {
            stackTrace.add(element.toString());
        }
        return cause.toString();
    }

    private static Class<?> handlerClass(String handlerName) {
        if (!handlerName.endsWith(METHOD)) {
            throw new IllegalArgumentException("Handler must be class" + METHOD + ", but is " + handlerName);
        }
        try {
            return Class.forName(handlerName.substring(0, handlerName.length() - METHOD.length()));
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException("The template names a handler that does not exist: " + handlerName, e);
        }
    }

    @SuppressWarnings("unchecked") // what the class declares is read as types for the serialiser
    private static RequestHandler<Object, Object> construct(Class<?> type, Map<Class<?>, Object> parts) {
        Constructor<?> constructor = Arrays.stream(type.getDeclaredConstructors())
                .filter(each -> each.getParameterCount() > 0 && !Modifier.isPrivate(each.getModifiers()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(type + " has no constructor that takes its clients"));
        constructor.setAccessible(true);
        List<Object> arguments = Arrays.stream(constructor.getGenericParameterTypes())
                .map(wanted -> argument(wanted, type, parts))
                .toList();
        try {
            return (RequestHandler<Object, Object>) constructor.newInstance(arguments.toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot construct " + type.getName(), e);
        }
    }

    /** A part, or what gives it when it is first needed. */
    private static Object argument(Type wanted, Class<?> type, Map<Class<?>, Object> parts) {
        if (!(wanted instanceof ParameterizedType generic)) {
            return part((Class<?>) wanted, type, parts);
        }
        if (generic.getRawType() != Supplier.class) {
            return part((Class<?>) generic.getRawType(), type, parts);
        }
        Object part = part((Class<?>) generic.getActualTypeArguments()[0], type, parts);
        return (Supplier<Object>) () -> part;
    }

    private static Object part(Class<?> wanted, Class<?> type, Map<Class<?>, Object> parts) {
        Object part = parts.get(wanted);
        if (part == null) {
            throw new IllegalArgumentException(
                    "%s asks for a %s, which the rehearsal does not have".formatted(type.getName(), wanted.getName()));
        }
        return part;
    }
}
