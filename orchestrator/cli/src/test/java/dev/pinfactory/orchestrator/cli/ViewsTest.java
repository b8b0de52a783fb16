package dev.pinfactory.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.JsonFormat;
import dev.pinfactory.proto.v1.Amount;
import dev.pinfactory.proto.v1.ConsideredSpecialist;
import dev.pinfactory.proto.v1.Cost;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.Span;
import dev.pinfactory.proto.v1.TaskEvent;
import dev.pinfactory.proto.v1.TaskResult;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class ViewsTest {
    private static final String RESULT = """
            {"taskId": "t-1", "state": "ENDED", "status": "PARTIAL",
             "startedAt": "2026-01-01T00:00:00Z", "endedAt": "2026-01-01T00:00:00.100Z", "planningTime": "0.020s",
             "output": {"total": "9.00", "summary": null},
             "provenance": {"/total": {"confidence": 0.97, "sources": [{"step": "read", "specialist": "read", "version": "1.0.0",
               "confidence": 0.97, "evidence": [{"input": "receipt", "span": {"start": 6, "end": 10}, "quote": "9.00"}]}]}},
             "missing": [{"pointer": "/summary", "reason": "the step failed", "step": "sum"}],
             "plan": {"confidence": 0.9, "planner": "ENCODER", "steps": [
               {"id": "read", "specialist": "read", "confidence": 0.95, "reason": "you asked for |@ the total",
                "inputs": [{"port": "text", "sources": [{"taskInput": {"name": "receipt"}}]}]},
               {"id": "sum", "specialist": "sum", "confidence": 0.9,
                "inputs": [{"port": "text", "sources": [{"stepOutput": {"step": "read", "output": "text"}}]}]}]},
             "steps": [{"step": "read", "outcome": "SUCCEEDED", "startedAt": "2026-01-01T00:00:00.020Z", "endedAt": "2026-01-01T00:00:00.060Z"},
               {"step": "sum", "outcome": "FAILED", "code": "SPECIALIST_TIMEOUT", "startedAt": "2026-01-01T00:00:00.060Z",
                "endedAt": "2026-01-01T00:00:00.100Z"}]}
            """;

    private static TaskResult result() throws Exception {
        TaskResult.Builder result = TaskResult.newBuilder();
        JsonFormat.parser().merge(RESULT, result);
        return result.build();
    }

    private interface View {
        void print(TaskResult result, PrintWriter out);
    }

    private static String shown(View view) throws Exception {
        StringWriter text = new StringWriter();
        view.print(result(), new PrintWriter(text, true));
        return text.toString();
    }

    @Test
    void planIsATreeByDependency() throws Exception {
        assertThat(shown((result, out) -> new PlanView(Ansi.OFF).print(result.getPlan(), out)))
                .contains("└─ read  text ← receipt  0.95\n")
                .contains("   │  you asked for | @ the total\n")
                .contains("   └─ sum  text ← read.text  0.90\n");
    }

    @Test
    void stepsArePlannedInTheRightNumber() {
        assertThat(planned(1)).isEqualTo("planned: 1 step\n");
        assertThat(planned(2)).isEqualTo("planned: 2 steps\n");
    }

    private static String planned(int steps) {
        TaskEvent.Builder event = TaskEvent.newBuilder();
        for (int i = 0; i < steps; i++) {
            event.getPlannedBuilder().addStepsBuilder();
        }
        StringWriter err = new StringWriter();
        new Progress(new PrintWriter(err)).show(event.build());
        return err.toString().replace(System.lineSeparator(), "\n");
    }

    @Test
    void aPinnedPlanSaysWhichItIs() throws Exception {
        assertThat(shown((result, out) -> new PlanView(Ansi.OFF)
                        .print(
                                result.getPlan().toBuilder()
                                        .setPlanner(Plan.Planner.PINNED)
                                        .setPinnedAs("claim@2")
                                        .build(),
                                out)))
                .startsWith("Plan  2 steps, confidence 0.90, pinned as claim@2\n");
    }

    @Test
    void anExplainedStepSaysWhoElseItsWordsMayMean() throws Exception {
        String shown = shown((result, out) -> {
            Plan.Builder plan = result.getPlan().toBuilder();
            plan.getStepsBuilder(0)
                    .addAskedBy(Span.newBuilder().setStart(4).setEnd(13))
                    .addCandidates(ConsideredSpecialist.newBuilder()
                            .setSpecialist("scan")
                            .setConfidence(0.31))
                    .addCandidates(ConsideredSpecialist.newBuilder()
                            .setSpecialist("count")
                            .setCounterExample("Pay it."));
            new PlanView(Ansi.OFF, true).print(plan.build(), out);
        });
        assertThat(shown)
                .contains(
                        "   │  asked for at 4–13 of the instruction; next: scan 0.31, count (its card says that it does not do \"Pay it.\")\n")
                .contains("no words asked for it by themselves");
    }

    @Test
    void timelineShowsEachStepOnOneScale() throws Exception {
        assertThat(shown((result, out) -> new TimelineView(Ansi.OFF).print(result, out)))
                .contains("Timeline  100.0 ms")
                .contains("  planning  ████████   ")
                .contains("40.0 ms  failed SPECIALIST_TIMEOUT");
    }

    @Test
    void everyLeafNamesItsSource() throws Exception {
        assertThat(shown((result, out) -> new ResultView(Ansi.OFF).print(result, out)))
                .contains("/total  \"9.00\"\n      ← read 1.0.0, confidence 0.97, from receipt at 6–10 “9.00”")
                .contains("missing /summary: the step failed");
    }

    @Test
    void whatALanguageModelCostIsTold() throws Exception {
        assertThat(shown((result, out) -> new ResultView(Ansi.OFF).print(result, out)))
                .doesNotContain("language model");
        assertThat(shown((result, out) -> new ResultView(Ansi.OFF)
                        .print(
                                result.toBuilder()
                                        .setCost(Cost.newBuilder()
                                                .setCalls(1)
                                                .setLlmTokens(812)
                                                .setLlm(Amount.newBuilder()
                                                        .setValue("0.0021")
                                                        .setCurrency("EUR")))
                                        .build(),
                                out)))
                .contains("1 call, 0.000 s of processor time, 812 tokens of a language model, 0.0021 EUR");
    }

    @Test
    void whatComesFromOneSourceIsShownTogether() throws Exception {
        TaskResult.Builder result = TaskResult.newBuilder();
        JsonFormat.parser().merge("""
                {"output": {"found": [{"text": "Ann", "type": "PERSON"}], "rows": [["a", true], ["b", false]]}, "provenance": {
                  "/found/0/text": {"sources": [{"step": "find", "version": "1.0.0", "confidence": 0.9}]},
                  "/found/0/type": {"sources": [{"step": "find", "version": "1.0.0", "confidence": 0.9}]},
                  "/rows/0/0": {"sources": [{"step": "score", "version": "1.0.0", "confidence": 0.8}]},
                  "/rows/0/1": {"sources": [{"step": "score", "version": "1.0.0", "confidence": 0.8}]},
                  "/rows/1/0": {"sources": [{"step": "score", "version": "1.0.0", "confidence": 0.8}]},
                  "/rows/1/1": {"sources": [{"step": "score", "version": "1.0.0", "confidence": 0.1}]}}}
                """, result);
        StringWriter text = new StringWriter();
        new ResultView(Ansi.OFF).print(result.build(), new PrintWriter(text, true));

        assertThat(text.toString())
                .contains(
                        "  /found/0  {\"text\": \"Ann\", \"type\": \"PERSON\"}\n      ← find 1.0.0, confidence 0.90\n")
                .contains("  /rows/0  [\"a\", true]\n      ← score 1.0.0, confidence 0.80\n")
                .contains("  /rows/1/0  \"b\"\n", "  /rows/1/1  false\n");
    }

    @Test
    void whoStoodInForAStepIsNamed() throws Exception {
        TaskResult.Builder result = TaskResult.newBuilder();
        JsonFormat.parser().merge("""
                {"output": {"tone": "good"}, "provenance": {
                  "/tone": {"sources": [{"step": "tone", "specialist": "tone-llm", "version": "2.0.0", "confidence": 0.8}]}}}
                """, result);
        StringWriter text = new StringWriter();
        new ResultView(Ansi.OFF).print(result.build(), new PrintWriter(text, true));

        assertThat(text.toString()).contains("← tone (tone-llm) 2.0.0, confidence 0.80");
    }

    /** A label has a source for every leaf of it, and all of them are one step. */
    @Test
    void aConflictNamesEachStepOnce() throws Exception {
        TaskResult.Builder result = TaskResult.newBuilder();
        JsonFormat.parser().merge("""
                {"conflicts": [{"pointer": "/language", "candidates": [{"weight": 0.4,
                   "value": {"label": "de", "candidates": [{"label": "de", "confidence": 0.4}]},
                   "sources": [{"step": "detect", "pointer": "/candidates/0/confidence"}, {"step": "detect", "pointer": "/candidates/0/label"},
                     {"step": "guess", "pointer": "/label"}, {"step": "detect", "pointer": "/label"}]}]}]}
                """, result);
        StringWriter text = new StringWriter();
        new ResultView(Ansi.OFF).print(result.build(), new PrintWriter(text, true));

        assertThat(text.toString()).contains("      {\"label\":\"de\"}  weight 0.40  detect, guess\n");
    }

    @Test
    void exitCodesFollowTheStatus() {
        assertThat(RunCommand.exitCode(TaskResult.Status.COMPLETE)).isZero();
        assertThat(RunCommand.exitCode(TaskResult.Status.PARTIAL)).isEqualTo(3);
        assertThat(RunCommand.exitCode(TaskResult.Status.FAILED)).isEqualTo(4);
        assertThat(RunCommand.exitCode(TaskResult.Status.CANCELLED)).isEqualTo(4);
        assertThat(RunCommand.exitCode(TaskResult.Status.REFUSED)).isEqualTo(5);
    }
}
