package groundwork.conclusion;

import groundwork.checklist.Console;
import groundwork.email.OwnStack;
import groundwork.email.channel.Channel;
import groundwork.email.channel.SesChannel;
import groundwork.email.channel.SnsChannel;
import groundwork.runtime.Settings;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sns.SnsClient;

/**
 * The ways to whoever is told. Emails go through Amazon SNS, or through Amazon SES if a sender is given.
 *
 * @param first to the administrator
 * @param second to the second address, if there is one
 * @param alarms what tells that Groundwork itself fails; empty if {@code first} tells that, too
 * @param others by which people are told that the first is broken
 */
record Channels(Channel first, Optional<Channel> second, Optional<Channel> alarms, List<Channel> others) {
    Channels {
        others = List.copyOf(others);
    }

    static Channels of(Settings settings, OwnStack stack, SnsClient sns, SesV2Client ses) {
        Console console = stack.console();
        Channel topic = new SnsChannel(sns, settings.topicArn(), stack.administratorEmail(), console);
        Optional<Channel> secondTopic = stack.escalationEmail()
                .flatMap(address ->
                        settings.escalationTopicArn().<Channel>map(arn -> new SnsChannel(sns, arn, address, console)));
        return settings.senderEmail()
                .map(sender -> new Channels(
                        new SesChannel(ses, sender, stack.administratorEmail(), console),
                        stack.escalationEmail().<Channel>map(address -> new SesChannel(ses, sender, address, console)),
                        Optional.of(topic),
                        Stream.concat(Stream.of(topic), secondTopic.stream()).toList()))
                .orElseGet(() -> new Channels(
                        topic,
                        secondTopic,
                        Optional.empty(),
                        secondTopic.stream().toList()));
    }
}
