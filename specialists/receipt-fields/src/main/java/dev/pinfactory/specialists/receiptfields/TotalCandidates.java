package dev.pinfactory.specialists.receiptfields;

import dev.pinfactory.specialists.learning.ranking.FeatureVector;
import dev.pinfactory.specialists.receiptfields.Candidate.Part;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;

/** Every amount that is written in the receipt, with its place among the others. */
final class TotalCandidates implements CandidateFinder {
    private static final int MAX = 300;

    @Override
    public List<Candidate> find(Receipt receipt) {
        List<Candidate> found = new ArrayList<>();
        for (Surroundings place : Surroundings.all(receipt)) {
            Matcher matcher = Normaliser.AMOUNT.matcher(place.line().text());
            while (matcher.find() && found.size() < MAX) {
                int start = place.line().start() + matcher.start();
                int end = place.line().start() + matcher.end();
                String source = matcher.group();
                Normaliser.amount(source).ifPresent(value -> {
                    FeatureVector features = new FeatureVector();
                    place.describe(features, start, end);
                    features.add("currency", "" + !Character.isDigit(source.charAt(0)));
                    features.add(
                            "leftHeight",
                            Words.last(place.left(start), 1) + (receipt.relativeHeight(place.line()) > 1.3));
                    found.add(new Candidate(value, List.of(new Part(place.line(), start, end)), features));
                });
            }
        }
        compare(found);
        return found;
    }

    /** A total is rarely small, often repeated, and what was paid less the change. */
    private static void compare(List<Candidate> found) {
        TreeSet<BigDecimal> values = new TreeSet<>();
        found.forEach(candidate -> values.add(new BigDecimal(candidate.value())));
        List<BigDecimal> descending = new ArrayList<>(values.descendingSet());
        Set<BigDecimal> differences = new HashSet<>();
        Set<BigDecimal> sums = new HashSet<>();
        for (BigDecimal a : descending.subList(0, Math.min(40, descending.size()))) {
            for (BigDecimal b : descending.subList(0, Math.min(40, descending.size()))) {
                if (a.compareTo(b) > 0 && b.signum() > 0) {
                    differences.add(a.subtract(b));
                    sums.add(a.add(b));
                }
            }
        }
        for (int i = 0; i < found.size(); i++) {
            Candidate candidate = found.get(i);
            BigDecimal value = new BigDecimal(candidate.value());
            long same = found.stream()
                    .filter(other -> other.value().equals(candidate.value()))
                    .count();
            int rank = Math.min(descending.indexOf(value), 6);
            candidate
                    .features()
                    .add("rank", "" + rank)
                    .add("same", "" + Math.min(same, 5))
                    .add("rankSame", rank + "/" + Math.min(same, 5))
                    .add("difference", "" + differences.contains(value))
                    .add("sum", "" + sums.contains(value))
                    .add("zero", "" + (value.signum() == 0))
                    .add("fromEnd", "" + Math.min(found.size() - i, 5))
                    .add("amounts", "" + Math.min(found.size(), 3));
        }
    }
}
