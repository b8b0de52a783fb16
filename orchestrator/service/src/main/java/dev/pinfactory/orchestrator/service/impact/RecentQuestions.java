package dev.pinfactory.orchestrator.service.impact;

import dev.pinfactory.orchestrator.service.plan.PlanRequests;
import dev.pinfactory.orchestrator.service.store.TaskFilter;
import dev.pinfactory.orchestrator.service.store.TaskStore;
import dev.pinfactory.proto.v1.CardImpact;
import dev.pinfactory.proto.v1.ChangedRequest;
import dev.pinfactory.proto.v1.PlanRequest;
import dev.pinfactory.proto.v1.RecentImpact;
import dev.pinfactory.proto.v1.Task;
import dev.pinfactory.proto.v1.TaskSummary;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a tenant asked for lately. Tasks are read one at a time, newest first, and nothing is kept of the content of their inputs. */
final class RecentQuestions {
    private static final int PAGE = 200;
    /** Whoever asks for the same all day long has few different requests in many tasks; reading more of them would take long. */
    private static final int MOST_TASKS = 5_000;

    private final TaskStore store;
    private final String tenant;
    private final int limit;
    private final Map<PlanRequest, Integer> tasksByRequest = new LinkedHashMap<>();
    private final RecentImpact.Builder impact = RecentImpact.newBuilder();
    private final int maxExamples;

    /**
     * @param limit of different requests
     * @param maxExamples of those that change, how many are told of
     */
    RecentQuestions(TaskStore store, String tenant, int limit, int maxExamples) {
        this.store = store;
        this.tenant = tenant;
        this.limit = limit;
        this.maxExamples = maxExamples;
    }

    void ask(Questions questions) {
        collect();
        impact.setRequests(tasksByRequest.size())
                .setTasks(tasksByRequest.values().stream()
                        .mapToInt(Integer::intValue)
                        .sum());
        tasksByRequest.forEach((request, tasks) -> questions.ask(request, change -> {
            switch (change.getKind()) {
                case OTHER_PLAN -> impact.setOtherPlan(impact.getOtherPlan() + 1);
                case NEWLY_PLANNED -> impact.setNewlyPlanned(impact.getNewlyPlanned() + 1);
                case NEWLY_REFUSED -> impact.setNewlyRefused(impact.getNewlyRefused() + 1);
                case NOT_PLANNED -> {
                    impact.setNotPlanned(impact.getNotPlanned() + 1);
                    return;
                }
                case UNCHANGED, KIND_UNSPECIFIED, UNRECOGNIZED -> {
                    return;
                }
            }
            impact.setTasksChanged(impact.getTasksChanged() + tasks);
            if (impact.getExamplesCount() < maxExamples) {
                impact.addExamples(ChangedRequest.newBuilder()
                        .setInstruction(Phrases.instruction(request.getInstruction()))
                        .setTasks(tasks)
                        .setKind(change.getKind())
                        .addAllDifferences(Phrases.of(change, request.getInstruction())));
            }
        }));
    }

    private void collect() {
        TaskFilter filter = TaskFilter.ALL;
        int read = 0;
        List<TaskSummary> page;
        do {
            page = limit == 0 ? List.of() : store.list(tenant, filter, PAGE);
            for (TaskSummary summary : page) {
                Optional<Task> task = store.request(tenant, summary.getTaskId());
                if (task.isPresent() && !count(task.get(), summary)) {
                    return;
                }
                filter = TaskFilter.ALL.from(position(summary));
            }
            read += page.size();
        } while (page.size() == PAGE && read < MOST_TASKS);
    }

    /** False when it is one different request too many. */
    private boolean count(Task task, TaskSummary summary) {
        if (task.hasPlan()) {
            return true;
        }
        PlanRequest request = PlanRequests.withoutTime(task);
        if (tasksByRequest.size() == limit && !tasksByRequest.containsKey(request)) {
            return false;
        }
        tasksByRequest.merge(request, 1, Integer::sum);
        impact.setSince(summary.getCreatedAt());
        return true;
    }

    private static TaskFilter.Position position(TaskSummary summary) {
        Instant at = Instant.ofEpochSecond(
                summary.getCreatedAt().getSeconds(), summary.getCreatedAt().getNanos());
        return new TaskFilter.Position(at, summary.getTaskId());
    }

    void tell(CardImpact.Builder whole) {
        whole.setRecent(impact);
    }
}
