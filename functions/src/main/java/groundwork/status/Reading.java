package groundwork.status;

import groundwork.runtime.AwsFailure;
import groundwork.runtime.TryAgainException;
import groundwork.state.UnreadableRecordException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Something that AWS was asked for. What could not be read is said in its place, and everything else is shown all the same. */
sealed interface Reading<T> {
    /** It was read. */
    record Read<T>(T answer) implements Reading<T> {}

    /**
     * It was not.
     *
     * @param reason a sentence
     */
    record Unreadable<T>(String reason) implements Reading<T> {}

    static <T> Reading<T> of(Supplier<T> calls) {
        try {
            return new Read<>(calls.get());
        } catch (AwsServiceException e) {
            return new Unreadable<>(AwsFailure.deniedAction(e)
                    .map("AWS denied %s."::formatted)
                    .orElseGet(() -> "AWS says: " + AwsFailure.words(e)));
        } catch (SdkException | TryAgainException | UnreadableRecordException e) {
            return new Unreadable<>(e.getMessage());
        }
    }

    /** The value; empty if it could not be read. */
    default Optional<T> value() {
        return map(Optional::of, why -> Optional.empty());
    }

    /** Why there is no value; empty if there is one. */
    default Optional<String> why() {
        return map(value -> Optional.empty(), Optional::of);
    }

    /** What is made of the value, or of the reason why there is none. */
    default <R> R map(Function<? super T, ? extends R> value, Function<String, ? extends R> why) {
        return switch (this) {
            case Read<T> read -> value.apply(read.answer());
            case Unreadable<T> unreadable -> why.apply(unreadable.reason());
        };
    }
}
