package groundwork.status;

import groundwork.checklist.Dates;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When an account is looked at next. Only of a rate it can be told; a cron expression is shown as it is. */
final class NextLook {
    /** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html */
    private static final Pattern RATE = Pattern.compile("rate\\(([0-9]{1,6}) (minute|hour|day)s?\\)");

    private NextLook() {}

    /** In words. */
    static String words(Status.OfAccount account) {
        String otherwise = "whenever something changes, and by the schedule " + account.schedule();
        return latest(account)
                .map(latest -> "%s at the latest: %s".formatted(Dates.moment(latest), otherwise))
                .orElse(otherwise);
    }

    /** The latest that the schedule allows for after the last look; empty if that cannot be told, or has passed. */
    static Optional<Instant> latest(Status.OfAccount account) {
        Matcher rate = RATE.matcher(account.schedule());
        if (!rate.matches()) {
            return Optional.empty();
        }
        Duration every = switch (rate.group(2)) {
            case "minute" -> Duration.ofMinutes(1);
            case "hour" -> Duration.ofHours(1);
            default -> Duration.ofDays(1);
        };
        return account.remembered()
                .value()
                .flatMap(Status.Remembered::checklist)
                .map(checklist -> checklist.observedAt().plus(every.multipliedBy(Long.parseLong(rate.group(1)))))
                .filter(account.at()::isBefore);
    }
}
