package groundwork.rehearsal.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A directory in which the commands at the root are run, with nothing on the path but a few tools of the system and the
 * programs that a test puts there. What those are called with is noted.
 */
public final class Shell {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final List<String> TOOLS = List.of("bash", "cat", "dirname", "grep", "mktemp", "perl", "rm", "sh");

    private final Path directory;
    private final Path programs;
    private final Map<String, String> environment =
            new TreeMap<>(Map.of("LC_ALL", "C.UTF-8", "AWS_REGION", "eu-central-1"));

    /** What a command printed, in the order of its lines, and how it ended. */
    public record Result(int status, String output) {}

    public Shell(Path scratch) {
        try {
            directory = Files.createDirectory(scratch.resolve("groundwork"));
            programs = Files.createDirectory(scratch.resolve("bin"));
            for (String tool : TOOLS) {
                for (String place : List.of("/usr/bin", "/bin")) {
                    Path found = Path.of(place, tool);
                    if (Files.exists(found)) {
                        executable(tool, "exec '%s' \"$@\"".formatted(found));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies a file of the repository. */
    public Shell with(String file) {
        try {
            Files.copy(ROOT.resolve(file), directory.resolve(file));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Shell file(String name, String content) {
        try {
            Files.writeString(directory.resolve(name), content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Shell remove(String file) {
        try {
            Files.delete(directory.resolve(file));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Shell without(String program) {
        try {
            Files.delete(programs.resolve(program));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A program that notes its arguments, one a line, and then does what the script says. */
    public Shell program(String name, String script) {
        try {
            executable(name, """
                    { echo %s; printf '  %%s\\n' "$@"; } >>'%s'
                    %s
                    """.formatted(name, calls(), script));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void executable(String name, String script) throws IOException {
        Path program = programs.resolve(name);
        Files.writeString(program, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    public Shell variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    public Shell noVariable(String name) {
        environment.remove(name);
        return this;
    }

    public Result run(String input, String... command) {
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
            builder.environment().clear();
            builder.environment().putAll(environment);
            builder.environment().put("PATH", programs.toString());
            Process process = builder.start();
            try (var stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("It does not end: " + String.join(" ", command));
            }
            return new Result(process.exitValue(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** The calls of a program: its arguments, one a line. */
    public List<List<String>> calls(String program) {
        try {
            List<List<String>> found = new ArrayList<>();
            boolean ours = false;
            for (String line : Files.exists(calls()) ? Files.readAllLines(calls()) : List.<String>of()) {
                if (!line.startsWith("  ")) {
                    ours = line.equals(program);
                    if (ours) {
                        found.add(new ArrayList<>());
                    }
                } else if (ours) {
                    found.getLast().add(line.substring(2));
                }
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path calls() {
        return programs.resolveSibling("calls");
    }
}
