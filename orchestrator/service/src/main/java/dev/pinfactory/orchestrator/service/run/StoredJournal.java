package dev.pinfactory.orchestrator.service.run;

import dev.pinfactory.orchestrator.service.store.Claim;
import dev.pinfactory.orchestrator.service.store.Progress;
import dev.pinfactory.orchestrator.service.store.TaskStore;

/** The journal of a durable task: each commit is a transaction. */
record StoredJournal(TaskStore store, Claim claim) implements RunJournal {
    @Override
    public boolean durable() {
        return true;
    }

    @Override
    public void commit(Progress progress) {
        store.commit(claim, progress);
    }
}
