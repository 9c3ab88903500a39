package groundwork.rehearsal.policy;

import java.util.regex.Pattern;

/** Matching with {@code *} for any characters and {@code ?} for one. */
final class Wildcards {
    private Wildcards() {}

    static boolean present(String pattern) {
        return pattern.indexOf('*') >= 0 || pattern.indexOf('?') >= 0;
    }

    static boolean string(String pattern, String value) {
        return Pattern.compile(regex(pattern, false), Pattern.DOTALL)
                .matcher(value)
                .matches();
    }

    /** Service prefix and action name are not case-sensitive. */
    static boolean action(String pattern, String action) {
        return present(pattern)
                ? Pattern.compile(regex(pattern, false), Pattern.CASE_INSENSITIVE)
                        .matcher(action)
                        .matches()
                : pattern.equalsIgnoreCase(action);
    }

    /**
     * Wildcards stay within a segment of the ARN (between colons), except that a {@code *} at the end of a segment can match
     * beyond colons.
     *
     * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html">IAM JSON
     *     policy elements: Resource</a>
     */
    static boolean resource(String pattern, String arn) {
        return present(pattern)
                ? Pattern.compile(regex(pattern, true), Pattern.DOTALL)
                        .matcher(arn)
                        .matches()
                : pattern.equals(arn);
    }

    private static String regex(String pattern, boolean segments) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            boolean endsSegment = i + 1 == pattern.length() || pattern.charAt(i + 1) == ':';
            switch (c) {
                case '*' -> regex.append(segments && !endsSegment ? "[^:]*" : ".*");
                case '?' -> regex.append(segments ? "[^:]" : ".");
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return regex.toString();
    }
}
