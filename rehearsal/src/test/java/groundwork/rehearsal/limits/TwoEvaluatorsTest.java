package groundwork.rehearsal.limits;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import groundwork.access.NeededAction;
import groundwork.access.StaticPolicy;
import groundwork.rehearsal.policy.AccessRequest;
import groundwork.rehearsal.policy.Decision;
import groundwork.rehearsal.policy.Principal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The functions' reading of policies against the evaluation that holds every call of the rehearsal: neither knows the other.
 * Where a statement has a condition, the functions leave open what the rehearsal decides, so those are compared in what
 * follows whichever way the condition falls.
 */
@Tag("slow")
class TwoEvaluatorsTest {
    private static final Path POLICIES =
            Path.of("src/main/resources/groundwork/rehearsal/organization/services/managed-policies.json");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<NeededAction> NEEDED = NeededAction.in("aws", "111122223333");
    private static final String ME = "arn:aws:iam::111122223333:role/somebody";

    private static final List<String> ACTIONS = List.of(
            "*",
            "iam:*",
            "iam:Create*",
            "iam:*Role",
            "IAM:PASSROLE",
            "iam:?assRole",
            "ec2:*",
            "ec2:RunInstances",
            "s3:*Bucket*",
            "s3:GetObject",
            "lambda:*Function*",
            "cloudtrail:*",
            "organizations:*");
    private static final List<String> RESOURCES = List.of(
            "*",
            "arn:aws:iam::*:role/*",
            "arn:aws:iam::111122223333:*",
            "arn:aws:iam::111122223333:role/of-no-*",
            "arn:aws:iam::111122223333:role/protected/*",
            "arn:aws:ec2:*:111122223333:instance/*",
            "arn:aws:ec2:*:*:*",
            "arn:aws:ec2:eu-central-1:*:*",
            "arn:aws:lambda:*:111122223333:function:*",
            "arn:aws:lambda:*:111122223333:function*",
            "arn:aws:lambda:*",
            "arn:aws:s3:::*",
            "arn:aws:s3:::of?no*");

    @Test
    void generatedPolicies_areReadAlike() throws IOException {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(20261125);
        int denied = 0;
        int allowed = 0;
        for (int i = 0; i < 3000; i++) {
            JsonNode document = document(random);
            StaticPolicy read = StaticPolicy.parse(document.toString());
            for (NeededAction needed : NEEDED) {
                boolean denies = read.denies(needed.action(), needed.resource());
                boolean mayAllow = read.mayAllow(needed.action(), needed.resource());
                denied += denies ? 1 : 0;
                allowed += mayAllow && !denies ? 1 : 0;

                assertThat(denies)
                        .as("%s denies %s", document, needed)
                        .isEqualTo(decide(document, needed, false) instanceof Decision.ExplicitlyDenied);
                assertThat(mayAllow && !denies)
                        .as("%s may allow %s", document, needed)
                        .isEqualTo(
                                decide(withoutConditionalDenials(document), needed, true) instanceof Decision.Allowed);
            }
        }
        assertThat(List.of(denied, allowed))
                .allSatisfy(count -> assertThat(count).isGreaterThan(1000));
    }

    @Test
    void policiesOfAws_areReadAlike() throws IOException {
        for (JsonNode policy : JSON.readTree(POLICIES.toFile()).path("policies")) {
            JsonNode document = policy.path("document");
            StaticPolicy read = StaticPolicy.parse(document.toString());
            for (NeededAction needed : NEEDED) {
                Decision decision = decide(withoutConditionalStatements(document), needed, false);

                assertThat(read.denies(needed.action(), needed.resource()))
                        .isEqualTo(decision instanceof Decision.ExplicitlyDenied);
                assertThat(read.mayAllow(needed.action(), needed.resource())
                                && !read.denies(needed.action(), needed.resource()))
                        .isEqualTo(decision instanceof Decision.Allowed);
            }
        }
    }

    /** With which AWS itself takes the power from an identity that fell into the wrong hands. */
    @Test
    void whatAnAdministratorNeeds_isWhatAwsTakesFromACompromisedIdentity() throws IOException {
        List<String> quarantined = StreamSupport.stream(
                        JSON.readTree(Files.readString(POLICIES))
                                .at("/policies/AWSCompromisedKeyQuarantineV3/document/Statement")
                                .spliterator(),
                        false)
                .flatMap(statement ->
                        StreamSupport.stream(statement.path("Action").spliterator(), false))
                .map(JsonNode::asText)
                .toList();

        assertThat(NEEDED).extracting(NeededAction::action).isSubsetOf(quarantined);
    }

    /** Statements with a condition either all apply or all do not. */
    private static Decision decide(JsonNode document, NeededAction needed, boolean conditionsHold) {
        return groundwork.rehearsal.policy.PolicyDocument.decide(
                List.of(groundwork.rehearsal.policy.PolicyDocument.ofIdentity("policy", document)),
                new AccessRequest(
                        new Principal.Identity(ME),
                        needed.action(),
                        needed.resource(),
                        Map.of("aws:RequestedRegion", List.of(conditionsHold ? "eu-central-1" : "us-east-1"))));
    }

    private static JsonNode withoutConditionalDenials(JsonNode document) {
        return without(document, true);
    }

    private static JsonNode withoutConditionalStatements(JsonNode document) {
        return without(document, false);
    }

    private static JsonNode without(JsonNode document, boolean denialsOnly) {
        ObjectNode less = document.deepCopy();
        ArrayNode statements = less.putArray("Statement");
        for (JsonNode statement : document.path("Statement")) {
            boolean goes = statement.has("Condition")
                    && (!denialsOnly || statement.path("Effect").asText().equals("Deny"));
            if (!goes) {
                statements.add(statement);
            }
        }
        // A policy has a statement.
        statements
                .addObject()
                .put("Effect", "Allow")
                .put("Action", "sqs:SendMessage")
                .put("Resource", "*");
        return less;
    }

    private static JsonNode document(RandomGenerator random) {
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("Version", "2012-10-17");
        ArrayNode statements = document.putArray("Statement");
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            ObjectNode statement = statements.addObject().put("Effect", random.nextInt(3) == 0 ? "Deny" : "Allow");
            put(statement, "Action", ACTIONS, random);
            put(statement, "Resource", RESOURCES, random);
            if (random.nextInt(4) == 0) {
                statement.putObject("Condition").putObject("StringEquals").put("aws:RequestedRegion", "eu-central-1");
            }
        }
        return document;
    }

    private static void put(ObjectNode statement, String element, List<String> from, RandomGenerator random) {
        String name = random.nextInt(4) == 0 ? "Not" + element : element;
        List<String> chosen = new ArrayList<>(Stream.generate(() -> from.get(random.nextInt(from.size())))
                .limit(1 + random.nextInt(3))
                .toList());
        if (chosen.size() == 1 && random.nextBoolean()) {
            statement.put(name, chosen.getFirst());
        } else {
            ArrayNode patterns = statement.putArray(name);
            chosen.forEach(patterns::add);
        }
    }
}
