package groundwork.rehearsal.organization.services;

import groundwork.rehearsal.organization.call.AccessCheck;
import groundwork.rehearsal.organization.call.AccessChecks;
import groundwork.rehearsal.organization.call.AwsService;
import groundwork.rehearsal.organization.call.Call;
import groundwork.rehearsal.organization.call.CallObserver;
import groundwork.rehearsal.organization.call.Caller;
import groundwork.rehearsal.organization.call.ModelJson;
import groundwork.rehearsal.organization.call.ServiceFault;
import groundwork.rehearsal.organization.store.Cloud;
import groundwork.rehearsal.organization.trail.TrailEvent;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;

/**
 * The one way in: every operation of every client, however it was called (request, consumer, no arguments, paginator), passes
 * {@link #call}. Observers run without the lock, so they may hold a thread back while others go on.
 */
public final class Dispatcher {
    private static final int ATTEMPTS = 3;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    private final Cloud cloud;
    private final Map<AwsService, Service> services = new EnumMap<>(AwsService.class);
    private final List<CallObserver> observers = new CopyOnWriteArrayList<>();
    private final AtomicLong sequence = new AtomicLong();

    public Dispatcher(Cloud cloud) {
        this.cloud = cloud;
        List.of(
                        new AccountService(cloud),
                        new CloudTrailService(cloud),
                        new CloudWatchService(cloud),
                        new EventBridgeService(cloud),
                        new IamService(cloud),
                        new IdentitystoreService(cloud),
                        new OrganizationsService(cloud),
                        new SesService(cloud),
                        new SnsService(cloud),
                        new SsoAdminService(cloud),
                        new StepFunctionsService(cloud),
                        new StsService(cloud))
                .forEach(service -> services.put(service.service, service));
        cloud.tables.ifPresent(local -> services.put(AwsService.DYNAMODB, new DynamoDbService(cloud, local)));
    }

    public void observe(CallObserver observer) {
        observers.add(observer);
    }

    public void ignore(CallObserver observer) {
        observers.remove(observer);
    }

    /** The error that the operation of the call reports for the fault; empty if it has none. */
    public Optional<AwsServiceException> failure(Call call, ServiceFault fault) {
        Service service = services.get(call.service());
        return service.errorShape(fault)
                .filter(shape -> fault != ServiceFault.CONFLICT
                        || call.service()
                                .declares(
                                        call.request(),
                                        shape.builder().get().build().getClass()))
                .map(shape -> service.failure(
                        fault,
                        fault == ServiceFault.ACCESS_DENIED
                                ? AccessChecks.Refusal.notAllowed(
                                                call.accessChecks().getFirst())
                                        .message(call.caller())
                                : "Simulated: " + shape.code(),
                        call.requestId()));
    }

    public <C extends SdkClient> C client(Class<C> type, Caller caller, Region region) {
        Service service = services.get(AwsService.of(type));
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (isOperation(method)) {
                return call(service, caller, region, (AwsRequest) arguments[0]);
            }
            return switch (method.getName()) {
                case "serviceName" -> service.service.prefix();
                case "close" -> null;
                case "toString" -> type.getSimpleName() + " of " + caller.assumedRoleArn() + " in " + region;
                case "hashCode" -> System.identityHashCode(proxy);
                case "equals" -> proxy == arguments[0];
                default -> InvocationHandler.invokeDefault(proxy, method, arguments);
            };
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** What the SDK throws where a service has no endpoint. */
    private static SdkClientException unknownHost(AwsService service, Region region) {
        return SdkClientException.create(
                "Received an UnknownHostException when attempting to interact with a service. See cause for the exact endpoint that is"
                        + " failing to resolve.",
                new UnknownHostException("%s in %s".formatted(service.prefix(), region.id())));
    }

    private static boolean isOperation(Method method) {
        return method.getParameterCount() == 1
                && AwsRequest.class.isAssignableFrom(method.getParameterTypes()[0])
                && AwsResponse.class.isAssignableFrom(method.getReturnType());
    }

    private AwsResponse call(Service service, Caller caller, Region region, AwsRequest request) {
        if (!service.service.offeredIn(region)) {
            throw unknownHost(service.service, region);
        }
        Service.Operation<?> operation = service.operation(request)
                .orElseThrow(() -> new UnsupportedOperationException("The embedded organization does not implement "
                        + service.service.prefix() + ":"
                        + request.getClass().getSimpleName().replaceFirst("Request$", "")));
        Call call = cloud.locked(() -> describe(service, operation, caller, region, request));
        AwsResponse response;
        try {
            response = attempt(service, operation, call, 1);
        } catch (RuntimeException failure) {
            cloud.deliverEvents();
            observers.forEach(observer -> observer.failed(call, failure));
            throw failure;
        }
        cloud.deliverEvents();
        observers.forEach(observer -> observer.after(call, response));
        return response;
    }

    /**
     * An attempt, and further ones after a pause that doubles, if the call was throttled.
     *
     * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html">Retry behavior</a>: three attempts
     */
    private AwsResponse attempt(Service service, Service.Operation<?> operation, Call call, int number) {
        observers.forEach(observer -> observer.before(call));
        try {
            return cloud.locked(() -> perform(service, operation, call));
        } catch (AwsServiceException failure) {
            if (number == ATTEMPTS || !failure.isThrottlingException() || cloud.retryPause.isEmpty()) {
                throw failure;
            }
            cloud.retryPause.get().accept(FIRST_PAUSE.multipliedBy(1L << (number - 1)));
            return attempt(service, operation, call, number + 1);
        }
    }

    private Call describe(
            Service service, Service.Operation<?> operation, Caller caller, Region region, AwsRequest request) {
        String requestId = cloud.ids.uuid();
        Invocation invocation = new Invocation(caller, region, cloud.now(), requestId);
        Map<String, String> context = service.context(invocation, request);
        Map<String, List<String>> multivalued = service.multivalued(request);
        List<AccessCheck> checks = new ArrayList<>();
        for (String resource : operation.resources(invocation, request)) {
            checks.add(new AccessCheck(
                    service.service.prefix() + ":" + service.action(operation), resource, context, multivalued, false));
        }
        checks.addAll(service.forwardedChecks(operation, invocation, request));
        return new Call(
                sequence.incrementAndGet(),
                cloud.now(),
                caller,
                region,
                service.service,
                operation.name(),
                request,
                checks,
                operation.kind(),
                requestId);
    }

    private AwsResponse perform(Service service, Service.Operation<?> operation, Call call) {
        Invocation invocation = new Invocation(call.caller(), call.region(), cloud.now(), call.requestId());
        try {
            refuseAccess(service, call);
            throttle(service, operation, invocation, call);
            AwsResponse response = operation.answer(invocation, call.request());
            if (call.kind() == Call.Kind.WRITE) {
                cloud.events.record(
                        event(service, call).answered(ModelJson.inCloudTrail(response, service.hiddenMembers())));
            }
            return response;
        } catch (AwsServiceException failure) {
            if (call.kind() == Call.Kind.WRITE) {
                cloud.events.record(event(service, call).failed(failure));
            }
            throw failure;
        }
    }

    // What a service does with forwarded permissions it does later, and reports in its own way.
    private void refuseAccess(Service service, Call call) {
        List<AccessCheck> own =
                call.accessChecks().stream().filter(check -> !check.forwarded()).toList();
        Optional<AccessChecks.Refusal> refusal = own.stream()
                .filter(check -> RootSession.leavesOut(call.caller(), check.action()))
                .findFirst()
                .map(AccessChecks.Refusal::notAllowed)
                .or(() -> cloud.accessChecks.refusal(call.caller(), own));
        if (refusal.isPresent()) {
            throw service.failure(ServiceFault.ACCESS_DENIED, refusal.get().message(call.caller()), call.requestId());
        }
    }

    private void throttle(Service service, Service.Operation<?> operation, Invocation invocation, Call call) {
        Optional<String> bucket = service.rateBucket(operation, invocation, call.request());
        if (cloud.behavior.throttling()
                && bucket.isPresent()
                && !cloud.rates.admit(bucket.get(), service.rate(operation), cloud.now())) {
            throw service.failure(ServiceFault.THROTTLED, service.throttlingMessage(), call.requestId());
        }
    }

    private Region recordedIn(AwsService service, Region called) {
        return switch (service) {
            case ORGANIZATIONS, ACCOUNT -> cloud.partition.organizationsRegion();
            case IAM -> cloud.partition.globalRegion();
            case CLOUDTRAIL,
                    CLOUDWATCH,
                    DYNAMODB,
                    EVENTBRIDGE,
                    IDENTITYSTORE,
                    SES,
                    SNS,
                    SSO_ADMIN,
                    STEP_FUNCTIONS,
                    STS -> called;
        };
    }

    private TrailEvent event(Service service, Call call) {
        return TrailEvent.apiCall(
                service.service.eventSource(),
                call.operation(),
                call.caller(),
                call.caller().accountId(),
                recordedIn(service.service, call.region()),
                ModelJson.inCloudTrail(call.request(), service.hiddenMembers()));
    }
}
