package groundwork.rehearsal.organization.services;

import groundwork.rehearsal.organization.call.AccessCheck;
import groundwork.rehearsal.organization.call.AwsService;
import groundwork.rehearsal.organization.call.Call;
import groundwork.rehearsal.organization.call.ServiceFault;
import groundwork.rehearsal.organization.store.Behavior;
import groundwork.rehearsal.organization.store.Cloud;
import groundwork.rehearsal.organization.store.RequestRates.Rate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * The operations of one service. Which resources IAM is asked about comes from the Service Authorization Reference,
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
abstract class Service {
    /** Performs the operation, or throws the service's exception. */
    @FunctionalInterface
    interface Body<I extends AwsRequest, O extends AwsResponse> {
        O answer(Invocation call, I request);
    }

    /** The ARNs of the resources that the operation's action is checked on. */
    @FunctionalInterface
    interface Resources<I extends AwsRequest> {
        List<String> of(Invocation call, I request);
    }

    record Operation<I extends AwsRequest>(
            String name, Call.Kind kind, Class<I> requestType, Resources<I> resources, Body<I, ?> body) {
        List<String> resources(Invocation call, AwsRequest request) {
            return resources.of(call, requestType.cast(request));
        }

        AwsResponse answer(Invocation call, AwsRequest request) {
            return body.answer(call, requestType.cast(request));
        }
    }

    /** How the service reports a fault. */
    record ErrorShape(Supplier<? extends AwsServiceException.Builder> builder, String code, int statusCode) {}

    final Cloud cloud;
    final AwsService service;
    private final Map<Class<?>, Operation<?>> operations = new LinkedHashMap<>();

    Service(Cloud cloud, AwsService service) {
        this.cloud = cloud;
        this.service = service;
    }

    /** Empty if the service has no such error. */
    abstract Optional<ErrorShape> errorShape(ServiceFault fault);

    /** What the caller is told when it asks too fast. */
    String throttlingMessage() {
        return "Rate exceeded";
    }

    /** The bucket that the documented request rate of the operation is counted in; empty if none is enforced. */
    Optional<String> rateBucket(Operation<?> operation, Invocation call, AwsRequest request) {
        return Optional.empty();
    }

    /** How much of a bucket's requests is taken; 20 a second is what IAM Identity Center takes. */
    Rate rate(Operation<?> operation) {
        return Rate.perSecond(20);
    }

    /** The action that IAM is asked about, which but for a few operations has their name. */
    String action(Operation<?> operation) {
        return operation.name();
    }

    /** What the service will ask with the caller's own permissions while it performs the operation. */
    List<AccessCheck> forwardedChecks(Operation<?> operation, Invocation call, AwsRequest request) {
        return List.of();
    }

    /** Members of the API model that are marked sensitive, which CloudTrail does not show. */
    Set<String> hiddenMembers() {
        return Set.of();
    }

    /** The condition keys known for a request. */
    Map<String, String> context(Invocation call, AwsRequest request) {
        Map<String, String> context = new HashMap<>();
        context.put("aws:RequestedRegion", call.region().id());
        context.put("aws:PrincipalAccount", call.accountId());
        context.put("aws:PrincipalArn", call.caller().roleArn());
        cloud.organizationOf(call.accountId())
                .ifPresent(organization -> context.put("aws:PrincipalOrgID", organization.id));
        return context;
    }

    /** The condition keys known for a request that may have several values. */
    Map<String, List<String>> multivalued(AwsRequest request) {
        return Map.of();
    }

    final Optional<Operation<?>> operation(AwsRequest request) {
        return Optional.ofNullable(operations.get(request.getClass()));
    }

    final <I extends AwsRequest> void read(String name, Class<I> type, Resources<I> resources, Body<I, ?> body) {
        operations.put(type, new Operation<>(name, Call.Kind.READ, type, resources, body));
    }

    final <I extends AwsRequest> void write(String name, Class<I> type, Resources<I> resources, Body<I, ?> body) {
        operations.put(type, new Operation<>(name, Call.Kind.WRITE, type, resources, body));
    }

    final <I extends AwsRequest> void send(String name, Class<I> type, Resources<I> resources, Body<I, ?> body) {
        operations.put(type, new Operation<>(name, Call.Kind.SEND, type, resources, body));
    }

    static <I extends AwsRequest> Resources<I> anyResource() {
        return (call, request) -> List.of("*");
    }

    final AwsServiceException failure(ServiceFault fault, String message, String requestId) {
        ErrorShape shape = errorShape(fault)
                .orElseThrow(() -> new UnsupportedOperationException(service + " has no error for " + fault));
        return describe(shape.builder().get(), shape, message, requestId).build();
    }

    /** Fills in what the SDK fills in from the wire; its getMessage adds service, status and request id. */
    final <B extends AwsServiceException.Builder> B describe(
            B builder, ErrorShape shape, String message, String requestId) {
        builder.message(message)
                .requestId(requestId)
                .statusCode(shape.statusCode())
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(shape.code())
                        .errorMessage(message)
                        .serviceName(service.prefix())
                        .sdkHttpResponse(SdkHttpResponse.builder()
                                .statusCode(shape.statusCode())
                                .build())
                        .build());
        return builder;
    }

    final AwsServiceException invalid(Invocation call, String message) {
        return failure(ServiceFault.VALIDATION, message, call.requestId());
    }

    final AwsServiceException denied(Invocation call, String message) {
        return failure(ServiceFault.ACCESS_DENIED, message, call.requestId());
    }

    /** A page of at most what was asked for, the service's maximum and the configured size. */
    final <T> Paging.Page<T> page(Invocation call, List<T> all, String token, OptionalInt asked, int maximum) {
        if (asked.isPresent() && (asked.getAsInt() < 1 || asked.getAsInt() > maximum)) {
            throw invalid(call, "MaxResults has to be between 1 and " + maximum);
        }
        Behavior behavior = cloud.behavior;
        int size = Math.min(asked.orElse(maximum), Math.min(maximum, behavior.pageSize()));
        try {
            return Paging.page(all, token, size, behavior.emptyFirstPages());
        } catch (IllegalArgumentException unknownToken) {
            throw invalid(call, "The token is not valid");
        }
    }

    static OptionalInt asked(Integer maxResults) {
        return maxResults == null ? OptionalInt.empty() : OptionalInt.of(maxResults);
    }
}
