package dev.pinfactory.specialists.clauses;

import dev.pinfactory.specialists.learning.ModelInput;
import dev.pinfactory.specialists.learning.ModelOutput;
import java.io.IOException;

/**
 * A network with one hidden layer of rectified units over {@link ClauseStates}. Its first weights are kept in 8 bits, with a step for each unit. Deterministic.
 *
 * @param centres of the inputs
 * @param widths of the inputs, none of them 0
 * @param steps of the units' weights
 * @param weights [inputs × units]
 * @param biases of the units
 * @param outputs [units × kinds]
 * @param offsets of the kinds
 */
record StateNetwork(
        float[] centres,
        float[] widths,
        float[] steps,
        byte[] weights,
        float[] biases,
        float[] outputs,
        float[] offsets) {
    private static final int MOST_UNITS = 1024;
    private static final float LARGEST = 127;

    StateNetwork {
        if (widths.length != centres.length
                || steps.length != biases.length
                || weights.length != centres.length * steps.length
                || outputs.length != steps.length * offsets.length) {
            throw new IllegalArgumentException("the network of states does not fit together");
        }
    }

    /** @param weights [inputs × units], to be cut to 8 bits */
    static StateNetwork quantised(
            float[] centres, float[] widths, float[] weights, float[] biases, float[] outputs, float[] offsets) {
        int units = biases.length;
        float[] steps = new float[units];
        for (int at = 0; at < weights.length; at++) {
            steps[at % units] = Math.max(steps[at % units], Math.abs(weights[at]) / LARGEST);
        }
        byte[] cut = new byte[weights.length];
        for (int at = 0; at < weights.length; at++) {
            float step = steps[at % units];
            cut[at] = step == 0 ? 0 : (byte) Math.round(weights[at] / step);
        }
        return new StateNetwork(centres, widths, steps, cut, biases, outputs, offsets);
    }

    /** Whether it reads {@link ClauseStates} and answers for so many kinds. */
    boolean fits(int kinds) {
        return centres.length == ClauseStates.SIZE && offsets.length == kinds;
    }

    /** The log-odds of each kind. */
    double[] logOdds(float[] states) {
        int units = steps.length;
        float[] sums = new float[units];
        for (int input = 0; input < centres.length; input++) {
            float value = (states[input] - centres[input]) / widths[input];
            int row = input * units;
            for (int unit = 0; unit < units; unit++) {
                sums[unit] += value * weights[row + unit];
            }
        }
        double[] logOdds = new double[offsets.length];
        for (int kind = 0; kind < logOdds.length; kind++) {
            logOdds[kind] = offsets[kind];
        }
        for (int unit = 0; unit < units; unit++) {
            float active = sums[unit] * steps[unit] + biases[unit];
            if (active <= 0) {
                continue;
            }
            for (int kind = 0; kind < logOdds.length; kind++) {
                logOdds[kind] += active * outputs[unit * logOdds.length + kind];
            }
        }
        return logOdds;
    }

    void write(ModelOutput out) throws IOException {
        out.count(centres.length);
        out.count(steps.length);
        out.count(offsets.length);
        for (float[] part : new float[][] {centres, widths, steps, biases, outputs, offsets}) {
            for (float value : part) {
                out.number(value);
            }
        }
        out.bytes(weights);
    }

    static StateNetwork read(ModelInput in) throws IOException {
        int inputs = in.count(ClauseStates.SIZE);
        int units = in.count(MOST_UNITS);
        int kinds = in.count(Byte.MAX_VALUE);
        float[] centres = numbers(in, inputs);
        float[] widths = numbers(in, inputs);
        float[] steps = numbers(in, units);
        float[] biases = numbers(in, units);
        float[] outputs = numbers(in, units * kinds);
        float[] offsets = numbers(in, kinds);
        for (float width : widths) {
            if (!(width > 0)) {
                throw new IOException("the network of states has an input without width");
            }
        }
        return new StateNetwork(centres, widths, steps, in.bytes(inputs * units), biases, outputs, offsets);
    }

    private static float[] numbers(ModelInput in, int count) throws IOException {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = in.smallNumber();
        }
        return numbers;
    }
}
