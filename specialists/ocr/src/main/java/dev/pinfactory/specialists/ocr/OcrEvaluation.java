package dev.pinfactory.specialists.ocr;

import com.sun.management.OperatingSystemMXBean;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.evaluation.Answer;
import dev.pinfactory.specialists.learning.evaluation.EvaluatedItem;
import dev.pinfactory.specialists.learning.evaluation.EvaluationData;
import dev.pinfactory.specialists.learning.evaluation.EvaluationItem;
import dev.pinfactory.specialists.learning.evaluation.SpecialistEvaluation;
import dev.pinfactory.specialists.ocr.OcrData.LabelledImage;
import dev.pinfactory.specialists.receiptfields.LabelledReceipt;
import dev.pinfactory.specialists.receiptfields.ReceiptFieldsEvaluation;
import dev.pinfactory.specialists.receiptfields.ReceiptFieldsSpecialist;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.ModelSource;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/**
 * Measures on the images of receipts_sroie ({@link OcrData}): {@code recall} and {@code precision} of words, {@code ece} and {@code brier} of the confidences of lines, {@code f1} of the fields that
 * {@code receipt-fields} then finds (in upper case, as the set writes them; else as its own evaluation counts them), and {@code cpu_seconds} of the process for
 * a page, loading and compiling included.
 */
public final class OcrEvaluation implements SpecialistEvaluation<OcrEvaluation.Gold> {
    private static final double NANOS = 1e9;

    private final Optional<ModelSource> receiptModel;
    private final AtomicLong cpuAtStart = new AtomicLong(-1);
    private final AtomicInteger calls = new AtomicInteger();

    /**
     * What is known of an image.
     *
     * @param transcript empty where only the fields are known
     * @param line of the file
     */
    public record Gold(Optional<String> transcript, JsonNode line) {}

    /** With the model that {@code receipt-fields} comes with. */
    public OcrEvaluation() {
        this.receiptModel = Optional.empty();
    }

    /** With another one, such as one that has not learnt from the receipts that are measured on. */
    OcrEvaluation(ModelSource receiptModel) {
        this.receiptModel = Optional.of(receiptModel);
    }

    @Override
    public String specialist() {
        return "ocr";
    }

    /** Images are read from disk as they are asked for. */
    @Override
    public String example() {
        return "{\"image\": \"1.jpg\", \"lines\": [{\"box\": [10, 5, 90, 20], \"text\": \"TOTAL 9.00\"}], \"fields\": {\"total\": \"9.00\"}}";
    }

    @Override
    public List<EvaluationItem<Gold>> read(EvaluationData data) {
        List<LabelledImage> images = OcrData.read(data.file());
        return new AbstractList<>() {
            @Override
            public EvaluationItem<Gold> get(int index) {
                cpuAtStart.compareAndSet(-1, cpuNanos());
                calls.incrementAndGet();
                LabelledImage image = images.get(index);
                Optional<String> transcript = image.transcript();
                boolean known =
                        transcript.isPresent() || image.line().path("fields").isObject();
                return EvaluationItem.of(
                        image.artifact(), known ? Optional.of(new Gold(transcript, image.line())) : Optional.empty());
            }

            @Override
            public int size() {
                return images.size();
            }
        };
    }

    @Override
    public Map<String, Metric> measure(List<EvaluatedItem<Gold>> items) {
        double cpu = (cpuNanos() - cpuAtStart.get()) / NANOS / Math.max(1, calls.get());
        Map<String, Metric> metrics = new LinkedHashMap<>();
        List<WordCount> words = items.stream()
                .flatMap(item -> item.gold().transcript().stream()
                        .map(gold -> WordCount.of(gold, text(item).getText())))
                .toList();
        if (!words.isEmpty()) {
            metrics.putAll(WordCount.metrics(words));
        }
        metrics.putAll(LineScores.metrics(items.stream()
                .flatMap(item -> LineScores.outcomes(item.gold().line(), text(item)).stream())
                .toList()));
        List<EvaluatedItem<LabelledReceipt>> receipts = receipts(items);
        if (!receipts.isEmpty()) {
            metrics.putAll(new ReceiptFieldsEvaluation().measure(receipts));
        }
        if (calls.get() > 0) {
            metrics.put("cpu_seconds", new Metric("cpu_seconds", cpu, cpu, cpu, calls.get()));
        }
        return metrics;
    }

    /** What receipt-fields makes of the texts. */
    private List<EvaluatedItem<LabelledReceipt>> receipts(List<EvaluatedItem<Gold>> items) {
        List<EvaluatedItem<LabelledReceipt>> receipts = new ArrayList<>();
        try (SpecialistModel fields = receiptFields()) {
            for (EvaluatedItem<Gold> item : items) {
                Artifact text = text(item);
                Answer answer = answer(fields, text);
                ReceiptFieldsEvaluation.gold(item.gold().line(), UpperCase.of(text))
                        .ifPresent(gold -> receipts.add(new EvaluatedItem<>(Optional.of(gold), answer)));
            }
        }
        return receipts;
    }

    private static Answer answer(SpecialistModel fields, Artifact text) {
        return switch (fields.infer(List.of(Inference.of(text))).getFirst()) {
            case InferenceResult.Answered answered -> new Answer.Given(UpperCase.of(answered.outputs()));
            case InferenceResult.Abstained abstained ->
                new Answer.Abstained(abstained.reason(), UpperCase.of(abstained.bestGuess()));
            case InferenceResult.Failed failed -> new Answer.Refused(failed.detail());
        };
    }

    private SpecialistModel receiptFields() {
        try (InputStream shipped = Objects.requireNonNull(
                ReceiptFieldsSpecialist.class.getResourceAsStream("model.bin"), "receipt-fields has no model")) {
            ModelSource source = receiptModel.isPresent() ? receiptModel.get() : ModelSource.of(shipped);
            return new ReceiptFieldsSpecialist().load(source);
        } catch (IOException e) {
            throw new UncheckedIOException("the model of receipt-fields can't be read", e);
        }
    }

    /** Empty where nothing was read. */
    private static Artifact text(EvaluatedItem<Gold> item) {
        return item.answer()
                .output(OcrSpecialist.TEXT)
                .orElseGet(() -> Artifact.newBuilder()
                        .setName(OcrSpecialist.TEXT)
                        .setType("text")
                        .setText("")
                        .build());
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }
}
