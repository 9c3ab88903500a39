package groundwork.rehearsal.template;

import java.util.Optional;

/**
 * An output of the stack.
 *
 * @param exportName the name under which other stacks import the value
 */
public record Output(String name, String value, Optional<String> description, Optional<String> exportName) {}
