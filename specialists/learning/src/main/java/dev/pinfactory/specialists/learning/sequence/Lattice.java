package dev.pinfactory.specialists.learning.sequence;

/**
 * Inference in a linear-chain conditional random field (Lafferty, McCallum and Pereira 2001): scores of each label at each token and of each pair of
 * neighbouring labels in, best path and marginal probabilities out.
 */
public final class Lattice {
    private final double[][] scores;
    private final double[][] transitions;
    private final int length;
    private final int labels;

    /**
     * @param transitions from label, to label; the last row is the start of the text
     */
    public Lattice(double[][] scores, double[][] transitions) {
        this.scores = scores;
        this.transitions = transitions;
        this.length = scores.length;
        this.labels = transitions.length - 1;
    }

    /** The most probable sequence of labels (Viterbi). */
    public int[] bestPath() {
        if (length == 0) {
            return new int[0];
        }
        double[][] best = new double[length][labels];
        int[][] from = new int[length][labels];
        for (int l = 0; l < labels; l++) {
            best[0][l] = scores[0][l] + transitions[labels][l];
        }
        for (int i = 1; i < length; i++) {
            for (int l = 0; l < labels; l++) {
                int argMax = 0;
                double max = Double.NEGATIVE_INFINITY;
                for (int before = 0; before < labels; before++) {
                    double score = best[i - 1][before] + transitions[before][l];
                    if (score > max) {
                        max = score;
                        argMax = before;
                    }
                }
                best[i][l] = max + scores[i][l];
                from[i][l] = argMax;
            }
        }
        int[] path = new int[length];
        for (int l = 1; l < labels; l++) {
            if (best[length - 1][l] > best[length - 1][path[length - 1]]) {
                path[length - 1] = l;
            }
        }
        for (int i = length - 1; i > 0; i--) {
            path[i - 1] = from[i][path[i]];
        }
        return path;
    }

    /** Scaled forward and backward values, from which every expectation follows. */
    public Marginals marginals() {
        double[][] emit = new double[length][labels];
        double logScale = 0;
        for (int i = 0; i < length; i++) {
            double max = Double.NEGATIVE_INFINITY;
            for (int l = 0; l < labels; l++) {
                max = Math.max(max, scores[i][l]);
            }
            logScale += max;
            for (int l = 0; l < labels; l++) {
                emit[i][l] = StrictMath.exp(scores[i][l] - max);
            }
        }
        double[][] move = new double[labels + 1][labels];
        for (int a = 0; a <= labels; a++) {
            for (int b = 0; b < labels; b++) {
                move[a][b] = StrictMath.exp(transitions[a][b]);
            }
        }
        double[][] forward = new double[length][labels];
        double[] norm = new double[length];
        for (int i = 0; i < length; i++) {
            for (int b = 0; b < labels; b++) {
                double sum = i == 0 ? move[labels][b] : 0;
                for (int a = 0; i > 0 && a < labels; a++) {
                    sum += forward[i - 1][a] * move[a][b];
                }
                forward[i][b] = sum * emit[i][b];
                norm[i] += forward[i][b];
            }
            for (int b = 0; b < labels; b++) {
                forward[i][b] /= norm[i];
            }
            logScale += StrictMath.log(norm[i]);
        }
        double[][] backward = new double[length][labels];
        for (int i = length - 1; i >= 0; i--) {
            for (int a = 0; a < labels; a++) {
                double sum = i == length - 1 ? 1 : 0;
                for (int b = 0; i < length - 1 && b < labels; b++) {
                    sum += move[a][b] * emit[i + 1][b] * backward[i + 1][b];
                }
                backward[i][a] = i == length - 1 ? sum : sum / norm[i + 1];
            }
        }
        return new Marginals(forward, backward, emit, move, norm, logScale);
    }

    /** Probabilities of labels, given the whole text. */
    public record Marginals(
            double[][] forward,
            double[][] backward,
            double[][] emit,
            double[][] move,
            double[] norm,
            double logPartition) {
        public double at(int token, int label) {
            return forward[token][label] * backward[token][label];
        }

        /** That the token has one label and the next token the other. */
        public double pair(int token, int label, int next) {
            return forward[token][label]
                    * move[label][next]
                    * emit[token + 1][next]
                    * backward[token + 1][next]
                    / norm[token + 1];
        }
    }
}
