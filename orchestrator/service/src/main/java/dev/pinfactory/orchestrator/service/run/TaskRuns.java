package dev.pinfactory.orchestrator.service.run;

import dev.pinfactory.orchestrator.service.store.Claim;
import dev.pinfactory.orchestrator.service.store.NewTask;
import dev.pinfactory.orchestrator.service.store.OpenTask;
import dev.pinfactory.orchestrator.service.store.TaskStore;
import dev.pinfactory.orchestrator.service.task.Admission;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The tasks that run or wait in this process. */
public final class TaskRuns implements AutoCloseable {
    private static final Duration STOPPING = Duration.ofSeconds(5);

    private final TaskStore store;
    private final Recorder recorder;
    private final RunTools tools;
    private final Map<String, RunHandle> handles = new ConcurrentHashMap<>();

    public TaskRuns(TaskStore store, Recorder recorder, RunTools tools) {
        this.store = store;
        this.recorder = recorder;
        this.tools = tools;
    }

    /** Runs a task that was just accepted and written. */
    public RunHandle startDurable(NewTask task, Claim claim, Admission.Place place) {
        return start(new RunHandle(opened(task, claim), task.events(), new StoredJournal(store, claim), tools, place));
    }

    /** Goes on with a task from its journal. */
    public RunHandle resume(OpenTask open, Admission.Place place) {
        return start(new RunHandle(open, List.of(), new StoredJournal(store, open.claim()), tools, place));
    }

    /** Runs a task that somebody waits for, without writing. */
    public RunHandle startUnwritten(NewTask task, Admission.Place place) {
        OpenTask open = opened(task, new Claim(task.tenant(), task.id(), 0));
        return start(new RunHandle(open, task.events(), new UnwrittenJournal(task, recorder), tools, place));
    }

    private static OpenTask opened(NewTask task, Claim claim) {
        return new OpenTask(
                claim,
                task.task(),
                task.pinned(),
                task.result(),
                Optional.empty(),
                List.of(),
                Set.of(),
                task.events().size(),
                task.deadline(),
                task.traceParent(),
                false);
    }

    private RunHandle start(RunHandle handle) {
        handles.put(handle.taskId(), handle);
        handle.ended().whenComplete((result, failure) -> handles.remove(handle.taskId(), handle));
        handle.start();
        return handle;
    }

    public Optional<RunHandle> find(String tenant, String taskId) {
        return Optional.ofNullable(handles.get(taskId))
                .filter(handle -> handle.tenant().equals(tenant));
    }

    /** The ids of the durable tasks: those whose leases this process has to renew. */
    public Set<String> durable() {
        return handles.values().stream()
                .filter(RunHandle::durable)
                .map(RunHandle::taskId)
                .collect(Collectors.toSet());
    }

    /** Cancels what somebody asked the store to cancel. */
    public void cancel(Set<String> taskIds) {
        taskIds.forEach(id ->
                Optional.ofNullable(handles.get(id)).ifPresent(handle -> handle.cancel("cancelled by the caller")));
    }

    public int size() {
        return handles.size();
    }

    /** Gives everything up: what is durable goes on elsewhere, or after the restart. */
    @Override
    public void close() {
        List<RunHandle> all = List.copyOf(handles.values());
        all.forEach(RunHandle::giveUp);
        long until = System.nanoTime() + STOPPING.toNanos();
        try {
            for (RunHandle handle : all) {
                handle.awaitStopped(Duration.ofNanos(Math.max(0, until - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
