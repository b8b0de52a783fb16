package dev.pinfactory.specialists.faq;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Model;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import de.bwaldvogel.liblinear.SolverType;
import dev.pinfactory.specialists.faq.FaqIndex.Match;
import dev.pinfactory.specialists.learning.ModelInput;
import dev.pinfactory.specialists.learning.ModelOutput;
import java.io.IOException;
import java.util.List;

/**
 * How likely a match is to be the right one: a logistic regression on its share of the votes, which says how sure it is among what is known, and on its
 * similarity, which says whether what is asked is known at all.
 */
record FaqConfidence(double share, double similarity, double offset) {
    private static final double COST = 100;

    /** The likeliest match of a question, and whether it was right. */
    record Outcome(Match match, boolean right) {}

    static FaqConfidence fit(List<Outcome> outcomes) {
        Problem problem = new Problem();
        problem.l = outcomes.size();
        problem.n = 3;
        problem.bias = 1;
        problem.x = new Feature[problem.l][];
        problem.y = new double[problem.l];
        for (int i = 0; i < problem.l; i++) {
            Match match = outcomes.get(i).match();
            problem.x[i] = new Feature[] {
                new FeatureNode(1, logOdds(match.share())),
                new FeatureNode(2, match.similarity()),
                new FeatureNode(3, 1)
            };
            problem.y[i] = outcomes.get(i).right() ? 1 : 0;
        }
        Linear.disableDebugOutput();
        Model model = Linear.train(problem, new Parameter(SolverType.L2R_LR, COST, 1e-6));
        double[] weights = model.getFeatureWeights();
        // Weights speak for the outcome that liblinear met first.
        int sign = model.getLabels()[0] == 1 ? 1 : -1;
        return new FaqConfidence(sign * weights[0], sign * weights[1], sign * weights[2]);
    }

    double of(Match match) {
        double odds = share * logOdds(match.share()) + similarity * match.similarity() + offset;
        return 1 / (1 + StrictMath.exp(-odds));
    }

    void write(ModelOutput out) throws IOException {
        out.number(share);
        out.number(similarity);
        out.number(offset);
    }

    static FaqConfidence read(ModelInput in) throws IOException {
        return new FaqConfidence(in.number(), in.number(), in.number());
    }

    private static double logOdds(double share) {
        double clipped = Math.clamp(share, 0.001, 0.999);
        return StrictMath.log(clipped / (1 - clipped));
    }
}
