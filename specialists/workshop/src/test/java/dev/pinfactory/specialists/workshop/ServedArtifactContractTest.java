package dev.pinfactory.specialists.workshop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.specialists.testkit.SpecialistContract;
import dev.pinfactory.specialists.workshop.serving.ArtifactFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** Folders that training wrote, one of each type, served by the application as {@code pin serve} does. */
class ServedArtifactContractTest extends SpecialistContract {
    private static final String NAME = "workshop-contract-test";

    @TempDir
    Path directory;

    private final List<InferRequest> samples = new ArrayList<>();
    private @Nullable ConfigurableApplicationContext host;

    @Override
    protected String address() {
        Path customers = TestingFiles.write(directory, "c.csv", TestingFiles.customers());
        // The host has the encoder that ships, and refuses a model of another.
        train(
                SentenceEncoder.shared(),
                TestingFiles.write(directory, "m.csv", TestingFiles.messages()),
                "classify",
                "team",
                "team-of");
        train(customers, "classify", "plan", "plan-of");
        train(customers, "score", "left", "leaves");
        train(customers, "score", "spend", "spends");
        train(TestingFiles.write(directory, "s.jsonl", TestingFiles.marked()), "extract", "spans", "amounts");
        train(TestingFiles.write(directory, "h.csv", TestingFiles.hours()), "forecast", "load", "load-ahead");
        ArtifactFolder.find(directory.resolve("served")).forEach(folder -> {
            assertThat(folder.samples()).as(folder.id()).isNotEmpty();
            samples.addAll(folder.samples());
        });
        host = WorkshopApplication.builder()
                .properties(
                        "spring.grpc.server.inprocess.name=" + NAME,
                        "pinfactory.host.register=false",
                        "pinfactory.workshop.artifacts=" + directory.resolve("served"))
                .run();
        return "inprocess:" + NAME;
    }

    @Override
    protected List<InferRequest> samples() {
        return samples;
    }

    private void train(Path file, String type, String label, String name) {
        train(new TestingEncoder(), file, type, label, name);
    }

    private void train(SentenceEncoder encoder, Path file, String type, String label, String name) {
        String out = directory.resolve("served").resolve(name).toString();
        var said = TestingFiles.train(
                encoder, "--from", file.toString(), "--type", type, "--label", label, "--name", name, "--out", out);
        assertThat(said.code()).as(said.err()).isZero();
    }

    @AfterEach
    void stop() {
        if (host != null) {
            host.close();
        }
    }

    @Test
    void aModelThatWasExchangedIsRefused() throws IOException {
        train(TestingFiles.write(directory, "c.csv", TestingFiles.customers()), "score", "left", "leaves");
        Path folder = directory.resolve("served").resolve("leaves");
        byte[] model = Files.readAllBytes(folder.resolve("model.bin"));
        model[model.length / 2] ^= 1;
        Files.write(folder.resolve("model.bin"), model);
        assertThatThrownBy(() -> ArtifactFolder.read(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("it is not the model that was trained");
    }

    @Test
    void aCardWithOtherPortsIsRefused() throws IOException {
        train(TestingFiles.write(directory, "c.csv", TestingFiles.customers()), "score", "left", "leaves");
        Path folder = directory.resolve("served").resolve("leaves");
        Path card = folder.resolve("card.yaml");
        Files.writeString(card, Files.readString(card).replace("name: scores", "name: verdicts"));
        assertThatThrownBy(() -> ArtifactFolder.read(folder)).hasMessageContaining("the output 'scores' of type table");
    }

    @Test
    void twoFoldersOfOneIdAreRefused() {
        Path customers = TestingFiles.write(directory, "c.csv", TestingFiles.customers());
        train(customers, "score", "left", "leaves");
        Path served = directory.resolve("served");
        assertThatThrownBy(() -> ServedFolders.read(List.of(served, served.resolve("leaves"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'leaves' stands in");
    }

    @Test
    void aLineageOfAnUnknownTypeIsRefused() throws IOException {
        train(TestingFiles.write(directory, "c.csv", TestingFiles.customers()), "score", "left", "leaves");
        Path folder = directory.resolve("served").resolve("leaves");
        Path lineage = folder.resolve("lineage.json");
        Files.writeString(lineage, Files.readString(lineage).replace("\"probability\"", "\"oracle\""));
        assertThatThrownBy(() -> ArtifactFolder.read(folder)).hasMessageContaining("names the type 'oracle'");
    }
}
