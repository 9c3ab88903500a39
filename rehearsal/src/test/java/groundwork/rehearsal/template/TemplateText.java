package groundwork.rehearsal.template;

import java.nio.file.Path;
import java.util.Map;

/** Templates written inside a test. */
final class TemplateText {
    static final Deployment VIRGINIA = Deployment.of("111122223333", "us-east-1", "hub");

    private TemplateText() {}

    static ExpandedTemplate expand(String text) {
        return expand(text, Map.of());
    }

    static ExpandedTemplate expand(String text, Map<String, String> parameters) {
        return Template.parse(text, Path.of("")).expand(parameters, VIRGINIA);
    }
}
