package groundwork.rehearsal.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.converters.LambdaErrorConverter;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Step Functions gets to see of an exception. */
class LambdaFunctionTest {
    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "It is \"broken\",\nand \u00e4nything else")
    void theCauseIsWhatTheRuntimeInterfaceClientWrites(String message) throws IOException {
        ObjectMapper json = new ObjectMapper();
        RuntimeException failure = new IllegalStateException(message, new IOException("Reset"));

        assertThat(json.readTree(LambdaFunction.cause(failure)))
                .isEqualTo(json.valueToTree(LambdaErrorConverter.fromThrowable(failure)))
                .isNotEmpty();
    }
}
