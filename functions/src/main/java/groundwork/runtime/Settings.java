package groundwork.runtime;

import java.util.Map;

/** The environment variables that the template gives a function. */
public record Settings(Map<String, String> environment) {
    public Settings {
        environment = Map.copyOf(environment);
    }

    /**
     * A setting that must be there.
     *
     * @throws IllegalStateException if it is missing or blank
     */
    public String required(String name) {
        String value = optional(name);
        if (value.isEmpty()) {
            throw new IllegalStateException(
                    "The environment variable %s is missing. The template sets it; was the function changed by hand?"
                            .formatted(name));
        }
        return value;
    }

    /** A setting that may be absent; then it is empty. */
    public String optional(String name) {
        return environment.getOrDefault(name, "").strip();
    }
}
