package groundwork.rehearsal.trust;

/**
 * A fault and the call it befalls.
 *
 * @param call the number of the call among those that the stack makes, from 1
 */
public record PlannedFault(int call, Fault fault) {
    /** Reads what {@link #toString} writes, such as {@code 17:THROTTLED}. */
    public static PlannedFault parse(String text) {
        String[] parts = text.split(":", 2);
        return new PlannedFault(Integer.parseInt(parts[0]), Fault.valueOf(parts[1]));
    }

    @Override
    public String toString() {
        return call + ":" + fault;
    }
}
