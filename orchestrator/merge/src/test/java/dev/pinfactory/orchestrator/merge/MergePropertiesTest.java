package dev.pinfactory.orchestrator.merge;

import static dev.pinfactory.orchestrator.merge.TestingTask.from;
import static dev.pinfactory.orchestrator.merge.TestingTask.json;
import static dev.pinfactory.orchestrator.merge.TestingTask.note;
import static dev.pinfactory.orchestrator.merge.TestingTask.output;
import static dev.pinfactory.orchestrator.merge.TestingTask.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Value;
import dev.pinfactory.orchestrator.engine.StepOutcome;
import dev.pinfactory.orchestrator.engine.StepRecord;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.type.JsonPointer;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.LeafNote;
import dev.pinfactory.proto.v1.OffsetRun;
import dev.pinfactory.proto.v1.Provenance;
import dev.pinfactory.proto.v1.Source;
import dev.pinfactory.proto.v1.SourceEvidence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every merge, over random tasks from printed seeds. */
class MergePropertiesTest {
    private static final int TASKS_PER_SEED = 500;
    private static final List<String> WORDS =
            List.of("pay", "12.50", "👍🏽", "Ada", "𝒳𝒴", "naïve", "7", "é", "~0/1", "total:");

    static LongStream seeds() {
        return LongStream.range(1, 9);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void spanOfEveryLeafHoldsItsValueInTheTasksOwnInput(long seed) {
        Random random = new Random(seed);
        int spans = 0;
        for (int i = 0; i < TASKS_PER_SEED; i++) {
            List<String> words = words(random);
            String text = String.join(" ", words);
            MergeResult result = extraction(random, words, text).merge();
            for (var leaf : result.provenance().entrySet()) {
                Value value = JsonPointer.of(leaf.getKey()).in(result.output()).orElseThrow();
                for (Source source : leaf.getValue().getSourcesList()) {
                    for (SourceEvidence evidence : source.getEvidenceList()) {
                        assertThat(evidence.hasSpan()).isTrue();
                        String there = Texts.slice(text, evidence.getSpan()).orElseThrow();
                        assertThat(there).as("seed %s, task %s", seed, i).isEqualTo(value.getStringValue());
                        assertThat(evidence.getQuote()).isEqualTo(there);
                        spans++;
                    }
                }
            }
        }
        assertThat(spans).isGreaterThan(TASKS_PER_SEED);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void orderOfArrivalNeverChangesTheResult(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < TASKS_PER_SEED; i++) {
            MergeRequest request = disagreement(random).request();
            MergeResult expected = Merge.execute(request, MergeSettings.defaults());
            List<StepRecord> shuffled = new ArrayList<>(request.steps());
            Collections.shuffle(shuffled, random);
            MergeResult result = Merge.execute(
                    new MergeRequest(
                            request.plan(), request.contracts(), request.outputSchema(), shuffled, request.inputs()),
                    MergeSettings.defaults());

            assertThat(result).as("seed %s, task %s", seed, i).isEqualTo(expected);
            assertThat(bytes(result)).isEqualTo(bytes(expected));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyLeafHasProvenanceOrIsMissing(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < TASKS_PER_SEED; i++) {
            MergeResult result = disagreement(random).merge();
            List<String> leaves = new ArrayList<>();
            leaves(result.output(), JsonPointer.whole(), leaves);
            for (String leaf : leaves) {
                boolean missing = result.missing().stream()
                        .anyMatch(each -> each.getPointer().equals(leaf));
                assertThat(result.provenance().containsKey(leaf) != missing)
                        .as("seed %s, task %s, leaf %s of %s", seed, i, leaf, result.output())
                        .isTrue();
            }
            for (Provenance provenance : result.provenance().values()) {
                assertThat(provenance.getSourcesList()).isNotEmpty();
                assertThat(provenance.getConfidence()).isBetween(0.0, 1.0);
            }
            result.conflicts().forEach(conflict -> {
                Value there = JsonPointer.of(conflict.getPointer())
                        .in(result.output())
                        .orElseThrow();
                assertThat(there)
                        .isEqualTo(
                                conflict.getResolved()
                                        ? conflict.getCandidates(0).getValue()
                                        : Json.NULL);
                assertThat(conflict.getMargin()).isBetween(0.0, 1.0);
            });
        }
    }

    /** Fields read from a text, half of the time from what a redaction left of it. */
    private static TestingTask extraction(Random random, List<String> words, String text) {
        boolean redacted = random.nextBoolean();
        List<String> seen = redacted ? words.subList(random.nextInt(words.size()), words.size()) : words;
        String seenText = String.join(" ", seen);
        int dropped = codePoints(text) - codePoints(seenText);
        int count = 1 + random.nextInt(4);
        StringBuilder fields = new StringBuilder("{");
        LeafNote.Builder[] notes = new LeafNote.Builder[count];
        for (int i = 0; i < count; i++) {
            int index = random.nextInt(seen.size());
            int start = seen.subList(0, index).stream()
                    .mapToInt(word -> codePoints(word) + 1)
                    .sum();
            int end = start + codePoints(seen.get(index));
            fields.append(i == 0 ? "" : ",")
                    .append("\"f~")
                    .append(i)
                    .append("/\": \"")
                    .append(seen.get(index))
                    .append('"');
            notes[i] = note("/f~0" + i + "~1", random.nextDouble(), "text", start, end);
        }
        Artifact answer = json("fields", random.nextDouble(), fields.append('}').toString(), notes);
        TestingTask task = new TestingTask().input("mail", text);
        if (!redacted) {
            return task.step("f", "fields", succeeded(answer), from("mail")).defaultMapping();
        }
        Artifact rest = TestingTask.text(seenText).toBuilder()
                .addOffsetMap(OffsetRun.newBuilder()
                        .setEnd(codePoints(seenText))
                        .setSourceStart(dropped)
                        .setSourceEnd(codePoints(text)))
                .build();
        return task.step("f", "fields", succeeded(answer), output("r", "text"))
                .defaultMapping()
                .step("r", "redact", succeeded(rest), from("mail"));
    }

    /** Several specialists that see the same mail and agree now and then. */
    private static TestingTask disagreement(Random random) {
        TestingTask task = new TestingTask().input("mail", "Ada paid 12.50 in Paris");
        int steps = 1 + random.nextInt(5);
        for (int i = 0; i < steps; i++) {
            String kind = List.of("fields", "fields-2", "labels", "entities", "entities-2")
                    .get(random.nextInt(5));
            task.step("s" + i, kind, outcome(random, kind.replace("-2", "")), from("mail"));
        }
        return task.defaultMapping();
    }

    private static StepOutcome outcome(Random random, String type) {
        double confidence = random.nextInt(4) / 4.0 + 0.2;
        return switch (random.nextInt(8)) {
            case 0 -> new StepOutcome.Failed(ErrorCode.SPECIALIST_FAILED, "oops");
            case 1 -> new StepOutcome.Abstained("unsure", List.of(answer(random, type, confidence)));
            default -> succeeded(answer(random, type, confidence));
        };
    }

    private static Artifact answer(Random random, String type, double confidence) {
        return switch (type) {
            case "labels" -> json(type, confidence, "{\"label\": \"" + WORDS.get(random.nextInt(3)) + "\"}");
            case "entities" -> json(type, confidence, "[" + entity(random) + "," + entity(random) + "]");
            default ->
                json(
                        type,
                        confidence,
                        "{\"total\": " + List.of("\"1.00\"", "\"2.00\"", "null").get(random.nextInt(3))
                                + ", \"deep\": {\"x\": " + random.nextInt(2) + "}, \"list\": ["
                                + random.nextInt(2) + "]}",
                        note("/total", random.nextInt(5) / 4.0, "text", 9, 14));
        };
    }

    private static String entity(Random random) {
        int start = random.nextInt(18);
        return "{\"type\": \"" + List.of("A", "B").get(random.nextInt(2)) + "\", \"start\": " + start + ", \"end\": "
                + (start + 1 + random.nextInt(5)) + ", \"text\": \"t\"}";
    }

    private static List<String> words(Random random) {
        String[] words = new String[2 + random.nextInt(12)];
        Arrays.setAll(words, i -> WORDS.get(random.nextInt(WORDS.size())));
        return List.of(words);
    }

    private static int codePoints(String text) {
        return text.codePointCount(0, text.length());
    }

    private static void leaves(Value value, JsonPointer at, List<String> leaves) {
        if (value.hasStructValue() && value.getStructValue().getFieldsCount() > 0) {
            value.getStructValue().getFieldsMap().forEach((key, child) -> leaves(child, at.child(key), leaves));
        } else if (value.hasListValue() && value.getListValue().getValuesCount() > 0) {
            for (int i = 0; i < value.getListValue().getValuesCount(); i++) {
                leaves(value.getListValue().getValues(i), at.child(i), leaves);
            }
        } else {
            leaves.add(at.toString());
        }
    }

    private static List<Byte> bytes(MergeResult result) {
        List<Byte> bytes = new ArrayList<>();
        for (byte each : result.output().toByteArray()) {
            bytes.add(each);
        }
        result.provenance().forEach((pointer, provenance) -> {
            for (byte each : provenance.toByteArray()) {
                bytes.add(each);
            }
        });
        return bytes;
    }
}
