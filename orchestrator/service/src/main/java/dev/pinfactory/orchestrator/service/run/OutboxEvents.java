package dev.pinfactory.orchestrator.service.run;

import dev.pinfactory.orchestrator.engine.StepOutcome;
import dev.pinfactory.orchestrator.engine.StepRecord;
import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.proto.events.v1.Event;
import dev.pinfactory.proto.events.v1.InputDigest;
import dev.pinfactory.proto.events.v1.StepEnded;
import dev.pinfactory.proto.events.v1.TaskEnded;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Provenance;
import dev.pinfactory.proto.v1.StepCommit;
import dev.pinfactory.proto.v1.StepReport;
import dev.pinfactory.proto.v1.Task;
import dev.pinfactory.proto.v1.TaskResult;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What a run tells the outbox. An event's id follows from what it is about, so that the same thing can't be told twice even by two runs of
 * one task.
 */
final class OutboxEvents {
    /** Larger outputs are told without their content. */
    private static final int MAX_OUTPUT_BYTES = 64 * 1024;
    /** Opt-in: what a task's label says of it. */
    private static final String CONSENT_LABEL = "training-consent";

    private final String tenant;
    private final String taskId;
    private final Task task;
    private final List<InputDigest> inputs;

    OutboxEvents(String tenant, String taskId, Task task) {
        this.tenant = tenant;
        this.taskId = taskId;
        this.task = task;
        this.inputs = task.getInputsList().stream().map(OutboxEvents::digest).toList();
    }

    Event step(Instant at, StepCommit commit) {
        StepReport report = commit.getReport();
        StepEnded.Builder ended = ended(report, report.getOutcome(), report.getCode(), commit.getOutputsList());
        String about = report.getStep() + "/" + (commit.hasItem() ? commit.getItem() : "");
        if (commit.hasItem()) {
            ended.setItem(commit.getItem());
        }
        return event(at, "step/" + about).setStepEnded(ended).build();
    }

    /** The steps of a run without a journal: those that were called, item by item. */
    List<Event> steps(Instant at, List<StepRecord> records) {
        List<Event> events = new ArrayList<>();
        for (StepRecord record : records) {
            if (record.items().isEmpty()) {
                add(events, at, record.report(), record.outcome(), -1);
            }
            for (int item = 0; item < record.items().size(); item++) {
                add(events, at, record.report(), record.items().get(item), item);
            }
        }
        return events;
    }

    private void add(List<Event> events, Instant at, StepReport report, StepOutcome outcome, int item) {
        StepEnded.Builder ended = switch (outcome) {
            case StepOutcome.Succeeded succeeded ->
                ended(report, StepReport.Outcome.SUCCEEDED, "", succeeded.outputs());
            case StepOutcome.Failed failed ->
                ended(report, StepReport.Outcome.FAILED, failed.code().name(), List.of());
            case StepOutcome.Abstained abstained ->
                ended(report, StepReport.Outcome.ABSTAINED, abstained.reason(), abstained.bestGuess());
            case StepOutcome.Skipped skipped -> null;
            case StepOutcome.Cancelled cancelled -> null;
        };
        if (ended == null) {
            return;
        }
        if (item >= 0) {
            ended.setItem(item);
        }
        events.add(event(at, "step/" + report.getStep() + "/" + (item < 0 ? "" : item))
                .setStepEnded(ended)
                .build());
    }

    Event task(Instant at, TaskResult result) {
        double least = result.getProvenanceMap().values().stream()
                .mapToDouble(Provenance::getConfidence)
                .min()
                .orElse(0);
        return event(at, "task")
                .setTaskEnded(TaskEnded.newBuilder()
                        .setTaskId(taskId)
                        .setStatus(result.getStatus())
                        .setInstruction(task.getInstruction())
                        .setPlanDigest(result.hasPlan() ? Digests.of(result.getPlan()) : "")
                        .addAllInputs(inputs)
                        .setNeedsReview(result.getNeedsReview())
                        .setMinConfidence(least)
                        .setTrainingConsent(consent())
                        .setCost(result.getCost()))
                .build();
    }

    private StepEnded.Builder ended(
            StepReport report, StepReport.Outcome outcome, String code, List<Artifact> outputs) {
        return StepEnded.newBuilder()
                .setTaskId(taskId)
                .setStep(report.getStep())
                .setSpecialist(report.getSpecialist())
                .setVersion(report.getVersion())
                .setOutcome(outcome)
                .setCode(code)
                .addAllInputs(inputs)
                .addAllOutputs(outputs.stream().map(OutboxEvents::small).toList())
                .setConfidence(report.getConfidence())
                .setTrainingConsent(consent());
    }

    private Event.Builder event(Instant at, String about) {
        String id = UUID.nameUUIDFromBytes((taskId + "/" + about).getBytes(StandardCharsets.UTF_8))
                .toString();
        return Event.newBuilder().setId(id).setTime(EventStamp.timestamp(at)).setTenant(tenant);
    }

    private boolean consent() {
        return task.getLabelsOrDefault(CONSENT_LABEL, "").equals("true");
    }

    private static InputDigest digest(Artifact input) {
        return InputDigest.newBuilder()
                .setName(input.getName())
                .setType(input.getType())
                .setDigest(
                        switch (input.getContentCase()) {
                            case REF -> input.getRef().getDigest();
                            case DATA -> Digests.of(input.getData().toByteArray());
                            case TEXT -> Digests.of(input.getText().getBytes(StandardCharsets.UTF_8));
                            case JSON, ITEMS, CONTENT_NOT_SET -> Digests.of(input);
                        })
                .build();
    }

    private static Artifact small(Artifact output) {
        return output.getSerializedSize() <= MAX_OUTPUT_BYTES
                ? output
                : output.toBuilder()
                        .clearContent()
                        .clearSegments()
                        .clearLeaves()
                        .clearOffsetMap()
                        .build();
    }
}
