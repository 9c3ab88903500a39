package groundwork.rehearsal.picture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Draws a definition into a file: {@code DrawPicture <definition.json> <out.svg>}. */
public final class DrawPicture {
    private DrawPicture() {}

    /**
     * Reads the first file and writes the second.
     *
     * @throws IOException if a file cannot be read or written
     */
    public static void main(String... files) throws IOException {
        if (files.length != 2) {
            throw new IllegalArgumentException("Usage: DrawPicture <definition.json> <out.svg>");
        }
        Files.writeString(
                Path.of(files[1]),
                StateMachinePicture.of(Files.readString(Path.of(files[0]))).svg());
    }
}
