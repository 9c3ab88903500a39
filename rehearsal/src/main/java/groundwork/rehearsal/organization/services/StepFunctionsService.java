package groundwork.rehearsal.organization.services;

import groundwork.rehearsal.organization.call.AwsService;
import groundwork.rehearsal.organization.call.ServiceFault;
import groundwork.rehearsal.organization.store.Cloud;
import groundwork.rehearsal.organization.store.Workflows;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.ListExecutionsRequest;
import software.amazon.awssdk.services.sfn.model.ListExecutionsResponse;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StartExecutionResponse;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ValidationException;

/** AWS Step Functions, for those who call it from outside: https://docs.aws.amazon.com/step-functions/latest/apireference/Welcome.html */
final class StepFunctionsService extends Service {
    StepFunctionsService(Cloud cloud) {
        super(cloud, AwsService.STEP_FUNCTIONS);
        read(
                "ListExecutions",
                ListExecutionsRequest.class,
                (call, r) -> List.of(r.stateMachineArn()),
                this::listExecutions);
        write(
                "StartExecution",
                StartExecutionRequest.class,
                (call, r) -> List.of(r.stateMachineArn()),
                this::startExecution);
    }

    /** https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListExecutions.html, of those that run. */
    private ListExecutionsResponse listExecutions(Invocation call, ListExecutionsRequest request) {
        if (request.statusFilter() != ExecutionStatus.RUNNING) {
            throw new UnsupportedOperationException("Only running executions are listed here");
        }
        List<ExecutionListItem> running =
                workflows(call, request.stateMachineArn()).running(request.stateMachineArn()).orElseThrow().stream()
                        .map(execution -> ExecutionListItem.builder()
                                .executionArn(execution.arn())
                                .stateMachineArn(request.stateMachineArn())
                                .name(execution.arn().substring(execution.arn().lastIndexOf(':') + 1))
                                .status(ExecutionStatus.RUNNING)
                                .startDate(execution.startedAt())
                                .build())
                        .toList();
        Paging.Page<ExecutionListItem> page =
                page(call, running, request.nextToken(), asked(request.maxResults()), 1_000);
        return ListExecutionsResponse.builder()
                .executions(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    /** https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html */
    private StartExecutionResponse startExecution(Invocation call, StartExecutionRequest request) {
        Workflows.Running started = workflows(call, request.stateMachineArn())
                .start(request.stateMachineArn(), request.input() == null ? "{}" : request.input());
        return StartExecutionResponse.builder()
                .executionArn(started.arn())
                .startDate(started.startedAt())
                .build();
    }

    private Workflows workflows(Invocation call, String stateMachineArn) {
        return cloud.workflows.stream()
                .filter(workflows -> workflows.running(stateMachineArn).isPresent())
                .findFirst()
                .orElseThrow(() -> failure(
                        ServiceFault.NOT_FOUND, "State Machine Does Not Exist: " + stateMachineArn, call.requestId()));
    }

    @Override
    Optional<ErrorShape> errorShape(ServiceFault fault) {
        return switch (fault) {
            case ACCESS_DENIED -> Optional.of(new ErrorShape(SfnException::builder, "AccessDeniedException", 400));
            case THROTTLED -> Optional.of(new ErrorShape(SfnException::builder, "ThrottlingException", 400));
            case INTERNAL_ERROR -> Optional.of(new ErrorShape(SfnException::builder, "InternalFailure", 500));
            case VALIDATION -> Optional.of(new ErrorShape(ValidationException::builder, "ValidationException", 400));
            case NOT_FOUND ->
                Optional.of(
                        new ErrorShape(StateMachineDoesNotExistException::builder, "StateMachineDoesNotExist", 400));
            case CONFLICT, QUOTA_EXCEEDED -> Optional.empty();
        };
    }
}
