package groundwork.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StartExecutionResponse;

class LookAgainHandlerTest {
    private static final String MACHINE = "arn:aws:states:eu-central-1:111122223333:stateMachine:AccountSetup";

    private final SfnClient stepFunctions = mock();
    private final LookAgainHandler handler =
            new LookAgainHandler(Map.of("AWS_REGION", "eu-central-1", "STATE_MACHINE_ARN", MACHINE), stepFunctions);

    @Test
    @SuppressWarnings("unchecked")
    void anExecutionOfTheOneStateMachineIsStarted_andLinkedTo() {
        when(stepFunctions.startExecution(any(Consumer.class)))
                .thenReturn(StartExecutionResponse.builder()
                        .executionArn("arn:aws:states:eu-central-1:111122223333:execution:AccountSetup:42")
                        .build());

        assertThat(handler.handleRequest(new LookAgainHandler.Request(null), null))
                .isEqualTo(
                        "<p>An execution was started: <a href=\"https://eu-central-1.console.aws.amazon.com/states/home"
                                + "?region=eu-central-1#/v2/executions/details/arn:aws:states:eu-central-1:111122223333:execution"
                                + ":AccountSetup:42\">42</a>. It looks at the account in a few seconds.</p>");

        ArgumentCaptor<Consumer<StartExecutionRequest.Builder>> asked = ArgumentCaptor.captor();
        verify(stepFunctions).startExecution(asked.capture());
        StartExecutionRequest.Builder request = StartExecutionRequest.builder();
        asked.getValue().accept(request);
        assertThat(request.build())
                .isEqualTo(StartExecutionRequest.builder()
                        .stateMachineArn(MACHINE)
                        .input("{}")
                        .build());
    }

    @Test
    void whatItIs_isSaidWithoutStartingAnything() {
        assertThat(handler.handleRequest(new LookAgainHandler.Request(true), null))
                .startsWith("## Groundwork");
        verifyNoInteractions(stepFunctions);
    }
}
