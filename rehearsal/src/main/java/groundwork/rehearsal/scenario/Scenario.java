package groundwork.rehearsal.scenario;

import groundwork.rehearsal.organization.OrganizationBuilder;
import groundwork.rehearsal.organization.call.Partition;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import software.amazon.awssdk.regions.Region;

/**
 * A story: what there is at the beginning, what people do, and what has to come of it.
 *
 * @param name how it is called on the command line
 * @param story what it is about, in a sentence
 * @param accountId where the stack is deployed
 * @param region where the stack is deployed
 * @param beginning describes the organization before the stack is deployed
 * @param parameters of the stack, beside those that have to be given
 * @param play what happens, from the completion of the stack on
 * @param stackName what the stack is called
 */
public record Scenario(
        String name,
        String story,
        String accountId,
        Region region,
        Consumer<OrganizationBuilder> beginning,
        Map<String, String> parameters,
        Consumer<World> play,
        String stackName) {
    /** Ada's company: the management account, where most stories take place. */
    public static final String MANAGEMENT = "111122223333";

    /** A member account of the same organization. */
    public static final String MEMBER = "444455556666";

    public static final String ADA = "ada@example.com";

    /** Another address that a stack may know. */
    static final String GRACE = "grace@example.com";

    /** Where a stack is deployed if the story does not say. */
    public static final Region HOME = Region.US_EAST_1;

    /** As long as a stack's name may be. */
    static final String LONGEST_STACK_NAME =
            "groundwork" + "-of-the-example-company".repeat(6).substring(0, 118);

    /** What a StackSet calls the stack that it makes: its own name between {@code StackSet-} and a GUID. */
    public static final String STACK_OF_A_STACK_SET = "StackSet-groundwork-7f3c2b1a-5d4e-4f6a-9b8c-0d1e2f3a4b5c";

    public Scenario(String name, String story, Consumer<OrganizationBuilder> beginning, Consumer<World> play) {
        this(name, story, MANAGEMENT, beginning, Map.of(), play);
    }

    public Scenario(
            String name,
            String story,
            String accountId,
            Consumer<OrganizationBuilder> beginning,
            Map<String, String> parameters,
            Consumer<World> play) {
        this(name, story, accountId, HOME, beginning, parameters, play, "groundwork");
    }

    /** The same story with the stack in another Region. */
    public Scenario in(Region other) {
        return new Scenario(name, story, accountId, other, beginning, parameters, play, stackName);
    }

    /** The same story with another name for the stack. */
    public Scenario called(String otherName) {
        return new Scenario(name, story, accountId, region, beginning, parameters, play, otherName);
    }

    /** The partition the story takes place in. */
    Partition partition() {
        return Arrays.stream(Partition.values())
                .filter(partition ->
                        partition.id().equals(region.metadata().partition().id()))
                .findFirst()
                .orElseThrow();
    }

    Map<String, String> allParameters() {
        Map<String, String> all = new TreeMap<>(
                Map.of("AdministratorEmail", ADA, "GivenName", "Ada", "FamilyName", "Lovelace", "UserName", "ada"));
        all.putAll(parameters);
        return all;
    }
}
