package dev.pinfactory.orchestrator.service.run;

import dev.pinfactory.orchestrator.engine.CallId;
import dev.pinfactory.orchestrator.engine.StepOutcome;
import dev.pinfactory.orchestrator.engine.StepRecord;
import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.proto.events.v1.Event;
import dev.pinfactory.proto.events.v1.InputDigest;
import dev.pinfactory.proto.events.v1.StepEnded;
import dev.pinfactory.proto.events.v1.TaskEnded;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.InferRequest;
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

    private static final int NO_ITEM = -1;

    private final String tenant;
    private final String taskId;
    private final Task task;
    private final List<InputDigest> inputs;
    private final StepInputs given;

    OutboxEvents(String tenant, String taskId, Task task) {
        this.tenant = tenant;
        this.taskId = taskId;
        this.task = task;
        this.inputs = InputDigests.of(task);
        this.given = new StepInputs(InputDigests.mayBeLearntFrom(task));
    }

    /** Remembers what a call is given, for the event of its end. */
    void given(CallId call, InferRequest request) {
        given.add(call, request);
    }

    Event step(Instant at, StepCommit commit) {
        StepReport report = commit.getReport();
        StepEnded.Builder ended = ended(report, report.getOutcome(), report.getCode(), commit.getOutputsList())
                .addAllStepInputs(given.take(report.getStep(), commit.hasItem() ? commit.getItem() : NO_ITEM));
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
                add(events, at, record.report(), record.outcome(), NO_ITEM);
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
        ended.addAllStepInputs(given.take(report.getStep(), item));
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
                        .setTrainingConsent(InputDigests.mayBeLearntFrom(task))
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
                .setTrainingConsent(InputDigests.mayBeLearntFrom(task));
    }

    private Event.Builder event(Instant at, String about) {
        String id = UUID.nameUUIDFromBytes((taskId + "/" + about).getBytes(StandardCharsets.UTF_8))
                .toString();
        return Event.newBuilder().setId(id).setTime(EventStamp.timestamp(at)).setTenant(tenant);
    }

    static Artifact small(Artifact output) {
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
