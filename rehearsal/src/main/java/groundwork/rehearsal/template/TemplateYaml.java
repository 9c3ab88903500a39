package groundwork.rehearsal.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.AnchorNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Turns the text of a template into a JSON tree in which every short-form intrinsic function is in its long form.
 *
 * <p>CloudFormation takes YAML 1.1 without aliases and merges, and without null values; a plain scalar that YAML 1.1
 * reads as something other than it looks ({@code yes}, {@code 0123}) must be quoted here.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html">Template formats</a>
 */
final class TemplateYaml {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private TemplateYaml() {}

    static ObjectNode read(String text) {
        Node root;
        try {
            root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
        } catch (YAMLException e) {
            throw new TemplateException("Template", "is not well-formed YAML, " + e.getMessage());
        }
        if (root instanceof MappingNode && new TemplateYaml().convert(root, "") instanceof ObjectNode template) {
            return template;
        }
        throw new TemplateException("Template", "must be a mapping of sections");
    }

    private JsonNode convert(Node node, String place) {
        if (node instanceof AnchorNode || !seen.add(node)) {
            throw new TemplateException(place, "CloudFormation does not support YAML aliases; repeat the value");
        }
        String tag = node.getTag().getValue();
        if (!tag.startsWith("!")) {
            return plain(node, place);
        }
        String function = Intrinsics.longForm(tag.substring(1))
                .orElseThrow(() -> new TemplateException(place, tag + " is not an intrinsic function known here"));
        JsonNode argument =
                node instanceof ScalarNode scalar ? TextNode.valueOf(scalar.getValue()) : plain(node, place);
        return JSON.objectNode().set(function, argument);
    }

    private JsonNode plain(Node node, String place) {
        return switch (node) {
            case MappingNode mapping -> object(mapping, place);
            case SequenceNode sequence -> {
                ArrayNode array = JSON.arrayNode();
                for (Node element : sequence.getValue()) {
                    array.add(convert(element, place + "[" + array.size() + "]"));
                }
                yield array;
            }
            case ScalarNode scalar -> scalar(scalar, place);
            default -> throw new TemplateException(place, "unexpected YAML node " + node.getNodeId());
        };
    }

    private ObjectNode object(MappingNode mapping, String place) {
        ObjectNode object = JSON.objectNode();
        for (NodeTuple entry : mapping.getValue()) {
            // The text of a key as written: mappings are often keyed by account ids and Regions such as "no".
            if (!(entry.getKeyNode() instanceof ScalarNode key) || key.getTag().equals(Tag.MERGE)) {
                throw new TemplateException(place, "every key must be a plain string");
            }
            String name = key.getValue();
            String at = place.isEmpty() ? name : place + "." + name;
            if (object.has(name)) {
                throw new TemplateException(at, "is given twice");
            }
            object.set(name, convert(entry.getValueNode(), at));
        }
        return object;
    }

    private static JsonNode scalar(ScalarNode scalar, String place) {
        String value = scalar.getValue();
        Tag tag = scalar.getTag();
        if (tag.equals(Tag.STR) || tag.equals(Tag.TIMESTAMP)) {
            return TextNode.valueOf(value);
        }
        if (tag.equals(Tag.BOOL) && (value.equals("true") || value.equals("false"))) {
            return BooleanNode.valueOf(value.equals("true"));
        }
        if (tag.equals(Tag.INT) && value.matches("-?(0|[1-9][0-9]{0,17})")) {
            return LongNode.valueOf(Long.parseLong(value));
        }
        if (tag.equals(Tag.FLOAT) && value.matches("-?[0-9]+\\.[0-9]+")) {
            return DecimalNode.valueOf(new BigDecimal(value));
        }
        if (tag.equals(Tag.NULL)) {
            throw new TemplateException(place, "has no value; CloudFormation does not allow null");
        }
        throw new TemplateException(place, "the plain scalar " + value + " is ambiguous in YAML; quote it");
    }
}
