package groundwork.runtime;

import com.amazonaws.services.lambda.runtime.CustomPojoSerializer;
import groundwork.json.Json;
import groundwork.json.UnreadableJsonException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;

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
        return read(new InputStreamReader(input, StandardCharsets.UTF_8), type);
    }

    @Override
    public <T> T fromJson(String input, Type type) {
        return read(new StringReader(input), type);
    }

    @SuppressWarnings("unchecked") // the caller's type is that of T
    private static <T> T read(Reader input, Type type) {
        try {
            return (T) Json.read(input, type);
        } catch (UnreadableJsonException e) {
            throw new UnreadableInputException(e.getMessage());
        }
    }

    @Override
    public <T> void toJson(T value, OutputStream output, Type type) {
        try {
            Writer writer = new OutputStreamWriter(output, StandardCharsets.UTF_8);
            Json.write(value, type, writer);
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
