package dev.pinfactory.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.InferRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A specialist in Python as {@code pin new specialist} writes it, and Debian's Python to run it.
 *
 * @param python the interpreter that has what the folder needs
 * @param path the folder
 */
record PythonFolder(String python, Path path) {
    static final String NAME = "word-tally";

    /** Skips the test where no Python has these modules. */
    static PythonFolder scaffolded(Path path, String... moreModules) {
        String modules = String.join(
                ", ",
                Stream.concat(Stream.of("grpc", "google.protobuf"), Stream.of(moreModules))
                        .toList());
        Optional<String> python = Stream.of("python3", "/usr/bin/python3")
                .filter(candidate -> imports(candidate, modules))
                .findFirst();
        assumeTrue(python.isPresent(), "no python3 on this machine has " + modules);
        Command.pin(path, "new", "specialist", NAME, "--language", "python", "--dir", path.toString())
                .run()
                .succeeded();
        return new PythonFolder(python.orElseThrow(), path);
    }

    private static boolean imports(String python, String modules) {
        try {
            return Command.of(python, "-c", "import " + modules).run().exitCode() == 0;
        } catch (java.io.UncheckedIOException e) {
            return false;
        }
    }

    /** Runs a file or module of the folder to its end. */
    Command.Answer run(String... words) {
        List<String> command = new ArrayList<>(List.of("env", "-C", path.toString(), python));
        command.addAll(List.of(words));
        return Command.of(command.toArray(String[]::new)).run();
    }

    /** Starts the specialist and waits until it is healthy. */
    Command.Running serve(String port, String... options) {
        List<String> command = new ArrayList<>(
                List.of(python, path.resolve("specialist.py").toString(), "--address", "127.0.0.1:" + port));
        command.addAll(List.of(options));
        Command.Running running = Command.of(command.toArray(String[]::new)).start();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            assertThat(running.process().isAlive()).as(running.printed()).isTrue();
            return Health.isServing("127.0.0.1:" + port);
        });
        return running;
    }

    static InferRequest request(String text) {
        return InferRequest.newBuilder()
                .setSpecialist(NAME)
                .setVersion("1.0.0")
                .addInputs(Artifact.newBuilder().setName("text").setType("text").setText(text))
                .build();
    }
}
