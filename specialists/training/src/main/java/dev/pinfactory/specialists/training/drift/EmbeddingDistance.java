package dev.pinfactory.specialists.training.drift;

import java.util.List;

/**
 * The squared distance of the window's mean embedding from the reference's, each dimension in units of its standard error, divided by their number: about 1 while
 * nothing changes. The mean of embeddings is what a maximum mean discrepancy with a linear kernel compares (Gretton et al., "A Kernel Two-Sample Test", JMLR 2012);
 * that texts which nobody taught move it is known from Rabanser et al., "Failing Loudly", NeurIPS 2019.
 */
final class EmbeddingDistance implements Distance {
    private static final double LEAST_VARIANCE = 1e-9;

    private final double[] mean;
    private final double[] variance;
    private final double[] sum;
    private int size;

    EmbeddingDistance(List<Observation> reference) {
        int dimensions = reference.getFirst().embedding().length;
        mean = new double[dimensions];
        variance = new double[dimensions];
        sum = new double[dimensions];
        for (Observation observation : reference) {
            for (int i = 0; i < dimensions; i++) {
                mean[i] += observation.embedding()[i] / reference.size();
            }
        }
        for (Observation observation : reference) {
            for (int i = 0; i < dimensions; i++) {
                double off = observation.embedding()[i] - mean[i];
                variance[i] += off * off / (reference.size() - 1);
            }
        }
    }

    @Override
    public Alarm.Monitor monitor() {
        return Alarm.Monitor.TEXT;
    }

    @Override
    public void enter(Observation observation) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += observation.embedding()[i];
        }
        size++;
    }

    @Override
    public void leave(Observation observation) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] -= observation.embedding()[i];
        }
        size--;
    }

    @Override
    public Measured measure() {
        double distance = 0;
        for (int i = 0; i < sum.length; i++) {
            double off = sum[i] / size - mean[i];
            distance += off * off * size / Math.max(LEAST_VARIANCE, variance[i]);
        }
        return new Measured("text", distance / sum.length);
    }
}
