package groundwork.rehearsal.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Rules and examples from the IAM User Guide: condition operators, conditions with multiple context keys or values, and
 * single-valued and multivalued context keys.
 */
class ConditionTest {
    /** The request has the key {@code k} with the values after "k=", separated by semicolons; "-" means no such key. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'StringEquals': {'k': 'a'}                          | k=a      | true
            'StringEquals': {'k': 'a'}                          | k=A      | false
            'StringEquals': {'k': 'a*'}                         | k=ab     | false
            'StringEquals': {'k': 'a'}                          | -        | false
            'StringEquals': {'k': ['a', 'b']}                   | k=b      | true
            'StringEquals': {'K': 'a'}                          | k=a      | true
            'StringNotEquals': {'k': 'a'}                       | k=b      | true
            'StringNotEquals': {'k': ['a', 'b']}                | k=b      | false
            'StringNotEquals': {'k': ['a', 'b']}                | k=c      | true
            'StringNotEquals': {'k': 'a'}                       | -        | true
            'StringEqualsIgnoreCase': {'k': 'a'}                | k=A      | true
            'StringNotEqualsIgnoreCase': {'k': 'a'}             | k=A      | false
            'StringLike': {'k': 'a*c?'}                         | k=abbcd  | true
            'StringLike': {'k': 'a*c?'}                         | k=abbc   | false
            'StringLike': {'k': 'A*'}                           | k=ab     | false
            'StringNotLike': {'k': 'a*'}                        | k=ab     | false
            'StringNotLike': {'k': 'a*'}                        | -        | true
            'StringEqualsIfExists': {'k': 'a'}                  | -        | true
            'StringEqualsIfExists': {'k': 'a'}                  | k=b      | false
            'StringNotEqualsIfExists': {'k': 'a'}               | -        | true
            'Bool': {'k': 'true'}                               | k=true   | true
            'Bool': {'k': true}                                 | k=true   | true
            'Bool': {'k': 'false'}                              | k=true   | false
            'Bool': {'k': 'false'}                              | -        | false
            'BoolIfExists': {'k': 'true'}                       | -        | true
            'Null': {'k': 'true'}                               | -        | true
            'Null': {'k': 'true'}                               | k=a      | false
            'Null': {'k': 'false'}                              | k=a      | true
            'Null': {'k': 'false'}                              | k=       | false
            'StringEquals': {'k': 'a'}, 'Null': {'other': true} | k=a      | true
            'StringEquals': {'k': 'a'}, 'Null': {'k': true}     | k=a      | false
            'StringEquals': {'k': 'a', 'other': 'x'}            | k=a      | false
            'ForAnyValue:StringEquals': {'k': ['a', 'b']}       | k=b;c    | true
            'ForAnyValue:StringEquals': {'k': ['a', 'b']}       | k=c;d    | false
            'ForAnyValue:StringEquals': {'k': 'a'}              | -        | false
            'ForAnyValue:StringLike': {'k': 'a*'}               | k=x;ab   | true
            'ForAnyValue:StringNotEquals': {'k': 'a'}           | k=a;b    | true
            'ForAnyValue:StringNotEquals': {'k': 'a'}           | k=a      | false
            'ForAllValues:StringEquals': {'k': ['a', 'b']}      | k=b;a    | true
            'ForAllValues:StringEquals': {'k': ['a', 'b']}      | k=a;c    | false
            'ForAllValues:StringEquals': {'k': 'a'}             | -        | true
            'ForAllValues:StringEquals': {'k': 'a'}             | k=       | true
            'ForAllValues:StringLike': {'k': ['a*', 'b*']}      | k=ax;bx  | true
            'ForAllValues:StringNotEquals': {'k': 'a'}          | k=b;c    | true
            'ForAllValues:StringNotEquals': {'k': 'a'}          | k=b;a    | false
            'ForAnyValue:StringEqualsIfExists': {'k': 'a'}      | -        | true
            'ArnEquals': {'k': 'arn:aws:sns:*:111122223333:t'}  | k=arn:aws:sns:us-east-1:111122223333:t       | true
            'ArnLike': {'k': 'arn:aws:events:us-east-1:111122223333:rule/*'} | k=arn:aws:events:us-east-1:111122223333:rule/b/r | true
            'ArnLike': {'k': 'arn:aws:events:us-east-1:111122223333:rule/*'} | k=arn:aws:events:eu-west-1:111122223333:rule/r   | false
            'ArnLike': {'k': 'arn:aws:sns:*:t'}                 | k=arn:aws:sns:us-east-1:111122223333:t       | refused
            'ArnLike': {'k': 'arn:aws:logs:*:*:log-group:*'}    | k=arn:aws:logs:us-east-1:111122223333:log-group:g:* | true
            'ArnLike': {'k': 'arn:aws:sns:*:*:t'}               | k=t      | false
            'ArnNotEquals': {'k': 'arn:aws:sns:*:*:t'}          | k=arn:aws:sns:us-east-1:111122223333:u       | true
            'ArnNotLike': {'k': 'arn:aws:sns:*:*:t'}            | k=arn:aws:sns:us-east-1:111122223333:t       | false
            'ArnLikeIfExists': {'k': 'arn:aws:sns:*:*:t'}       | -        | true
            'NumericLessThan': {'k': '5'}                       | k=1      | refused
            'StringMatches': {'k': '5'}                         | k=1      | refused
            'ForAnyValue:Null': {'k': 'true'}                   | -        | refused
            'NullIfExists': {'k': 'true'}                       | -        | refused
            'Bool': {'k': 'yes'}                                | k=true   | refused
            'StringEquals': {'k': '${aws:PrincipalAccount}'}    | k=1      | refused
            'StringEquals': {'k': []}                           | k=1      | refused
            'StringEquals': 'k'                                 | k=1      | refused
            """)
    void aConditionHoldsAsDocumented(String condition, String request, String expected) {
        if (expected.equals("refused")) {
            assertThatThrownBy(() -> decide(condition, context(request))).isInstanceOf(InvalidPolicyException.class);
        } else {
            boolean allowed = decide(condition, context(request)) instanceof Decision.Allowed;
            assertThat(allowed).isEqualTo(Boolean.parseBoolean(expected));
        }
    }

    @Test
    void severalValuesOfAKeyNeedASetOperator() {
        assertThatThrownBy(() -> decide("'StringEquals': {'k': 'a'}", Map.of("k", List.of("a", "b"))))
                .hasMessage("k has several values in the request, which needs ForAnyValue or ForAllValues: [a, b]");
    }

    private static Map<String, List<String>> context(String request) {
        return request.equals("-")
                ? Map.of()
                : Map.of("k", Arrays.asList(request.substring("k=".length()).split(";", -1)));
    }

    private static Decision decide(String condition, Map<String, List<String>> context) {
        PolicyDocument policy = PolicyDocument.ofIdentity(
                "policy",
                PolicyText.document(
                        "{'Effect': 'Allow', 'Action': '*', 'Resource': '*', 'Condition': {%s}}".formatted(condition)));
        Principal caller = new Principal.Identity("arn:aws:iam::111122223333:role/caller");
        return PolicyDocument.decide(List.of(policy), new AccessRequest(caller, "sns:Publish", "*", context));
    }
}
