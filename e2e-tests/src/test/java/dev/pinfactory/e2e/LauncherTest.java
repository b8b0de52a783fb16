package dev.pinfactory.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a folder of its own, with a JDK and a Maven that only say that they were called. */
class LauncherTest {
    @TempDir
    Path home;

    @BeforeEach
    void install() throws IOException {
        program("pin", Files.readString(Root.resolve("pin")));
        program("jdk/bin/javac", "");
        program("jdk/bin/java", """
                #!/bin/sh
                if [ "$1" = -version ]; then echo 'openjdk version "25.0.1"' >&2; else echo "the program ran"; fi
                """);
    }

    private void program(String file, String content) throws IOException {
        Path path = home.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
        assertThat(path.toFile().setExecutable(true)).isTrue();
    }

    private Command.Answer status() {
        return Command.of(home.resolve("pin").toString(), "status")
                .with("JAVA_HOME", home.resolve("jdk").toString())
                .with("MVN", home.resolve("mvn").toString())
                .with("PIN_NO_BUILD", "")
                .run();
    }

    /** As when an editor or another build removes one while it looks. */
    @Test
    void aFolderThatVanishedDoesNotStopIt() throws IOException {
        Files.createDirectories(home.resolve("target"));
        Files.createFile(home.resolve("target/pin-built"));
        assertThat(home.resolve("specialists")).doesNotExist();

        Command.Answer answer = status().succeeded();

        assertThat(answer.out()).isEqualTo("the program ran\n");
    }

    @Test
    void aMavenThatDoesNotWorkIsSaid() throws IOException {
        program("mvn", "#!/bin/sh\nexit 1\n");

        Command.Answer answer = status();

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err()).contains("mvn -v' does not work");
    }
}
