package dev.pinfactory.specialists.learning;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Trains and measures one specialist. Found by {@link java.util.ServiceLoader}. */
public interface SpecialistTrainer {
    /** The specialist's id, such as "intent". */
    String name();

    /**
     * Where the data stands when nothing else is said, relative to the project; for data that may not be in the project, where
     * {@code README.md} says to put it.
     */
    Path defaultData();

    /** Folder of the data set below the directory of {@code --data}, such as "sms_spam"; needed where the data may not be in the project. */
    default Optional<String> dataSet() {
        return Optional.empty();
    }

    /**
     * Folder of a data set whose licence allows measuring only, such as "fraud_handbook". It is learnt from when this trainer alone is asked for and the
     * model goes elsewhere than to where it ships; else {@link #dataSet} or what the project has is.
     */
    default Optional<String> measuringSet() {
        return Optional.empty();
    }

    /** Where model and lineage stand in the source tree, relative to the project: beside the specialist's classes, unless this is overridden. */
    default Path resources() {
        return Path.of("specialists", name(), "src", "main", "resources")
                .resolve(getClass().getPackageName().replace('.', '/'));
    }

    /**
     * Learns, writes {@code model.bin} and {@code lineage.json}, and measures the result on texts it has not seen. The same data and seed give the
     * same model to the last bit.
     *
     * @throws DataException when the data is missing or wrong
     */
    TrainingReport train(TrainingRequest request);

    /**
     * Measures the model that the specialist comes with.
     *
     * @param file labelled data in the form that training takes
     * @return figures by name
     * @throws DataException when the data is missing or wrong
     */
    Map<String, Metric> evaluate(Path file);
}
