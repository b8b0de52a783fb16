package dev.pinfactory.faults.bar;

/** How often something may fail although few failures were seen: the exact upper bound of Clopper and Pearson (1934), one-sided, at 95 %. */
public final class ConfidenceBound {
    private static final double ERROR = 0.05;
    private static final int HALVINGS = 60;

    private ConfidenceBound() {}

    /** Without failures this is about 3 / tries, the rule of three. */
    public static double upper(long tries, long failures) {
        if (tries <= 0 || failures >= tries) {
            return 1;
        }
        if (failures == 0) {
            return -Math.expm1(Math.log(ERROR) / tries);
        }
        double low = (double) failures / tries;
        double high = 1;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (atMost(failures, tries, middle) > ERROR) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** P(X <= failures) of a binomial distribution, summed term by term in logarithms. */
    private static double atMost(long failures, long tries, double probability) {
        double term = tries * Math.log1p(-probability);
        double odds = Math.log(probability) - Math.log1p(-probability);
        double sum = Math.exp(term);
        for (long k = 1; k <= failures; k++) {
            term += Math.log((double) (tries - k + 1) / k) + odds;
            sum += Math.exp(term);
        }
        return sum;
    }
}
