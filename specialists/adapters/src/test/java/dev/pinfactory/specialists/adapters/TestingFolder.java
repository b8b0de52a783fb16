package dev.pinfactory.specialists.adapters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder of a specialist that asks a {@link TestingModelServer}. */
final class TestingFolder {
    private static final String CARD = """
            contract:
              id: length
              capability: classify.length
              summary: Tells long texts from short ones.
              description: Says whether a text is long or short.
              examples: ["Is this text long?"]
              inputs: [{name: text, type: text}]
              outputs: [{name: size, type: labels}]
              kind: MODEL
              idempotent: true
            version: {number: 1.0.0}
            """;
    private static final String MAPPING = """
            open-inference:
              address: %s
              model: length
              timeout: 1s
              batch: 8
              abstain-below: 0.6
              inputs:
                - {tensor: TEXT, from: text, datatype: BYTES, shape: [1]}
              outputs:
                - {port: size, as: labels, tensor: logits, datatype: FP32, softmax: true, labels: [short, long]}
            """;

    private TestingFolder() {}

    static Path write(Path directory, String address) throws IOException {
        return write(directory, address, "");
    }

    /** @param more lines of the mapping */
    static Path write(Path directory, String address, String more) throws IOException {
        Path folder = Files.createDirectories(directory.resolve("length"));
        Files.writeString(folder.resolve("card.yaml"), CARD);
        Files.writeString(folder.resolve("mapping.yaml"), MAPPING.formatted(address) + more);
        return directory;
    }
}
