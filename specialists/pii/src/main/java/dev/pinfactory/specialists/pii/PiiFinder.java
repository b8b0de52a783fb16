package dev.pinfactory.specialists.pii;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Finds personal data: what has a form that leaves no doubt is taken as it is, all else is the sequence model's. Safe for several threads. */
final class PiiFinder {
    /** A form with check digits or a syntax of its own can still be an example or a coincidence. */
    static final double CERTAIN = 0.99;

    /** A pause of the text, at which a long one may be cut: the model looks no further than three tokens. */
    private static final int MAX_TOKENS_AT_ONCE = 2000;

    private final SequenceModel model;

    PiiFinder(SequenceModel model) {
        this.model = model;
    }

    /** In order of the text, not overlapping. */
    List<PersonalDatum> find(String text) {
        List<PersonalDatum> found = new ArrayList<>();
        for (Recognizer.Hit hit : Recognizer.find(text)) {
            if (hit.by().certain()) {
                addUnlessTaken(found, new PersonalDatum(hit.by().type(), hit.start(), hit.end(), CERTAIN));
            }
        }
        List<PersonalDatum> all = new ArrayList<>(found);
        for (PersonalDatum datum : tagged(text)) {
            addUnlessTaken(all, datum);
        }
        all.sort(Comparator.comparingInt(PersonalDatum::start));
        return all;
    }

    private static void addUnlessTaken(List<PersonalDatum> taken, PersonalDatum datum) {
        if (taken.stream().noneMatch(datum::overlaps)) {
            taken.add(datum);
        }
    }

    private List<PersonalDatum> tagged(String text) {
        List<PersonalDatum> found = new ArrayList<>();
        List<Token> tokens = Tokenizer.tokenize(text);
        int[][] features = Features.of(text, tokens, model::isCommonWord);
        for (int from = 0; from < tokens.size(); from += MAX_TOKENS_AT_ONCE) {
            int to = Math.min(tokens.size(), from + MAX_TOKENS_AT_ONCE);
            Lattice lattice = model.lattice(Arrays.copyOfRange(features, from, to));
            found.addAll(spans(tokens.subList(from, to), lattice));
        }
        return found;
    }

    private List<PersonalDatum> spans(List<Token> tokens, Lattice lattice) {
        int[] path = lattice.bestPath();
        Lattice.Marginals marginals = lattice.marginals();
        List<PersonalDatum> spans = new ArrayList<>();
        int i = 0;
        while (i < path.length) {
            String label = model.labels().get(path[i]);
            if (label.equals("O")) {
                i++;
                continue;
            }
            String type = label.substring(2);
            double probability = marginals.at(i, path[i]);
            int end = i + 1;
            while (end < path.length && model.labels().get(path[end]).equals("I-" + type)) {
                probability = Math.min(probability, marginals.at(end, path[end]));
                end++;
            }
            spans.add(new PersonalDatum(
                    type,
                    tokens.get(i).start(),
                    tokens.get(end - 1).end(),
                    model.scaling().of(probability)));
            i = end;
        }
        return spans;
    }
}
