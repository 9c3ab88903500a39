package groundwork.conclusion;

import static org.assertj.core.api.Assertions.assertThat;

import groundwork.checklist.BlockedReason;
import groundwork.checklist.Effect;
import groundwork.checklist.Finding;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PlanLineTest {
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "CREATED, WOULD_CREATE",
        "ADOPTED, WOULD_ADOPT",
        "ADOPTED CREATED, WOULD_CREATE",
        "ADOPTED CREATED REPAIRED, WOULD_REPAIR",
        "REPAIRED, WOULD_REPAIR",
        "UPDATED, WOULD_UPDATE",
        "ADOPTED UPDATED, WOULD_UPDATE",
        "CREATED UPDATED, WOULD_CREATE",
    })
    void whatWouldBeWritten_isCalledByWhatMattersMost(String kinds, PlanLine.Verb verb) {
        assertThat(verb(new Outcome.Planned("The access is there."), kinds.split(" ")))
                .isEqualTo(verb);
    }

    @Test
    void whatIsThereAlready_isAdoptedTheFirstTimeAndThenAsItShouldBe() {
        assertThat(verb(Samples.DONE, "ADOPTED")).isEqualTo(PlanLine.Verb.WOULD_ADOPT);
        assertThat(verb(Samples.DONE)).isEqualTo(PlanLine.Verb.AS_IT_SHOULD_BE);
    }

    static List<Arguments> withoutARun() {
        return List.of(
                Arguments.of(Samples.NO_MFA, PlanLine.Verb.NEEDS_A_PERSON),
                Arguments.of(Samples.blocked(BlockedReason.NO_ORGANIZATION, ""), PlanLine.Verb.BLOCKED),
                Arguments.of(Samples.UNKNOWN, PlanLine.Verb.UNKNOWN),
                Arguments.of(new Outcome.NotApplicable("Not here."), PlanLine.Verb.NOT_APPLICABLE));
    }

    @ParameterizedTest
    @MethodSource("withoutARun")
    void whatARunCannotDo_isSaidAsItIs(Outcome outcome, PlanLine.Verb verb) {
        assertThat(verb(outcome)).isEqualTo(verb);
    }

    @Test
    void theLine_tellsTheChangesWithTheirIds() {
        List<Effect> effects = List.of(
                new Effect(Effect.Kind.ADOPTED, "group Administrators", "g-1"),
                new Effect(Effect.Kind.CREATED, "assignment", null));

        assertThat(PlanLine.of(
                        new Finding(Prerequisite.ADMIN_ACCESS, new Outcome.Planned("The access is there."), effects)))
                .isEqualTo(new PlanLine(
                        Prerequisite.ADMIN_ACCESS, PlanLine.Verb.WOULD_CREATE, "The access is there.", effects))
                .extracting(PlanLine::effects)
                .isEqualTo(effects);
    }

    private static PlanLine.Verb verb(Outcome outcome, String... kinds) {
        List<Effect> effects = Arrays.stream(kinds)
                .map(kind -> new Effect(Effect.Kind.valueOf(kind), "resource", null))
                .toList();
        return PlanLine.of(new Finding(Prerequisite.ADMIN_ACCESS, outcome, effects))
                .verb();
    }
}
