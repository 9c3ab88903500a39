package groundwork.json;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonSyntaxException;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Writes and reads values of sealed interfaces with a {@link Discriminator}, and of their records. */
final class DiscriminatorAdapterFactory implements TypeAdapterFactory {
    @Override
    public <T> TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
        return family(type.getRawType())
                .map(family -> adapter(gson, type, family).nullSafe())
                .orElse(null);
    }

    /** The interface that has the discriminator. */
    private static Optional<Class<?>> family(Class<?> type) {
        return Stream.concat(Stream.of(type), Arrays.stream(type.getInterfaces()))
                .filter(each -> each.isAnnotationPresent(Discriminator.class))
                .findFirst();
    }

    private <T> TypeAdapter<T> adapter(Gson gson, TypeToken<T> type, Class<?> family) {
        String field = family.getAnnotation(Discriminator.class).value();
        Map<String, Class<?>> records = new TreeMap<>();
        Map<Class<?>, String> names = new HashMap<>();
        for (Class<?> each : family.getPermittedSubclasses()) {
            records.put(name(each), each);
            names.put(each, name(each));
        }
        // Gson makes a delegate anew whenever it is asked for one.
        Map<Class<?>, TypeAdapter<T>> delegates = new ConcurrentHashMap<>();
        TypeAdapter<JsonElement> elements = gson.getAdapter(JsonElement.class);
        return new TypeAdapter<>() {
            @Override
            public void write(JsonWriter out, T value) throws IOException {
                JsonObject object = new JsonObject();
                object.addProperty(field, names.get(value.getClass()));
                of(value.getClass()).toJsonTree(value).getAsJsonObject().asMap().forEach(object::add);
                elements.write(out, object);
            }

            @Override
            public T read(JsonReader in) throws IOException {
                String path = in.getPath();
                JsonElement object = elements.read(in);
                String name = Json.textAt(object, field);
                Class<?> found = records.get(name);
                if (found == null || !type.getRawType().isAssignableFrom(found)) {
                    throw new JsonSyntaxException("\"%s\" must be one of %s, but is \"%s\" at %s"
                            .formatted(field, records.keySet(), name, path));
                }
                return of(found).fromJsonTree(object);
            }

            @SuppressWarnings("unchecked") // of a record that is a T
            private TypeAdapter<T> of(Class<?> found) {
                return delegates.computeIfAbsent(found, each -> (TypeAdapter<T>)
                        gson.getDelegateAdapter(DiscriminatorAdapterFactory.this, TypeToken.get(each)));
            }
        };
    }

    private static String name(Class<?> type) {
        return type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
    }
}
