package groundwork.json;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Writes records that have something {@link Derived}, and that first. */
final class DerivedAdapterFactory implements TypeAdapterFactory {
    @Override
    public <T> TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
        Class<? super T> owner = type.getRawType();
        if (!owner.isRecord()) {
            return null;
        }
        List<Method> derived = Stream.concat(Stream.of(owner), Arrays.stream(owner.getInterfaces()))
                .flatMap(each -> Arrays.stream(each.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Derived.class))
                .toList();
        return derived.isEmpty() ? null : adapter(gson, gson.getDelegateAdapter(this, type), derived);
    }

    private static <T> TypeAdapter<T> adapter(Gson gson, TypeAdapter<T> components, List<Method> derived) {
        derived.forEach(method -> method.setAccessible(true));
        TypeAdapter<JsonElement> elements = gson.getAdapter(JsonElement.class);
        return new TypeAdapter<T>() {
            @Override
            public void write(JsonWriter out, T value) throws IOException {
                JsonObject object = new JsonObject();
                for (Method method : derived) {
                    object.add(method.getName(), gson.toJsonTree(of(value, method)));
                }
                components.toJsonTree(value).getAsJsonObject().asMap().forEach(object::add);
                elements.write(out, object);
            }

            @Override
            public T read(JsonReader in) throws IOException {
                return components.read(in);
            }
        }.nullSafe();
    }

    private static Object of(Object value, Method method) {
        try {
            return method.invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
