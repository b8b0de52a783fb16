package dev.pinfactory.specialists.clauses;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Trains a {@link StateNetwork} by Adam with decoupled decay, leaving out inputs and units at random. Several small networks learn from the same clauses and answer as
 * one, by their mean. One thread; the same data and seed give the same bytes.
 */
final class StateNetworkTrainer {
    private static final int NETWORKS = 2;
    private static final int UNITS = 128;
    private static final int PASSES = 15;
    private static final int BATCH = 64;
    private static final float RATE = 1e-3f;
    private static final float DECAY = 0.02f;
    private static final float INPUTS_LEFT_OUT = 0.2f;
    private static final float UNITS_LEFT_OUT = 0.3f;

    /** Most clauses are in no kind. */
    private static final float FIRST_OFFSET = -4;

    private static final float LEAST_WIDTH = 1e-6f;

    private final int inputs;
    private final int kinds;
    private final float[][] standard;
    private final float[][] targets;
    private final float[] centres;
    private final float[] widths;

    /**
     * @param states of the clauses
     * @param targets of each clause, 1 for a kind that it has and 0 for others
     */
    StateNetworkTrainer(List<float[]> states, List<float[]> targets) {
        this.inputs = states.getFirst().length;
        this.kinds = targets.getFirst().length;
        this.targets = targets.toArray(float[][]::new);
        this.centres = new float[inputs];
        this.widths = new float[inputs];
        for (int i = 0; i < inputs; i++) {
            double sum = 0;
            double squares = 0;
            for (float[] one : states) {
                sum += one[i];
                squares += (double) one[i] * one[i];
            }
            double mean = sum / states.size();
            centres[i] = (float) mean;
            widths[i] = LEAST_WIDTH + (float) Math.sqrt(Math.max(0, squares / states.size() - mean * mean));
        }
        this.standard = new float[states.size()][inputs];
        for (int k = 0; k < standard.length; k++) {
            for (int i = 0; i < inputs; i++) {
                standard[k][i] = (states.get(k)[i] - centres[i]) / widths[i];
            }
        }
    }

    /** For the lineage. */
    static Map<String, Object> settings() {
        return new TreeMap<>(Map.of(
                "networks", NETWORKS, "units", UNITS, "passes", PASSES, "batch", BATCH, "rate", RATE, "decay", DECAY));
    }

    StateNetwork train(long seed) {
        int units = NETWORKS * UNITS;
        float[] weights = new float[inputs * units];
        float[] biases = new float[units];
        float[] outputs = new float[units * kinds];
        float[] offsets = new float[kinds];
        for (int network = 0; network < NETWORKS; network++) {
            Learned one = new Learned(seed + network);
            one.learn();
            for (int i = 0; i < inputs; i++) {
                System.arraycopy(one.weights.values, i * UNITS, weights, i * units + network * UNITS, UNITS);
            }
            System.arraycopy(one.biases.values, 0, biases, network * UNITS, UNITS);
            for (int at = 0; at < UNITS * kinds; at++) {
                outputs[network * UNITS * kinds + at] = one.outputs.values[at] / NETWORKS;
            }
            for (int kind = 0; kind < kinds; kind++) {
                offsets[kind] += one.offsets.values[kind] / NETWORKS;
            }
        }
        return StateNetwork.quantised(centres, widths, weights, biases, outputs, offsets);
    }

    /** One of the networks. Batches go through it input by input, so that what is summed stays in the processor's cache. */
    private final class Learned {
        private final SplittableRandom random;
        private final Random order;
        private final Adam weights = new Adam(inputs * UNITS, DECAY);
        private final Adam biases = new Adam(UNITS, 0);
        private final Adam outputs = new Adam(UNITS * kinds, DECAY);
        private final Adam offsets = new Adam(kinds, 0);
        private final float[][] seen = new float[BATCH][inputs];
        private final float[][] active = new float[BATCH][UNITS];
        private final float[][] blame = new float[BATCH][UNITS];
        private final float[] wrong = new float[kinds];

        Learned(long seed) {
            random = new SplittableRandom(seed);
            order = new Random(seed);
            for (int at = 0; at < weights.values.length; at++) {
                weights.values[at] = (float) (order.nextGaussian() * Math.sqrt(2.0 / inputs));
            }
            Arrays.fill(offsets.values, FIRST_OFFSET);
        }

        void learn() {
            List<Integer> clauses =
                    new ArrayList<>(IntStream.range(0, standard.length).boxed().toList());
            int batch = Math.min(BATCH, standard.length);
            int steps = PASSES * (standard.length / batch);
            int step = 0;
            for (int pass = 0; pass < PASSES; pass++) {
                Collections.shuffle(clauses, order);
                for (int from = 0; from + batch <= clauses.size(); from += batch) {
                    step++;
                    step(clauses.subList(from, from + batch), step, RATE * (1 - step / (steps + 1f)));
                }
            }
        }

        private void step(List<Integer> batch, int step, float rate) {
            forward(batch);
            for (int k = 0; k < batch.size(); k++) {
                backward(k, targets[batch.get(k)], batch.size());
            }
            for (int i = 0; i < inputs; i++) {
                for (int k = 0; k < batch.size(); k++) {
                    add(blame[k], 0, seen[k][i], weights.gradient, i * UNITS);
                }
            }
            weights.step(step, rate);
            biases.step(step, rate);
            outputs.step(step, rate);
            offsets.step(step, rate);
        }

        private void forward(List<Integer> batch) {
            for (int k = 0; k < batch.size(); k++) {
                float[] one = standard[batch.get(k)];
                for (int i = 0; i < inputs; i++) {
                    seen[k][i] = one[i] * kept(INPUTS_LEFT_OUT);
                }
                System.arraycopy(biases.values, 0, active[k], 0, UNITS);
            }
            for (int i = 0; i < inputs; i++) {
                for (int k = 0; k < batch.size(); k++) {
                    add(weights.values, i * UNITS, seen[k][i], active[k], 0);
                }
            }
        }

        /** From what one clause's answer got wrong to what its units are to blame for. */
        private void backward(int k, float[] target, int count) {
            float[] unit = active[k];
            float[] slope = blame[k];
            for (int j = 0; j < UNITS; j++) {
                slope[j] = unit[j] > 0 ? kept(UNITS_LEFT_OUT) : 0;
                unit[j] *= slope[j];
            }
            for (int kind = 0; kind < kinds; kind++) {
                double logOdds = offsets.values[kind];
                for (int j = 0; j < UNITS; j++) {
                    logOdds += unit[j] * outputs.values[j * kinds + kind];
                }
                wrong[kind] = (float) (1 / (1 + StrictMath.exp(-logOdds)) - target[kind]) / count;
                offsets.gradient[kind] += wrong[kind];
            }
            for (int j = 0; j < UNITS; j++) {
                float sum = 0;
                for (int kind = 0; kind < kinds; kind++) {
                    sum += wrong[kind] * outputs.values[j * kinds + kind];
                    outputs.gradient[j * kinds + kind] += wrong[kind] * unit[j];
                }
                slope[j] *= sum;
                biases.gradient[j] += slope[j];
            }
        }

        /** 0 for what is left out; what is kept counts for it. */
        private float kept(float share) {
            return random.nextInt(1 << 16) < share * (1 << 16) ? 0 : 1 / (1 - share);
        }
    }

    private static void add(float[] from, int start, float factor, float[] to, int place) {
        if (factor == 0) {
            return;
        }
        for (int j = 0; j < UNITS; j++) {
            to[place + j] += factor * from[start + j];
        }
    }
}
