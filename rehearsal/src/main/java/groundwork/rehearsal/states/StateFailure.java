package groundwork.rehearsal.states;

/** A state fails with an error name and a cause; it unwinds to the Retry and Catch that may handle it. */
final class StateFailure extends RuntimeException {

    private final String error;
    private final String cause;

    StateFailure(String error, String cause) {
        super(error + ": " + cause);
        this.error = error;
        this.cause = cause;
    }

    static StateFailure queryEvaluation(String cause) {
        return new StateFailure(ErrorName.QUERY_EVALUATION_ERROR, cause);
    }

    String error() {
        return error;
    }

    String cause() {
        return cause;
    }
}
