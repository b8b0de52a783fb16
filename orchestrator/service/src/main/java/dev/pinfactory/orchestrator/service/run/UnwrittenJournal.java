package dev.pinfactory.orchestrator.service.run;

import dev.pinfactory.orchestrator.service.store.NewTask;
import dev.pinfactory.orchestrator.service.store.Progress;
import dev.pinfactory.proto.v1.TaskEvent;
import dev.pinfactory.proto.v1.TaskResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The journal of a task that is waited for: nothing is written while it runs, and its record is handed over when it ended. */
final class UnwrittenJournal implements RunJournal {
    private final NewTask task;
    private final Recorder recorder;
    private final List<TaskEvent> events;

    UnwrittenJournal(NewTask task, Recorder recorder) {
        this.task = task;
        this.recorder = recorder;
        this.events = new ArrayList<>(task.events());
    }

    @Override
    public boolean durable() {
        return false;
    }

    @Override
    public void commit(Progress progress) {
        events.addAll(progress.events());
        Optional<TaskResult> result = progress.result();
        if (result.isPresent() && result.get().getState() == TaskResult.State.ENDED) {
            recorder.offer(task, new Progress(Optional.empty(), List.of(), events, progress.outbox(), result));
        }
    }
}
