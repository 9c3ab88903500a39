package groundwork.rehearsal.preflight;

import groundwork.rehearsal.stack.Clients;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.regions.Region;

/**
 * Clients that can only read. Whatever way an operation is called (request, consumer, paginator), it passes here, and one
 * that does not read by its name is refused before anything leaves this process.
 */
final class ReadOnlyClients implements Clients {
    /** GetAccountSummary, ListInstances, DescribeTrails, IsMemberInGroups: what the services' own read-only policies name. */
    private static final Pattern READS = Pattern.compile("(get|list|describe|isMember)[A-Z].*");

    private final Clients clients;
    private final BiConsumer<ApiCall, AwsServiceException> failures;

    /**
     * @param failures hears what AWS answered with an error
     */
    ReadOnlyClients(Clients clients, BiConsumer<ApiCall, AwsServiceException> failures) {
        this.clients = clients;
        this.failures = failures;
    }

    /**
     * A call.
     *
     * @param client the interface of the SDK
     * @param operation as the SDK's method is called
     */
    record ApiCall(Class<? extends SdkClient> client, Region region, String operation) {}

    /** Something was about to be written: a defect of Groundwork, stopped in time. */
    static final class WriteRefusedException extends RuntimeException {
        WriteRefusedException(ApiCall call) {
            super("The plan was about to call %s of %s, which does not only read. Nothing was sent."
                    .formatted(call.operation(), call.client().getSimpleName()));
        }
    }

    @Override
    public <C extends SdkClient> C client(Class<C> type, Region region) {
        C client = clients.client(type, region);
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> isOperation(method)
                        ? call(new ApiCall(type, region, method.getName()), client, method, arguments)
                        : other(proxy, client, method, arguments)));
    }

    /** The first argument of every operation is its request, also where a body follows. */
    private static boolean isOperation(Method method) {
        return method.getParameterCount() > 0
                && AwsRequest.class.isAssignableFrom(method.getParameterTypes()[0])
                && !method.getName().endsWith("Paginator");
    }

    private Object call(ApiCall call, SdkClient client, Method method, Object[] arguments) throws Throwable {
        if (!READS.matcher(call.operation()).matches()) {
            throw new WriteRefusedException(call);
        }
        try {
            return invoke(client, method, arguments);
        } catch (AwsServiceException e) {
            failures.accept(call, e);
            throw e;
        }
    }

    /** Conveniences of the interface end at an operation of this very client; the rest, such as close, is no call. */
    private static Object other(Object proxy, SdkClient client, Method method, Object[] arguments) throws Throwable {
        return method.isDefault()
                ? InvocationHandler.invokeDefault(proxy, method, arguments)
                : invoke(client, method, arguments);
    }

    private static Object invoke(SdkClient client, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(client, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
