package dev.pinfactory.router.planner.bind;

import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.v1.Condition;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.InputDescription;
import dev.pinfactory.router.planner.bind.DraftStep.Purpose;
import dev.pinfactory.router.planner.bind.Feeding.Fed;
import dev.pinfactory.router.planner.bind.Feeding.Instance;
import dev.pinfactory.router.planner.bind.Feeding.Missing;
import dev.pinfactory.router.planner.bind.PlanDraft.Unbound;
import dev.pinfactory.router.planner.ground.CardScore;
import dev.pinfactory.router.planner.ground.Grounding;
import dev.pinfactory.router.planner.ground.Selection;
import dev.pinfactory.router.planner.interpret.Clause;
import dev.pinfactory.router.planner.interpret.ConditionPhrase;
import dev.pinfactory.router.planner.interpret.Interpretation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Connects the chosen specialists, clause by clause in the order in which they shall happen. One use for each instruction. */
public final class Binder {
    private static final int MAX_STEPS = 64;

    /** A step that is there already decides a condition if it suits nearly as well as the best specialist for it. */
    private static final double AS_GOOD = 0.8;

    private final Interpretation interpretation;
    private final Grounding grounding;
    private final Optional<Parts> parts;
    private final InputBinder inputBinder;
    private final ParameterBinder parameters;
    private final ConditionReader conditions;
    private final StepIds ids = new StepIds();
    private final List<DraftStep> steps = new ArrayList<>();
    private final List<Unbound> unbound = new ArrayList<>();

    public Binder(
            Interpretation interpretation,
            List<InputDescription> inputs,
            Contracts contracts,
            Grounding grounding,
            Set<String> forbidden) {
        this.interpretation = interpretation;
        this.grounding = grounding;
        Map<String, Double> suitability = new TreeMap<>();
        grounding.scores().forEach(score -> suitability.put(score.contract().getId(), score.probability()));
        Completion completion =
                new Completion(contracts, contract -> suitability.getOrDefault(contract.getId(), 0.0), forbidden);
        this.parts = Parts.spokenOf(
                interpretation,
                inputs,
                contracts,
                contract -> suitability.getOrDefault(contract.getId(), 0.0),
                forbidden);
        SourceChoice choice = new SourceChoice(interpretation, inputs, parts, contracts.types());
        this.inputBinder = new InputBinder(inputs, parts, contracts.types(), choice, completion, ids);
        choice.completeWith(inputBinder::complete);
        this.parameters = new ParameterBinder(interpretation);
        this.conditions = new ConditionReader(contracts.types());
    }

    public PlanDraft bind(Selection selection) {
        Map<Integer, List<CardScore>> byClause = assign(selection);
        for (Map.Entry<Integer, List<CardScore>> entry : byClause.entrySet()) {
            for (CardScore score : entry.getValue()) {
                add(score, entry.getKey());
            }
        }
        return new PlanDraft(steps, unbound);
    }

    /**
     * Brings in what a place of the caller's schema wants, for the inputs that the place speaks of. Nothing happens where it can't be fed, may not see
     * them, or lacks a parameter: the place stays empty.
     */
    public PlanDraft bringIn(Contract contract, double probability, String place, String words) {
        ParameterBinder.Result parameter = parameters.bind(contract, Clause.NONE);
        boolean bound = steps.size() < MAX_STEPS && parameter.missing().isEmpty();
        if (bound && inputBinder.feed(contract, words, List.copyOf(steps)) instanceof Fed fed) {
            List<Instance> seen = fed.instances().stream()
                    .filter(instance -> maySee(contract, instance))
                    .toList();
            if (!seen.isEmpty()) {
                steps.addAll(fed.inserted());
            }
            for (Instance instance : seen) {
                DraftStep step = reading(contract, instance).orElseGet(() -> {
                    DraftStep wanted = new DraftStep(
                            ids.next(contract.getId()),
                            contract,
                            probability,
                            instance.inputs(),
                            instance.forEach(),
                            parameter.bindings(),
                            Optional.empty(),
                            Purpose.WANTED);
                    steps.add(wanted);
                    return wanted;
                });
                step.places().add(place);
            }
        }
        return new PlanDraft(steps, unbound);
    }

    /** A clause that no step answers asks for it more than for any other. */
    public boolean isAskedFor(Contract contract) {
        return IntStream.range(0, interpretation.clauses().size()).anyMatch(clause -> asksFor(contract, clause));
    }

    private boolean asksFor(Contract contract, int clause) {
        return interpretation.clauses().get(clause).asks()
                && steps.stream().noneMatch(step -> step.clauses().contains(clause))
                && grounding
                        .best(clause)
                        .filter(best -> best.contract().equals(contract) && best.of(clause) >= Selection.ANSWERS)
                        .isPresent();
    }

    private static boolean maySee(Contract contract, Instance instance) {
        List<String> accepted = contract.getAcceptsDataClassesList();
        return accepted.contains("*")
                || roots(instance).stream()
                        .flatMap(input -> input.getDataClassesList().stream())
                        .allMatch(accepted::contains);
    }

    private static Set<InputDescription> roots(Instance instance) {
        Set<InputDescription> roots = new HashSet<>();
        instance.inputs()
                .values()
                .forEach(sources -> sources.forEach(source -> {
                    switch (source) {
                        case Source.OfTask task -> roots.add(task.input());
                        case Source.OfInstruction words -> {}
                        case Source.OfStep step -> roots.addAll(step.roots());
                    }
                }));
        return roots;
    }

    private Optional<DraftStep> reading(Contract contract, Instance instance) {
        return steps.stream()
                .filter(step ->
                        step.contract().equals(contract) && step.inputs().equals(instance.inputs()))
                .findFirst();
    }

    /** Each chosen card goes to the clauses that it answers best, at least to one. Within a clause what feeds others comes first. */
    private Map<Integer, List<CardScore>> assign(Selection selection) {
        Map<Integer, List<CardScore>> byClause = new TreeMap<>();
        List<Clause> clauses = interpretation.clauses();
        for (CardScore score : selection.chosen()) {
            List<Integer> asking = new ArrayList<>();
            int best = -1;
            for (int clause = 0; clause < clauses.size(); clause++) {
                if (clauses.get(clause).negated() || clauses.get(clause).kind() == Clause.Kind.CONDITION) {
                    continue;
                }
                best = best < 0 || weight(score, clause) > weight(score, best) ? clause : best;
                int at = clause;
                boolean claims = clauses.get(clause).mayAsk()
                        && (score.of(clause) >= Selection.CLAIMS
                                || score.of(clause) >= Selection.ANSWERS && isBest(score, clause))
                        && selection.chosen().stream().noneMatch(other -> other.of(at) > score.of(at));
                if (claims) {
                    asking.add(clause);
                }
            }
            if (asking.isEmpty() && best >= 0 && !decidesOnly(score, best)) {
                asking.add(best);
            }
            asking.forEach(clause ->
                    byClause.computeIfAbsent(clause, key -> new ArrayList<>()).add(score));
        }
        byClause.values().forEach(this::producersFirst);
        return byClause;
    }

    private boolean isBest(CardScore score, int clause) {
        return grounding
                .best(clause)
                .filter(best -> best.contract().equals(score.contract()))
                .isPresent();
    }

    /** A card that only a condition speaks of is not asked for by itself; the condition brings it in where it is needed. */
    private boolean decidesOnly(CardScore score, int best) {
        for (int clause = 0; clause < interpretation.clauses().size(); clause++) {
            boolean condition = interpretation.clauses().get(clause).kind() == Clause.Kind.CONDITION;
            if (condition && score.of(clause) > score.of(best)) {
                return true;
            }
        }
        return false;
    }

    private double weight(CardScore score, int clause) {
        double byKind = interpretation.clauses().get(clause).mayAsk() ? 1 : 0.5;
        return score.of(clause) * byKind;
    }

    private void producersFirst(List<CardScore> scores) {
        scores.sort((a, b) -> {
            boolean aFeedsB = feeds(a.contract(), b.contract());
            boolean bFeedsA = feeds(b.contract(), a.contract());
            return aFeedsB == bFeedsA ? Grounding.BEST_FIRST.compare(a, b) : aFeedsB ? -1 : 1;
        });
    }

    private static boolean feeds(Contract a, Contract b) {
        return a.getOutputsList().stream()
                .anyMatch(out ->
                        b.getInputsList().stream().anyMatch(in -> in.getType().equals(out.getType())));
    }

    private void add(CardScore score, int clauseIndex) {
        Clause clause = interpretation.clauses().get(clauseIndex);
        Contract contract = score.contract();
        if (steps.size() >= MAX_STEPS) {
            unbound.add(new Unbound(clauseIndex, contract.getId(), "the plan has too many steps", Optional.empty()));
            return;
        }
        ParameterBinder.Result parameter = parameters.bind(contract, clause);
        if (parameter.missing().isPresent()) {
            String reason = contract.getId() + " needs '" + parameter.missing().get()
                    + "', which the instruction does not give";
            unbound.add(new Unbound(clauseIndex, contract.getId(), reason, Optional.empty()));
            return;
        }
        switch (inputBinder.feed(contract, clauseIndex, List.copyOf(steps))) {
            case Missing missing ->
                unbound.add(new Unbound(
                        clauseIndex,
                        contract.getId(),
                        contract.getId() + " needs an input of type " + missing.type() + " for '" + missing.port()
                                + "'",
                        Optional.of(missing.type())));
            case Fed fed -> {
                steps.addAll(fed.inserted());
                for (Instance instance : fed.instances()) {
                    addInstance(score, clauseIndex, clause, parameter, instance);
                }
            }
        }
    }

    private void addInstance(
            CardScore score, int clauseIndex, Clause clause, ParameterBinder.Result parameter, Instance instance) {
        Optional<DraftStep> same = steps.stream()
                .filter(step -> step.contract().equals(score.contract())
                        && step.inputs().equals(instance.inputs())
                        && step.parameters().equals(parameter.bindings()))
                .findFirst();
        Optional<Condition> condition = Optional.empty();
        if (clause.condition().isPresent()) {
            condition = condition(clause.condition().get(), clauseIndex, instance);
            if (condition.isEmpty()) {
                String reason = "no specialist says whether \""
                        + clause.condition().get().text() + "\" holds";
                unbound.add(new Unbound(clauseIndex, score.contract().getId(), reason, Optional.empty()));
                return;
            }
        }
        if (same.isPresent() && same.get().condition().equals(condition)) {
            same.get().clauses().add(clauseIndex);
            return;
        }
        DraftStep step = new DraftStep(
                ids.next(score.contract().getId()),
                score.contract(),
                Math.max(score.probability(), score.of(clauseIndex)),
                instance.inputs(),
                instance.forEach(),
                parameter.bindings(),
                condition,
                Purpose.ASKED);
        parts.filter(some -> some.areMadeBy(step)).ifPresent(some -> step.takesApartInto(some.described()));
        step.clauses().add(clauseIndex);
        steps.add(step);
    }

    /** The condition on a step that is there already, best one that reads the same input; else on one that is added to find out. */
    private Optional<Condition> condition(ConditionPhrase phrase, int clauseIndex, Instance instance) {
        int about = conditionClause(phrase);
        List<CardScore> deciders = grounding.scores().stream()
                .filter(score ->
                        about >= 0 && conditions.read(phrase, score.contract()).isPresent())
                .sorted(Comparator.comparing((CardScore score) -> conditions.knows(phrase, score.contract()) ? 0 : 1)
                        .thenComparing(Comparator.comparingDouble((CardScore score) -> score.of(about))
                                .reversed()))
                .toList();
        Set<InputDescription> roots = roots(instance);
        Optional<DraftStep> there = steps.stream()
                .filter(step -> step.condition().isEmpty() && step.forEach().isEmpty())
                .filter(step -> step.clauses().stream().allMatch(other -> other < clauseIndex)
                        || step.purpose() == Purpose.DECIDES)
                .filter(step ->
                        deciders.stream().anyMatch(decider -> decider.contract().equals(step.contract())))
                .filter(step -> roots.isEmpty() || step.roots().stream().anyMatch(roots::contains))
                .max((a, b) -> Double.compare(suits(a, deciders, about), suits(b, deciders, about)));
        Optional<CardScore> best = deciders.stream()
                .findFirst()
                .filter(score -> conditions.knows(phrase, score.contract()) || score.of(about) >= Selection.ANSWERS);
        boolean thereIsGoodEnough = there.isPresent()
                && (best.isEmpty()
                        || suits(there.get(), deciders, about)
                                >= AS_GOOD * best.get().of(about));
        Optional<DraftStep> decider = thereIsGoodEnough ? there : best.flatMap(score -> decider(score, about));
        return decider.flatMap(step -> conditions.read(phrase, step.contract()).map(read -> {
            read.getOutputBuilder().setStep(step.id());
            return read.build();
        }));
    }

    private static double suits(DraftStep step, List<CardScore> deciders, int about) {
        return deciders.stream()
                .filter(score -> score.contract().equals(step.contract()))
                .mapToDouble(score -> score.of(about))
                .max()
                .orElse(0);
    }

    private int conditionClause(ConditionPhrase phrase) {
        for (int i = 0; i < interpretation.clauses().size(); i++) {
            Clause clause = interpretation.clauses().get(i);
            // "Is it long? If so, …": a question that was asked may be the condition.
            if ((clause.kind() == Clause.Kind.CONDITION || clause.asks())
                    && clause.start() <= phrase.start()
                    && clause.end() >= phrase.end()) {
                return i;
            }
        }
        return -1;
    }

    private Optional<DraftStep> decider(CardScore score, int clauseIndex) {
        Feeding feeding = inputBinder.feed(score.contract(), clauseIndex, List.copyOf(steps));
        if (!(feeding instanceof Fed fed)
                || fed.instances().isEmpty()
                || !fed.instances().getFirst().forEach().isEmpty()) {
            return Optional.empty();
        }
        ParameterBinder.Result parameter =
                parameters.bind(score.contract(), interpretation.clauses().get(clauseIndex));
        if (parameter.missing().isPresent()) {
            return Optional.empty();
        }
        steps.addAll(fed.inserted());
        DraftStep step = new DraftStep(
                ids.next(score.contract().getId()),
                score.contract(),
                score.of(clauseIndex),
                fed.instances().getFirst().inputs(),
                "",
                parameter.bindings(),
                Optional.empty(),
                Purpose.DECIDES);
        step.clauses().add(clauseIndex);
        steps.add(step);
        return Optional.of(step);
    }
}
