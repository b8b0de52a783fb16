package dev.pinfactory.orchestrator.merge;

import static dev.pinfactory.orchestrator.merge.TestingTask.from;
import static dev.pinfactory.orchestrator.merge.TestingTask.json;
import static dev.pinfactory.orchestrator.merge.TestingTask.note;
import static dev.pinfactory.orchestrator.merge.TestingTask.of;
import static dev.pinfactory.orchestrator.merge.TestingTask.output;
import static dev.pinfactory.orchestrator.merge.TestingTask.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.orchestrator.engine.SkipReason;
import dev.pinfactory.orchestrator.engine.StepOutcome;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.ArtifactList;
import dev.pinfactory.proto.v1.Candidate;
import dev.pinfactory.proto.v1.Conflict;
import dev.pinfactory.proto.v1.Missing;
import dev.pinfactory.proto.v1.OutputMapping.MergeRule;
import dev.pinfactory.proto.v1.TaskResult;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What several steps' outputs become: rules, conflicts, what is missing. */
class MergeTest {
    @Test
    void oneKeyForEachDeliverableOutput() {
        MergeResult result = new TestingTask()
                .input("mail", "hello")
                .step(
                        "f",
                        "fields",
                        succeeded(json("fields", 0.9, "{\"total\": \"12.50\", \"date\": null}")),
                        from("mail"))
                .step("s", "score", succeeded(json("score", 0.8, "{\"value\": 3}")), from("mail"))
                .defaultMapping()
                .merge();

        assertThat(result.output())
                .isEqualTo(json("{\"fields\": {\"total\": \"12.50\", \"date\": null}, \"score\": {\"value\": 3}}"));
        assertThat(result.provenance().keySet()).containsExactly("/fields/date", "/fields/total", "/score/value");
        assertThat(result.provenance().get("/fields/total").getSources(0).getStep())
                .isEqualTo("f");
        assertThat(result.provenance().get("/fields/total").getSources(0).getVersion())
                .isEqualTo("1.0.0");
        assertThat(result.status(TaskResult.Status.COMPLETE, true)).isEqualTo(TaskResult.Status.COMPLETE);
        assertThat(result.needsReview()).isFalse();
    }

    @Test
    void whatIsWrittenToManyPlacesDoesNotMakeTheOutputTooLarge() {
        TestingTask task = new TestingTask()
                .input("mail", "hello")
                .step("r", "redact", succeeded(TestingTask.text("x".repeat(1 << 20))), from("mail"));
        for (int i = 0; i < 1_000; i++) {
            task.map("/copy-" + i, of("r", "text"));
        }

        MergeResult result = task.merge();

        assertThat(result.output().getSerializedSize())
                .isLessThanOrEqualTo((int) MergeSettings.defaults().maxOutputBytes() + (1 << 16));
        assertThat(result.missing())
                .hasSize(993)
                .allSatisfy(missing -> assertThat(missing.getReason()).contains("8388608 bytes"));
        assertThat(result.status(TaskResult.Status.COMPLETE, true)).isEqualTo(TaskResult.Status.PARTIAL);
    }

    @Test
    void keysThatNeedEscapingAreEscapedInPointers() {
        MergeResult result = new TestingTask()
                .input("mail", "hello")
                .step("f", "fields", succeeded(json("fields", 0.9, "{\"a/b\": \"1\", \"m~n\": \"2\"}")), from("mail"))
                .map("/x~1y/~0", of("f", "fields"))
                .merge();

        assertThat(result.output()).isEqualTo(json("{\"x/y\": {\"~\": {\"a/b\": \"1\", \"m~n\": \"2\"}}}"));
        assertThat(result.provenance().keySet()).containsExactly("/x~1y/~0/a~1b", "/x~1y/~0/m~0n");
        assertThat(result.provenance().get("/x~1y/~0/a~1b").getSources(0).getPointer())
                .isEqualTo("/a~1b");
    }

    @Test
    void agreementHasAllSourcesAndTheSurestConfidence() {
        MergeResult result = twoTotals("12.50", 0.7, "12.50", 0.9);

        assertThat(result.output()).isEqualTo(json("{\"fields\": {\"total\": \"12.50\"}}"));
        assertThat(result.conflicts()).isEmpty();
        assertThat(result.provenance().get("/fields/total").getConfidence()).isEqualTo(0.9);
        assertThat(result.provenance().get("/fields/total").getSourcesList())
                .extracting(source -> source.getStep())
                .containsExactly("a", "b");
    }

    @Test
    void conflictingAmountsAreDecidedByTheMargin() {
        MergeResult result = twoTotals("12.50", 0.9, "72.50", 0.6);

        assertThat(result.output()).isEqualTo(json("{\"fields\": {\"total\": \"12.50\"}}"));
        Conflict conflict = result.conflicts().getFirst();
        assertThat(conflict.getPointer()).isEqualTo("/fields/total");
        assertThat(conflict.getResolved()).isTrue();
        assertThat(conflict.getMargin()).isCloseTo(0.2, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(conflict.getCandidatesList())
                .extracting(Candidate::getValue)
                .containsExactly(json("\"12.50\""), json("\"72.50\""));
        assertThat(result.needsReview()).isFalse();
    }

    @Test
    void closeCallIsNullWithBothCandidates() {
        MergeResult result = twoTotals("12.50", 0.9, "72.50", 0.8);

        assertThat(result.output()).isEqualTo(json("{\"fields\": {\"total\": null}}"));
        assertThat(result.conflicts().getFirst().getResolved()).isFalse();
        assertThat(result.conflicts().getFirst().getCandidatesList())
                .extracting(candidate -> candidate.getSources(0).getStep())
                .containsExactly("a", "b");
        assertThat(result.needsReview()).isTrue();
    }

    @Test
    void amountsThatDifferInSpellingOnlyStillDiffer() {
        assertThat(twoTotals("12.50", 0.9, "12.5", 0.1).conflicts()).hasSize(1);
    }

    @Test
    void specialistThatFoundNothingContradictsNobody() {
        MergeResult result = new TestingTask()
                .input("mail", "hello")
                .step("a", "fields", succeeded(json("fields", 0.9, "{\"total\": null}")), from("mail"))
                .step("b", "fields-2", succeeded(json("fields", 0.6, "{\"total\": \"3.00\"}")), from("mail"))
                .defaultMapping()
                .merge();

        assertThat(result.output()).isEqualTo(json("{\"fields\": {\"total\": \"3.00\"}}"));
        assertThat(result.conflicts()).isEmpty();
    }

    @Test
    void labelsAreVotedOnByTheirLabel() {
        String first = "{\"label\": \"refund\", \"candidates\": [{\"label\": \"refund\", \"confidence\": 0.9}]}";
        String second = "{\"label\": \"refund\", \"candidates\": [{\"label\": \"refund\", \"confidence\": 0.6}]}";
        MergeResult result = new TestingTask()
                .input("mail", "hello")
                .step("a", "labels", succeeded(json("labels", 0.6, second)), from("mail"))
                .step("b", "labels", succeeded(json("labels", 0.9, first)), from("mail"))
                .step("c", "labels", succeeded(json("labels", 0.7, "{\"label\": \"card\"}")), from("mail"))
                .map("/intent", of("a", "labels"), of("b", "labels"), of("c", "labels"))
                .merge();

        assertThat(result.output()).isEqualTo(json("{\"intent\": " + first + "}"));
        assertThat(result.conflicts().getFirst().getPointer()).isEqualTo("/intent");
        assertThat(result.provenance().get("/intent/label").getSourcesCount()).isEqualTo(2);
    }

    @Test
    void overlappingSpansBecomeOne() {
        String ours = "[" + entity("PERSON", "Ada Lovelace", 0, 12) + "," + entity("DATE", "1843", 16, 20) + "]";
        String theirs = "[" + entity("PERSON", "Lovelace", 4, 12) + "," + entity("ORG", "Analyst", 24, 31) + "]";
        MergeResult result = new TestingTask()
                .input("mail", "Ada Lovelace in 1843 -- Analyst")
                .step("a", "entities", succeeded(json("entities", 0.9, ours)), from("mail"))
                .step("b", "entities-2", succeeded(json("entities", 0.8, theirs)), from("mail"))
                .defaultMapping()
                .merge();

        assertThat(result.output())
                .isEqualTo(json("{\"entities\": [" + entity("PERSON", "Ada Lovelace", 0, 12) + ","
                        + entity("DATE", "1843", 16, 20) + "," + entity("ORG", "Analyst", 24, 31) + "]}"));
        assertThat(result.conflicts()).isEmpty();
        assertThat(result.provenance().get("/entities/0/type").getSourcesCount())
                .isEqualTo(2);
    }

    @Test
    void overlappingSpansOfOtherTypesAreInDispute() {
        MergeResult result = new TestingTask()
                .input("mail", "Paris is here")
                .step(
                        "a",
                        "entities",
                        succeeded(json("entities", 0.9, "[" + entity("PLACE", "Paris", 0, 5) + "]")),
                        from("mail"))
                .step(
                        "b",
                        "entities-2",
                        succeeded(json("entities", 0.5, "[" + entity("PERSON", "Paris", 0, 5) + "]")),
                        from("mail"))
                .defaultMapping()
                .merge();

        assertThat(result.output()).isEqualTo(json("{\"entities\": [" + entity("PLACE", "Paris", 0, 5) + "]}"));
        assertThat(result.conflicts().getFirst().getPointer()).isEqualTo("/entities/0/type");
        assertThat(result.conflicts().getFirst().getResolved()).isTrue();
    }

    @Test
    void nestedSpansOfOneSourceStay() {
        String nested = "[" + entity("ADDRESS", "1 High Street", 0, 13) + "," + entity("NUMBER", "1", 0, 1) + "]";
        MergeResult result = new TestingTask()
                .input("mail", "1 High Street")
                .step("a", "entities", succeeded(json("entities", 0.9, nested)), from("mail"))
                .step("b", "entities-2", succeeded(json("entities", 0.4, "[]")), from("mail"))
                .defaultMapping()
                .merge();

        assertThat(result.output()
                        .getStructValue()
                        .getFieldsOrThrow("entities")
                        .getListValue()
                        .getValuesCount())
                .isEqualTo(2);
    }

    @Test
    void unionKeepsTheOrderAndDropsWhatIsThereTwice() {
        MergeResult result = new TestingTask()
                .input("mail", "hello")
                .step("a", "fields", succeeded(json("fields", 0.9, "{\"tags\": [\"x\", \"y\"]}")), from("mail"))
                .step("b", "fields-2", succeeded(json("fields", 0.9, "{\"tags\": [\"y\", \"z\"]}")), from("mail"))
                .map("/tags", MergeRule.UNION, of("b", "fields", "/tags"), of("a", "fields", "/tags"))
                .merge();

        assertThat(result.output()).isEqualTo(json("{\"tags\": [\"y\", \"z\", \"x\"]}"));
        assertThat(result.provenance().get("/tags/0").getSourcesCount()).isEqualTo(2);
    }

    @Test
    void firstTakesTheFirstThatHasAValue() {
        MergeResult result = new TestingTask()
                .input("mail", "hello")
                .step("a", "fields", new StepOutcome.Failed(ErrorCode.SPECIALIST_FAILED, "oops"), from("mail"))
                .step("b", "fields", succeeded(json("fields", 0.9, "{\"total\": null}")), from("mail"))
                .step("c", "fields", succeeded(json("fields", 0.3, "{\"total\": \"5\"}")), from("mail"))
                .step("d", "fields", succeeded(json("fields", 0.9, "{\"total\": \"6\"}")), from("mail"))
                .map(
                        "/total",
                        MergeRule.FIRST,
                        of("a", "fields", "/total"),
                        of("b", "fields", "/total"),
                        of("c", "fields", "/total"),
                        of("d", "fields", "/total"))
                .merge();

        assertThat(result.output()).isEqualTo(json("{\"total\": \"5\"}"));
        assertThat(result.conflicts()).isEmpty();
        assertThat(result.needsReview()).as("0.3 is below the floor").isTrue();
    }

    @Test
    void failedStepLeavesANullAndAReason() {
        MergeResult result = new TestingTask()
                .input("mail", "hello")
                .step("a", "fields", new StepOutcome.Failed(ErrorCode.SPECIALIST_TIMEOUT, "too slow"), from("mail"))
                .step("b", "score", new StepOutcome.Skipped(SkipReason.UPSTREAM_FAILED, "a"), from("mail"))
                .defaultMapping()
                .merge();

        assertThat(result.output()).isEqualTo(json("{\"fields\": null, \"score\": null}"));
        assertThat(result.missing())
                .containsExactly(
                        missing("/fields", "SPECIALIST_TIMEOUT: too slow", "a"),
                        missing("/score", "nothing came from 'a'", "b"));
        assertThat(result.provenance()).isEmpty();
        assertThat(result.status(TaskResult.Status.COMPLETE, true)).isEqualTo(TaskResult.Status.PARTIAL);
        assertThat(result.status(TaskResult.Status.PARTIAL, false)).isEqualTo(TaskResult.Status.FAILED);
        assertThat(result.status(TaskResult.Status.CANCELLED, true)).isEqualTo(TaskResult.Status.CANCELLED);
    }

    @Test
    void whatAConditionSkippedIsNotMissing() {
        MergeResult result = new TestingTask()
                .input("mail", "hello")
                .step("a", "fields", new StepOutcome.Skipped(SkipReason.CONDITION, "x"), from("mail"))
                .step("b", "score", succeeded(json("score", 0.8, "{\"value\": 3}")), from("mail"))
                .defaultMapping()
                .merge();

        assertThat(result.output()).isEqualTo(json("{\"score\": {\"value\": 3}}"));
        assertThat(result.missing()).isEmpty();
    }

    @Test
    void bestGuessOfAnAbstentionIsShownAndNotUsed() {
        StepOutcome abstained =
                new StepOutcome.Abstained("blurred", List.of(json("fields", 0.3, "{\"total\": \"1.00\"}")));
        MergeResult result = new TestingTask()
                .input("mail", "hello")
                .step("a", "fields", abstained, from("mail"))
                .map("/total", of("a", "fields", "/total"))
                .merge();

        assertThat(result.output()).isEqualTo(json("{\"total\": null}"));
        assertThat(result.missing()).containsExactly(missing("/total", "abstained: blurred", "a"));
        assertThat(result.conflicts().getFirst().getCandidatesList())
                .extracting(Candidate::getValue)
                .containsExactly(json("\"1.00\""));
        assertThat(result.conflicts().getFirst().getResolved()).isFalse();
        assertThat(result.needsReview()).isTrue();
    }

    @Test
    void anAbstentionThatLeavesAHoleAsksForReviewAndAnotherStepsAnswerDoesNot() {
        StepOutcome abstained = new StepOutcome.Abstained("blurred", List.of());
        TestingTask task = new TestingTask()
                .input("mail", "hello")
                .step("a", "fields", abstained, from("mail"))
                .step("b", "fields", succeeded(json("fields", 0.9, "{\"total\": \"1.00\"}")), from("mail"));
        assertThat(task.map("/total", of("a", "fields", "/total"), of("b", "fields", "/total"))
                        .merge()
                        .needsReview())
                .isFalse();
        assertThat(task.map("/other", of("a", "fields", "/total")).merge().needsReview())
                .isTrue();
    }

    @Test
    void forEachGivesListsWithHoles() {
        StepOutcome.Succeeded first = new StepOutcome.Succeeded(List.of(json("fields", 0.9, "{\"total\": \"1\"}")));
        StepOutcome.Failed second = new StepOutcome.Failed(ErrorCode.SPECIALIST_FAILED, "torn");
        Artifact list = Artifact.newBuilder()
                .setName("fields")
                .setType("fields")
                .setConfidence(0.9)
                .setItems(ArtifactList.newBuilder()
                        .addItems(first.outputs().getFirst())
                        .addItems(Artifact.getDefaultInstance())
                        .addHoles(1))
                .build();
        TestingTask task = new TestingTask()
                .input(Artifact.newBuilder()
                        .setName("pile")
                        .setType("text")
                        .setItems(ArtifactList.newBuilder()
                                .addItems(TestingTask.text("one"))
                                .addItems(TestingTask.text("two")))
                        .build())
                .step("a", "fields", succeeded(list), List.of(first, second), from("pile"))
                .map("/receipts", of("a", "fields"))
                .map("/totals", of("a", "fields", "/total"));
        MergeResult result = task.merge();

        assertThat(result.output())
                .isEqualTo(json("{\"receipts\": [{\"total\": \"1\"}, null], \"totals\": [\"1\", null]}"));
        assertThat(result.missing())
                .containsExactly(
                        missing("/receipts/1", "SPECIALIST_FAILED: torn", "a"),
                        missing("/totals/1", "SPECIALIST_FAILED: torn", "a"));
        assertThat(result.provenance().get("/totals/0").getSources(0).getItem()).isZero();
        assertThat(result.provenance()
                        .get("/totals/0")
                        .getSources(0)
                        .getEvidence(0)
                        .getItem())
                .isZero();
        assertThat(result.provenance()
                        .get("/totals/0")
                        .getSources(0)
                        .getEvidence(0)
                        .getInput())
                .isEqualTo("pile");
    }

    @Test
    void unmetRequestIsMissing() {
        MergeResult result = new TestingTask()
                .input("mail", "hello")
                .step("b", "score", succeeded(json("score", 0.8, "{\"value\": 3}")), from("mail"))
                .defaultMapping()
                .unmet("sing it", "no specialist sings")
                .merge();

        assertThat(result.missing()).containsExactly(missing("", "'sing it': no specialist sings", ""));
    }

    @Test
    void confidenceIsTheLeastOnTheWay() {
        Artifact read =
                TestingTask.text("total 5").toBuilder().setConfidence(0.6).build();
        MergeResult result = new TestingTask()
                .input(Artifact.newBuilder().setName("scan").setType("image").build())
                .step("o", "ocr", succeeded(read), from("scan"))
                .step(
                        "f",
                        "fields",
                        succeeded(json("fields", 0.95, "{\"total\": \"5\"}", note("/total", 0.9, "text", 6, 7))),
                        output("o", "text"))
                .map("/total", of("f", "fields", "/total"))
                .merge();

        assertThat(result.provenance().get("/total").getConfidence()).isEqualTo(0.6);
        assertThat(result.provenance()
                        .get("/total")
                        .getSources(0)
                        .getEvidence(0)
                        .getViaList())
                .containsExactly("o");
    }

    private static MergeResult twoTotals(String first, double sure, String second, double lessSure) {
        return new TestingTask()
                .input("mail", "hello")
                .step("a", "fields", succeeded(json("fields", sure, "{\"total\": \"" + first + "\"}")), from("mail"))
                .step(
                        "b",
                        "fields-2",
                        succeeded(json("fields", lessSure, "{\"total\": \"" + second + "\"}")),
                        from("mail"))
                .defaultMapping()
                .merge();
    }

    private static String entity(String type, String text, int start, int end) {
        return "{\"type\": \"" + type + "\", \"text\": \"" + text + "\", \"start\": " + start + ", \"end\": " + end
                + "}";
    }

    private static Missing missing(String pointer, String reason, String step) {
        return Missing.newBuilder()
                .setPointer(pointer)
                .setReason(reason)
                .setStep(step)
                .build();
    }
}
