package dev.pinfactory.specialists.adapters;

import dev.pinfactory.proto.card.CardReader;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.specialists.adapters.openai.ChatMapping;
import dev.pinfactory.specialists.adapters.openai.ChatModel;
import dev.pinfactory.specialists.adapters.openinference.Mapping;
import dev.pinfactory.specialists.adapters.openinference.OpenInferenceModel;
import dev.pinfactory.specialists.adapters.server.AdaptedModel;
import dev.pinfactory.specialists.adapters.server.MappingFile;
import dev.pinfactory.specialists.adapters.server.ServerTls;
import dev.pinfactory.specialists.sdk.serving.Definition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.core.env.Environment;

/** The specialists of a directory: each folder with a card and a mapping is one. */
public final class Adapters {
    private static final String CARD = "card.yaml";
    private static final String MAPPING = "mapping.yaml";

    private final Map<String, AdaptedModel> models = new LinkedHashMap<>();
    private final List<Definition> definitions;
    private final Environment environment;
    private final SslBundles bundles;

    private Adapters(List<Path> folders, Environment environment, SslBundles bundles) {
        this.environment = environment;
        this.bundles = bundles;
        definitions = folders.stream().map(this::define).toList();
    }

    /**
     * @param environment what references in mappings are looked up in
     * @param bundles that mappings name for TLS
     * @throws IllegalArgumentException when there is none, or a file is missing or wrong
     */
    public static Adapters read(Path directory, Environment environment, SslBundles bundles) {
        try {
            return of(directory, environment, bundles);
        } catch (IllegalArgumentException e) {
            throw new AdaptersException(String.valueOf(e.getMessage()), e);
        }
    }

    private static Adapters of(Path directory, Environment environment, SslBundles bundles) {
        try (Stream<Path> entries = Files.list(directory)) {
            List<Path> folders = entries.filter(Files::isDirectory).sorted().toList();
            if (folders.isEmpty()) {
                throw new IllegalArgumentException("no specialist's folder in " + directory);
            }
            return new Adapters(folders, environment, bundles);
        } catch (IOException e) {
            throw new IllegalArgumentException("pinfactory.adapters.directory " + directory + " can't be read", e);
        }
    }

    /** Without samples: a server that is away now may come back, so it must not keep this process from starting. */
    public List<Definition> definitions() {
        return definitions;
    }

    /** By the specialist's id. */
    Map<String, AdaptedModel> models() {
        return models;
    }

    private Definition define(Path folder) {
        try {
            Card card = card(present(folder.resolve(CARD)));
            MappingFile file = MappingFile.load(present(folder.resolve(MAPPING)), environment);
            return file.has(ChatMapping.ROOT) ? languageModel(card, file, folder) : openInference(card, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path present(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("there is no file " + file);
        }
        return file;
    }

    /** The bundle that a mapping names. */
    private Optional<SslBundle> bundle(MappingFile file, String root, Optional<String> name) {
        return name.map(each -> ServerTls.bundle(file + ": " + root + ".tls", each, bundles));
    }

    private Definition openInference(Card card, MappingFile file) {
        Mapping mapping = Mapping.read(file);
        mapping.check(card.getContract());
        OpenInferenceModel model = new OpenInferenceModel(
                mapping, card.getContract().getId(), bundle(file, Mapping.ROOT, mapping.bundle()));
        models.put(card.getContract().getId(), model);
        return Definition.of(card, model, List.of());
    }

    private Definition languageModel(Card card, MappingFile file, Path folder) {
        ChatMapping mapping = ChatMapping.read(file);
        Optional<SslBundle> tls = bundle(file, ChatMapping.ROOT, Optional.ofNullable(mapping.tls()));
        try {
            ChatModel model = new ChatModel(mapping, card, folder, tls.map(SslBundle::createSslContext));
            models.put(card.getContract().getId(), model);
            return Definition.of(model.described(card), model, List.of());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(folder + ": " + e.getMessage(), e);
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
