package groundwork.rehearsal.simulation;

import java.time.Instant;

/**
 * One decision the {@link Order} took.
 *
 * @param at virtual time of the decision
 * @param alternatives how many processes could have run, at least 2
 * @param chosen index of the one that ran
 * @param process name of the one that ran
 */
public record Choice(Instant at, int alternatives, int chosen, String process) {}
