package groundwork.runtime;

import com.amazonaws.services.lambda.runtime.CustomPojoSerializer;
import com.fasterxml.jackson.core.JacksonException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;

/**
 * Lets handlers take and return records, which the serialiser built into the Lambda runtime cannot read. The runtime
 * finds this class through its service file.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/java-custom-serialization.html">Lambda custom
 *     serialization in Java</a>
 */
@SuppressWarnings("TypeParameterUnusedInFormals") // the interface is declared so
public final class RecordSerializer implements CustomPojoSerializer {
    @Override
    public <T> T fromJson(InputStream input, Type type) {
        try {
            return Json.MAPPER.readValue(input, Json.MAPPER.constructType(type));
        } catch (JacksonException e) {
            throw new UnreadableInputException(Json.problem(e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public <T> T fromJson(String input, Type type) {
        try {
            return Json.MAPPER.readValue(input, Json.MAPPER.constructType(type));
        } catch (JacksonException e) {
            throw new UnreadableInputException(Json.problem(e));
        }
    }

    @Override
    public <T> void toJson(T value, OutputStream output, Type type) {
        try {
            Json.MAPPER.writerFor(Json.MAPPER.constructType(type)).writeValue(output, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
