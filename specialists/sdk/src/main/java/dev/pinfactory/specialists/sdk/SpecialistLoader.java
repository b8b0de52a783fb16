package dev.pinfactory.specialists.sdk;

import java.io.IOException;

/** A specialist whose model is data: another version of it can be loaded while the process runs. */
@FunctionalInterface
public interface SpecialistLoader {
    /**
     * Reads a model whose digest has been verified.
     *
     * @throws IOException when the bytes are no model that this code understands
     */
    SpecialistModel load(ModelSource model) throws IOException;
}
