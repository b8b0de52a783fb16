package dev.pinfactory.specialists.evaluation;

import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.proto.v1.Version;
import dev.pinfactory.specialists.learning.DataException;
import dev.pinfactory.specialists.learning.TrainingOutput;
import dev.pinfactory.specialists.sdk.ModelSource;
import dev.pinfactory.specialists.sdk.SpecialistLoader;
import dev.pinfactory.specialists.sdk.serving.Definition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** A model that does not ship: {@code model.bin} and {@code lineage.json} in a directory, as training wrote them. */
final class ModelArtifact {
    private static final int SHOWN_DIGITS = 12;

    private ModelArtifact() {}

    /**
     * The specialist with this model instead of its own.
     *
     * @throws DataException when the directory lacks one of the files, or the model is not the one that its lineage tells of
     */
    static Definition serve(Definition shipped, Path directory) {
        SpecialistLoader loader = shipped.loader();
        if (loader == null) {
            throw new DataException("'" + shipped.card().getContract().getId()
                    + "' has no model that can be exchanged, so no --artifact");
        }
        ModelSource source = model(directory.resolve(TrainingOutput.MODEL));
        Path lineage = directory.resolve(TrainingOutput.LINEAGE);
        String digest = digest(lineage);
        if (!source.digest().equals(digest)) {
            throw new DataException(directory.resolve(TrainingOutput.MODEL) + " has digest " + source.digest() + ", "
                    + lineage + " says " + digest);
        }
        Version version = shipped.card().getVersion();
        String number = version.getNumber() + "+"
                + digest.substring(digest.indexOf(':') + 1).substring(0, SHOWN_DIGITS);
        Card card = shipped.card().toBuilder()
                .setVersion(version.toBuilder()
                        .setNumber(number)
                        .setModelDigest(digest)
                        .clearEvaluations())
                .build();
        return Definition.of(card, loader, source, shipped.samples());
    }

    private static ModelSource model(Path file) {
        try {
            return ModelSource.of(file);
        } catch (NoSuchFileException e) {
            throw new DataException("there is no model " + file, e);
        } catch (IOException e) {
            throw new DataException("can't read the model " + file + ": " + e.getMessage(), e);
        }
    }

    private static String digest(Path lineage) {
        try {
            return new JsonMapper()
                    .readTree(Files.readAllBytes(lineage))
                    .at("/model/digest")
                    .asString("");
        } catch (NoSuchFileException e) {
            throw new DataException("there is no lineage " + lineage, e);
        } catch (IOException | JacksonException e) {
            throw new DataException("can't read the lineage " + lineage + ": " + e.getMessage(), e);
        }
    }
}
