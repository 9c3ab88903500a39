package groundwork.rehearsal.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The tables of the user guide: 0 is a data point that does not breach, X one that does, - one that is missing.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html">Configuring how
 *     CloudWatch alarms treat missing data</a>
 */
class MetricAlarmTest {
    @ParameterizedTest
    @CsvSource({
        "0-X-X, OK, OK, OK",
        "----0, OK, OK, OK",
        "-----, INSUFFICIENT_DATA, ALARM, OK",
        "0XX-X, ALARM, ALARM, ALARM",
        "----X, INSUFFICIENT_DATA, ALARM, OK"
    })
    void threeOutOfThree(
            String points, MetricAlarm.State missing, MetricAlarm.State breaching, MetricAlarm.State notBreaching) {
        assertThat(alarm(3, "missing").of(points(points))).isEqualTo(missing);
        assertThat(alarm(3, "breaching").of(points(points))).isEqualTo(breaching);
        assertThat(alarm(3, "notBreaching").of(points(points))).isEqualTo(notBreaching);
    }

    @ParameterizedTest
    @CsvSource({
        "0-X-X, ALARM, ALARM, ALARM",
        "00X0X, ALARM, ALARM, ALARM",
        "0-X--, OK, ALARM, OK",
        "----0, OK, ALARM, OK",
        "----X, INSUFFICIENT_DATA, ALARM, OK"
    })
    void twoOutOfThree(
            String points, MetricAlarm.State missing, MetricAlarm.State breaching, MetricAlarm.State notBreaching) {
        assertThat(alarm(2, "missing").of(points(points))).isEqualTo(missing);
        assertThat(alarm(2, "breaching").of(points(points))).isEqualTo(breaching);
        assertThat(alarm(2, "notBreaching").of(points(points))).isEqualTo(notBreaching);
    }

    private static List<OptionalDouble> points(String points) {
        return points.chars()
                .mapToObj(point -> point == '-' ? OptionalDouble.empty() : OptionalDouble.of(point == 'X' ? 1 : 0))
                .toList();
    }

    private static MetricAlarm alarm(int datapointsToAlarm, String treatMissingData) {
        return new MetricAlarm(
                "alarm",
                "",
                Metrics.invocations("function"),
                "Sum",
                false,
                Duration.ofMinutes(5),
                3,
                datapointsToAlarm,
                value -> value >= 1,
                treatMissingData,
                JsonNodeFactory.instance.objectNode());
    }
}
