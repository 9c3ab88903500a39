package groundwork.email.channel;

import groundwork.checklist.Console;
import groundwork.email.OwnStack;
import groundwork.email.Reader;
import groundwork.runtime.Settings;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sns.SnsClient;

/**
 * The ways to whoever is told. Emails go through Amazon SNS, or through Amazon SES if a sender is given.
 *
 * @param of the way to each reader; where the administrator is the owner, there is none to the owner
 * @param alarms the way to each that tells that Groundwork itself fails; empty if {@code of} does, too
 */
public record Channels(Map<Reader, Channel> of, Map<Reader, Channel> alarms) {
    public Channels {
        of = new EnumMap<>(of);
        alarms = Map.copyOf(alarms);
    }

    public static Channels of(Settings settings, OwnStack stack, SnsClient sns, Supplier<SesV2Client> ses) {
        Console console = stack.console();
        Map<Reader, Channel> topics = both(
                new SnsChannel(sns, settings.topicArn(), stack.administratorEmail(), console),
                settings.owner()
                        .<Channel>map(owner -> new SnsChannel(sns, owner.topicArn(), owner.address(), console)));
        return settings.senderEmail()
                .map(sender -> new Channels(
                        both(
                                new SesChannel(ses.get(), sender, stack.administratorEmail(), console),
                                settings.owner()
                                        .<Channel>map(
                                                owner -> new SesChannel(ses.get(), sender, owner.address(), console))),
                        topics))
                .orElseGet(() -> new Channels(topics, Map.of()));
    }

    private static Map<Reader, Channel> both(Channel administrator, Optional<Channel> owner) {
        Map<Reader, Channel> channels = new EnumMap<>(Map.of(Reader.ADMINISTRATOR, administrator));
        owner.ifPresent(channel -> channels.put(Reader.OWNER, channel));
        return channels;
    }

    /** Whose address reaches a reader. */
    public Reader addressee(Reader reader) {
        return of.containsKey(reader) ? reader : Reader.ADMINISTRATOR;
    }
}
