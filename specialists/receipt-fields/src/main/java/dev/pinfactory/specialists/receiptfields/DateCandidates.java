package dev.pinfactory.specialists.receiptfields;

import dev.pinfactory.specialists.learning.ranking.FeatureVector;
import dev.pinfactory.specialists.receiptfields.Candidate.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every date that is written in the receipt. */
final class DateCandidates implements CandidateFinder {
    private static final Pattern TIME = Pattern.compile("\\d{1,2}:\\d{2}");
    private static final int MAX = 100;

    @Override
    public List<Candidate> find(Receipt receipt) {
        List<Candidate> found = new ArrayList<>();
        for (Surroundings place : Surroundings.all(receipt)) {
            Matcher matcher = Normaliser.DATE.matcher(place.line().text());
            while (matcher.find() && found.size() < MAX) {
                int start = place.line().start() + matcher.start();
                int end = place.line().start() + matcher.end();
                String source = matcher.group();
                Normaliser.date(source).ifPresent(value -> {
                    FeatureVector features = new FeatureVector();
                    place.describe(features, start, end);
                    features.add("form", Words.shape(source));
                    features.add("order", "" + Math.min(found.size(), 4));
                    features.add("time", "" + TIME.matcher(place.line().text()).find());
                    features.add("century", value.substring(0, 3));
                    found.add(new Candidate(value, List.of(new Part(place.line(), start, end)), features));
                });
            }
        }
        for (Candidate candidate : found) {
            long same = found.stream()
                    .filter(other -> other.value().equals(candidate.value()))
                    .count();
            candidate
                    .features()
                    .add("same", "" + Math.min(same, 4))
                    .add("rivals", "" + Math.min(found.size() - same, 3));
        }
        return found;
    }
}
