package groundwork.rehearsal.organization.store;

import java.util.List;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;

/** Alarms that somebody else plays, for those who ask Amazon CloudWatch how they are. */
@FunctionalInterface
public interface AlarmStates {
    /** Every alarm. */
    List<MetricAlarm> all();
}
