package groundwork.rehearsal.template;

import java.util.List;

/**
 * Parameters that the console shows together.
 *
 * @param label the heading
 * @param parameters names of parameters, in the order shown
 */
public record ParameterGroup(String label, List<String> parameters) {}
