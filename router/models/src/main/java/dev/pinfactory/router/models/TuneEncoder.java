package dev.pinfactory.router.models;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.optimizer.Optimizer;
import dev.pinfactory.encoder.LowerLayers;
import dev.pinfactory.encoder.QuantisedModel;
import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.router.models.TokenScorerTraining.Padded;
import dev.pinfactory.router.models.TuningBatches.Batch;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tunes the sentence encoder's upper layers to score cards by the words of a request: {@code --data DIR --out DIR [--leave-out LIBRARY] [--steps N]}. Needs DJL's PyTorch
 * engine on the class path, which the Maven profile {@code tune} brings. The output is {@code encoder.bin} and its lineage. Sums of floats come out in another order with
 * another number of threads; with one thread the same data and seed give the same bytes.
 */
public final class TuneEncoder {
    private static final long SEED = 20261122;
    private static final int FIRST_LEARNED = 6;
    private static final int RANK = 16;
    private static final int STEPS = 400;

    /** A longer gradient is shortened to this. */
    private static final double LONGEST = 1;

    /** One that is so long is a failure of arithmetic, once in some hundred steps, and no direction to go in; ordinary ones stay below 3. */
    private static final double BROKEN = 30;

    private static final float WARM_UP = 30;
    private static final float LEAST_SHARE = 0.05f;
    private static final int MOST_PIECES = 96;
    private static final int REPORT_EVERY = 20;
    private static final float RATE = 1e-3f;
    private static final float RATE_OF_MATRICES = 2e-4f;
    private static final float RATE_OF_NUMBERS = 5e-2f;

    private final LowerLayers lower;
    private final Map<String, float[][]> states = new HashMap<>();
    private final PrintStream out;
    private int broken;

    private TuneEncoder(LowerLayers lower, PrintStream out) {
        this.lower = lower;
        this.out = out;
    }

    public static void main(String[] line) {
        try {
            TrainingOptions options = TrainingOptions.of(line, "--steps");
            int steps = options.number("--steps", Integer::valueOf, STEPS);
            Path target = options.out();
            Files.createDirectories(target);
            try (LowerLayers lower = LowerLayers.first(FIRST_LEARNED)) {
                new TuneEncoder(lower, System.out)
                        .tune(new TrainingMaterial(options.data(), 1, SEED - 1), options.leftOut(), steps, target);
            }
        } catch (IllegalArgumentException | IOException | UncheckedIOException e) {
            System.err.println("tuning the encoder: " + e.getMessage());
            System.exit(2);
        }
    }

    private void tune(TrainingMaterial material, String leftOut, int steps, Path target) throws IOException {
        out.println("seed " + SEED + (leftOut.isEmpty() ? "" : ", without " + leftOut));
        Engine.getInstance().setRandomSeed((int) SEED);
        TuningBatches batches = TuningBatches.of(material, leftOut, SEED);
        try (NDManager manager = NDManager.newBaseManager()) {
            UpperLayers upper =
                    new UpperLayers(QuantisedModel.shipped(), FIRST_LEARNED, RANK, manager, new Random(SEED));
            TokenScorerTraining scorer = new TokenScorerTraining(manager);
            List<Learner> learners = List.of(
                    new Learner("layers", upper.learned(), RATE, steps),
                    new Learner("matrices", scorer.matrices(), RATE_OF_MATRICES, steps),
                    new Learner("numbers", scorer.numbers(), RATE_OF_NUMBERS, steps));
            double loss = 0;
            Instant begin = Instant.now();
            for (int step = 1; step <= steps; step++) {
                loss += step(batches.next(), upper, scorer, learners, manager);
                if (step % REPORT_EVERY == 0) {
                    Duration each = Duration.between(begin, Instant.now()).dividedBy(step);
                    out.printf(
                            "step %d of %d, loss %.3f, %d ms each%n",
                            step, steps, loss / REPORT_EVERY, each.toMillis());
                    loss = 0;
                }
            }
            TunedEncoder tuned =
                    new TunedEncoder(upper.adapter(SentenceEncoder.shared().digest()), scorer.result());
            write(tuned, material, leftOut, steps, target);
        }
    }

    private double step(
            Batch batch, UpperLayers upper, TokenScorerTraining scorer, List<Learner> learners, NDManager manager) {
        try (NDManager memory = manager.newSubManager()) {
            Padded requests =
                    Padded.of(batch.requests().stream().map(this::below).toList(), memory);
            Padded cards = Padded.of(batch.cards().stream().map(this::below).toList(), memory);
            NDArray labels = memory.create(
                    batch.labels(),
                    new Shape(batch.requests().size(), batch.cards().size()));
            double loss;
            try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
                NDArray vectors =
                        TokenScorerTraining.unit(UpperLayers.first(upper.forward(cards.states(), cards.mask())));
                NDArray logits =
                        scorer.logits(upper.forward(requests.states(), requests.mask()), requests.inner(), vectors);
                NDArray lost = TokenScorerTraining.loss(logits, labels);
                loss = lost.getFloat();
                gradients.backward(lost);
            }
            double length = Math.sqrt(
                    learners.stream().mapToDouble(Learner::squaredLength).sum());
            if (length < BROKEN) {
                double shortened = Math.min(1, LONGEST / length);
                learners.forEach(learner -> learner.step(shortened));
            } else {
                broken++;
                learners.forEach(Learner::forget);
            }
            return loss;
        }
    }

    private float[][] below(String text) {
        return states.computeIfAbsent(text, key -> lower.states(key, MOST_PIECES));
    }

    /** Arrays that learn at one rate: Adam, warming up and then fading out. */
    private static final class Learner {
        private static final NDIndex EVERYTHING = new NDIndex("...");

        private final String name;
        private final List<NDArray> arrays;
        private final Optimizer optimizer;

        Learner(String name, List<NDArray> arrays, float rate, int steps) {
            this.name = name;
            this.arrays = arrays;
            this.optimizer = Optimizer.adam()
                    .optLearningRateTracker((parameter, step) ->
                            rate * Math.min(1f, step / WARM_UP) * Math.max(LEAST_SHARE, 1 - step / (float) steps))
                    .build();
            arrays.forEach(array -> array.setRequiresGradient(true));
        }

        /** Of all gradients together. */
        double squaredLength() {
            double sum = 0;
            for (NDArray array : arrays) {
                try (NDArray gradient = array.getGradient();
                        NDArray squares = gradient.square();
                        NDArray total = squares.sum()) {
                    sum += total.getFloat();
                }
            }
            return sum;
        }

        void step(double shortened) {
            for (int i = 0; i < arrays.size(); i++) {
                NDArray array = arrays.get(i);
                try (NDArray gradient = array.getGradient()) {
                    gradient.muli(shortened);
                    optimizer.update(name + i, array, gradient);
                }
            }
            forget();
        }

        /** The next gradient is added to what is there. */
        void forget() {
            for (NDArray array : arrays) {
                try (NDArray gradient = array.getGradient()) {
                    gradient.set(EVERYTHING, 0);
                }
            }
        }
    }

    private void write(TunedEncoder tuned, TrainingMaterial material, String leftOut, int steps, Path target)
            throws IOException {
        byte[] bytes = tuned.toBytes();
        Files.write(target.resolve(RouterFiles.ENCODER), bytes);
        Map<String, Object> lineage = new LinkedHashMap<>();
        lineage.put("model", Digests.of(bytes));
        lineage.put("encoder", tuned.adapter().encoder());
        lineage.put("trainer", TuneEncoder.class.getName());
        lineage.put("seed", SEED);
        lineage.put("steps", steps);
        lineage.put("steps with a broken gradient, left out", broken);
        if (!leftOut.isEmpty()) {
            lineage.put("left out", leftOut);
        }
        lineage.put(
                "data",
                material.digests(Stream.of(
                                "taskbench/multimedia/tools.json",
                                TrainingMaterial.MULTIMEDIA_REQUESTS,
                                "taskbench/huggingface/tools.json",
                                "taskbench/huggingface/requests-train.jsonl",
                                "metatool/tools.json",
                                "metatool/requests-train.jsonl.gz",
                                "clinc150/train.jsonl.gz")
                        .filter(file -> leftOut.isEmpty() || !file.contains(leftOut))
                        .toList()));
        Files.writeString(
                target.resolve(TunedEncoder.LINEAGE),
                JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(lineage) + "\n");
        out.println("wrote " + target.resolve(RouterFiles.ENCODER) + ", " + bytes.length + " bytes");
    }
}
