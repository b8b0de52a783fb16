package dev.pinfactory.router.planner.bind;

import dev.pinfactory.proto.card.Languages;
import dev.pinfactory.proto.type.SemanticTypes;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.InputDescription;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.router.planner.bind.DraftStep.Purpose;
import dev.pinfactory.router.planner.interpret.BackReferences;
import dev.pinfactory.router.planner.interpret.Clause;
import dev.pinfactory.router.planner.interpret.Interpretation;
import dev.pinfactory.router.planner.interpret.Token;
import dev.pinfactory.router.planner.interpret.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what a clause speaks of: an input, or what an earlier step made of one. The rules, in order: words that name a result; a pronoun, which means
 * what the clause before spoke of or made; names of inputs; an order word after a step that changes its input; the one input that fits; the inputs
 * that the specialist's own words name; what the sentence spoke of last; all that fit.
 */
final class SourceChoice {
    /** Beside inputs, a quotation this long is a text by itself and no name of something. */
    private static final int MIN_QUOTED_WORDS = 4;

    private final Interpretation interpretation;
    private final List<InputDescription> inputs;
    private final Optional<Parts> parts;
    private final SemanticTypes types;
    private final Mentions mentions;
    private final References references;

    /** How an input that does not fit is made to. */
    interface Completer {
        Optional<Source> complete(InputDescription input, String type, List<DraftStep> earlier);
    }

    private Completer completer = (input, type, earlier) -> Optional.empty();

    SourceChoice(
            Interpretation interpretation, List<InputDescription> inputs, Optional<Parts> parts, SemanticTypes types) {
        this.interpretation = interpretation;
        this.inputs = inputs;
        this.parts = parts;
        this.types = types;
        this.mentions = new Mentions(interpretation, withParts(inputs, parts));
        this.references = new References(interpretation);
    }

    void completeWith(Completer how) {
        completer = how;
    }

    /**
     * @param views for each input what of it fits the port already
     */
    List<Source> choose(
            Contract contract,
            Port port,
            int clauseIndex,
            List<DraftStep> earlier,
            Map<InputDescription, Source> views) {
        Clause clause = interpretation.clauses().get(clauseIndex);
        List<DraftStep> before = earlier.stream()
                .filter(step -> step.purpose() != Purpose.COMPLETES)
                .filter(step -> step.clauses().stream().allMatch(other -> other <= clauseIndex))
                .toList();
        List<Source> done = resultsOfWhatWasDone(clause, clauseIndex, port, before);
        if (!done.isEmpty()) {
            return done;
        }
        List<InputDescription> own = withoutTheWhole(contract, mentions.in(clause.text()));
        List<InputDescription> named = own.isEmpty() ? withoutTheWhole(contract, namedBeside(clause)) : own;
        boolean sequential = clause.sequential();
        if (named.isEmpty() && (references.hasPronoun(clause) || references.namesAResult(clause))) {
            List<Source> topic = of(topic(clauseIndex, before), port, earlier, views);
            if (!topic.isEmpty()) {
                return topic;
            }
            List<Source> antecedent = antecedent(clause, clauseIndex, port, before, views, earlier);
            if (!antecedent.isEmpty()) {
                return antecedent;
            }
        }
        if (!named.isEmpty()) {
            List<Source> sources = of(named, port, earlier, views);
            if (!sources.isEmpty()) {
                return sequential ? changed(sources, port, before, clauseIndex) : sources;
            }
            // What is spoken of can't be read; another input would be an answer to another question.
            if (!own.isEmpty() && own.stream().noneMatch(views::containsKey)) {
                return List.of();
            }
        }
        List<Source> quoted = quotations(clause, port, MIN_QUOTED_WORDS);
        if (named.isEmpty() && !quoted.isEmpty()) {
            return quoted;
        }
        List<Source> unnamed = unnamed(contract, clause, clauseIndex, port, before, views, earlier);
        return unnamed.isEmpty() ? quotations(clause, port, 1) : unnamed;
    }

    /**
     * What a place of the caller's schema speaks of: the inputs that its words name; else those that the instruction names; else the one that fits, the
     * ones that the specialist's own words name, or all that fit.
     */
    List<Source> choose(
            Contract contract, Port port, String words, List<DraftStep> earlier, Map<InputDescription, Source> views) {
        List<InputDescription> own = mentions.in(words);
        if (!own.isEmpty() && (own.size() < inputs.size() || inputs.size() == 1)) {
            return of(own, port, earlier, views);
        }
        List<InputDescription> fitting = readable(contract, port, views);
        List<InputDescription> suiting = mentions.suiting(contract, fitting);
        List<InputDescription> named = interpretation.clauses().stream()
                .filter(clause -> !clause.negated())
                .flatMap(clause -> mentions.in(clause.text()).stream())
                .filter(fitting::contains)
                .distinct()
                .toList();
        List<InputDescription> meant = !suiting.isEmpty() ? suiting : !named.isEmpty() ? named : fitting;
        return of(meant.isEmpty() ? inputs : meant, port, earlier, views);
    }

    /**
     * The inputs of the clause that this one was cut from: in "the tone of the letter and the shop and total of the receipt" the shop is the receipt's,
     * for the words that follow are nearer than those before.
     */
    private List<InputDescription> namedBeside(Clause clause) {
        List<Clause> cutFromTheSame = interpretation.clauses().stream()
                .filter(other -> !other.equals(clause)
                        && other.sentence() == clause.sentence()
                        && other.context().equals(clause.context()))
                .toList();
        List<Clause> nearest = new ArrayList<>();
        cutFromTheSame.stream()
                .filter(other -> other.start() >= clause.end())
                .sorted(Comparator.comparingInt(Clause::start))
                .forEach(nearest::add);
        cutFromTheSame.stream()
                .filter(other -> other.end() <= clause.start())
                .sorted(Comparator.comparingInt(Clause::start).reversed())
                .forEach(nearest::add);
        return nearest.stream()
                .map(other -> mentions.in(other.text()))
                .filter(inputsOfOther -> !inputsOfOther.isEmpty())
                .findFirst()
                .orElseGet(() -> mentions.in(clause.context()));
    }

    /** Quotations in the clause, as texts: "which language is 'guten Morgen'". */
    private List<Source> quotations(Clause clause, Port port, int minWords) {
        if (port.getType().equals(SemanticTypes.ANY) || !types.isAssignable(SemanticTypes.TEXT, port.getType())) {
            return List.of();
        }
        return interpretation.tokensOf(clause).stream()
                .filter(token -> token.kind() == Token.Kind.QUOTED)
                .filter(token -> Words.split(token.text()).size() >= minWords)
                .<Source>map(token -> new Source.OfInstruction(interpretation.span(token.start() + 1, token.end() - 1)))
                .toList();
    }

    private List<Source> unnamed(
            Contract contract,
            Clause clause,
            int clauseIndex,
            Port port,
            List<DraftStep> before,
            Map<InputDescription, Source> views,
            List<DraftStep> earlier) {
        if (clause.forEach() && before.stream().anyMatch(step -> step.parts().isPresent())) {
            return of(List.of(parts.orElseThrow().described()), port, earlier, views);
        }
        List<InputDescription> fitting = readable(contract, port, views);
        if (fitting.isEmpty()) {
            List<Source> made = latest(port, before, clauseIndex);
            if (!made.isEmpty()) {
                return made;
            }
            fitting = inputs.stream().filter(input -> !views.containsKey(input)).toList();
        }
        List<InputDescription> meant = fitting;
        if (fitting.size() > 1 && !clause.forEach()) {
            List<InputDescription> suiting = mentions.suiting(contract, inputs);
            List<InputDescription> last = lastSpokenOf(clause, clauseIndex, before);
            meant = !suiting.isEmpty() && suiting.size() < inputs.size() ? suiting : last.isEmpty() ? fitting : last;
        }
        List<Source> sources = of(meant, port, earlier, views);
        if (sources.isEmpty()) {
            sources = of(fitting, port, earlier, views);
        }
        return clause.sequential() ? changed(sources, port, before, clauseIndex) : sources;
    }

    private static List<InputDescription> withParts(List<InputDescription> inputs, Optional<Parts> parts) {
        List<InputDescription> all = new ArrayList<>(inputs);
        parts.ifPresent(some -> all.add(some.described()));
        return all;
    }

    /** "the receipts attached to the mail" are the attachments, and only who takes the mail apart reads the mail. */
    private List<InputDescription> withoutTheWhole(Contract contract, List<InputDescription> named) {
        if (parts.isEmpty()) {
            return named;
        }
        Parts some = parts.get();
        InputDescription other =
                contract.equals(some.contract()) || !named.contains(some.described()) ? some.described() : some.whole();
        List<InputDescription> meant = new ArrayList<>(named);
        boolean wasThere = meant.remove(other);
        return meant.isEmpty() && wasThere ? List.of(some.whole()) : meant;
    }

    private List<InputDescription> readable(Contract contract, Port port, Map<InputDescription, Source> views) {
        List<InputDescription> readable = inputs.stream()
                .filter(views::containsKey)
                .filter(input -> speaks(contract, input))
                .toList();
        return TableColumns.fitting(port, readable);
    }

    private static boolean speaks(Contract contract, InputDescription input) {
        return input.getLanguage().isEmpty() || Languages.understands(contract, input.getLanguage());
    }

    private List<Source> of(
            List<InputDescription> meant, Port port, List<DraftStep> earlier, Map<InputDescription, Source> views) {
        List<Source> sources = new ArrayList<>();
        for (InputDescription input : meant) {
            Source view = views.get(input);
            if (view != null) {
                sources.add(view);
            } else {
                completer.complete(input, port.getType(), earlier).ifPresent(sources::add);
            }
        }
        return sources;
    }

    /** "the redacted text": the outputs of the steps whose clause has that verb. */
    private List<Source> resultsOfWhatWasDone(Clause clause, int clauseIndex, Port port, List<DraftStep> before) {
        List<Source> sources = new ArrayList<>();
        for (DraftStep step : before) {
            boolean named = step.clauses().stream()
                    .filter(other -> other < clauseIndex)
                    .anyMatch(other -> references.namesWhatWasDone(
                            clause, interpretation.clauses().get(other)));
            boolean called = step.clauses().stream().allMatch(other -> other < clauseIndex)
                    && BackReferences.any(interpretation.tokensOf(clause), Results.stems(step.contract()))
                    && mentions.in(clause.text()).isEmpty();
            if (named || called) {
                output(step, port).ifPresent(sources::add);
            }
        }
        return sources;
    }

    /**
     * What "it" is: what the clause before made, if that clause named its input and changes it, or an order word stands between; else what it spoke of.
     * A question about it ("and tell me which language it is in") is about the thing itself, not about what was made of it.
     */
    private List<Source> antecedent(
            Clause clause,
            int clauseIndex,
            Port port,
            List<DraftStep> before,
            Map<InputDescription, Source> views,
            List<DraftStep> earlier) {
        List<DraftStep> previous = stepsOfClauseBefore(before, clauseIndex);
        List<Source> sources = new ArrayList<>();
        Set<InputDescription> roots = new LinkedHashSet<>();
        for (DraftStep step : previous) {
            boolean itself = step.clauses().stream()
                    .map(other -> interpretation.clauses().get(other))
                    .allMatch(references::hasPronoun);
            boolean passesOn = clause.sequential()
                    || references.namesAResult(clause)
                    || !itself && !references.asksAboutIt(clause);
            Optional<Source> made = output(step, port);
            if (made.isPresent() && (passesOn && changes(step, made.get()) || references.namesAResult(clause))) {
                sources.add(made.get());
            } else {
                step.parts().ifPresentOrElse(roots::add, () -> roots.addAll(step.roots()));
            }
        }
        if (sources.isEmpty()) {
            sources.addAll(of(List.copyOf(roots), port, earlier, views));
        }
        return sources;
    }

    private static List<DraftStep> stepsOfClauseBefore(List<DraftStep> before, int clauseIndex) {
        int last = before.stream()
                .flatMap(step -> step.clauses().stream())
                .filter(clause -> clause < clauseIndex)
                .max(Integer::compare)
                .orElse(-1);
        return before.stream().filter(step -> step.clauses().contains(last)).toList();
    }

    /** Where an earlier step has changed a source into another of the same type, the changed one is meant. */
    private List<Source> changed(List<Source> sources, Port port, List<DraftStep> before, int clauseIndex) {
        List<Source> changed = new ArrayList<>();
        for (Source source : sources) {
            Source meant = source;
            for (DraftStep step : before) {
                boolean reads = step.inputs().values().stream().anyMatch(list -> list.contains(source));
                Optional<Source> made = output(step, port);
                boolean earlierClause = step.clauses().stream().anyMatch(other -> other < clauseIndex);
                if (reads && earlierClause && made.isPresent() && changes(step, made.get())) {
                    meant = made.get();
                }
            }
            changed.add(meant);
        }
        return changed;
    }

    private List<Source> latest(Port port, List<DraftStep> before, int clauseIndex) {
        for (int i = before.size() - 1; i >= 0; i--) {
            DraftStep step = before.get(i);
            if (output(step, port).isPresent()) {
                return before.stream()
                        .filter(other ->
                                other.contract().getId().equals(step.contract().getId()))
                        .flatMap(other -> output(other, port).stream())
                        .toList();
            }
        }
        return List.of();
    }

    /** "Look at the letter: …": what was named since the last step, where nothing was done with it yet. */
    private List<InputDescription> topic(int clauseIndex, List<DraftStep> before) {
        int last = before.stream()
                .flatMap(step -> step.clauses().stream())
                .filter(clause -> clause < clauseIndex)
                .max(Integer::compare)
                .orElse(-1);
        for (int i = clauseIndex - 1; i > last; i--) {
            List<InputDescription> named =
                    mentions.in(interpretation.clauses().get(i).text());
            if (!named.isEmpty() && named.size() < inputs.size()) {
                return named;
            }
        }
        return List.of();
    }

    private List<InputDescription> lastSpokenOf(Clause clause, int clauseIndex, List<DraftStep> before) {
        List<InputDescription> topic = topic(clauseIndex, before);
        if (!topic.isEmpty()) {
            return topic;
        }
        List<DraftStep> previous = stepsOfClauseBefore(before, clauseIndex);
        boolean sameSentence = previous.stream()
                .flatMap(step -> step.clauses().stream())
                .anyMatch(other -> interpretation.clauses().get(other).sentence() == clause.sentence());
        Set<InputDescription> roots = new LinkedHashSet<>();
        previous.forEach(step -> roots.addAll(step.roots()));
        return sameSentence ? List.copyOf(roots) : List.of();
    }

    private Optional<Source> output(DraftStep step, Port port) {
        if (port.getType().equals(SemanticTypes.ANY)) {
            return Optional.empty();
        }
        return step.contract().getOutputsList().stream()
                .filter(output -> !output.getType().equals(SemanticTypes.ANY))
                .filter(output -> types.isAssignable(output.getType(), port.getType()))
                .<Source>map(output -> new Source.OfStep(step, output))
                .findFirst();
    }

    /** The step gives what it took, changed: its output could be its input again. */
    private boolean changes(DraftStep step, Source made) {
        return step.contract().getInputsList().stream()
                .anyMatch(input -> types.isAssignable(made.type(), input.getType()));
    }
}
