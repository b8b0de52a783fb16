package dev.pinfactory.specialists.adapters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.support.SpringFactoriesLoader;

/** Who wrote a wrong folder reads what is wrong with it, and no stack trace. */
class AdaptersStartTest {
    @TempDir
    Path directory;

    /** What the registered analyzer makes of it; those of Spring Boot need a context and are passed over. */
    private static String said(Path from) {
        Throwable thrown =
                catchThrowable(() -> Adapters.read(from, new StandardEnvironment(), new DefaultSslBundleRegistry()));
        FailureAnalyzer ours =
                SpringFactoriesLoader.forDefaultResourceLocation()
                        .load(FailureAnalyzer.class, (type, name, failure) -> {})
                        .stream()
                        .filter(AdaptersFailureAnalyzer.class::isInstance)
                        .findFirst()
                        .orElseThrow();
        FailureAnalysis analysis = ours.analyze(new IllegalStateException("no bean", thrown));
        assertThat(analysis).isNotNull();
        assertThat(analysis.getAction()).contains("docs/adding-a-specialist.md");
        return analysis.getDescription();
    }

    @Test
    void aMissingDirectoryIsNamed() {
        assertThat(said(directory.resolve("none"))).endsWith("none can't be read");
    }

    @Test
    void aMissingCardOrMappingIsNamed() throws IOException {
        Path folder = TestingFolder.write(directory, "127.0.0.1:1").resolve("length");
        Files.delete(folder.resolve("mapping.yaml"));
        assertThat(said(directory)).startsWith("there is no ").endsWith("mapping.yaml");
        Files.delete(folder.resolve("card.yaml"));
        assertThat(said(directory)).startsWith("there is no ").endsWith("card.yaml");
    }

    @Test
    void aBrokenCardIsNamed() throws IOException {
        Files.writeString(TestingFolder.write(directory, "127.0.0.1:1").resolve("length/card.yaml"), "contract: [");
        assertThat(said(directory)).contains("card.yaml: ");
    }
}
