package dev.pinfactory.orchestrator.cli;

import dev.pinfactory.proto.plan.PinReference;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.ArtifactList;
import dev.pinfactory.proto.v1.InputDescription;
import dev.pinfactory.proto.v1.PinnedPlan;
import dev.pinfactory.proto.v1.Task;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A task whose plan is known.
 *
 * @param task what it leaves out is as it was pinned
 * @param pinned the plan that it has to get
 */
record GoldenTask(Task task, String pinned) {
    private static final int MAX_TASKS = 1_000;

    static List<GoldenTask> read(Path file) {
        if (!(TaskFile.yaml(file) instanceof List<?> entries) || entries.isEmpty()) {
            throw new UsageException("'" + file + "' is not a list of tasks, each with 'pinned: NAME[@VERSION]'");
        }
        if (entries.size() > MAX_TASKS) {
            throw new UsageException("'" + file + "' has " + entries.size() + " tasks; at most " + MAX_TASKS);
        }
        List<GoldenTask> tasks = new ArrayList<>();
        for (Object entry : entries) {
            tasks.add(read(entry, "task " + (tasks.size() + 1) + " of '" + file + "'"));
        }
        return tasks;
    }

    private static GoldenTask read(Object entry, String where) {
        if (!(entry instanceof Map<?, ?> fields)) {
            throw new UsageException(where + " is not a task: expected keys such as pinned, instruction and inputs");
        }
        Map<Object, Object> rest = new LinkedHashMap<>(fields);
        Object pinned = rest.remove("pinned");
        if (!(pinned instanceof String name) || PinReference.parse(name).isEmpty()) {
            throw new UsageException(where + " has no 'pinned'; " + PinReference.EXPECTED);
        }
        Task task = TaskFile.task(rest, where);
        if (task.hasPlan() || !task.getPinnedPlan().isEmpty()) {
            throw new UsageException(where + " brings its plan; expected a task for the router to plan");
        }
        return new GoldenTask(task, name);
    }

    /** As the swarm takes it, which knows the pinned plan. */
    dev.pinfactory.proto.v1.GoldenTask message() {
        return dev.pinfactory.proto.v1.GoldenTask.newBuilder()
                .setTask(task)
                .setPinnedPlan(pinned)
                .build();
    }

    /** The task as it is to be planned: what it leaves out comes from the pinned plan. */
    Task toPlan(PinnedPlan plan) {
        Task.Builder complete = task.toBuilder();
        if (task.getInstruction().isBlank()) {
            complete.setInstruction(plan.getInstruction());
        }
        if (task.getInputsCount() == 0) {
            plan.getInputsList().forEach(input -> complete.addInputs(input(input)));
        }
        if (!task.hasOutputSchema() && plan.hasOutputSchema()) {
            complete.setOutputSchema(plan.getOutputSchema());
        }
        return complete.build();
    }

    private static Artifact input(InputDescription input) {
        Artifact.Builder artifact = Artifact.newBuilder()
                .setName(input.getName())
                .setType(input.getType())
                .setMediaType(input.getMediaType())
                .setLanguage(input.getLanguage())
                .addAllDataClasses(input.getDataClassesList());
        return input.getMany()
                ? artifact.setItems(ArtifactList.getDefaultInstance()).build()
                : artifact.build();
    }
}
