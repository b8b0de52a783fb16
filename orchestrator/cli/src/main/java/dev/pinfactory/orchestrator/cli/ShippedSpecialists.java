package dev.pinfactory.orchestrator.cli;

import dev.pinfactory.proto.card.CardReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * The specialists that an installation ships, by the cards in their jars.
 *
 * @param libraries folder of the jars
 */
record ShippedSpecialists(Path libraries) {
    private static final String JARS = "pinfactory-specialists-*.jar";
    private static final String CARD = "/card.yaml";

    /** Jar and card of an id; empty where no jar has it. */
    Optional<String> find(String id) throws IOException {
        if (!Files.isDirectory(libraries)) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(libraries, JARS)) {
            for (Path jar : jars) {
                Optional<String> card = find(jar, id);
                if (card.isPresent()) {
                    return card.map(entry -> jar.getFileName() + ", " + entry);
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> find(Path file, String id) throws IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            List<JarEntry> cards =
                    jar.stream().filter(entry -> entry.getName().endsWith(CARD)).toList();
            for (JarEntry card : cards) {
                try (InputStream in = jar.getInputStream(card)) {
                    String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                    if (CardReader.readOne(text).getContract().getId().equals(id)) {
                        return Optional.of(card.getName());
                    }
                }
            }
        }
        return Optional.empty();
    }
}
