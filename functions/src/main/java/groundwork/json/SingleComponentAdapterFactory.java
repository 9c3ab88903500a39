package groundwork.json;

import com.google.gson.Gson;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;

/** Writes a record that has one component like the component. It is for {@link com.google.gson.annotations.JsonAdapter}. */
public final class SingleComponentAdapterFactory implements TypeAdapterFactory {
    @Override
    @SuppressWarnings("unchecked") // the type of the component is what its accessor returns
    public <T> TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
        Class<? super T> owner = type.getRawType();
        RecordComponent component = owner.getRecordComponents()[0];
        TypeAdapter<Object> adapter = (TypeAdapter<Object>) gson.getAdapter(TypeToken.get(component.getGenericType()));
        return new TypeAdapter<>() {
            @Override
            public void write(JsonWriter out, T value) throws IOException {
                try {
                    adapter.write(out, component.getAccessor().invoke(value));
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(e);
                }
            }

            @Override
            public T read(JsonReader in) throws IOException {
                Object read = adapter.read(in);
                try {
                    return (T) owner.getDeclaredConstructor(component.getType()).newInstance(read);
                } catch (InvocationTargetException e) {
                    throw new IllegalArgumentException(e.getCause());
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
    }
}
