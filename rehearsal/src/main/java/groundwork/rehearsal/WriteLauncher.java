package groundwork.rehearsal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Writes a script that starts a main class with the JDK and class path of the build, so that the commands at the root need
 * Maven only when something was changed. Run by the build.
 *
 * <p>Its first lines say what it was built for. {@code rehearsal/command/launch.sh} reads them, to build again where that is not
 * so any more: in a clone that was moved or copied, or after the JDK was replaced.
 */
final class WriteLauncher {
    private WriteLauncher() {}

    /** @param arguments the script to write, which is in {@code rehearsal/target} of the project */
    public static void main(String[] arguments) throws IOException {
        Path launcher = Path.of(arguments[0]);
        write(
                launcher,
                launcher.getParent().toRealPath().getParent().getParent(),
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"));
    }

    static void write(Path launcher, Path root, Path java, String classPath) throws IOException {
        Files.writeString(launcher, """
                #!/bin/sh
                # root %s
                # java %s
                # class path %s
                exec %s -XX:TieredStopAtLevel=1 -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED -cp %s "$@"
                """.formatted(root, java, classPath, quoted(java.toString()), quoted(classPath)));
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
