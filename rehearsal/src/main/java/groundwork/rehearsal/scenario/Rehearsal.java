package groundwork.rehearsal.scenario;

import groundwork.rehearsal.organization.call.AccessCheck;
import groundwork.rehearsal.policy.Decision;
import groundwork.rehearsal.report.CallTally;
import groundwork.rehearsal.report.Emails;
import groundwork.rehearsal.report.Moment;
import groundwork.rehearsal.report.Narrator;
import groundwork.rehearsal.report.Page;
import groundwork.rehearsal.report.ReportPage;
import groundwork.rehearsal.report.Story;
import groundwork.rehearsal.simulation.Order;
import groundwork.rehearsal.stack.ExecutionRecord;
import groundwork.rehearsal.stack.LocalTables;
import groundwork.rehearsal.stack.Witness;
import groundwork.rehearsal.template.IamRole;
import groundwork.rehearsal.template.Resource;
import groundwork.rehearsal.template.Template;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Plays scenarios against the template and tells what happens. */
public final class Rehearsal {
    private final Template template;
    private final LocalTables tables;
    private final Page page;
    private final boolean allEmails;
    private final ReportPage report;

    /**
     * @param root the folder of the project
     * @param allEmails whether every email is shown in full, and not only the first of a kind
     * @param report what gets every story
     */
    public Rehearsal(Path root, LocalTables tables, Page page, boolean allEmails, ReportPage report) {
        this.template = Template.read(root.resolve("template.yaml"));
        this.tables = tables;
        this.page = page;
        this.allEmails = allEmails;
        this.report = report;
    }

    /** Plays a scenario to its end and returns what was not as expected. */
    public List<String> play(Scenario scenario) {
        List<Moment> moments = new ArrayList<>();
        CallTally calls = new CallTally();
        Narrator narrator = new Narrator(page, World.START, moments::add);
        narrator.title(scenario.name(), scenario.story());
        try (World world = new World(scenario, template, tables, Order.fifo(), narrator, witness(calls))) {
            scenario.play().accept(world);
            world.expect(
                    "changes by Groundwork that woke Groundwork", world.seen().wokenByItself(), List.of());
            new Emails(page, World.START, allEmails).show(world.seen().allMails());
            narrator.checklist(world.seen().checklist());
            narrator.verdict(
                    world.stack().executions().size(),
                    Collections.frequency(world.seen().executionStatuses(), "RUNNING"),
                    world.seen().stateTransitions(),
                    world.expectations().broken());
            report.add(story(scenario, world, moments, calls));
            return world.expectations().broken();
        }
    }

    private static Witness witness(CallTally calls) {
        return new Witness() {
            @Override
            public void allowed(IamRole role, AccessCheck check, Decision.Allowed by) {
                calls.allowed(role.logicalId(), check);
            }
        };
    }

    private static Story story(Scenario scenario, World world, List<Moment> moments, CallTally calls) {
        Map<String, String> roles =
                world.stack().template().roles().stream().collect(Collectors.toMap(IamRole::arn, IamRole::logicalId));
        world.seen().calls().stream()
                .filter(world.seen()::isOfTheStack)
                .forEach(call -> calls.called(
                        roles.getOrDefault(
                                call.caller().roleArn(), call.caller().roleName()),
                        call));
        return new Story(
                scenario.name(),
                scenario.story(),
                World.START,
                world.expectations().broken(),
                world.seen().checklists().stream().findFirst(),
                world.seen().checklist(),
                moments,
                world.seen().allMails(),
                calls.lines(),
                transitions(world),
                world.stack().invocations());
    }

    /** Those of AccountSetup are also counted while it runs. An Express workflow is billed in another way. */
    private static Map<String, Long> transitions(World world) {
        Map<String, Long> transitions = new TreeMap<>();
        for (Resource machine : world.stack().template().resourcesOfType("AWS::Serverless::StateMachine")) {
            if (!machine.properties().path("Type").asText().equals("EXPRESS")) {
                transitions.put(
                        machine.logicalId(),
                        world.stack().executions(machine.logicalId()).stream()
                                .mapToLong(ExecutionRecord::stateTransitions)
                                .sum());
            }
        }
        transitions.put("AccountSetup", world.seen().stateTransitions());
        return transitions;
    }
}
