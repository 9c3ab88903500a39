package groundwork.rehearsal.preflight;

import groundwork.checklist.Prerequisite;
import groundwork.rehearsal.stack.Clients;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.Trail;
import software.amazon.awssdk.services.organizations.OrganizationsClient;

/**
 * What to give for the parameter {@code CreateTrail}.
 *
 * @param value true, false or organization
 * @param organizationTrail the name of a trail of the organization that the stack has not made; empty if there is none
 * @param refusal why a trail that was asked for could not be made; empty if it could
 * @param full whether there are as many trails as CloudTrail takes
 */
record TrailChoice(String value, Optional<String> organizationTrail, Optional<String> refusal, boolean full) {
    private static final String OF_ORGANIZATION = "organization";
    private static final String CLOUDTRAIL = "cloudtrail.amazonaws.com";
    private static final String MADE_OF_ORGANIZATION = "groundwork-[0-9a-f]{8}-OrganizationTrail";

    /**
     * How many trails a Region has at most, those of other Regions that log in it included.
     *
     * @see <a href="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html">Quotas in AWS CloudTrail</a>
     */
    private static final int MOST_TRAILS = 5;

    /** A trail that an earlier deployment of the stack made is the stack's own: with false it would be deleted. */
    static TrailChoice of(Map<String, String> given, Plan plan, Clients reading) {
        String asked = given.get("CreateTrail");
        if ("false".equals(asked)) {
            return new TrailChoice(asked, Optional.empty(), Optional.empty(), false);
        }
        boolean feeding = plan.line(Prerequisite.CHANGE_EVENTS).kind() == Line.Kind.AS_IT_SHOULD_BE;
        List<Trail> trails = trails(plan, reading);
        boolean full = trails.size() >= MOST_TRAILS && trails.stream().noneMatch(TrailChoice::isOwn);
        Optional<String> others = trails.stream()
                .filter(trail -> feeding && Boolean.TRUE.equals(trail.isOrganizationTrail()))
                .map(Trail::name)
                .filter(name -> !name.matches(MADE_OF_ORGANIZATION))
                .findFirst();
        if (asked != null) {
            return new TrailChoice(
                    asked,
                    asked.equals(OF_ORGANIZATION) ? others : Optional.empty(),
                    full
                            ? Optional.of(noRoom(plan) + " Delete one, or choose CreateTrail=false.")
                            : asked.equals(OF_ORGANIZATION) ? noTrustedAccess(plan, reading) : Optional.empty(),
                    full);
        }
        if (!feeding) {
            return new TrailChoice(Boolean.toString(!full), Optional.empty(), Optional.empty(), full);
        }
        return trails.stream().anyMatch(trail -> trail.name().matches(MADE_OF_ORGANIZATION))
                ? new TrailChoice(OF_ORGANIZATION, others, Optional.empty(), full)
                : new TrailChoice(
                        Boolean.toString(trails.stream().anyMatch(TrailChoice::isOwn)), others, Optional.empty(), full);
    }

    private static boolean isOwn(Trail trail) {
        return trail.name().startsWith(Preflight.STACK + "-Trail")
                || trail.name().matches(MADE_OF_ORGANIZATION);
    }

    private static String noRoom(Plan plan) {
        return "There are %d trails in %s already, and CloudTrail takes no more."
                .formatted(MOST_TRAILS, plan.region().id());
    }

    /** Empty if they cannot be read, which the plan has said. */
    private static List<Trail> trails(Plan plan, Clients reading) {
        try {
            return reading.client(CloudTrailClient.class, plan.region())
                    .describeTrails(request -> request.includeShadowTrails(true))
                    .trailList();
        } catch (SdkException e) {
            return List.of();
        }
    }

    /**
     * CloudTrail refuses a trail of the organization without it, in the middle of the deployment. Empty if it cannot be read, which is said
     * among the permissions that are missing.
     *
     * @see <a href="https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateTrail.html">CreateTrail,
     *     CloudTrailAccessNotEnabledException</a>
     */
    private static Optional<String> noTrustedAccess(Plan plan, Clients reading) {
        try {
            return reading
                            .client(OrganizationsClient.class, plan.region())
                            .listAWSServiceAccessForOrganizationPaginator(request -> {})
                            .stream()
                            .flatMap(page -> page.enabledServicePrincipals().stream())
                            .anyMatch(trusted -> trusted.servicePrincipal().equals(CLOUDTRAIL))
                    ? Optional.empty()
                    : Optional.of(
                            "CloudTrail has no trusted access in the organization, which CreateTrail=organization needs. Run: aws organizations enable-aws-service-access --service-principal %s"
                                    .formatted(CLOUDTRAIL));
        } catch (SdkException e) {
            return Optional.empty();
        }
    }

    /** The line about change events, with what the stack itself brings. */
    Line beforeDeployment(Line line) {
        if (value.equals("false")) {
            return full && line.kind() == Line.Kind.NEEDS_A_PERSON
                    ? new Line(
                            line.prerequisite(),
                            line.kind(),
                            line.what()
                                    + " There are as many trails in the Region as CloudTrail takes, so the stack cannot create one: let one of them do it.",
                            line.effects(),
                            line.step())
                    : line;
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
