package groundwork.rehearsal.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/**
 * What holds from the moment a state is entered until it is left.
 *
 * @param mapItem index and value of the item, inside the iteration of a Map state
 */
record StateEntry(
        String state, JsonNode input, Variables variables, Optional<ObjectNode> mapItem, Instant enteredTime) {

    StateEntry withMapItem(ObjectNode item) {
        return new StateEntry(state, input, variables, Optional.of(item), enteredTime);
    }
}
