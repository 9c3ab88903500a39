package groundwork.rehearsal.stack;

import static groundwork.rehearsal.template.ProjectTemplate.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.CustomPojoSerializer;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JsonNode;
import groundwork.rehearsal.scenario.Scenario;
import groundwork.rehearsal.scenario.Scenarios;
import groundwork.rehearsal.scenario.World;
import groundwork.rehearsal.template.Resource;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.regions.Region;

/** The samples in events/functions: one for each function, with which it can be invoked and changes nothing. */
class FunctionSamplesTest {
    private static final String FOLDER = "events/functions/";

    @AutoClose
    private static final LocalTables TABLES = new LocalTables();

    private static World world;

    @BeforeAll
    static void anAccountIsSetUp() {
        Scenario scenario = Scenarios.named("management-account").orElseThrow();
        world = new World(scenario, TEMPLATE, TABLES);
        scenario.play().accept(world);
    }

    @AfterAll
    static void end() {
        world.close();
    }

    static List<String> functions() {
        return world.stack().template().resourcesOfType("AWS::Serverless::Function").stream()
                .map(Resource::logicalId)
                .toList();
    }

    @Test
    void everyFunction_hasASample_andNoOtherIsThere() {
        assertThat(functions().stream().map(FunctionSamplesTest::sample))
                .containsExactlyInAnyOrderElementsOf(EventCatalogue.files(FOLDER));
    }

    @ParameterizedTest
    @MethodSource("functions")
    void everyFieldOfASample_isRead(String logicalId) throws Exception {
        String sample = EventCatalogue.text(sample(logicalId));
        CustomPojoSerializer serializer =
                ServiceLoader.load(CustomPojoSerializer.class).findFirst().orElseThrow();
        Type type = inputType(world.stack().template().resource(logicalId));
        ByteArrayOutputStream read = new ByteArrayOutputStream();

        serializer.toJson(serializer.fromJson(sample, type), read, type);

        assertThat(missing(
                        EventCatalogue.json(sample),
                        EventCatalogue.json(read.toString(StandardCharsets.UTF_8)),
                        sample(logicalId)))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("functions")
    void aFunction_takesItsSample_andChangesNothing(String logicalId) {
        List<String> writes = world.seen().writes();
        int emails = world.seen().allMails().size();

        JsonNode answer = function(logicalId).invoke(EventCatalogue.read(sample(logicalId)));

        assertThat(answer.toString()).hasSizeGreaterThan(10);
        assertThat(world.seen().writes()).isEqualTo(writes);
        assertThat(world.seen().allMails()).hasSize(emails);
    }

    /** Such as {@code events/functions/check-root-user.json} for {@code CheckRootUserFunction}. */
    private static String sample(String logicalId) {
        String name = logicalId.replaceFirst("Function$", "").replaceAll("(?<=[a-z])(?=[A-Z])", "-");
        return FOLDER + name.toLowerCase(Locale.ROOT) + ".json";
    }

    private static LambdaFunction function(String logicalId) {
        var caller = world.person();
        return LambdaFunction.of(
                world.stack().template().resource(logicalId), world.region(), world.simulation(), new Clients() {
                    @Override
                    public <C extends SdkClient> C client(Class<C> type, Region where) {
                        return world.organization().client(type, caller, where);
                    }
                });
    }

    private static Type inputType(Resource function) throws ClassNotFoundException {
        String handler = function.properties().path("Handler").asText();
        return Arrays.stream(Class.forName(handler.replaceFirst("::.*", "")).getGenericInterfaces())
                .map(ParameterizedType.class::cast)
                .filter(contract -> contract.getRawType() == RequestHandler.class)
                .map(contract -> contract.getActualTypeArguments()[0])
                .findFirst()
                .orElseThrow();
    }

    /** What of the first is not in the second. Null is as good as absent. */
    private static List<String> missing(JsonNode wanted, JsonNode actual, String path) {
        List<String> missing = new ArrayList<>();
        if (wanted.isObject()) {
            wanted.properties()
                    .forEach(field -> missing.addAll(
                            missing(field.getValue(), actual.path(field.getKey()), path + "/" + field.getKey())));
        } else if (wanted.isArray() && wanted.size() == actual.size()) {
            for (int i = 0; i < wanted.size(); i++) {
                missing.addAll(missing(wanted.get(i), actual.get(i), path + "/" + i));
            }
        } else if (!wanted.isNull() && !wanted.equals(actual)) {
            missing.add(path);
        }
        return missing;
    }
}
