package groundwork.rehearsal.scenario;

import groundwork.rehearsal.stack.LocalTables;
import groundwork.rehearsal.template.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkPojo;

/** Writes down what every scenario does: its calls, emails, records and transitions. See {@code .ci/compare_effects}. */
final class RecordEffects {
    private RecordEffects() {}

    /** @param args the root of the repository, and the directory to write into */
    public static void main(String... args) throws IOException {
        Template template = Template.read(Path.of(args[0], "template.yaml"));
        Path directory = Files.createDirectories(Path.of(args[1]));
        try (LocalTables tables = new LocalTables()) {
            for (Scenario scenario : Scenarios.all()) {
                try (World world = new World(scenario, template, tables)) {
                    scenario.play().accept(world);
                    Files.writeString(directory.resolve(scenario.name() + ".txt"), effects(tables, world));
                }
            }
        }
        // DynamoDB Local's threads would keep the JVM alive.
        System.exit(0);
    }

    private static String effects(LocalTables tables, World world) {
        StringBuilder effects = new StringBuilder("CALLS\n");
        world.seen().calls().stream().filter(world.seen()::isOfTheStack).forEach(call -> effects.append("%s %s %s %s%n"
                .formatted(call.time(), call.name(), call.region(), ordered(call.request()))));
        effects.append("EMAILS\n");
        world.seen().allMails().forEach(mail -> effects.append(mail).append('\n'));
        effects.append("RECORDS\n");
        String tableName = world.tableName();
        try {
            tables.client().scan(scan -> scan.tableName(tableName)).items().stream()
                    .map(RecordEffects::ordered)
                    .map(String::valueOf)
                    .sorted()
                    .forEach(item -> effects.append(item).append('\n'));
        } catch (RuntimeException e) {
            // In a scenario the table is deleted.
            effects.append(e.getClass().getSimpleName()).append('\n');
        }
        effects.append("TRANSITIONS\n");
        world.stack().executions().forEach(execution -> effects.append("%s %s %d%n"
                .formatted(execution.name(), execution.status(), execution.stateTransitions())));
        return effects.toString();
    }

    /** Java gives no order to the fields of an unmodifiable map, and another one in every run. */
    private static Object ordered(Object value) {
        return switch (value) {
            case SdkPojo pojo -> {
                Map<String, Object> fields = new TreeMap<>();
                pojo.sdkFields().forEach(field -> {
                    Object content = field.getValueOrDefault(pojo);
                    if (content != null && !(content instanceof List<?> list && list.isEmpty())
                            && !(content instanceof Map<?, ?> map && map.isEmpty())) {
                        fields.put(field.memberName(), ordered(content));
                    }
                });
                yield fields;
            }
            case Map<?, ?> map -> {
                Map<String, Object> entries = new TreeMap<>();
                map.forEach((key, content) -> entries.put(String.valueOf(key), ordered(content)));
                yield entries;
            }
            case List<?> list -> list.stream().map(RecordEffects::ordered).toList();
            default -> value;
        };
    }
}
