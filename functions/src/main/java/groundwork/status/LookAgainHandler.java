package groundwork.status;

import static groundwork.email.ExternalText.escaped;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import groundwork.checklist.Console;
import groundwork.runtime.AwsClients;
import groundwork.runtime.Settings;
import java.net.URI;
import java.util.Map;
import software.amazon.awssdk.services.sfn.SfnClient;

/** Starts the state machine, as the button of the dashboard asks for. Whoever may only look cannot call it. */
public final class LookAgainHandler implements RequestHandler<LookAgainHandler.Request, String> {
    private final Settings settings;
    private final SfnClient stepFunctions;

    public LookAgainHandler() {
        this(System.getenv(), AwsClients.here(SfnClient.builder()));
    }

    LookAgainHandler(Map<String, String> environment, SfnClient stepFunctions) {
        this.settings = new Settings(environment);
        this.stepFunctions = stepFunctions;
    }

    /** @param describe whether CloudWatch asks what this function is; null for no. Nothing else is read. */
    public record Request(Boolean describe) {}

    /** Says in HTML, which is what a dashboard shows, that an execution was started, or in Markdown what this function is. */
    @Override
    public String handleRequest(Request request, Context context) {
        if (Boolean.TRUE.equals(request.describe())) {
            return Widget.LOOK_AGAIN;
        }
        String execution = stepFunctions
                .startExecution(start ->
                        start.stateMachineArn(settings.stateMachineArn()).input("{}"))
                .executionArn();
        URI address = new Console(settings.region()).execution(execution);
        return "<p>An execution was started: <a href=\"%s\">%s</a>. It looks at the account in a few seconds.</p>"
                .formatted(escaped(address.toString()), escaped(execution.substring(execution.lastIndexOf(':') + 1)));
    }
}
