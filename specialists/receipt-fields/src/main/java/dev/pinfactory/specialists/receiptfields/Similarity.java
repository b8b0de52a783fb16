package dev.pinfactory.specialists.receiptfields;

/** How alike two texts are. */
final class Similarity {
    private Similarity() {}

    /** One less the edit distance (Levenshtein 1966) by the longer length; zero where the lengths alone keep it below the floor. */
    static double of(String a, String b, double floor) {
        int longer = Math.max(a.length(), b.length());
        if (longer == 0 || Math.min(a.length(), b.length()) < floor * longer) {
            return 0;
        }
        int[] before = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            before[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int exchanged = before[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(exchanged, 1 + Math.min(before[j], row[j - 1]));
            }
            before = row;
        }
        return 1 - before[b.length()] / (double) longer;
    }
}
