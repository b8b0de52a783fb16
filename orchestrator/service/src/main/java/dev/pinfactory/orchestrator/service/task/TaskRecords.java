package dev.pinfactory.orchestrator.service.task;

import dev.pinfactory.orchestrator.service.content.ContentStore;
import dev.pinfactory.orchestrator.service.event.TaskEvents;
import dev.pinfactory.orchestrator.service.run.Recorder;
import dev.pinfactory.orchestrator.service.run.RunHandle;
import dev.pinfactory.orchestrator.service.run.TaskRuns;
import dev.pinfactory.orchestrator.service.store.TaskFilter;
import dev.pinfactory.orchestrator.service.store.TaskStore;
import dev.pinfactory.proto.v1.ListTasksRequest;
import dev.pinfactory.proto.v1.ListTasksResponse;
import dev.pinfactory.proto.v1.TaskResult;
import dev.pinfactory.proto.v1.TaskSummary;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tasks that were accepted: looked at, listed, cancelled, erased. */
public final class TaskRecords {
    private final TaskStore store;
    private final TaskRuns runs;
    private final Recorder recorder;
    private final ContentStore content;
    private final Clock clock;

    public TaskRecords(TaskStore store, TaskRuns runs, Recorder recorder, ContentStore content, Clock clock) {
        this.store = store;
        this.runs = runs;
        this.recorder = recorder;
        this.content = content;
        this.clock = clock;
    }

    public TaskResult get(String tenant, String taskId) {
        return runs.find(tenant, taskId)
                .map(RunHandle::current)
                .or(() -> recorder.pending(tenant, taskId))
                .or(() -> store.find(tenant, taskId))
                .orElseThrow(() -> TaskEvents.notFound(taskId));
    }

    public ListTasksResponse list(String tenant, ListTasksRequest request) {
        int pageSize = TaskPages.size(request);
        TaskFilter filter = TaskPages.filter(request);
        // One more than is shown says whether there is a next page.
        List<TaskSummary> tasks = store.list(tenant, filter, pageSize + 1);
        ListTasksResponse.Builder page = ListTasksResponse.newBuilder();
        page.addAllTasks(tasks.subList(0, Math.min(pageSize, tasks.size())));
        if (tasks.size() > pageSize) {
            page.setNextPageToken(TaskPages.tokenAfter(tasks.get(pageSize - 1), request));
        }
        return page.build();
    }

    /** The task as it is then: a run elsewhere is told within its next round, and an ended one stays as it is. */
    public TaskResult cancel(String tenant, String taskId) {
        Optional<RunHandle> run = runs.find(tenant, taskId);
        run.ifPresent(handle -> handle.cancel("cancelled by the caller"));
        if (run.isEmpty() || run.get().durable()) {
            store.requestCancel(tenant, taskId);
        }
        return get(tenant, taskId);
    }

    public void delete(String tenant, String taskId) {
        Optional<RunHandle> run = runs.find(tenant, taskId);
        run.ifPresent(handle -> {
            handle.cancel("erased by the caller");
            // Its record is written behind its end: what is erased before would come back.
            handle.ended().handle((result, failure) -> result).join();
        });
        recorder.awaitWritten(taskId);
        Optional<Set<String>> erased = store.delete(tenant, taskId, clock.instant());
        if (erased.isEmpty() && run.isEmpty()) {
            throw TaskEvents.notFound(taskId);
        }
        erased.ifPresent(digests -> content.erase(tenant, digests));
    }
}
