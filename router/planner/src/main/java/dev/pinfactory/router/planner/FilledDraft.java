package dev.pinfactory.router.planner;

import dev.pinfactory.proto.v1.OutputMapping;
import dev.pinfactory.router.planner.bind.Binder;
import dev.pinfactory.router.planner.bind.DraftStep;
import dev.pinfactory.router.planner.bind.DraftStep.Purpose;
import dev.pinfactory.router.planner.bind.PlanDraft;
import dev.pinfactory.router.planner.output.OutputMapper;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A draft that fills a caller's schema. The schema says what is wanted as much as the instruction does: places that no step fills bring in steps, and
 * steps that no place needs go.
 *
 * @param output the mapping; empty where nothing fits
 * @param claimed by specialist: the highest probability with which a place that it fills means it
 */
record FilledDraft(PlanDraft draft, List<OutputMapping> output, Map<String, Double> claimed) {
    FilledDraft {
        output = List.copyOf(output);
        claimed = Map.copyOf(claimed);
    }

    static FilledDraft of(Understanding understood, PlanDraft asked, Binder binder, OutputMapper mapper) {
        PlanDraft draft = asked;
        for (OutputMapper.Wish wish : mapper.wishes(delivering(asked), binder::isAskedFor)) {
            draft = binder.bringIn(wish.contract(), wish.probability(), wish.place(), wish.words());
        }
        List<OutputMapping> output = mapper.map(delivering(draft));
        Set<String> used = output.stream()
                .flatMap(mapping -> mapping.getSourcesList().stream())
                .map(source -> source.getStep())
                .collect(Collectors.toSet());
        PlanDraft kept = draft.withOnly(used);
        nameClauses(understood, kept);
        return new FilledDraft(kept, output, mapper.claimed(delivering(kept)));
    }

    /** A clause that no step is left for may have asked for what a place of the schema has brought in, only less clearly. */
    private static void nameClauses(Understanding understood, PlanDraft kept) {
        Set<Integer> answered =
                kept.steps().stream().flatMap(step -> step.clauses().stream()).collect(Collectors.toSet());
        for (DraftStep step : kept.steps()) {
            if (step.purpose() == Purpose.WANTED) {
                understood.asking(step.contract()).stream()
                        .filter(clause -> !answered.contains(clause))
                        .forEach(step.clauses()::add);
            }
        }
    }

    private static List<DraftStep> delivering(PlanDraft draft) {
        return draft.steps().stream().filter(DraftStep::delivers).toList();
    }
}
