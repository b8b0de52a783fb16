package dev.pinfactory.orchestrator.merge;

import static dev.pinfactory.orchestrator.merge.TestingTask.from;
import static dev.pinfactory.orchestrator.merge.TestingTask.json;
import static dev.pinfactory.orchestrator.merge.TestingTask.note;
import static dev.pinfactory.orchestrator.merge.TestingTask.of;
import static dev.pinfactory.orchestrator.merge.TestingTask.output;
import static dev.pinfactory.orchestrator.merge.TestingTask.succeeded;
import static dev.pinfactory.orchestrator.merge.TestingTask.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.ArtifactList;
import dev.pinfactory.proto.v1.Box;
import dev.pinfactory.proto.v1.Evidence;
import dev.pinfactory.proto.v1.OffsetRun;
import dev.pinfactory.proto.v1.PageBox;
import dev.pinfactory.proto.v1.Segment;
import dev.pinfactory.proto.v1.SourceEvidence;
import dev.pinfactory.proto.v1.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Evidence is led back to the task's own inputs, whatever lies between. */
class LineageTest {
    @Test
    void spanInTheTasksTextHasItsQuote() {
        SourceEvidence evidence = total(new TestingTask()
                .input("mail", "pay 12.50 now")
                .step(
                        "f",
                        "fields",
                        succeeded(json("fields", 0.9, "{\"total\": \"12.50\"}", note("/total", 0.8, "text", 4, 9))),
                        from("mail")));

        assertThat(evidence)
                .isEqualTo(SourceEvidence.newBuilder()
                        .setInput("mail")
                        .setSpan(span(4, 9))
                        .setQuote("12.50")
                        .build());
    }

    @Test
    void offsetsAreCodePoints() {
        SourceEvidence evidence = total(new TestingTask()
                .input("mail", "👍🏽𝒳 12.50 ok")
                .step(
                        "f",
                        "fields",
                        succeeded(json("fields", 0.9, "{\"total\": \"12.50\"}", note("/total", 0.8, "text", 4, 9))),
                        from("mail")));

        assertThat(evidence.getQuote()).isEqualTo("12.50");
    }

    @Test
    void ocrTextLeadsToThePlaceOnThePage() {
        Artifact read = text("TOTAL 12.50").toBuilder()
                .addSegments(segment(0, 5, 1, 10))
                .addSegments(segment(6, 9, 1, 70))
                .addSegments(segment(9, 11, 1, 100))
                .build();
        SourceEvidence evidence = total(new TestingTask()
                .input(Artifact.newBuilder().setName("scan").setType("image").build())
                .step("o", "ocr", succeeded(read), from("scan"))
                .step(
                        "f",
                        "fields",
                        succeeded(json("fields", 0.9, "{\"total\": \"12.50\"}", note("/total", 0.8, "text", 6, 11))),
                        output("o", "text")));

        assertThat(evidence)
                .isEqualTo(SourceEvidence.newBuilder()
                        .setInput("scan")
                        .setPlace(PageBox.newBuilder()
                                .setPage(1)
                                .setBox(Box.newBuilder()
                                        .setLeft(70)
                                        .setTop(5)
                                        .setRight(120)
                                        .setBottom(15)))
                        .addVia("o")
                        .setQuote("12.50")
                        .build());
    }

    @Test
    void redactedTextLeadsToTheOriginalThroughTheOffsetMap() {
        String original = "Dear 👩 Ada Lovelace, pay 12.50";
        // "Ada Lovelace" is 7 to 19 in the original; "[NAME]" is 7 to 13 in what is left.
        Artifact redacted = text("Dear 👩 [NAME], pay 12.50").toBuilder()
                .addOffsetMap(run(0, 7, 0, 7))
                .addOffsetMap(run(7, 13, 7, 19))
                .addOffsetMap(run(13, 24, 19, 30))
                .build();
        TestingTask task = new TestingTask()
                .input("mail", original)
                .step("r", "redact", succeeded(redacted), from("mail"))
                .step(
                        "f",
                        "fields",
                        succeeded(json(
                                "fields",
                                0.9,
                                "{\"total\": \"12.50\", \"who\": \"[NAME]\"}",
                                note("/total", 0.8, "text", 19, 24),
                                note("/who", 0.8, "text", 8, 10))),
                        output("r", "text"))
                .map("/total", of("f", "fields", "/total"))
                .map("/who", of("f", "fields", "/who"));

        SourceEvidence total = evidence(task.merge(), "/total").getFirst();
        SourceEvidence who = evidence(task.merge(), "/who").getFirst();
        assertThat(total.getSpan()).isEqualTo(span(25, 30));
        assertThat(total.getQuote()).isEqualTo("12.50");
        assertThat(total.getViaList()).containsExactly("r");
        assertThat(who.getQuote()).as("a run of another length maps as a whole").isEqualTo("Ada Lovelace");
    }

    @Test
    void chainThroughRedactionAndOcrEndsAtTheScan() {
        Artifact read = text("TOTAL 12.50").toBuilder()
                .addSegments(segment(0, 5, 2, 10))
                .addSegments(segment(6, 11, 2, 70))
                .build();
        Artifact redacted =
                text("12.50").toBuilder().addOffsetMap(run(0, 5, 6, 11)).build();
        SourceEvidence evidence = total(new TestingTask()
                .input(Artifact.newBuilder().setName("scan").setType("image").build())
                .step("o", "ocr", succeeded(read), from("scan"))
                .step("r", "redact", succeeded(redacted), output("o", "text"))
                .step(
                        "f",
                        "fields",
                        succeeded(json("fields", 0.9, "{\"total\": \"12.50\"}", note("/total", 0.8, "text", 0, 5))),
                        output("r", "text")));

        assertThat(evidence.getInput()).isEqualTo("scan");
        assertThat(evidence.getViaList()).containsExactly("r", "o");
        assertThat(evidence.getPlace().getPage()).isEqualTo(2);
        assertThat(evidence.getPlace().getBox().getLeft()).isEqualTo(70);
        assertThat(evidence.getQuote()).isEqualTo("12.50");
    }

    @Test
    void placeOfTheTasksOwnTextIsTold() {
        Artifact mail = text("pay 12.50").toBuilder()
                .setName("mail")
                .addSegments(segment(4, 9, 3, 50))
                .build();
        SourceEvidence evidence = total(new TestingTask()
                .input(mail)
                .step(
                        "f",
                        "fields",
                        succeeded(json("fields", 0.9, "{\"total\": \"12.50\"}", note("/total", 0.8, "text", 4, 9))),
                        from("mail")));

        assertThat(evidence.getSpan()).isEqualTo(span(4, 9));
        assertThat(evidence.getPlace().getPage()).isEqualTo(3);
    }

    @Test
    void leafWithoutANoteHasTheWholeInput() {
        SourceEvidence evidence = total(new TestingTask()
                .input("mail", "pay 12.50 now")
                .step("f", "fields", succeeded(json("fields", 0.9, "{\"total\": \"12.50\"}")), from("mail")));

        assertThat(evidence)
                .isEqualTo(SourceEvidence.newBuilder().setInput("mail").build());
    }

    @Test
    void noteOnAnObjectHoldsForItsLeaves() {
        TestingTask task = new TestingTask()
                .input("mail", "Ada 7")
                .step(
                        "f",
                        "fields",
                        succeeded(json(
                                "fields",
                                0.9,
                                "{\"who\": {\"name\": \"Ada\", \"age\": 7}}",
                                note("/who", 0.7, "text", 0, 5),
                                note("/who/age", 0.6))),
                        from("mail"))
                .map("", of("f", "fields"));

        MergeResult result = task.merge();
        assertThat(evidence(result, "/who/name").getFirst().getQuote()).isEqualTo("Ada 7");
        assertThat(result.provenance().get("/who/name").getConfidence()).isEqualTo(0.7);
        assertThat(result.provenance().get("/who/age").getConfidence()).isEqualTo(0.6);
        assertThat(evidence(result, "/who/age").getFirst().getQuote()).isEqualTo("Ada 7");
    }

    @Test
    void spanOutsideTheTextIsTheWholeInput() {
        for (int[] bad : new int[][] {{-1, 4}, {4, 400}, {5, 5}, {9, 4}}) {
            SourceEvidence evidence = total(new TestingTask()
                    .input("mail", "pay 12.50 now")
                    .step(
                            "f",
                            "fields",
                            succeeded(json(
                                    "fields",
                                    0.9,
                                    "{\"total\": \"12.50\"}",
                                    note("/total", 0.8, "text", bad[0], bad[1]))),
                            from("mail")));

            assertThat(evidence)
                    .isEqualTo(SourceEvidence.newBuilder().setInput("mail").build());
        }
    }

    @Test
    void evidenceForAnUnknownPortOrPointerIsTheWholeInput() {
        TestingTask task = new TestingTask()
                .input("mail", "pay 12.50 now")
                .step(
                        "f",
                        "fields",
                        succeeded(json(
                                "fields",
                                0.9,
                                "{\"total\": \"12.50\"}",
                                note("/total", 0.8, "telepathy", 4, 9),
                                note("no pointer", 0.1, "text", 0, 1))),
                        from("mail"))
                .map("/total", of("f", "fields", "/total"));

        assertThat(evidence(task.merge(), "/total"))
                .containsExactly(SourceEvidence.newBuilder().setInput("mail").build());
    }

    @Test
    void elementOfAListPortIsCountedWithoutHoles() {
        Artifact each = Artifact.newBuilder()
                .setName("text")
                .setType("text")
                .setConfidence(0.9)
                .setItems(ArtifactList.newBuilder()
                        .addItems(Artifact.getDefaultInstance())
                        .addHoles(0)
                        .addItems(text("second").toBuilder().addOffsetMap(run(0, 6, 0, 6))))
                .build();
        Artifact summary = Artifact.newBuilder()
                .setName("summary")
                .setType("text")
                .setText("second")
                .setConfidence(0.8)
                .addLeaves(note("", 0.8)
                        .addEvidence(Evidence.newBuilder()
                                .setInput("text")
                                .setItem(0)
                                .setSpan(span(0, 6))))
                .build();
        TestingTask task = new TestingTask()
                .input(Artifact.newBuilder()
                        .setName("pile")
                        .setType("text")
                        .setItems(ArtifactList.newBuilder()
                                .addItems(text("first"))
                                .addItems(text("second")))
                        .build())
                .step(
                        "r",
                        "redact",
                        succeeded(each),
                        List.of(
                                new dev.pinfactory.orchestrator.engine.StepOutcome.Cancelled(),
                                succeeded(text("second"))),
                        from("pile"))
                .step("s", "summary", succeeded(summary), output("r", "text"))
                .map("/summary", of("s", "summary"));

        assertThat(evidence(task.merge(), "/summary"))
                .containsExactly(SourceEvidence.newBuilder()
                        .setInput("pile")
                        .setItem(1)
                        .setSpan(span(0, 6))
                        .addVia("r")
                        .setQuote("second")
                        .build());
    }

    @Test
    void quoteIsShortened() {
        SourceEvidence evidence = total(new TestingTask()
                .input("mail", "𝒳".repeat(500))
                .step(
                        "f",
                        "fields",
                        succeeded(json("fields", 0.9, "{\"total\": \"x\"}", note("/total", 0.8, "text", 0, 500))),
                        from("mail")));

        assertThat(evidence.getQuote()).isEqualTo("𝒳".repeat(200));
    }

    private static SourceEvidence total(TestingTask task) {
        List<SourceEvidence> evidence =
                evidence(task.map("/total", of("f", "fields", "/total")).merge(), "/total");
        assertThat(evidence).hasSize(1);
        return evidence.getFirst();
    }

    private static List<SourceEvidence> evidence(MergeResult result, String pointer) {
        return result.provenance().get(pointer).getSources(0).getEvidenceList();
    }

    private static Span span(int start, int end) {
        return Span.newBuilder().setStart(start).setEnd(end).build();
    }

    private static OffsetRun run(int start, int end, int sourceStart, int sourceEnd) {
        return OffsetRun.newBuilder()
                .setStart(start)
                .setEnd(end)
                .setSourceStart(sourceStart)
                .setSourceEnd(sourceEnd)
                .build();
    }

    private static Segment segment(int start, int end, int page, int left) {
        return Segment.newBuilder()
                .setStart(start)
                .setEnd(end)
                .setPage(page)
                .setBox(Box.newBuilder()
                        .setLeft(left)
                        .setTop(5)
                        .setRight(left + (end - start) * 10)
                        .setBottom(15))
                .build();
    }
}
