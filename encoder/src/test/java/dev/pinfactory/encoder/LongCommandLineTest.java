package dev.pinfactory.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ONNX Runtime's reporting overflows the stack of an ordinary thread, and ends the process without a word, when the command line is long. */
class LongCommandLineTest {
    private static final int CHARACTERS = 20_000;

    @TempDir
    Path folder;

    @Test
    void theEncoderLoadsUnderALongCommandLine() throws IOException, InterruptedException {
        Path printed = folder.resolve("printed");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName(),
                        "x".repeat(CHARACTERS))
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        boolean ended = process.waitFor(2, TimeUnit.MINUTES);
        process.destroyForcibly();

        assertThat(ended).isTrue();
        assertThat(Files.readString(printed)).contains(Program.DONE);
        assertThat(process.exitValue()).isZero();
    }

    static final class Program {
        static final String DONE = "the vector has 384 numbers";

        private Program() {}

        public static void main(String[] arguments) {
            try (SentenceEncoder encoder = SentenceEncoder.load(new EncoderSettings(1, 1))) {
                System.out.println("the vector has " + encoder.encode("a text").length + " numbers");
            }
        }
    }
}
