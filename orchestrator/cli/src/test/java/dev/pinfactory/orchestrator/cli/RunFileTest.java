package dev.pinfactory.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFileTest {
    @TempDir
    Path directory;

    @Test
    void readsWhatItWrote() {
        Path file = directory.resolve("run/swarm.json");
        RunFile written = new RunFile(
                "127.0.0.1:9090",
                "http://127.0.0.1:8080",
                "127.0.0.1:9101",
                "",
                List.of(new RunFile.Running("standalone", 42)));

        written.write(file);

        assertThat(RunFile.read(file)).contains(written);
    }

    /** Scripts take them from there. */
    @Test
    void processIdsAreWrittenAsIntegers() throws Exception {
        Path file = directory.resolve("swarm.json");
        RunFile.starting(List.of(new RunFile.Running("registry", 21_483), new RunFile.Running("host", 4_194_304)))
                .write(file);

        assertThat(Files.readString(file))
                .contains("\"pid\": 21483}")
                .contains("\"pid\": 4194304}")
                .doesNotContain(".0");
    }

    @Test
    void whatASwarmLacksIsNamed() throws Exception {
        Process ours = new ProcessBuilder("sh", "-c", "read line", "pinfactory").start();
        try {
            RunFile.Running alive = new RunFile.Running("registry", ours.pid());
            RunFile.Running orchestrator = new RunFile.Running("orchestrator", Long.MAX_VALUE);
            RunFile.Running host = new RunFile.Running("host", Long.MAX_VALUE - 1);
            assertThat(new RunFile("g", "r", "", "", List.of(alive)).lacks()).isEmpty();
            assertThat(new RunFile("g", "r", "", "", List.of(alive, orchestrator)).lacks())
                    .contains("of the swarm here the orchestrator is gone");
            assertThat(new RunFile("g", "r", "", "", List.of(alive, orchestrator, host)).lacks())
                    .contains("of the swarm here the orchestrator and the host are gone");
            assertThat(RunFile.starting(List.of(alive)).lacks())
                    .contains("the swarm here is not complete: it is starting, or its start was killed");
            assertThat(new RunFile("g", "r", "", "", List.of(orchestrator)).lacks())
                    .contains("no swarm is running");
        } finally {
            ours.destroy();
        }
    }

    @Test
    void aSwarmIsWholeWithoutWhatIsServedToIt() throws Exception {
        Process ours = new ProcessBuilder("sh", "-c", "read line", "pinfactory").start();
        try {
            RunFile.Running alive = new RunFile.Running("standalone", ours.pid());
            RunFile.Running served = new RunFile.Running(RunFile.Running.SERVED + "ticket-queue", Long.MAX_VALUE);
            RunFile swarm = new RunFile("g", "r", "", "", List.of(alive, served));
            assertThat(swarm.isUp()).isTrue();
            assertThat(swarm.lacks()).isEmpty();
        } finally {
            ours.destroy();
        }
    }

    @Test
    void aProcessOfOursIsAliveAndAStrangerWithItsNumberIsNot() throws Exception {
        Process ours = new ProcessBuilder("sh", "-c", "read line", "pinfactory").start();
        Process stranger = new ProcessBuilder("sh", "-c", "read line", "other").start();
        try {
            assertThat(new RunFile.Running("standalone", ours.pid()).isAlive()).isTrue();
            assertThat(new RunFile.Running("standalone", stranger.pid()).isAlive())
                    .isFalse();
        } finally {
            ours.destroy();
            stranger.destroy();
        }
    }

    @Test
    void whatStillStartsIsAliveAndNotUp() throws Exception {
        Process ours = new ProcessBuilder("sh", "-c", "read line", "pinfactory").start();
        try {
            RunFile starting = RunFile.starting(List.of(new RunFile.Running("registry", ours.pid())));
            assertThat(starting.isAlive()).isTrue();
            assertThat(starting.isUp()).isFalse();
        } finally {
            ours.destroy();
        }
    }

    @Test
    void aFileThatIsNotJsonCountsAsNone() throws Exception {
        assertThat(RunFile.read(Files.writeString(directory.resolve("swarm.json"), "{")))
                .isEmpty();
        assertThat(RunFile.read(directory.resolve("none.json"))).isEmpty();
    }

    @Test
    void aProcessThatIsGoneIsNotAlive() {
        assertThat(new RunFile("", "", "", "", List.of(new RunFile.Running("x", Long.MAX_VALUE))).isAlive())
                .isFalse();
    }

    @Test
    void aProcessThatHasEndedIsGoneThoughNobodyHasTakenItsExitCode() throws Exception {
        // The shell becomes a program that never asks how its child ended; the child ends when it gets a line.
        Process parent = new ProcessBuilder(
                        "sh", "-c", "exec 3<&0; sh -c 'read line <&3' pinfactory & echo $!; exec sleep 60")
                .start();
        try (BufferedReader out = parent.inputReader();
                BufferedWriter in = parent.outputWriter()) {
            RunFile.Running process = new RunFile.Running("gateway", Long.parseLong(out.readLine()));
            await(() -> parent.info().command().orElse("").endsWith("sleep"));
            assertThat(process.isAlive()).isTrue();

            in.write("end\n");
            in.flush();

            await(() -> !process.isAlive());
            assertThat(ProcessHandle.of(process.pid())).isPresent();
        } finally {
            parent.destroy();
        }
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
