package groundwork.email.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.spy;

import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import groundwork.conclusion.MemoryTable;
import groundwork.conclusion.Samples;
import groundwork.email.Due;
import groundwork.email.MessageKind;
import groundwork.email.Point;
import groundwork.email.Reader;
import groundwork.email.letter.Message;
import groundwork.email.letter.Subject;
import groundwork.runtime.TryAgainException;
import groundwork.state.Outbox;
import groundwork.state.PointsInTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mockito.stubbing.Stubber;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

class DeliveryTest {
    private static final Due TWO_LINES = new Due(
            MessageKind.WAITING,
            Reader.ADMINISTRATOR,
            List.of(
                    new Point.OpenLine(
                            Samples.line(Prerequisite.ROOT_MFA, Samples.NO_MFA),
                            Samples.occasions("ROOT_MFA#1#NOTICE", "ROOT_MFA#1#REMINDER1")),
                    new Point.OpenLine(
                            Samples.line(Prerequisite.IDENTITY_CENTER, Samples.NOT_ENABLED),
                            Samples.occasions("IDENTITY_CENTER#1#NOTICE"))));

    private Instant now = Samples.START;
    private final MemoryTable table = spy(new MemoryTable());
    private final Outbox outbox = new Outbox(() -> table, "groundwork", () -> now);
    private final Delivery first = new Delivery(outbox, "111122223333", "execution-1");
    private final Delivery second = new Delivery(outbox, "111122223333", "execution-2");
    private final List<Due> written = new ArrayList<>();
    private final FakeChannel channel = new FakeChannel();

    @Test
    void whatIsDue_isSentAndMarked() {
        assertThat(first.deliver(List.of(TWO_LINES), channel, this::written))
                .hasValueSatisfying(
                        delivered -> assertThat(delivered.isAccepted()).isTrue());

        assertThat(written).containsExactly(TWO_LINES);
        assertThat(table.stateOf("ROOT_MFA#1#NOTICE")).isEqualTo("SENT");
        assertThat(table.stateOf("ROOT_MFA#1#REMINDER1")).isEqualTo("SENT");
        assertThat(table.stateOf("IDENTITY_CENTER#1#NOTICE")).isEqualTo("SENT");
    }

    @Test
    void whatWasSent_isNotSentAgain() {
        first.deliver(List.of(TWO_LINES), channel, this::written);

        assertThat(second.deliver(List.of(TWO_LINES), channel, this::written)).isEmpty();
        assertThat(channel.sent).isEqualTo(1);
    }

    @Test
    void aPointThatAnotherExecutionIsAbout_isLeftToIt() {
        outbox.claim("111122223333", claim("ROOT_MFA#1#NOTICE"), "execution-1");

        second.deliver(List.of(TWO_LINES), channel, this::written);

        assertThat(written)
                .containsExactly(new Due(
                        MessageKind.WAITING,
                        Reader.ADMINISTRATOR,
                        List.of(TWO_LINES.points().get(1))));
        assertThat(table.stateOf("ROOT_MFA#1#REMINDER1")).isNull();
    }

    @Test
    void aClaimLeftByACrash_isTakenOverAfterTheLease() {
        outbox.claim("111122223333", claim("ROOT_MFA#1#NOTICE"), "execution-1");
        outbox.claim("111122223333", claim("IDENTITY_CENTER#1#NOTICE"), "execution-1");

        now = now.plus(Outbox.LEASE).minusSeconds(1);
        assertThat(second.deliver(List.of(TWO_LINES), channel, this::written)).isEmpty();
        now = now.plusSeconds(1);
        assertThat(second.deliver(List.of(TWO_LINES), channel, this::written))
                .hasValueSatisfying(
                        delivered -> assertThat(delivered.isAccepted()).isTrue());
    }

    @Test
    void aRetryOfTheSameExecution_goesOnWithItsOwnClaims() {
        outbox.claim("111122223333", claim("ROOT_MFA#1#NOTICE"), "execution-1");

        first.deliver(List.of(TWO_LINES), channel, this::written);

        assertThat(written).containsExactly(TWO_LINES);
    }

    @Test
    void whatTheChannelRefuses_isGivenBack() {
        Handover refused = new Handover.Refused(Samples.NO_MFA);
        channel.answer = Optional.of(refused);

        assertThat(first.deliver(List.of(TWO_LINES), channel, this::written))
                .contains(new Delivery.Delivered(List.of(TWO_LINES), refused));
        assertThat(table.isEmpty()).isTrue();
    }

    @Test
    void whatCannotBeSentNow_isGivenBack() {
        channel.answer = Optional.empty();

        assertThatThrownBy(() -> first.deliver(List.of(TWO_LINES), channel, this::written))
                .isInstanceOf(TryAgainException.class);
        assertThat(table.isEmpty()).isTrue();
    }

    @Test
    void aMarkThatComesLate_keepsTheNextFromSendingTheSame() {
        channel.whileSending = () -> {
            now = now.plus(Duration.ofMinutes(6));
            outbox.claim("111122223333", claim("ROOT_MFA#1#NOTICE"), "execution-2");
        };

        first.deliver(List.of(TWO_LINES), channel, this::written);

        assertThat(table.stateOf("ROOT_MFA#1#NOTICE")).isEqualTo("SENT");
        assertThat(table.stateOf("IDENTITY_CENTER#1#NOTICE")).isEqualTo("SENT");
    }

    @Test
    void theMark_isTriedAgainBecauseTheEmailIsOut() {
        refuseMarks(2);

        first.deliver(List.of(TWO_LINES), channel, this::written);

        assertThat(table.stateOf("ROOT_MFA#1#NOTICE")).isEqualTo("SENT");
        assertThat(channel.sent).isEqualTo(1);
    }

    @Test
    void aMarkThatIsRefusedThreeTimes_failsTheExecution() {
        refuseMarks(3);

        assertThatThrownBy(() -> first.deliver(List.of(TWO_LINES), channel, this::written))
                .isInstanceOf(TryAgainException.class);
        assertThat(table.stateOf("ROOT_MFA#1#NOTICE")).isEqualTo("CLAIMED");
    }

    @Test
    void whatCannotEvenBeGivenBack_doesNotHideWhatWentWrongFirst() {
        channel.answer = Optional.empty();
        doThrow(SdkClientException.create("Connection reset"))
                .when(table)
                .updateItem(argThat(
                        (UpdateItemRequest update) -> update.updateExpression().contains("REMOVE #state")));

        assertThatThrownBy(() -> first.deliver(List.of(TWO_LINES), channel, this::written))
                .hasMessage("Throttled")
                .satisfies(failure -> assertThat(failure.getSuppressed())
                        .hasSize(3)
                        .allSatisfy(suppressed -> assertThat(suppressed).hasMessage("Connection reset")));
    }

    @Test
    void thatAUserWasToldTheWayIn_isKnownForEver() {
        Due signIn = new Due(
                MessageKind.SIGN_IN,
                Reader.ADMINISTRATOR,
                List.of(new Point.Whole(Samples.occasions("SIGN_IN#user-1"))));
        first.deliver(List.of(signIn), channel, this::written);
        first.deliver(List.of(TWO_LINES), channel, this::written);

        now = now.plus(Outbox.MEMORY);

        assertThat(outbox.contents("111122223333", new PointsInTime(now)).sent())
                .containsOnlyKeys("SIGN_IN#user-1");
    }

    private void refuseMarks(int times) {
        Stubber refusals = doThrow(SdkClientException.create("Connection reset"));
        for (int i = 1; i < times; i++) {
            refusals = refusals.doThrow(SdkClientException.create("Connection reset"));
        }
        refusals.doCallRealMethod().when(table).transactWriteItems(any(TransactWriteItemsRequest.class));
    }

    private Message written(List<Due> dues) {
        written.addAll(dues);
        return new Message(new Subject("111122223333", "", "topic"), List.of(), List.of());
    }

    private static Outbox.Claim claim(String occasion) {
        return new Outbox.Claim(occasion, Instant.EPOCH, "WAITING", "ada@example.com", false);
    }

    private static final class FakeChannel implements Channel {
        private Optional<Handover> answer = Optional.of(new Handover.Accepted());
        private Runnable whileSending = () -> {};
        private int sent;

        @Override
        public String address() {
            return "ada@example.com";
        }

        @Override
        public Outcome state() {
            return Samples.DONE;
        }

        @Override
        public Handover send(Message message) {
            whileSending.run();
            sent++;
            return answer.orElseThrow(() -> new TryAgainException("Throttled"));
        }
    }
}
