package groundwork.access;

import com.google.gson.JsonElement;
import groundwork.json.Json;
import groundwork.json.UnreadableJsonException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A policy of IAM, as far as it can be told what it does without knowing the request: a statement with a condition applies
 * to some requests and not to others, and which ones is not asked here.
 *
 * @param statements in the order of the document
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html">Policy
 *     evaluation logic</a>
 */
public record StaticPolicy(List<Statement> statements) {
    public StaticPolicy {
        statements = List.copyOf(statements);
    }

    /**
     * Reads a document as IAM and Identity Center return it, after decoding.
     *
     * @throws UnreadablePolicyException if it is not a policy
     */
    public static StaticPolicy parse(String json) {
        JsonElement statement;
        try {
            statement = Json.at(Json.parse(json), "Statement");
        } catch (UnreadableJsonException e) {
            throw new UnreadablePolicyException(e.getMessage() + ".");
        }
        return new StaticPolicy(
                (statement.isJsonArray() ? statement.getAsJsonArray().asList() : List.of(statement))
                        .stream().map(Statement::of).toList());
    }

    /** Whether the action on the resource is denied whatever the circumstances. */
    public boolean denies(String action, String resource) {
        return statements.stream()
                .anyMatch(statement ->
                        statement.denies() && !statement.isConditional() && statement.covers(action, resource));
    }

    /** Whether the action on the resource is allowed at least in some circumstances, unless something denies it. */
    public boolean mayAllow(String action, String resource) {
        return statements.stream().anyMatch(statement -> !statement.denies() && statement.covers(action, resource));
    }

    /** Whether there is a statement that denies anything at all. */
    public boolean hasDenials() {
        return statements.stream().anyMatch(Statement::denies);
    }

    /** Whether one statement allows every action on every resource whatever the circumstances, as AdministratorAccess does. */
    public boolean allowsEverything() {
        return statements.stream()
                .anyMatch(
                        statement -> !statement.denies() && !statement.isConditional() && statement.coversEverything());
    }

    /**
     * One statement.
     *
     * @param denies whether the Effect is Deny
     * @param federated the identity providers that are the Principal; only trust policies have them
     * @param resources what it is about; a trust policy is about its role and names none
     * @param conditionKeys the keys of the Condition, in lower case; their names are not case-sensitive
     */
    public record Statement(
            boolean denies, Set<String> federated, Patterns actions, Patterns resources, Set<String> conditionKeys) {
        public Statement {
            federated = Set.copyOf(federated);
            conditionKeys = Set.copyOf(conditionKeys);
        }

        private static Statement of(JsonElement statement) {
            String effect = Json.textAt(statement, "Effect");
            if (!effect.equals("Allow") && !effect.equals("Deny")) {
                throw new UnreadablePolicyException("A statement has no Effect.");
            }
            Set<String> keys = new TreeSet<>();
            for (JsonElement test : fields(Json.at(statement, "Condition")).values()) {
                fields(test).keySet().forEach(key -> keys.add(key.toLowerCase(Locale.ROOT)));
            }
            return new Statement(
                    effect.equals("Deny"),
                    Set.copyOf(strings(Json.at(statement, "Principal", "Federated"))),
                    Patterns.of("Action", statement),
                    fields(statement).containsKey("Principal")
                            ? Patterns.EVERYTHING
                            : Patterns.of("Resource", statement),
                    keys);
        }

        boolean isConditional() {
            return !conditionKeys.isEmpty();
        }

        boolean covers(String action, String resource) {
            return actions.match(pattern -> wildcards(pattern, ".", Pattern.CASE_INSENSITIVE), action)
                    && resources.match(pattern -> wildcards(pattern, "[^:]", 0), resource);
        }

        private boolean coversEverything() {
            return actions.areEverything() && resources.areEverything();
        }
    }

    /**
     * An element such as Action, or its opposite such as NotAction.
     *
     * @param negated whether it is the opposite
     */
    public record Patterns(boolean negated, List<String> patterns) {
        private static final Patterns EVERYTHING = new Patterns(false, List.of("*"));

        public Patterns {
            patterns = List.copyOf(patterns);
        }

        private static Patterns of(String element, JsonElement statement) {
            boolean negated = fields(statement).containsKey("Not" + element);
            List<String> patterns = strings(Json.at(statement, negated ? "Not" + element : element));
            if (patterns.isEmpty()) {
                throw new UnreadablePolicyException("A statement has no %1$s and no Not%1$s.".formatted(element));
            }
            return new Patterns(negated, patterns);
        }

        private boolean match(Function<String, Pattern> syntax, String value) {
            return patterns.stream()
                            .anyMatch(pattern ->
                                    syntax.apply(pattern).matcher(value).matches())
                    != negated;
        }

        private boolean areEverything() {
            return !negated && patterns.stream().anyMatch(pattern -> pattern.matches("\\*+(:\\*+)?"));
        }
    }

    private static Map<String, JsonElement> fields(JsonElement element) {
        return element.isJsonObject() ? element.getAsJsonObject().asMap() : Map.of();
    }

    /** A text, or those of a list. */
    private static List<String> strings(JsonElement element) {
        List<JsonElement> elements =
                element.isJsonArray() ? element.getAsJsonArray().asList() : List.of(element);
        return elements.stream()
                .filter(Json::isText)
                .map(JsonElement::getAsString)
                .toList();
    }

    /**
     * In an ARN wildcards stay between two colons, but for one at the end of a segment. A variable such as
     * {@code ${aws:username}} stands for something that is not known here and matches nothing.
     *
     * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html">IAM JSON
     *     policy elements: Resource</a>
     */
    private static Pattern wildcards(String pattern, String one, int flags) {
        String known = pattern.replaceAll("\\$\\{[^}]*}", "\0");
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < known.length(); i++) {
            char c = known.charAt(i);
            boolean endsSegment = i + 1 == known.length() || known.charAt(i + 1) == ':';
            switch (c) {
                case '*' -> regex.append(endsSegment ? "." : one).append('*');
                case '?' -> regex.append(one);
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), flags | Pattern.DOTALL);
    }
}
