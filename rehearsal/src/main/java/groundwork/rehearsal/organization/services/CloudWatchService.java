package groundwork.rehearsal.organization.services;

import groundwork.rehearsal.organization.call.AwsService;
import groundwork.rehearsal.organization.call.ServiceFault;
import groundwork.rehearsal.organization.store.Cloud;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.InternalServiceException;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;

/** Amazon CloudWatch, for those who ask how alarms are: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/Welcome.html */
final class CloudWatchService extends Service {
    CloudWatchService(Cloud cloud) {
        super(cloud, AwsService.CLOUDWATCH);
        read(
                "DescribeAlarms",
                DescribeAlarmsRequest.class,
                (call, r) -> r.alarmNames().stream()
                        .map(name -> cloud.arn("cloudwatch", call.region().id(), call.accountId(), "alarm:" + name))
                        .toList(),
                this::describeAlarms);
    }

    /**
     * By their names. Who may see these only gets metric alarms only.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html">DescribeAlarms</a>
     */
    private DescribeAlarmsResponse describeAlarms(Invocation call, DescribeAlarmsRequest request) {
        if (request.alarmNames().isEmpty() || request.alarmNames().size() > 100) {
            throw new UnsupportedOperationException("Alarms are described by up to a hundred names here");
        }
        List<MetricAlarm> alarms = cloud.alarms.stream()
                .flatMap(states -> states.all().stream())
                .filter(alarm -> request.alarmNames().contains(alarm.alarmName()))
                .toList();
        Paging.Page<MetricAlarm> page = page(call, alarms, request.nextToken(), asked(request.maxRecords()), 100);
        return DescribeAlarmsResponse.builder()
                .metricAlarms(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    @Override
    Optional<ErrorShape> errorShape(ServiceFault fault) {
        return switch (fault) {
            case ACCESS_DENIED -> Optional.of(new ErrorShape(CloudWatchException::builder, "AccessDenied", 403));
            case THROTTLED -> Optional.of(new ErrorShape(CloudWatchException::builder, "Throttling", 400));
            case INTERNAL_ERROR ->
                Optional.of(new ErrorShape(InternalServiceException::builder, "InternalServiceFault", 500));
            case VALIDATION -> Optional.of(new ErrorShape(CloudWatchException::builder, "ValidationError", 400));
            case CONFLICT, NOT_FOUND, QUOTA_EXCEEDED -> Optional.empty();
        };
    }
}
