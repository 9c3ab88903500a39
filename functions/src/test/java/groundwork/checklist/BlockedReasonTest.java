package groundwork.checklist;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BlockedReasonTest {
    @ParameterizedTest
    @EnumSource(BlockedReason.class)
    void everyReasonIsWholeSentencesWhateverItsSubjectContains(BlockedReason reason) {
        String sentence = Outcome.Blocked.because(reason, "50 % of %s.").what();

        assertThat(sentence.replace("50 % of %s.", "")).doesNotContain("%");
        assertThat(sentence).endsWith(".");
    }
}
