package dev.pinfactory.registry.service.rollout;

/**
 * How much a version's share of bad calls speaks against its being as good as the champion's, looked at as often as one likes.
 *
 * <p>A mixture likelihood ratio: the numerator is the probability of what was seen when each share is drawn from Beta(1/2, 1/2); the denominator the largest
 * that any pair of shares of the null hypothesis gives it. Under each single pair the ratio to it is a martingale with mean 1, so by Ville's inequality the
 * evidence reaches 1/level with a probability of at most the level, at any time, however calls come and whenever one looks (Johari, Koomen, Pekelis and Walsh:
 * Always Valid Inference, Operations Research 70, 2022; Wasserman, Ramdas and Balakrishnan: Universal Inference, PNAS 117, 2020). A test that is meant for one
 * look, such as Fisher's, would reject a good version sooner or later when it is done every second.
 */
final class Evidence {
    private static final double PRIOR = 0.5;
    private static final int STEPS = 100;
    private static final double[] LANCZOS = {
        676.5203681218851,
        -1259.1392167224028,
        771.32342877765313,
        -176.61502916214059,
        12.507343278686905,
        -0.13857109526572012,
        9.9843695780195716e-6,
        1.5056327351493116e-7
    };
    /** After the coefficients, by which it is found. */
    private static final double LOG_PRIOR = logBeta(PRIOR, PRIOR);

    private Evidence() {}

    /** Against "the version's share is at most the champion's and the margin". As a natural logarithm; 0 or less says nothing. */
    static double above(Share version, Share champion, double margin) {
        if (version.rate() <= champion.rate() + margin) {
            return 0;
        }
        return logMixture(version) + logMixture(champion) - mostLikely(version, champion, margin);
    }

    /** Against "the version's share is at most the bound". */
    static double above(Share version, double bound) {
        if (version.rate() <= bound) {
            return 0;
        }
        return logMixture(version) - logLikelihood(version, bound);
    }

    private static double logMixture(Share seen) {
        return logBeta(PRIOR + seen.hits(), PRIOR + seen.misses()) - LOG_PRIOR;
    }

    /** On the border of the null hypothesis, where its likelihood is largest when what was seen lies beyond; concave, so found by halving. */
    private static double mostLikely(Share version, Share champion, double margin) {
        double low = 0;
        double high = 1 - margin;
        for (int i = 0; i < STEPS; i++) {
            double middle = (low + high) / 2;
            if (slope(version, middle + margin) + slope(champion, middle) > 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        double share = (low + high) / 2;
        return logLikelihood(version, share + margin) + logLikelihood(champion, share);
    }

    private static double slope(Share seen, double share) {
        return term(seen.hits(), 1 / share) - term(seen.misses(), 1 / (1 - share));
    }

    private static double logLikelihood(Share seen, double share) {
        return term(seen.hits(), Math.log(share)) + term(seen.misses(), Math.log1p(-share));
    }

    /** What did not happen counts nothing, also where it was impossible. */
    private static double term(long times, double value) {
        return times == 0 ? 0 : times * value;
    }

    private static double logBeta(double a, double b) {
        return logGamma(a) + logGamma(b) - logGamma(a + b);
    }

    /** Lanczos' approximation with g = 7, to 15 digits, for what is at least 1/2. */
    private static double logGamma(double x) {
        double sum = 0.99999999999980993;
        for (int i = 0; i < LANCZOS.length; i++) {
            sum += LANCZOS[i] / (x + i);
        }
        double t = x + LANCZOS.length - 1.5;
        return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
    }
}
