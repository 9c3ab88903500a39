package groundwork.rehearsal.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A schema under docs/. What is published lets further properties pass, so that they may come without a new version. Here they do not, so
 * that none comes without being described.
 */
final class PublishedSchema {
    private static final Path DOCS = Path.of("..", "docs");

    static final PublishedSchema CHECKLIST = new PublishedSchema("checklist.schema.json");
    static final PublishedSchema CHANGE = new PublishedSchema("account-setup-changed.schema.json");

    private final JsonSchema open;
    private final JsonSchema closed;

    private PublishedSchema(String name) {
        this.open = schema(name, false);
        this.closed = schema(name, true);
    }

    /** What a document breaks: of the schema, and of it without further properties. */
    List<String> broken(JsonNode document) {
        return Stream.of(open, closed)
                .flatMap(schema -> schema.validate(document).stream())
                .map(ValidationMessage::getMessage)
                .toList();
    }

    private static JsonSchema schema(String name, boolean closed) {
        String folder = "https://schemas.invalid/";
        Map<String, String> texts = Map.of(
                folder + "checklist.schema.json", text("checklist.schema.json", closed),
                folder + "account-setup-changed.schema.json", text("account-setup-changed.schema.json", closed));
        SchemaValidatorsConfig config =
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
        return JsonSchemaFactory.getInstance(
                        SpecVersion.VersionFlag.V202012,
                        builder -> builder.schemaLoaders(loaders -> loaders.schemas(texts)))
                .getSchema(SchemaLocation.of(folder + name), config);
    }

    private static String text(String name, boolean closed) {
        try {
            JsonNode schema = new ObjectMapper().readTree(Files.readString(DOCS.resolve(name)));
            if (closed) {
                close(schema);
            }
            return schema.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(JsonNode part) {
        part.forEach(PublishedSchema::close);
        if (part instanceof ObjectNode object && object.path("type").asText().equals("object")) {
            object.put("additionalProperties", false);
        }
    }
}
