package groundwork.json;

import com.google.gson.Gson;
import com.google.gson.JsonSyntaxException;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;

/** Refuses the name of a constant that there is none of, which Gson would read as null. */
final class EnumAdapterFactory implements TypeAdapterFactory {
    @Override
    public <T> TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
        if (!Enum.class.isAssignableFrom(type.getRawType())) {
            return null;
        }
        return new TypeAdapter<T>() {
            @Override
            public void write(JsonWriter out, T constant) throws IOException {
                out.value(((Enum<?>) constant).name());
            }

            @Override
            public T read(JsonReader in) throws IOException {
                String name = in.nextString();
                for (T constant : constants(type)) {
                    if (((Enum<?>) constant).name().equals(name)) {
                        return constant;
                    }
                }
                throw new JsonSyntaxException(
                        "No %s: \"%s\" at %s".formatted(type.getRawType().getSimpleName(), name, in.getPreviousPath()));
            }
        }.nullSafe();
    }

    @SuppressWarnings("unchecked") // the raw type of a TypeToken<T> is that of T
    private static <T> T[] constants(TypeToken<T> type) {
        return ((Class<T>) type.getRawType()).getEnumConstants();
    }
}
