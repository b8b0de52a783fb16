package dev.pinfactory.router.planner.output;

import com.google.protobuf.Struct;
import dev.pinfactory.proto.type.SemanticTypes;
import dev.pinfactory.proto.v1.InputDescription;
import dev.pinfactory.proto.v1.OutputMapping;
import dev.pinfactory.router.planner.bind.DraftStep;
import dev.pinfactory.router.planner.ground.TextSimilarity;
import dev.pinfactory.router.planner.interpret.Words;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Maps what steps give onto a caller's JSON Schema: by type, by the words of names and descriptions, and by which input was read. One value fills one place. */
public final class OutputMapper {
    /** Below it a place stays empty: nothing is invented. */
    private static final double ENOUGH = 0.3;

    private static final double NAME_WEIGHT = 0.5;
    /** The schema's own description of a place counts a little less than its name. */
    private static final double SAID_WEIGHT = 0.8;

    private static final double INPUT_WEIGHT = 0.15;
    private static final double STEP_WEIGHT = 0.25;

    private final TextSimilarity similarity;

    public OutputMapper(TextSimilarity similarity) {
        this.similarity = similarity;
    }

    private record Match(SchemaPlace place, Offer offer, double score) {}

    /** The mapping, in the order of the schema's places; empty when nothing fits. */
    public List<OutputMapping> map(Struct schema, List<DraftStep> deliverables, SemanticTypes types) {
        List<SchemaPlace> places = SchemaPlace.of(schema);
        List<Offer> offers = new ArrayList<>();
        deliverables.forEach(step -> offers.addAll(Offer.of(step, types)));
        double[][] meaning = similarity.between(
                places.stream().map(SchemaPlace::text).toList(),
                offers.stream()
                        .map(offer -> offer.name() + " "
                                + String.join(
                                        " ", Words.split(offer.step().contract().getId())))
                        .toList());
        double[][] purpose = similarity.between(
                places.stream().map(SchemaPlace::text).toList(),
                offers.stream()
                        .map(offer -> offer.step().contract().getSummary())
                        .toList());
        List<Match> matches = new ArrayList<>();
        for (int place = 0; place < places.size(); place++) {
            for (int offer = 0; offer < offers.size(); offer++) {
                if (offers.get(offer).fits(places.get(place).type())) {
                    double score = score(
                            places.get(place),
                            offers.get(offer),
                            Math.max(meaning[place][offer], purpose[place][offer]));
                    if (score >= ENOUGH) {
                        matches.add(new Match(places.get(place), offers.get(offer), score));
                    }
                }
            }
        }
        return best(matches, places);
    }

    private static double score(SchemaPlace place, Offer offer, double meaning) {
        Set<String> wanted = Words.contentStems(place.property());
        Set<String> said = Words.contentStems(place.description());
        Set<String> described = Words.contentStems(place.text());
        Set<String> offered = Words.contentStems(offer.name());
        double name = Math.max(overlap(wanted, offered), SAID_WEIGHT * overlap(said, offered));
        double input = offer.step().roots().stream()
                        .map(InputDescription::getName)
                        .anyMatch(root -> Words.contentStems(root).stream().anyMatch(described::contains))
                ? 1
                : 0;
        double step = overlap(
                described,
                Words.contentStems(offer.step().contract().getId() + " "
                        + offer.step().contract().getSummary()));
        return meaning * (1 - NAME_WEIGHT) + NAME_WEIGHT * name + INPUT_WEIGHT * input + STEP_WEIGHT * step;
    }

    /** Share of the smaller set that both have. */
    private static double overlap(Set<String> a, Set<String> b) {
        if (a.isEmpty() || b.isEmpty()) {
            return 0;
        }
        Set<String> both = new HashSet<>(a);
        both.retainAll(b);
        return (double) both.size() / Math.min(a.size(), b.size());
    }

    private static List<OutputMapping> best(List<Match> matches, List<SchemaPlace> places) {
        matches.sort((a, b) -> {
            int byScore = Double.compare(b.score(), a.score());
            return byScore != 0 ? byScore : Integer.compare(places.indexOf(a.place()), places.indexOf(b.place()));
        });
        Set<Object> taken = new HashSet<>();
        List<Match> chosen = new ArrayList<>();
        for (Match match : matches) {
            if (!taken.contains(match.place()) && !taken.contains(match.offer().output())) {
                taken.add(match.place());
                taken.add(match.offer().output());
                chosen.add(match);
            }
        }
        return chosen.stream()
                .sorted((a, b) -> Integer.compare(places.indexOf(a.place()), places.indexOf(b.place())))
                .map(OutputMapper::mapping)
                .toList();
    }

    private static OutputMapping mapping(Match match) {
        return OutputMapping.newBuilder()
                .addSources(match.offer().output())
                .setTarget(match.place().pointer().toString())
                .setRule(OutputMapping.MergeRule.FIRST)
                .setConfidence(Math.min(1, match.score()))
                .build();
    }
}
