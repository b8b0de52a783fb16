package dev.pinfactory.router.planner;

import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.router.planner.interpret.FunctionWords;
import dev.pinfactory.router.planner.interpret.VerbLexicon;
import dev.pinfactory.router.planner.interpret.Words;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** A lexicon that also knows the verbs of the cards at hand: a summary and an example request mostly begin with one ("Palletises crates"). */
final class CardVerbs implements VerbLexicon {
    private static final double FIRST_WORD = 0.6;

    /** Beyond this the catalogue's words are taken from its first cards; reading them all for each plan would cost more than it gives. */
    private static final int MAX_CARDS = 200;

    private final VerbLexicon lexicon;
    private final Set<String> firstWords = new HashSet<>();

    CardVerbs(VerbLexicon lexicon, Contracts contracts) {
        this.lexicon = lexicon;
        contracts.all().stream().limit(MAX_CARDS).forEach(this::add);
    }

    private void add(Contract contract) {
        String summary = firstWord(contract.getSummary());
        // "Palletises crates" begins with a verb; "Pallet plans" does not.
        if (summary.endsWith("s")) {
            add(summary);
        }
        contract.getExamplesList().forEach(example -> add(firstWord(example)));
    }

    private void add(String word) {
        if (word.length() > 2 && !FunctionWords.isFunctionWord(word)) {
            firstWords.add(Words.stem(word));
        }
    }

    private static String firstWord(String sentence) {
        return sentence.strip().split("[^\\p{L}\\p{M}]+", 2)[0].toLowerCase(Locale.ROOT);
    }

    @Override
    public double verbShare(String word) {
        double share = lexicon.verbShare(word);
        return share < 0 && firstWords.contains(Words.stem(word)) ? FIRST_WORD : share;
    }

    @Override
    public double specificity(String word) {
        return lexicon.specificity(word);
    }
}
