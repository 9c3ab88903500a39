package groundwork.rehearsal.input;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkClient;

/** An AWS that answers as it is told. */
final class Aws {
    private final Map<Class<?>, Object> answers = new HashMap<>();

    /** Answers every request of the type with this. */
    void answers(Class<? extends AwsRequest> request, AwsResponse response) {
        answers.put(request, response);
    }

    /** Fails every request of the type with this. */
    void refuses(Class<? extends AwsRequest> request, AwsServiceException failure) {
        answers.put(request, failure);
    }

    /** A client of a service. The interface's own methods lead its variants and paginators to the plain operations. */
    <C extends SdkClient> C client(Class<C> type) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            Object argument = arguments == null || arguments.length == 0 ? null : arguments[0];
            boolean operation =
                    argument instanceof AwsRequest && AwsResponse.class.isAssignableFrom(method.getReturnType());
            if (!operation) {
                return InvocationHandler.invokeDefault(proxy, method, arguments);
            }
            Object answer = answers.get(argument.getClass());
            if (answer instanceof AwsServiceException failure) {
                throw failure;
            }
            if (answer == null) {
                throw new AssertionError("Not told what to answer to " + argument);
            }
            return answer;
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
