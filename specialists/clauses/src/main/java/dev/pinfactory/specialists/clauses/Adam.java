package dev.pinfactory.specialists.clauses;

/** Numbers that are learned (Kingma and Ba 2015), with the decay apart (Loshchilov and Hutter 2019). */
final class Adam {
    private static final float FIRST = 0.9f;
    private static final float SECOND = 0.999f;
    private static final float TINY = 1e-8f;

    private final float decay;
    final float[] values;
    final float[] gradient;
    private final float[] means;
    private final float[] squares;

    Adam(int size, float decay) {
        this.decay = decay;
        values = new float[size];
        gradient = new float[size];
        means = new float[size];
        squares = new float[size];
    }

    /**
     * Moves the values against the gradient, and clears it.
     *
     * @param step from 1
     */
    void step(int step, float rate) {
        float firstShare = (float) (1 - StrictMath.pow(FIRST, step));
        float secondShare = (float) (1 - StrictMath.pow(SECOND, step));
        for (int i = 0; i < values.length; i++) {
            float g = gradient[i];
            means[i] = FIRST * means[i] + (1 - FIRST) * g;
            squares[i] = SECOND * squares[i] + (1 - SECOND) * g * g;
            float move = means[i] / firstShare / ((float) Math.sqrt(squares[i] / secondShare) + TINY);
            values[i] -= rate * (move + decay * values[i]);
            gradient[i] = 0;
        }
    }
}
