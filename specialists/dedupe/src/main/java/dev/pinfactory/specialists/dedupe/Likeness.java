package dev.pinfactory.specialists.dedupe;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;

/** How alike two cells are, from 0 to 1. */
final class Likeness {
    private static final JaroWinklerSimilarity JARO_WINKLER = new JaroWinklerSimilarity();

    /** Letters of different words agree about so much by chance. */
    private static final double CHANCE = 0.55;

    private Likeness() {}

    static double of(Cell a, Cell b) {
        if (a.compact().equals(b.compact())) {
            return 1;
        }
        if (!a.days().isEmpty() && !b.days().isEmpty()) {
            return a.days().stream().anyMatch(b.days()::contains) ? 1 : 0;
        }
        if (a.number().isPresent() && b.number().isPresent()) {
            double x = a.number().getAsDouble();
            double y = b.number().getAsDouble();
            double apart = Math.abs(x - y) / Math.max(1e-9, Math.max(Math.abs(x), Math.abs(y)));
            return apart < 1e-9 ? 1 : Math.max(0, 0.8 - 8 * apart);
        }
        return Math.max(words(a, b), spelling(a.compact(), b.compact()));
    }

    /** Jaro-Winkler's similarity, from what chance gives on. */
    static double spelling(String a, String b) {
        return Math.max(0, (JARO_WINKLER.apply(a, b) - CHANCE) / (1 - CHANCE));
    }

    /** The share of the shorter cell's words that the other has, in any order; an initial stands for its word, a slip counts a little less. */
    private static double words(Cell a, Cell b) {
        Cell few = a.tokens().size() <= b.tokens().size() ? a : b;
        Cell many = few == a ? b : a;
        double sum = 0;
        double weight = 0;
        for (String token : few.tokens()) {
            double best = 0;
            for (String other : many.tokens()) {
                best = Math.max(best, word(token, other));
            }
            sum += best * token.length();
            weight += token.length();
        }
        double length =
                (double) few.compact().length() / Math.max(1, many.compact().length());
        return weight == 0 ? 0 : sum / weight * (0.75 + 0.25 * length);
    }

    /** Whether each has a word that the other lacks: "black, L" and "white, L", "Vol. 1" and "Vol. 2"; not "Keller" and "Anna Keller". */
    static boolean swapped(Cell a, Cell b) {
        return hasOwn(a, b) && hasOwn(b, a);
    }

    private static boolean hasOwn(Cell a, Cell b) {
        for (String token : a.tokens()) {
            boolean there = token.length() > 1 && b.compact().contains(token);
            for (int i = 0; !there && i < b.tokens().size(); i++) {
                String other = b.tokens().get(i);
                there = word(token, other) > 0
                        || (other.length() > 1 && a.compact().contains(other) && other.contains(token));
            }
            if (!there) {
                return true;
            }
        }
        return false;
    }

    private static double word(String a, String b) {
        if (a.equals(b)) {
            return 1;
        }
        boolean digits = Character.isDigit(a.charAt(0)) || Character.isDigit(b.charAt(0));
        if (digits) {
            return 0;
        }
        if (a.length() == 1 || b.length() == 1) {
            return a.charAt(0) == b.charAt(0) ? 0.8 : 0;
        }
        double spelled = spelling(a, b);
        return spelled < 0.6 ? 0 : 0.95 * spelled;
    }

    /** What two sets have in common, of all that is in either; 0 where both are empty. */
    static double jaccard(Set<String> a, Collection<String> b) {
        Set<String> both = new HashSet<>(a);
        both.retainAll(b);
        int all = a.size() + b.size() - both.size();
        return all == 0 ? 0 : (double) both.size() / all;
    }
}
