package dev.pinfactory.router.planner;

import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.type.SemanticTypes;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Fallback;
import dev.pinfactory.proto.v1.InputBinding;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.proto.v1.Step;
import dev.pinfactory.router.planner.bind.DraftStep;
import dev.pinfactory.router.planner.bind.DraftStep.Purpose;
import dev.pinfactory.router.planner.bind.Source;
import dev.pinfactory.router.planner.ground.Grounding;
import dev.pinfactory.router.planner.interpret.Clause;
import dev.pinfactory.router.planner.interpret.Interpretation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Writes drafted steps as steps of a plan: with reasons in plain words, fallbacks, and whether the task fails with them. */
final class PlanWriter {
    private static final int MAX_FALLBACKS = 4;

    private final Interpretation interpretation;
    private final Grounding grounding;
    private final Contracts contracts;
    private final boolean allowPartial;
    private final boolean mayEscalate;

    PlanWriter(Understanding understood, Contracts contracts, boolean allowPartial, boolean mayEscalate) {
        this.interpretation = understood.interpretation();
        this.grounding = understood.grounding();
        this.contracts = contracts;
        this.allowPartial = allowPartial;
        this.mayEscalate = mayEscalate;
    }

    List<Step> write(List<DraftStep> drafts) {
        return drafts.stream().map(draft -> step(draft, drafts)).toList();
    }

    private Step step(DraftStep draft, List<DraftStep> all) {
        Contract contract = draft.contract();
        Step.Builder step = Step.newBuilder()
                .setId(draft.id())
                .setSpecialist(contract.getId())
                .setContractDigest(contracts.digestOf(contract.getId()).orElseThrow())
                .addAllParameters(draft.parameters())
                .setForEach(draft.forEach())
                .setDeliverable(draft.delivers())
                .setRequired(required(draft, all))
                .setInserted(draft.purpose() == Purpose.COMPLETES)
                .setReason(reason(draft, all))
                .setConfidence(confidence(draft))
                .addAllFallbacks(fallbacks(draft))
                .addAllCandidates(grounding.nearest(draft.clauses(), contract.getId()));
        draft.inputs()
                .forEach((port, sources) -> step.addInputs(InputBinding.newBuilder()
                        .setPort(port)
                        .addAllSources(sources.stream().map(Source::binding).toList())));
        draft.condition().ifPresent(step::setWhen);
        draft.clauses().stream()
                .sorted()
                .forEach(clause -> step.addAskedBy(
                        interpretation.span(interpretation.clauses().get(clause))));
        return step.build();
    }

    /** A step is no surer than what feeds it. */
    private static double confidence(DraftStep draft) {
        double confidence = draft.probability();
        for (DraftStep before : draft.upstream()) {
            confidence = Math.min(confidence, confidence(before));
        }
        return confidence;
    }

    /** The task fails with a step that every other deliverable needs, or, where nothing may be left out, with any deliverable. */
    private boolean required(DraftStep draft, List<DraftStep> all) {
        if (!allowPartial && draft.delivers()) {
            return true;
        }
        List<DraftStep> others =
                all.stream().filter(other -> other != draft && other.delivers()).toList();
        if (!allowPartial) {
            return others.stream().anyMatch(other -> needs(other, draft, new HashSet<>()));
        }
        return others.stream().allMatch(other -> needs(other, draft, new HashSet<>()));
    }

    private boolean needs(DraftStep step, DraftStep wanted, Set<DraftStep> seen) {
        if (!seen.add(step)) {
            return false;
        }
        return step.upstream().contains(wanted)
                || step.upstream().stream().anyMatch(before -> needs(before, wanted, seen));
    }

    private String reason(DraftStep draft, List<DraftStep> all) {
        String id = draft.contract().getId();
        return switch (draft.purpose()) {
            case ASKED ->
                "you asked to \"" + words(draft) + "\"; " + id + " answers that " + rounded(draft.probability());
            case WANTED ->
                "the output schema asks for it at " + String.join(" and ", draft.places()) + "; " + id + " gives that "
                        + rounded(draft.probability());
            case DECIDES ->
                "\"" + words(draft) + "\" has to be found out first; " + id + " does that "
                        + rounded(draft.probability());
            case COMPLETES -> {
                Optional<DraftStep> reader = all.stream()
                        .filter(other -> other.upstream().contains(draft))
                        .findFirst();
                String gives = draft.contract().getOutputsList().stream()
                        .map(Port::getType)
                        .findFirst()
                        .orElse("its output");
                yield "inserted, because "
                        + reader.map(other -> other.contract().getId()).orElse("a later step") + " reads " + gives
                        + " and the input is "
                        + draft.roots().stream()
                                .map(input -> "the " + input.getType() + " '" + input.getName() + "'")
                                .findFirst()
                                .orElse("of another type");
            }
        };
    }

    private String words(DraftStep draft) {
        return draft.clauses().stream()
                .sorted()
                .map(interpretation.clauses()::get)
                .map(Clause::text)
                .reduce((a, b) -> a + "\" and \"" + b)
                .orElse("");
    }

    private static String rounded(double probability) {
        return String.format(Locale.ROOT, "(%.2f)", probability);
    }

    /** Others of the same capability whose ports have the same names and fit. */
    private List<Fallback> fallbacks(DraftStep draft) {
        Contract mine = draft.contract();
        List<Fallback> fallbacks = new ArrayList<>();
        for (Contract other : contracts.all()) {
            boolean interchangeable = fallbacks.size() < MAX_FALLBACKS
                    && !mine.getCapability().isEmpty()
                    && other.getCapability().equals(mine.getCapability())
                    && !other.getId().equals(mine.getId())
                    && other.getKind() != Contract.Kind.LLM
                    && standsIn(draft, other);
            if (interchangeable) {
                fallbacks.add(fallback(other));
            }
        }
        if (mayEscalate) {
            contracts.all().stream()
                    .filter(other -> StandIns.standsInFor(other, mine))
                    .filter(other -> standsIn(draft, other))
                    .min(Comparator.comparing(other -> !other.getCapability().equals(mine.getCapability())))
                    .stream()
                    .forEach(other -> fallbacks.add(fallback(other)));
        }
        return fallbacks;
    }

    private Fallback fallback(Contract other) {
        return Fallback.newBuilder()
                .setSpecialist(other.getId())
                .setContractDigest(contracts.digestOf(other.getId()).orElseThrow())
                .build();
    }

    private boolean standsIn(DraftStep draft, Contract other) {
        SemanticTypes types = contracts.types();
        boolean inputs = draft.inputs().keySet().stream().allMatch(name -> {
            Optional<Port> mine = port(draft.contract().getInputsList(), name);
            Optional<Port> theirs = port(other.getInputsList(), name);
            return mine.isPresent()
                    && theirs.isPresent()
                    && types.isAssignable(mine.get().getType(), theirs.get().getType())
                    && isMany(mine.get()) == isMany(theirs.get());
        });
        boolean fed = other.getInputsList().stream()
                .filter(port -> !port.getOptional())
                .allMatch(port -> draft.inputs().containsKey(port.getName()));
        boolean outputs = draft.contract().getOutputsList().stream().allMatch(mine -> {
            Optional<Port> theirs = port(other.getOutputsList(), mine.getName());
            return theirs.isPresent()
                    && types.isAssignable(theirs.get().getType(), mine.getType())
                    && isMany(mine) == isMany(theirs.get());
        });
        boolean parameters = draft.parameters().stream()
                .allMatch(bound ->
                        kind(draft.contract(), bound.getParameter()).equals(kind(other, bound.getParameter())));
        boolean set = other.getParametersList().stream()
                .filter(parameter -> parameter.getRequired() && !parameter.hasDefaultValue())
                .allMatch(parameter -> draft.parameters().stream()
                        .anyMatch(bound -> bound.getParameter().equals(parameter.getName())));
        return inputs && fed && outputs && parameters && set;
    }

    private static String kind(Contract contract, String parameter) {
        return contract.getParametersList().stream()
                .filter(one -> one.getName().equals(parameter))
                .map(one -> one.getKind() + (one.hasDefaultValue() ? " with default" : ""))
                .findFirst()
                .orElse("");
    }

    private static Optional<Port> port(List<Port> ports, String name) {
        return ports.stream().filter(port -> port.getName().equals(name)).findFirst();
    }

    private static boolean isMany(Port port) {
        return port.getCardinality() == Port.Cardinality.MANY;
    }
}
