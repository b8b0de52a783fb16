package dev.pinfactory.specialists.workshop.serving;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.card.CardReader;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.specialists.learning.TrainingOutput;
import dev.pinfactory.specialists.sdk.ModelSource;
import dev.pinfactory.specialists.sdk.sample.Samples;
import dev.pinfactory.specialists.sdk.serving.Definition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What training wrote: {@code card.yaml}, {@code model.bin}, {@code lineage.json} and {@code samples.yaml}. It may come from anywhere: sizes are bounded, and the model has to
 * be the one that the lineage and the card speak of.
 */
public record ArtifactFolder(
        Path directory, Card card, ArtifactType type, ModelSource model, List<InferRequest> samples) {
    /** The file with the card. */
    public static final String CARD = "card.yaml";

    private static final long MAX_TEXT_BYTES = 4L << 20;
    private static final long MAX_MODEL_BYTES = 256L << 20;

    public ArtifactFolder {
        samples = List.copyOf(samples);
    }

    /**
     * Those that a directory holds: itself, or the folders in it that have a card.
     *
     * @throws IllegalArgumentException when there is none, or one is broken
     */
    public static List<ArtifactFolder> find(Path directory) {
        if (Files.isRegularFile(directory.resolve(CARD))) {
            return List.of(read(directory));
        }
        try (Stream<Path> entries = Files.list(directory)) {
            List<ArtifactFolder> found = entries.filter(entry -> Files.isRegularFile(entry.resolve(CARD)))
                    .sorted()
                    .map(ArtifactFolder::read)
                    .toList();
            if (found.isEmpty()) {
                throw new IllegalArgumentException(directory + " has neither a " + CARD
                        + " nor folders with one; 'pin train specialist --from' writes them");
            }
            return found;
        } catch (IOException e) {
            throw new IllegalArgumentException("can't read the directory " + directory, e);
        }
    }

    /** @throws IllegalArgumentException when a file is missing, too large or wrong, or the model is another one */
    public static ArtifactFolder read(Path directory) {
        Path cardFile = directory.resolve(CARD);
        Card card = card(cardFile);
        Path lineageFile = directory.resolve(TrainingOutput.LINEAGE);
        JsonNode lineage = lineage(lineageFile);
        Path modelFile = directory.resolve(TrainingOutput.MODEL);
        ModelSource model = ModelSource.of(bytes(modelFile, MAX_MODEL_BYTES));
        same(modelFile, model.digest(), lineageFile, lineage.at("/model/digest").asString(""));
        if (!card.getVersion().getModelDigest().isEmpty()) {
            same(modelFile, model.digest(), cardFile, card.getVersion().getModelDigest());
        }
        String word = lineage.at("/settings/type").asString("");
        ArtifactType type = ArtifactType.named(word)
                .orElseThrow(() -> new IllegalArgumentException(
                        lineageFile + " names the type '" + word + "', which this does not know"));
        check(cardFile, card.getContract(), type);
        return new ArtifactFolder(directory, card, type, model, samples(directory, card));
    }

    /** As it is served. */
    public Definition definition(SentenceEncoder encoder) {
        return Definition.of(card, type.loader(encoder), model, samples);
    }

    public String id() {
        return card.getContract().getId();
    }

    private static void same(Path file, String found, Path teller, String told) {
        if (!found.equals(told)) {
            throw new IllegalArgumentException(file + " has digest " + found + ", " + teller + " says "
                    + (told.isEmpty() ? "nothing" : told) + ": it is not the model that was trained");
        }
    }

    /** Texts of a card may be edited; its ports are what the model answers. */
    private static void check(Path file, Contract contract, ArtifactType type) {
        boolean fits = contract.getInputsCount() == 1
                && contract.getInputs(0).getName().equals(type.input())
                && contract.getInputs(0).getType().equals(type.inputType())
                && contract.getOutputsCount() == 1
                && contract.getOutputs(0).getName().equals(type.output())
                && contract.getOutputs(0).getType().equals(type.outputType());
        if (!fits) {
            throw new IllegalArgumentException(
                    "%s has other ports than a model of type %s, expected the input '%s' of type %s and the output '%s' of type %s"
                            .formatted(
                                    file,
                                    type.word(),
                                    type.input(),
                                    type.inputType(),
                                    type.output(),
                                    type.outputType()));
        }
    }

    private static Card card(Path file) {
        try {
            return CardReader.readOne(new String(bytes(file, MAX_TEXT_BYTES), StandardCharsets.UTF_8));
        } catch (PinfactoryException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    private static List<InferRequest> samples(Path directory, Card card) {
        Path file = directory.resolve(Samples.FILE);
        if (!Files.exists(file)) {
            return List.of();
        }
        String yaml = new String(bytes(file, MAX_TEXT_BYTES), StandardCharsets.UTF_8);
        return Samples.read(yaml, card.getContract().getId());
    }

    private static JsonNode lineage(Path file) {
        try {
            return new JsonMapper().readTree(bytes(file, MAX_TEXT_BYTES));
        } catch (JacksonException e) {
            throw new IllegalArgumentException(file + " is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static byte[] bytes(Path file, long most) {
        try {
            if (!Files.isRegularFile(file)) {
                throw new IllegalArgumentException("there is no file " + file);
            }
            if (Files.size(file) > most) {
                throw new IllegalArgumentException(
                        "%s has %,d bytes, at most %,d are read".formatted(file, Files.size(file), most));
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new IllegalArgumentException("can't read " + file + ": " + e.getMessage(), e);
        }
    }
}
