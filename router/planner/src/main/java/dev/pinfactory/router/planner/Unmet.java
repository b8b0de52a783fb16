package dev.pinfactory.router.planner;

import dev.pinfactory.proto.v1.InputDescription;
import dev.pinfactory.proto.v1.UnmetRequest;
import dev.pinfactory.router.planner.bind.DraftStep;
import dev.pinfactory.router.planner.bind.PlanDraft;
import dev.pinfactory.router.planner.bind.PlanDraft.Unbound;
import dev.pinfactory.router.planner.ground.Grounding;
import dev.pinfactory.router.planner.interpret.Clause;
import dev.pinfactory.router.planner.interpret.Interpretation;
import dev.pinfactory.router.planner.interpret.VerbLexicon;
import dev.pinfactory.router.planner.interpret.Words;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Names the clauses that ask for something and that no step answers. */
final class Unmet {
    /** A clause whose words all tell less than this asks for nothing by itself ("take the following mail"). */
    private static final double TELLS = 0.335;

    private static final Pattern HYPHEN = Pattern.compile("(?<=\\p{L})-(?=\\p{L})");

    private static final String NOBODY = "no registered specialist does this";

    private static final String NO_PLACE = "the output schema has no place for what this gives";

    private final Interpretation interpretation;
    private final Grounding grounding;
    private final InputNames names;
    private final VerbLexicon lexicon;
    private final boolean toSchema;

    /** @param toSchema the caller gave a schema, which may say what is wanted in place of words */
    Unmet(Understanding understood, List<InputDescription> inputs, VerbLexicon lexicon, boolean toSchema) {
        this.toSchema = toSchema;
        this.interpretation = understood.interpretation();
        this.grounding = understood.grounding();
        this.lexicon = lexicon;
        this.names = new InputNames(inputs);
    }

    /** Every clause that asks for something. */
    List<UnmetRequest> all() {
        List<UnmetRequest> all = new ArrayList<>();
        for (int i = 0; i < interpretation.clauses().size(); i++) {
            Clause clause = interpretation.clauses().get(i);
            if (clause.asks() && tells(clause)) {
                all.add(request(i, NOBODY));
            }
        }
        return all;
    }

    /** The clauses that a draft leaves, and those that it could not bind. */
    List<UnmetRequest> of(PlanDraft draft) {
        return of(draft, draft);
    }

    /** The same, where a caller's schema has no place for some of what was asked for. */
    List<UnmetRequest> of(PlanDraft draft, PlanDraft asked) {
        Set<Integer> left = new HashSet<>();
        asked.steps().stream()
                .filter(step -> !draft.steps().contains(step))
                .map(DraftStep::clauses)
                .forEach(left::addAll);
        Set<Integer> answered = new HashSet<>();
        draft.steps().stream().map(DraftStep::clauses).forEach(answered::addAll);
        TreeMap<Integer, String> reasons = new TreeMap<>();
        for (Unbound unbound : draft.unbound()) {
            reasons.putIfAbsent(unbound.clause(), unbound.reason());
        }
        for (int i = 0; i < interpretation.clauses().size(); i++) {
            Clause clause = interpretation.clauses().get(i);
            if (clause.asks() && !answered.contains(i) && isTold(clause)) {
                reasons.putIfAbsent(i, left.contains(i) ? NO_PLACE : NOBODY);
            }
        }
        List<UnmetRequest> unmet = new ArrayList<>();
        reasons.forEach((clause, reason) -> unmet.add(request(clause, reason)));
        return unmet;
    }

    /** Where there is a schema, "process the letter" or "fill in the form" leaves it to that what is wanted. */
    boolean isTold(Clause clause) {
        return tells(clause) && !(toSchema && clause.lead().isEmpty() && pointsAtTheSchema(clause));
    }

    private boolean pointsAtTheSchema(Clause clause) {
        return Words.split(clause.text()).stream()
                .filter(word -> !Words.contentStems(word).isEmpty() && !names.has(word))
                .findFirst()
                // Training text is in American spelling.
                .map(word -> word.replaceAll("yse$", "yze"))
                .filter(word -> lexicon.specificity(word) >= TELLS)
                .isEmpty();
    }

    private UnmetRequest request(int index, String reason) {
        Clause clause = interpretation.clauses().get(index);
        return UnmetRequest.newBuilder()
                .setSpan(interpretation.span(clause))
                .setText(clause.text())
                .setReason(reason)
                .addAllCandidates(grounding.nearest(Set.of(index), ""))
                .build();
    }

    /** It is a question, or a part of a list of wishes, or some word of it, other than the names of inputs, says what is wanted. */
    private boolean tells(Clause clause) {
        if (!clause.lead().isEmpty() || clause.isQuestion()) {
            return true;
        }
        Set<String> words = new LinkedHashSet<>();
        for (String word : Words.split(HYPHEN.matcher(clause.text()).replaceAll(""))) {
            boolean content = !Words.contentStems(word).isEmpty() && !names.has(word);
            if (content) {
                words.add(word);
            }
        }
        return words.stream().anyMatch(word -> lexicon.specificity(word) >= TELLS);
    }
}
