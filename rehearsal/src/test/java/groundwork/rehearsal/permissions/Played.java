package groundwork.rehearsal.permissions;

import static groundwork.rehearsal.template.ProjectTemplate.TEMPLATE;

import groundwork.rehearsal.organization.call.AccessCheck;
import groundwork.rehearsal.policy.Decision;
import groundwork.rehearsal.policy.PolicyDocument;
import groundwork.rehearsal.policy.Statement;
import groundwork.rehearsal.report.Narrator;
import groundwork.rehearsal.scenario.Scenario;
import groundwork.rehearsal.scenario.Scenarios;
import groundwork.rehearsal.scenario.World;
import groundwork.rehearsal.simulation.Order;
import groundwork.rehearsal.stack.LocalTables;
import groundwork.rehearsal.stack.Witness;
import groundwork.rehearsal.states.ExpressionObserver.Evaluation;
import groundwork.rehearsal.template.IamRole;
import groundwork.rehearsal.template.Template;
import groundwork.rehearsal.trust.Workers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * All scenarios and situations, played to their end.
 *
 * @param declared the permissions in the templates as they were deployed
 * @param used those of them that a call used
 * @param refused the calls for which a permission was missing
 * @param broken what did not come as the stories expect
 * @param evaluations evaluations of each expression in contexts that gave different results, by state and field
 */
public record Played(
        Set<Permission> declared,
        Set<Permission> used,
        List<String> refused,
        List<String> broken,
        Map<String, List<Evaluation>> evaluations) {
    public static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final int CONTEXTS = 40;

    /**
     * A pattern in a statement. Account, Region and name of the stack are written as their pseudo parameters, as stories take
     * place in several, and what names begin with as in the template.
     *
     * @param statement such as {@code SendEmailRole/SendEmail.KeepMessages}
     */
    public record Permission(String statement, String pattern) implements Comparable<Permission> {
        static Stream<Permission> of(Statement statement, List<String> patterns, Scenario scenario) {
            return patterns.stream().map(pattern -> new Permission(statement.id(), general(pattern, scenario)));
        }

        private static String general(String pattern, Scenario scenario) {
            String id = "[0-9a-f]{8}(?=[-/])";
            // A long name is cut off, and gets something at its end.
            String shortened = scenario.stackName()
                            .substring(0, Math.min(12, scenario.stackName().length()))
                    + "[a-z-]*-([A-Z][A-Za-z]+)-[0-9a-f]{12}";
            return pattern.replace("(stack %s)".formatted(scenario.stackName()), "(stack ${AWS::StackName})")
                    .replaceAll(shortened, "\\${AWS::StackName}-$1")
                    .replaceAll(scenario.stackName() + "-(?!" + id + ")", "\\${AWS::StackName}-")
                    .replaceAll("groundwork-" + id, "groundwork-\\${Id}")
                    .replace(scenario.accountId(), "${AWS::AccountId}")
                    .replace(scenario.region().id(), "${AWS::Region}");
        }

        @Override
        public int compareTo(Permission other) {
            return toString().compareTo(other.toString());
        }

        @Override
        public String toString() {
            return statement + " " + pattern;
        }
    }

    /** Plays everything, once for all tests. */
    public static Played everything() {
        return Holder.PLAYED;
    }

    /** The name of the stack's table. */
    static String table(World world) {
        return world.stack()
                .template()
                .resourcesOfType("AWS::DynamoDB::Table")
                .getFirst()
                .ref()
                .orElseThrow();
    }

    /** Each on its own, and put together in their order, so that the same comes out every time. */
    private static Played play() {
        Template template = TEMPLATE;
        Played together = new Played();
        try (Workers workers = Workers.all()) {
            workers.all(Stream.of(Scenarios.all(), Situations.all(), BrokenSteps.all())
                            .flatMap(List::stream)
                            .<Function<LocalTables, Played>>map(
                                    scenario -> tables -> new Played().play(scenario, template, tables))
                            .toList())
                    .forEach(together::add);
        }
        return together;
    }

    private Played() {
        this(new TreeSet<>(), new TreeSet<>(), new ArrayList<>(), new ArrayList<>(), new LinkedHashMap<>());
    }

    private Played play(Scenario scenario, Template template, LocalTables tables) {
        try (World world = new World(scenario, template, tables, Order.fifo(), Narrator.silent(), witness(scenario))) {
            world.stack().template().roles().forEach(role -> declare(role, scenario));
            scenario.play().accept(world);
            world.expectations().broken().forEach(each -> broken.add(scenario.name() + ": " + each));
        }
        return this;
    }

    private void add(Played other) {
        declared.addAll(other.declared);
        used.addAll(other.used);
        refused.addAll(other.refused);
        broken.addAll(other.broken);
        other.evaluations.values().forEach(each -> each.forEach(this::add));
    }

    private void declare(IamRole role, Scenario scenario) {
        role.policies().stream()
                .map(PolicyDocument::statements)
                .flatMap(List::stream)
                .forEach(statement -> add(declared, statement, statement.actions(), statement.resources(), scenario));
    }

    private static void add(
            Set<Permission> permissions,
            Statement statement,
            List<String> actions,
            List<String> resources,
            Scenario scenario) {
        Stream.of(actions, resources)
                .flatMap(patterns -> Permission.of(statement, patterns, scenario))
                .forEach(permissions::add);
    }

    private Witness witness(Scenario scenario) {
        return new Witness() {
            @Override
            public void allowed(IamRole role, AccessCheck check, Decision.Allowed by) {
                by.by().forEach(match -> add(used, match.statement(), match.actions(), match.resources(), scenario));
            }

            @Override
            public void refused(IamRole role, AccessCheck check) {
                refused.add("%s: %s may not %s on %s"
                        .formatted(scenario.name(), role.logicalId(), check.action(), check.resource()));
            }

            @Override
            public void evaluated(Evaluation evaluation) {
                add(evaluation);
            }
        };
    }

    private void add(Evaluation evaluation) {
        List<Evaluation> known =
                evaluations.computeIfAbsent(evaluation.state() + "/" + evaluation.field(), where -> new ArrayList<>());
        boolean news = known.stream()
                .noneMatch(other -> other.result().equals(evaluation.result())
                        && other.expression().equals(evaluation.expression()));
        if (news && known.size() < CONTEXTS) {
            known.add(evaluation);
        }
    }

    private static final class Holder {
        private static final Played PLAYED = play();
    }
}
