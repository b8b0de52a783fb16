package dev.pinfactory.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    /** A file that is older or newer than the last build. */
    private void file(String name, String content, Instant changed) throws IOException {
        Path path = home.resolve(name);
        Files.createDirectories(path.getParent());
        Files.setLastModifiedTime(Files.writeString(path, content), FileTime.from(changed));
    }

    private static String pom(String... artifacts) {
        return Stream.of(artifacts)
                .map(artifact -> "  <artifactId>pinfactory-specialists-" + artifact + "</artifactId>\n")
                .collect(Collectors.joining());
    }

    private Command.Answer status() {
        return pin("status");
    }

    private Command.Answer pin(String command) {
        return Command.of(home.resolve("pin").toString(), command)
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

    @Test
    void onlyWhatTheProgramIsMadeOfIsBuiltAgain() throws IOException {
        Instant built = Instant.now().minusSeconds(60);
        file("target/pin-built", "", built);
        file("pom.xml", "", built.minusSeconds(60));
        file("orchestrator/standalone/pom.xml", pom("host"), built.minusSeconds(60));
        file("specialists/host/pom.xml", pom("host", "spam"), built.minusSeconds(60));
        file("specialists/spam/pom.xml", pom("spam"), built.minusSeconds(60));
        file("specialists/key-terms/pom.xml", pom("key-terms"), built.plusSeconds(30));
        program("mvn", "#!/bin/sh\nexit 1\n");
        assertThat(status().succeeded().out()).isEqualTo("the program ran\n");

        file("specialists/spam/src/main/java/Spam.java", "", built.plusSeconds(30));
        assertThat(status().exitCode()).isEqualTo(1);
    }

    @Test
    void whatIsVerifiedIsBuiltAgainWhenItChanged() throws IOException {
        Instant built = Instant.now().minusSeconds(60);
        file("target/pin-verify-built", "", built);
        file("pom.xml", "", built.minusSeconds(60));
        file("gateway/src/main/java/Routes.java", "", built.plusSeconds(30));
        program("mvn", "#!/bin/sh\nexit 1\n");
        assertThat(pin("verify").succeeded().out()).isEqualTo("the program ran\n");

        file("orchestrator/service/src/main/java/TaskStore.java", "", built.plusSeconds(30));
        assertThat(pin("verify").exitCode()).isEqualTo(1);
    }

    @Test
    void theLineThatANewSpecialistAddsIsNoReasonToBuild() throws IOException {
        Instant built = Instant.now().minusSeconds(60);
        file("target/pin-built", "", built);
        file("pom.xml", "", built.minusSeconds(60));
        program("mvn", "#!/bin/sh\nexit 1\n");
        program("jdk/bin/java", """
                #!/bin/sh
                if [ "$1" = -version ]; then echo 'openjdk version "25.0.1"' >&2; else touch '%s'; exit 3; fi
                """.formatted(home.resolve("pom.xml")));
        assertThat(pin("new").exitCode()).isEqualTo(3);
        assertThat(Files.getLastModifiedTime(home.resolve("target/pin-built")))
                .isGreaterThanOrEqualTo(Files.getLastModifiedTime(home.resolve("pom.xml")));
    }
}
