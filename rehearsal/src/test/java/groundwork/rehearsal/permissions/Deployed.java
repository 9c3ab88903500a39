package groundwork.rehearsal.permissions;

import groundwork.rehearsal.template.Deployment;
import groundwork.rehearsal.template.ExpandedTemplate;
import groundwork.rehearsal.template.ProjectTemplate;
import groundwork.rehearsal.template.Template;
import java.util.Map;

/** The stacks of a deployment with everything that parameters and the place can bring. */
final class Deployed {
    static final String ACCOUNT = "111122223333";

    static final ExpandedTemplate TEMPLATE = ProjectTemplate.TEMPLATE.expand(
            Map.of(
                    "AdministratorEmail", "ada@example.com",
                    "GivenName", "Ada",
                    "FamilyName", "Lovelace",
                    "SenderEmail", "aws@example.com",
                    "OwnerEmail", "boss@example.com",
                    "OrganizationId", "o-a1b2c3d4e5",
                    "CreateTrail", "organization"),
            Deployment.of(ACCOUNT, "eu-central-1", "groundwork"));

    /** The stack that forwards events of the other Region. */
    static final ExpandedTemplate FORWARDING = Template.parse(
                    TEMPLATE.resource("Forwarding")
                            .properties()
                            .path("TemplateBody")
                            .asText(),
                    TEMPLATE.directory())
            .expand(Map.of(), Deployment.of(ACCOUNT, "us-east-1", "StackSet-forwarding-1"));

    private Deployed() {}
}
