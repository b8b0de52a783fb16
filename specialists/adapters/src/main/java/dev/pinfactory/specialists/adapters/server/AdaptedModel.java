package dev.pinfactory.specialists.adapters.server;

import dev.pinfactory.specialists.sdk.SpecialistModel;

/** A model that a server runs. */
public interface AdaptedModel extends SpecialistModel {
    /** Whether the server says that it would answer; waits for that. */
    boolean ready();
}
