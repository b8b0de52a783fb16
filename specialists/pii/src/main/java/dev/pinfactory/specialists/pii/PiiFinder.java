package dev.pinfactory.specialists.pii;

import dev.pinfactory.specialists.learning.sequence.Lattice;
import dev.pinfactory.specialists.learning.sequence.SequenceModel;
import dev.pinfactory.specialists.learning.sequence.TaggedSpan;
import dev.pinfactory.specialists.learning.sequence.Token;
import dev.pinfactory.specialists.learning.sequence.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/** Finds personal data: what has a form that leaves no doubt is taken as it is, all else is the sequence model's. Safe for several threads. */
final class PiiFinder {
    /** A form with check digits or a syntax of its own can still be an example or a coincidence. */
    static final double CERTAIN = 0.99;

    /** A pause of the text, at which a long one may be cut: the model looks no further than three tokens. */
    private static final int MAX_TOKENS_AT_ONCE = 2000;

    private static final Pattern VERSION =
            Pattern.compile("(?i)\\b(?:version|firmware|release|build|update|v)[ .:]{0,2}$");
    private static final int VERSION_WORD = 12;

    private final SequenceModel model;

    PiiFinder(SequenceModel model) {
        this.model = model;
    }

    /** In order of the text, not overlapping. */
    List<PersonalDatum> find(String text) {
        return find(text, () -> false);
    }

    /**
     * The same, for a caller who may lose interest.
     *
     * @throws CancellationException soon after {@code cancelled} turns true
     */
    List<PersonalDatum> find(String text, BooleanSupplier cancelled) {
        NavigableMap<Integer, PersonalDatum> found = new TreeMap<>();
        for (Recognizer.Hit hit : Recognizer.find(text)) {
            if (hit.by().certain() && !isVersion(text, hit)) {
                addUnlessTaken(found, new PersonalDatum(hit.by().type(), hit.start(), hit.end(), CERTAIN));
            }
        }
        LabelledValue.find(text, CERTAIN).forEach(datum -> addUnlessTaken(found, datum));
        for (PersonalDatum datum : tagged(text, cancelled)) {
            SpanRules.apply(text, datum).forEach(part -> addUnlessTaken(found, part));
        }
        return List.copyOf(found.values());
    }

    /** Four small numbers with full stops between them are also how versions are written. */
    private static boolean isVersion(String text, Recognizer.Hit hit) {
        return hit.by() == Recognizer.IPV4
                && VERSION.matcher(text)
                        .region(Math.max(0, hit.start() - VERSION_WORD), hit.start())
                        .find();
    }

    /** What is there does not overlap, so only the neighbours can. */
    private static void addUnlessTaken(NavigableMap<Integer, PersonalDatum> taken, PersonalDatum datum) {
        var before = taken.floorEntry(datum.start());
        var after = taken.ceilingEntry(datum.start());
        boolean free = (before == null || !before.getValue().overlaps(datum))
                && (after == null || !after.getValue().overlaps(datum));
        if (free) {
            taken.put(datum.start(), datum);
        }
    }

    private List<PersonalDatum> tagged(String text, BooleanSupplier cancelled) {
        List<PersonalDatum> found = new ArrayList<>();
        List<Token> tokens = Tokenizer.tokenize(text);
        int[][] features = Features.of(text, tokens, model::isCommonWord);
        for (int from = 0; from < tokens.size(); from += MAX_TOKENS_AT_ONCE) {
            if (cancelled.getAsBoolean()) {
                throw new CancellationException();
            }
            int to = Math.min(tokens.size(), from + MAX_TOKENS_AT_ONCE);
            Lattice lattice = model.lattice(Arrays.copyOfRange(features, from, to));
            for (TaggedSpan span : model.spans(lattice)) {
                found.add(new PersonalDatum(
                        span.type(),
                        tokens.get(from + span.start()).start(),
                        tokens.get(from + span.end() - 1).end(),
                        span.confidence()));
            }
        }
        return found;
    }
}
