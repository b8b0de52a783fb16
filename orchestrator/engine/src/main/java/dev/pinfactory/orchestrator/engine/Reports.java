package dev.pinfactory.orchestrator.engine;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.ItemReport;
import dev.pinfactory.proto.v1.StepCommit;
import dev.pinfactory.proto.v1.StepReport;
import java.util.List;

/** Turns outcomes into what callers and the journal read, and back. */
final class Reports {
    private Reports() {}

    static StepCommit commit(String step, Unit unit) {
        StepOutcome outcome = java.util.Objects.requireNonNull(unit.outcome());
        StepCommit.Builder commit = StepCommit.newBuilder()
                .setReport(timed(report(step, outcome, unit), unit))
                .addAllOutputs(outputs(outcome));
        unit.item().ifPresent(commit::setItem);
        return commit.build();
    }

    /** The outcome that a commit stands for. One that a newer or older program wrote differently is read as far as it goes. */
    static StepOutcome outcome(StepCommit commit) {
        StepReport report = commit.getReport();
        return switch (report.getOutcome()) {
            case SUCCEEDED -> new StepOutcome.Succeeded(commit.getOutputsList());
            case ABSTAINED -> new StepOutcome.Abstained(report.getDetail(), commit.getOutputsList());
            case FAILED -> new StepOutcome.Failed(code(report.getCode()), report.getDetail());
            case SKIPPED -> new StepOutcome.Skipped(SkipReason.UPSTREAM_FAILED, report.getDetail());
            case CANCELLED, OUTCOME_UNSPECIFIED, UNRECOGNIZED -> new StepOutcome.Cancelled();
        };
    }

    static StepReport.Builder report(String step, StepOutcome outcome, Unit unit) {
        return outcome(StepReport.newBuilder().setStep(step), outcome)
                .setSpecialist(unit.specialist())
                .setVersion(unit.version())
                .addAllAttempts(unit.attempts())
                .setCost(unit.cost());
    }

    private static StepReport timed(StepReport.Builder report, Unit unit) {
        if (unit.startedAt() != null) {
            report.setStartedAt(Times.timestamp(unit.startedAt()));
        }
        if (unit.endedAt() != null) {
            report.setEndedAt(Times.timestamp(unit.endedAt()));
        }
        return report.build();
    }

    static StepReport.Builder outcome(StepReport.Builder report, StepOutcome outcome) {
        return switch (outcome) {
            case StepOutcome.Succeeded succeeded ->
                report.setOutcome(StepReport.Outcome.SUCCEEDED).setConfidence(confidence(succeeded.outputs()));
            case StepOutcome.Failed failed ->
                report.setOutcome(StepReport.Outcome.FAILED)
                        .setCode(failed.code().name())
                        .setDetail(failed.detail());
            case StepOutcome.Skipped skipped ->
                report.setOutcome(StepReport.Outcome.SKIPPED)
                        .setCode(skipped.reason().name())
                        .setDetail(skipped.cause());
            case StepOutcome.Abstained abstained ->
                report.setOutcome(StepReport.Outcome.ABSTAINED)
                        .setCode(ErrorCode.LOW_CONFIDENCE.name())
                        .setDetail(abstained.reason());
            case StepOutcome.Cancelled cancelled -> report.setOutcome(StepReport.Outcome.CANCELLED);
        };
    }

    static ItemReport item(int item, StepOutcome outcome) {
        StepReport as = outcome(StepReport.newBuilder(), outcome).build();
        return ItemReport.newBuilder()
                .setItem(item)
                .setOutcome(as.getOutcome())
                .setCode(as.getCode())
                .setDetail(as.getDetail())
                .build();
    }

    /** The weakest output's. */
    static double confidence(List<Artifact> outputs) {
        double weakest = 1;
        for (Artifact output : outputs) {
            weakest = Math.min(weakest, output.getConfidence());
        }
        return weakest;
    }

    private static List<Artifact> outputs(StepOutcome outcome) {
        return switch (outcome) {
            case StepOutcome.Succeeded succeeded -> succeeded.outputs();
            case StepOutcome.Abstained abstained -> abstained.bestGuess();
            case StepOutcome.Failed failed -> List.of();
            case StepOutcome.Skipped skipped -> List.of();
            case StepOutcome.Cancelled cancelled -> List.of();
        };
    }

    private static ErrorCode code(String name) {
        try {
            return ErrorCode.valueOf(name);
        } catch (IllegalArgumentException e) {
            return ErrorCode.INTERNAL;
        }
    }
}
