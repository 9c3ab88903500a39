package groundwork.conclusion;

import groundwork.email.Look;
import groundwork.state.AccountRecord;
import java.time.Instant;
import java.util.List;

/**
 * What is to be concluded from.
 *
 * @param look what was found, and for whom
 * @param at when the look began
 * @param known the ids found in this look
 * @param ahead the attributes of the account's item that were ahead of the clock
 */
record Observation(Look look, Instant at, AccountRecord.Known known, List<String> ahead) {}
