package groundwork.rehearsal.scenario;

import groundwork.rehearsal.account.OrganizationBuilder;
import groundwork.rehearsal.account.Partition;
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
 */
public record Scenario(
        String name,
        String story,
        String accountId,
        Region region,
        Consumer<OrganizationBuilder> beginning,
        Map<String, String> parameters,
        Consumer<World> play) {
    /** Ada's company: the management account, where most stories take place. */
    public static final String MANAGEMENT = "111122223333";

    /** A member account of the same organization. */
    public static final String MEMBER = "444455556666";

    public static final String ADA = "ada@example.com";

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
        this(name, story, accountId, Region.US_EAST_1, beginning, parameters, play);
    }

    /** The same story with the stack in another Region. */
    public Scenario in(Region other) {
        return new Scenario(name, story, accountId, other, beginning, parameters, play);
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
