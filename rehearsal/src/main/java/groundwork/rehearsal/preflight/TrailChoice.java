package groundwork.rehearsal.preflight;

import groundwork.checklist.Prerequisite;
import groundwork.rehearsal.stack.Clients;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.Trail;

/**
 * What to give for the parameter {@code CreateTrail}.
 *
 * @param value true, false or organization
 * @param organizationTrail the name of a trail of the organization that the stack has not made; empty if there is none
 */
record TrailChoice(String value, Optional<String> organizationTrail) {
    private static final String OF_ORGANIZATION = "organization";
    private static final String MADE_OF_ORGANIZATION = "groundwork-[0-9a-f]{8}-OrganizationTrail";

    /** A trail that an earlier deployment of the stack made is the stack's own: with false it would be deleted. */
    static TrailChoice of(Map<String, String> given, Plan plan, Clients reading) {
        String asked = given.get("CreateTrail");
        if (asked != null && !asked.equals(OF_ORGANIZATION)) {
            return new TrailChoice(asked, Optional.empty());
        }
        boolean feeding = plan.line(Prerequisite.CHANGE_EVENTS).kind() == Line.Kind.AS_IT_SHOULD_BE;
        if (asked == null && !feeding) {
            return new TrailChoice("true", Optional.empty());
        }
        List<Trail> trails = feeding
                ? reading.client(CloudTrailClient.class, plan.region())
                        .describeTrails(request -> request.includeShadowTrails(true))
                        .trailList()
                : List.of();
        Optional<String> others = trails.stream()
                .filter(trail -> Boolean.TRUE.equals(trail.isOrganizationTrail()))
                .map(Trail::name)
                .filter(name -> !name.matches(MADE_OF_ORGANIZATION))
                .findFirst();
        if (asked != null) {
            return new TrailChoice(asked, others);
        }
        return trails.stream().anyMatch(trail -> trail.name().matches(MADE_OF_ORGANIZATION))
                ? new TrailChoice(OF_ORGANIZATION, others)
                : new TrailChoice(
                        Boolean.toString(
                                trails.stream().anyMatch(trail -> trail.name().startsWith(Preflight.STACK + "-Trail"))),
                        others);
    }

    /** The line about change events, with what the stack itself brings. */
    Line beforeDeployment(Line line) {
        if (value.equals("false")) {
            return line;
        }
        return switch (line.kind()) {
            case NEEDS_A_PERSON ->
                new Line(
                        line.prerequisite(),
                        Line.Kind.WOULD_CREATE,
                        line.what() + " The stack creates one that does.",
                        List.of(),
                        Optional.empty());
            case UNKNOWN ->
                Line.unknown(
                        line.prerequisite(),
                        line.what() + " The stack creates one; if there is one that logs, choose CreateTrail=false.");
            default ->
                organizationTrail
                        .filter(name -> value.equals(OF_ORGANIZATION))
                        .map(name -> new Line(
                                line.prerequisite(),
                                line.kind(),
                                line.what()
                                        + " The trail %s logs in all accounts of the organization already, and a second one would be"
                                                .formatted(name)
                                        + " paid for: choose CreateTrail=false.",
                                line.effects(),
                                line.step()))
                        .orElse(line);
        };
    }
}
