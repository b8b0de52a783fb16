package dev.pinfactory.specialists.learning.compression;

import dev.pinfactory.specialists.learning.DataException;
import java.nio.file.Path;
import java.util.Optional;

/** Makes a specialist's model small. Found by {@link java.util.ServiceLoader}. */
public interface SpecialistCompressor {
    /** The specialist's id, such as "intent". */
    String name();

    /** Where its labelled data stands in the project. */
    Path defaultData();

    /** Folder of the data set below the directory of {@code --data}. */
    Optional<String> dataSet();

    /** The input port whose text is labelled, such as "text". */
    default String port() {
        return "text";
    }

    /** Whether it can hold back each part of the labelled data in turn. */
    default boolean foldsItsData() {
        return false;
    }

    /**
     * Teaches students, prunes and quantises them, and measures all on texts that neither teacher nor students have seen. The same data and seed
     * give the same student to the last bit.
     *
     * @throws DataException when the data is missing or wrong, or the teacher says nothing that can be learnt
     */
    Compression compress(CompressionRequest request);
}
