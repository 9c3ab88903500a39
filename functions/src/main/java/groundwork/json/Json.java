package groundwork.json;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonIOException;
import com.google.gson.JsonNull;
import com.google.gson.Strictness;
import com.google.gson.ToNumberPolicy;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Map;

/** How records are written as JSON: instants as ISO-8601 text, absent values left out, unknown fields ignored. */
public final class Json {
    /** Thread-safe, as nothing configures it after this. */
    private static final Gson GSON = new GsonBuilder()
            .disableHtmlEscaping()
            .setStrictness(Strictness.STRICT)
            .setObjectToNumberStrategy(ToNumberPolicy.LAZILY_PARSED_NUMBER)
            .registerTypeAdapter(Instant.class, new InstantAdapter().nullSafe())
            .registerTypeAdapterFactory(new EnumAdapterFactory())
            .registerTypeAdapterFactory(new DerivedAdapterFactory())
            // The later comes first: it adds the discriminator to what the others write.
            .registerTypeAdapterFactory(new DiscriminatorAdapterFactory())
            .create();

    private static final TypeToken<Map<String, Object>> FIELDS = new TypeToken<>() {};

    private Json() {}

    /** The value as JSON text. */
    public static String write(Object value) {
        return GSON.toJson(value);
    }

    /** Writes the value of a type as JSON text. */
    public static void write(Object value, Type type, Appendable to) {
        try {
            GSON.toJson(value, type, to);
        } catch (JsonIOException e) {
            throw new UncheckedIOException((IOException) e.getCause());
        }
    }

    /**
     * The value that a JSON text is of.
     *
     * @return null for the text {@code null} and for an empty one
     * @throws UnreadableJsonException if it is no JSON text, or none of such a value
     */
    public static <T> T read(String text, Class<T> type) {
        return type.cast(read(new StringReader(text), type));
    }

    /** The same for a text that is read, and any type. */
    public static Object read(Reader text, Type type) {
        try {
            return GSON.fromJson(text, type);
        } catch (RuntimeException e) {
            if (e.getCause() instanceof IOException failure && !isOfTheText(failure)) {
                throw new UncheckedIOException(failure);
            }
            // What the constructor of a record throws comes in an exception of no particular type.
            throw new UnreadableJsonException(e);
        }
    }

    private static boolean isOfTheText(IOException failure) {
        return failure instanceof MalformedJsonException || failure instanceof EOFException;
    }

    /**
     * Any JSON text; {@link JsonNull} for an empty one.
     *
     * @throws UnreadableJsonException if it is no JSON text
     */
    public static JsonElement parse(String text) {
        JsonElement read = read(text, JsonElement.class);
        return read == null ? JsonNull.INSTANCE : read;
    }

    /** What is at a path of fields; {@link JsonNull} if there is nothing. */
    public static JsonElement at(JsonElement from, String... path) {
        JsonElement found = from;
        for (String field : path) {
            found = found.isJsonObject() && found.getAsJsonObject().has(field)
                    ? found.getAsJsonObject().get(field)
                    : JsonNull.INSTANCE;
        }
        return found;
    }

    /** Whether it is a text, and not a number or anything else. */
    public static boolean isText(JsonElement element) {
        return element.isJsonPrimitive() && element.getAsJsonPrimitive().isString();
    }

    /** The text at a path of fields; empty if there is none. */
    public static String textAt(JsonElement from, String... path) {
        JsonElement found = at(from, path);
        return isText(found) ? found.getAsString() : "";
    }

    /** The fields of an object as values of Java, as the events of Lambda have them; empty if it is none. */
    public static Map<String, Object> fields(JsonElement element) {
        return element.isJsonObject() ? GSON.fromJson(element, FIELDS) : Map.of();
    }
}
