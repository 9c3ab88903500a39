package groundwork.rehearsal.trust;

import groundwork.rehearsal.organization.call.AwsService;
import groundwork.rehearsal.organization.call.Call;
import groundwork.rehearsal.organization.call.CallObserver;
import groundwork.rehearsal.organization.call.ServiceFault;
import groundwork.rehearsal.scenario.World;
import groundwork.rehearsal.stack.FunctionStopped;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Lets planned faults befall the calls of the stack. */
final class FaultInjector implements CallObserver {
    /** A call that a fault has befallen. */
    record Strike(Call call, Fault fault) {}

    private final World world;
    private final Map<Integer, Fault> plan;
    private final Map<Long, Fault> afterEffect = new HashMap<>();
    private final List<Strike> strikes = new ArrayList<>();
    private int calls;

    FaultInjector(World world, List<PlannedFault> plan) {
        this.world = world;
        this.plan = plan.stream().collect(Collectors.toMap(PlannedFault::call, PlannedFault::fault));
    }

    /** What has happened so far. */
    List<Strike> strikes() {
        return List.copyOf(strikes);
    }

    /** Whether the fault can befall the call: not every operation has every error, and only functions are stopped. */
    static boolean isPossible(World world, Call call, Fault fault) {
        return error(world, call, fault).isPresent();
    }

    @Override
    public void before(Call call) {
        if (!world.seen().isOfTheStack(call)) {
            return;
        }
        Fault fault = plan.get(++calls);
        if (fault == null) {
            return;
        }
        // After another fault the call of this number may be one that cannot fail in this way.
        Optional<Throwable> error = error(world, call, fault);
        if (error.isEmpty()) {
            return;
        }
        if (fault.strikesAfterTheEffect()) {
            afterEffect.put(call.sequence(), fault);
        } else {
            strike(call, fault, error.get());
        }
    }

    @Override
    public void after(Call call, Object response) {
        strikeAfterTheEffect(call);
    }

    @Override
    public void failed(Call call, RuntimeException failure) {
        strikeAfterTheEffect(call);
    }

    private void strikeAfterTheEffect(Call call) {
        Fault fault = afterEffect.remove(call.sequence());
        if (fault != null) {
            strike(call, fault, error(world, call, fault).orElseThrow());
        }
    }

    private void strike(Call call, Fault fault, Throwable error) {
        strikes.add(new Strike(call, fault));
        switch (error) {
            case Error stop -> throw stop;
            case RuntimeException exception -> throw exception;
            default -> throw new IllegalStateException(error);
        }
    }

    private static Optional<Throwable> error(World world, Call call, Fault fault) {
        return switch (fault) {
            case THROTTLED -> service(world, call, ServiceFault.THROTTLED);
            case SERVER_ERROR -> service(world, call, ServiceFault.INTERNAL_ERROR);
            // That of DynamoDB is a conflict with a transaction, of which there is one.
            case CONFLICT ->
                call.service() == AwsService.DYNAMODB && !Letters.claims(call)
                        ? Optional.empty()
                        : service(world, call, ServiceFault.CONFLICT);
            case ACCESS_DENIED -> service(world, call, ServiceFault.ACCESS_DENIED);
            case TIMEOUT_BEFORE, TIMEOUT_AFTER ->
                Optional.of(SdkClientException.create(
                        "Unable to execute HTTP request: Read timed out",
                        new SocketTimeoutException("Read timed out")));
            case CONNECTION_RESET ->
                Optional.of(SdkClientException.create(
                        "Unable to execute HTTP request: Connection reset", new SocketException("Connection reset")));
            case FUNCTION_TIMED_OUT -> stop(world, call, FunctionStopped.Why.TIMED_OUT);
            case FUNCTION_EXITED -> stop(world, call, FunctionStopped.Why.EXITED);
        };
    }

    private static Optional<Throwable> service(World world, Call call, ServiceFault fault) {
        return world.organization().failure(call, fault).map(Throwable.class::cast);
    }

    private static Optional<Throwable> stop(World world, Call call, FunctionStopped.Why why) {
        return world.stack().isFunction(call.caller()) ? Optional.of(new FunctionStopped(why)) : Optional.empty();
    }
}
