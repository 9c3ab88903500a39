package groundwork.rehearsal.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.Optional;

/** Checks that every name that a template refers to exists, whether or not a deployment ever evaluates it. */
final class References {
    private final Template template;

    References(Template template) {
        this.template = template;
    }

    void check() {
        template.section("Conditions")
                .properties()
                .forEach(each -> visit(each.getValue(), "Conditions." + each.getKey()));
        template.section("Rules").properties().forEach(each -> visit(each.getValue(), "Rules." + each.getKey()));
        for (Map.Entry<String, JsonNode> each : template.section("Resources").properties()) {
            String place = "Resources." + each.getKey();
            requireCondition(each.getValue().path("Condition"), place);
            Template.dependencies(each.getValue(), each.getKey())
                    .forEach(id -> requireResource(id, place + ".DependsOn"));
            visit(template.properties(each.getKey()), place + ".Properties");
        }
        for (Map.Entry<String, JsonNode> each : template.section("Outputs").properties()) {
            String place = "Outputs." + each.getKey();
            requireCondition(each.getValue().path("Condition"), place);
            visit(each.getValue().path("Value"), place + ".Value");
            visit(each.getValue().path("Export"), place + ".Export");
        }
    }

    private void visit(JsonNode node, String place) {
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                visit(node.get(i), place + "[" + i + "]");
            }
            return;
        }
        Optional<String> function = Intrinsics.functionOf(node, place);
        if (function.isEmpty()) {
            node.properties().forEach(field -> visit(field.getValue(), place + "." + field.getKey()));
            return;
        }
        JsonNode argument = node.get(function.get());
        switch (function.get()) {
            case "Ref" -> requireName(Intrinsics.literal(argument, place), place);
            case "Condition" -> requireCondition(argument, place);
            case "Fn::GetAtt" ->
                requireResource(Intrinsics.attributeOf(argument, place).getFirst(), place);
            case "Fn::Sub" -> visitSubstitution(argument, place);
            case "Fn::If" -> {
                requireCondition(argument.path(0), place);
                visit(argument, place);
            }
            default -> visit(argument, place);
        }
    }

    private void visitSubstitution(JsonNode argument, String place) {
        JsonNode text = argument.isArray() ? argument.path(0) : argument;
        JsonNode variables = argument.path(1);
        visit(variables, place);
        for (String name : Intrinsics.placeholdersOf(Intrinsics.literal(text, place), place)) {
            if (variables.has(name)) {
                continue;
            }
            if (name.indexOf('.') > 0) {
                requireResource(
                        Intrinsics.attributeOf(TextNode.valueOf(name), place).getFirst(), place);
            } else {
                requireName(name, place);
            }
        }
    }

    private void requireName(String name, String place) {
        boolean known = template.parameters().containsKey(name)
                || Deployment.PSEUDO_PARAMETERS.contains(name)
                || template.section("Resources").has(name);
        if (!known) {
            throw new TemplateException(place, "there is no parameter or resource " + name);
        }
    }

    private void requireResource(String logicalId, String place) {
        if (!template.section("Resources").has(logicalId)) {
            throw new TemplateException(place, "there is no resource " + logicalId);
        }
    }

    private void requireCondition(JsonNode name, String place) {
        if (!name.isMissingNode() && !template.section("Conditions").has(Intrinsics.literal(name, place))) {
            throw new TemplateException(place, "there is no condition " + name.asText());
        }
    }
}
