package groundwork.conclusion;

import groundwork.checklist.Console;
import groundwork.checklist.Outcome;
import groundwork.email.OwnStack;
import groundwork.email.Reader;
import groundwork.email.channel.Channel;
import groundwork.email.channel.SesChannel;
import groundwork.email.channel.SnsChannel;
import groundwork.runtime.Settings;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sns.SnsClient;

/**
 * The ways to whoever is told. Emails go through Amazon SNS, or through Amazon SES if a sender is given.
 *
 * @param of the way to each reader; where the administrator is the owner, there is none to the owner
 * @param alarms what tells that Groundwork itself fails; empty if the ways to the readers do, too
 */
record Channels(Map<Reader, Channel> of, List<Channel> alarms) {
    Channels {
        of = new EnumMap<>(of);
        alarms = List.copyOf(alarms);
    }

    static Channels of(Settings settings, OwnStack stack, SnsClient sns, SesV2Client ses) {
        Console console = stack.console();
        Map<Reader, Channel> topics = both(
                new SnsChannel(sns, settings.topicArn(), stack.administratorEmail(), console),
                stack.ownerEmail()
                        .flatMap(address -> settings.ownerTopicArn()
                                .<Channel>map(arn -> new SnsChannel(sns, arn, address, console))));
        return settings.senderEmail()
                .map(sender -> new Channels(
                        both(
                                new SesChannel(ses, sender, stack.administratorEmail(), console),
                                stack.ownerEmail()
                                        .<Channel>map(address -> new SesChannel(ses, sender, address, console))),
                        List.copyOf(topics.values())))
                .orElseGet(() -> new Channels(topics, List.of()));
    }

    private static Map<Reader, Channel> both(Channel administrator, Optional<Channel> owner) {
        Map<Reader, Channel> channels = new EnumMap<>(Map.of(Reader.ADMINISTRATOR, administrator));
        owner.ifPresent(channel -> channels.put(Reader.OWNER, channel));
        return channels;
    }

    /** Asks AWS whether emails reach everybody. */
    Reach reach() {
        Map<Reader, Outcome> states = new EnumMap<>(Reader.class);
        of.forEach((reader, channel) -> states.put(reader, channel.state()));
        return new Reach(states, alarms.stream().map(Channel::state).toList());
    }

    /** Whose address reaches a reader. */
    Reader addressee(Reader reader) {
        return of.containsKey(reader) ? reader : Reader.ADMINISTRATOR;
    }

    Channel to(Reader reader) {
        return of.get(addressee(reader));
    }
}
