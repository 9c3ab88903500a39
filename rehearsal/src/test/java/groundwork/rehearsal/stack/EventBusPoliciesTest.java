package groundwork.rehearsal.stack;

import static groundwork.rehearsal.template.ProjectTemplate.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;

import groundwork.rehearsal.organization.call.Caller;
import groundwork.rehearsal.template.Deployment;
import groundwork.rehearsal.template.ExpandedTemplate;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose events the hub's bus for its members takes. */
class EventBusPoliciesTest {
    private static final String OWN = "o-a1b2c3d4e5";
    private static final ExpandedTemplate HUB = TEMPLATE.expand(
            Map.of(
                    "AdministratorEmail", "ada@example.com",
                    "GivenName", "Ada",
                    "FamilyName", "Lovelace",
                    "OrganizationId", OWN),
            Deployment.of("111122223333", "eu-central-1", "groundwork"));

    @ParameterizedTest(name = "{3}")
    @CsvSource({
        "role/groundwork/groundwork-ForwardEvents,       o-a1b2c3d4e5, aws.iam,            a change of the root user,             true",
        "role/groundwork/groundwork-ForwardEvents,       o-a1b2c3d4e5, aws.signin,         a sign-in of the root user,            true",
        "role/groundwork/groundwork-ForwardEvents,       o-a1b2c3d4e5, aws.cloudtrail,     a change of a trail,                   true",
        "role/groundwork/groundwork-ForwardEvents,       o-a1b2c3d4e5, my.application,     a source that the member made up,      false",
        "role/groundwork/groundwork-ForwardEvents,       o-a1b2c3d4e5, groundwork.self-test, a made-up test event,                false",
        "role/groundwork/groundwork-ForwardEvents,       o-a1b2c3d4e5, aws.organizations,  that an account joined or left,        false",
        "role/groundwork/groundwork-ForwardEvents,       o-a1b2c3d4e5, aws.cloudformation, what StackSets report,                 false",
        "role/groundwork/groundwork-ForwardEvents,       o-zzzzzzzzzz, aws.iam,            a member of another organization,      false",
        "role/Operations,                                o-a1b2c3d4e5, aws.iam,            another role of a member,              false",
        "role/groundwork-ForwardEvents,                  o-a1b2c3d4e5, aws.iam,            a role of that name elsewhere,         false",
        "role/groundwork/groundwork-ForwardEvents/x,     o-a1b2c3d4e5, aws.iam,            a role below a path that looks alike,  false",
        "role/second/second-ForwardEvents,               o-a1b2c3d4e5, aws.iam,            a member of another Groundwork,        false"
    })
    void theBusTakesEventsOfAwsFromTheMembersRolesAlone(
            String role, String organization, String source, String what, boolean taken) {
        assertThat(new EventBusPolicies(HUB)
                        .admit(
                                HUB.resource("MemberEvents").arn(),
                                new Caller("444455556666", "arn:aws:iam::444455556666:" + role, "events"),
                                organization,
                                source))
                .as(what)
                .isEqualTo(taken);
    }
}
