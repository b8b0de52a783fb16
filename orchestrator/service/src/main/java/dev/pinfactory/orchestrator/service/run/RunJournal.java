package dev.pinfactory.orchestrator.service.run;

import dev.pinfactory.orchestrator.service.store.Progress;

/** Where a run writes what it did, before anything that depends on it happens. */
interface RunJournal {
    /** Whether the engine has to wait for steps to be written. */
    boolean durable();

    /**
     * @throws dev.pinfactory.orchestrator.service.store.FencedException when the run is not this process's any more
     */
    void commit(Progress progress);
}
