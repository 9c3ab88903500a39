package groundwork.rehearsal.picture;

/** What a state means to somebody who looks at the picture. */
enum Kind {
    FUNCTION("runs a function"),
    SERVICE("calls an AWS service"),
    VARIABLES("sets variables"),
    DECISION("decides"),
    PAUSE("pauses"),
    OTHERS("waits for others"),
    SUCCESS("ends"),
    FAILURE("fails");

    private final String legend;

    Kind(String legend) {
        this.legend = legend;
    }

    String legend() {
        return legend;
    }

    String style() {
        return switch (this) {
            case FUNCTION -> "function";
            case SERVICE -> "service";
            case VARIABLES -> "variables";
            case DECISION -> "decision";
            case PAUSE -> "pause";
            case OTHERS -> "others";
            case SUCCESS -> "success";
            case FAILURE -> "failure";
        };
    }

    boolean isEnd() {
        return this == SUCCESS || this == FAILURE;
    }
}
