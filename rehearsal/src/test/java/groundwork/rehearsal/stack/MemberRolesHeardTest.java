package groundwork.rehearsal.stack;

import static org.assertj.core.api.Assertions.assertThat;

import groundwork.rehearsal.template.Deployment;
import groundwork.rehearsal.template.ExpandedTemplate;
import groundwork.rehearsal.template.Template;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a member stack tells of itself: that it is there, and that somebody edits its roles. */
class MemberRolesHeardTest {
    private static final String MEMBER = "444455556666";
    private static final List<String> SAMPLES = EventCatalogue.files("events/member").stream()
            .filter(sample ->
                    EventCatalogue.read(sample).path("account").asText().equals(MEMBER))
            .toList();

    private static ExpandedTemplate withPrefix(String prefix) {
        return Template.read(EventCatalogue.ROOT.resolve("stackset/member.yaml"))
                .expand(
                        Map.of(
                                "HubAccountId", "111122223333",
                                "HubRegion", "eu-central-1",
                                "OrganizationId", "o-a1b2c3d4e5",
                                "NamePrefix", prefix),
                        Deployment.of(MEMBER, "us-east-1", "StackSet-groundwork-members-1"));
    }

    /** The samples of it. */
    static List<String> samples() {
        return SAMPLES;
    }

    @Test
    void whatHappensToItsOwnRolesIsForwarded_andNotWhatHappensToThoseOfAnother() {
        EventRules own = new EventRules(withPrefix("groundwork"));
        EventRules ofAnother = new EventRules(withPrefix("second"));

        assertThat(SAMPLES).hasSizeGreaterThan(7).allSatisfy(sample -> {
            assertThat(own.matching(EventCatalogue.read(sample))).hasSize(1);
            assertThat(ofAnother.matching(EventCatalogue.read(sample))).isEmpty();
        });
    }

    /** Its making is the first event that is heard, so the rule has to be there. */
    @Test
    void aPolicyIsMadeAfterTheRule() {
        assertThat(withPrefix("groundwork").resource("NothingButRootCheck").dependencies())
                .contains("ForwardRootUserEvents");
    }
}
