package dev.pinfactory.specialists.adapters;

import dev.pinfactory.proto.card.CardReader;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.specialists.adapters.openinference.Mapping;
import dev.pinfactory.specialists.adapters.openinference.OpenInferenceModel;
import dev.pinfactory.specialists.sdk.serving.Definition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The specialists of a directory: each folder with a card and a mapping is one. */
public final class Adapters {
    private static final String CARD = "card.yaml";
    private static final String MAPPING = "mapping.yaml";

    private final Map<String, OpenInferenceModel> models = new LinkedHashMap<>();
    private final List<Definition> definitions;

    private Adapters(List<Path> folders) {
        definitions = folders.stream().map(this::define).toList();
    }

    /** @throws IllegalArgumentException when there is none, or a file is missing or wrong */
    public static Adapters read(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            List<Path> folders = entries.filter(Files::isDirectory).sorted().toList();
            if (folders.isEmpty()) {
                throw new IllegalArgumentException("no specialist's folder in " + directory);
            }
            return new Adapters(folders);
        } catch (IOException e) {
            throw new IllegalArgumentException("pinfactory.adapters.directory " + directory + " can't be read", e);
        }
    }

    /** Without samples: a server that is away now may come back, so it must not keep this process from starting. */
    public List<Definition> definitions() {
        return definitions;
    }

    /** By the specialist's id. */
    Map<String, OpenInferenceModel> models() {
        return models;
    }

    private Definition define(Path folder) {
        try {
            Card card = card(folder.resolve(CARD));
            Mapping mapping = Mapping.read(folder.resolve(MAPPING));
            mapping.check(card.getContract());
            OpenInferenceModel model = new OpenInferenceModel(mapping);
            models.put(card.getContract().getId(), model);
            return Definition.of(card, model, List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Card card(Path file) throws IOException {
        try {
            return CardReader.readOne(Files.readString(file));
        } catch (PinfactoryException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }
}
