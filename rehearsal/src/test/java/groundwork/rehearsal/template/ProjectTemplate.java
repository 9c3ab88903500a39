package groundwork.rehearsal.template;

import java.nio.file.Path;

/** The template of the project, read once for all tests: to read it takes a tenth of a second. */
public final class ProjectTemplate {
    public static final Template TEMPLATE =
            Template.read(Path.of("..").toAbsolutePath().normalize().resolve("template.yaml"));

    private ProjectTemplate() {}
}
