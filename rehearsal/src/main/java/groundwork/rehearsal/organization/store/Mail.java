package groundwork.rehearsal.organization.store;

import java.time.Instant;
import java.util.Optional;

/**
 * A message as it lands in somebody's inbox.
 *
 * @param to the one address of this copy
 * @param text the plain text part
 * @param html the HTML part, where there is one
 */
public record Mail(Instant time, String from, String to, String subject, String text, Optional<String> html) {}
