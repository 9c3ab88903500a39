package groundwork.rehearsal.states;

/**
 * A place in a definition, for messages.
 *
 * @param place for example {@code State 'Check the root user'} or {@code The state machine}
 * @param field path of the field in that place, empty for the place itself
 */
record Location(String place, String field) {

    Location field(String name) {
        return new Location(place, field.isEmpty() ? name : field + "/" + name);
    }

    InvalidDefinitionException invalid(String what) {
        return new InvalidDefinitionException(
                field.isEmpty() ? place + " " + what + "." : place + ": '" + field + "' " + what + ".");
    }
}
