package dev.pinfactory.router.models;

import dev.pinfactory.router.planner.ground.CardScore;
import dev.pinfactory.router.planner.ground.Grounding;
import dev.pinfactory.router.planner.interpret.Clause;
import dev.pinfactory.router.planner.interpret.Interpretation;
import dev.pinfactory.router.planner.interpret.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a fitted router sees of a request and a card: what the shipped one says of it, and what the labelled examples say. */
final class FittedFeatures {
    static final int COUNT = 35;

    private static final int BY_EXAMPLES = 15;
    private static final int BY_SCORES = 8;
    private static final int COMPANY = 5;
    /** Log-odds of the best new card, where there is none. */
    private static final double NONE = -14;

    private FittedFeatures() {}

    /**
     * A card that may be chosen.
     *
     * @param tool its place among the tools of the examples; -1 for one that they do not know
     * @param isNew it was not there when the router was fitted, or is taken as if
     */
    record Candidate(CardScore score, int tool, boolean isNew, float[] row) {}

    /**
     * The cards that may be chosen, each with its row.
     *
     * @param known a tool that only the example uses which the request itself is counts as passed over
     */
    static List<Candidate> of(
            Interpretation read, Grounding grounding, ExampleView view, ToolUse use, KnownTools known) {
        Map<String, Integer> tools = new HashMap<>(known.places());
        tools.values().removeIf(tool -> use.count(tool, view.without()) == 0);
        Map<CardScore, Integer> ranks = new HashMap<>();
        grounding.scores().forEach(score -> ranks.put(score, ranks.size()));
        List<CardScore> byExamples = grounding.scores().stream()
                .filter(score -> tool(score, tools) >= 0)
                .sorted(Comparator.comparingDouble((CardScore score) -> -view.sum()[tool(score, tools)])
                        .thenComparingInt(score -> ranks.getOrDefault(score, ranks.size())))
                .toList();
        Set<CardScore> candidates =
                new LinkedHashSet<>(byExamples.subList(0, Math.min(BY_EXAMPLES, byExamples.size())));
        grounding.scores().stream().limit(BY_SCORES).forEach(candidates::add);
        List<Integer> company = byExamples.stream()
                .limit(COMPANY)
                .map(score -> tool(score, tools))
                .toList();
        float[] best = new float[3];
        for (int i = 0; i < Math.min(best.length, byExamples.size()); i++) {
            best[i] = view.sum()[tool(byExamples.get(i), tools)];
        }
        double bestLogit = grounding.scores().isEmpty()
                ? 0
                : logit(grounding.scores().getFirst().probability());
        List<CardScore> unknown = grounding.scores().stream()
                .filter(score -> tool(score, tools) < 0)
                .toList();
        List<CardScore> fresh = unknown.stream()
                .filter(score -> known.isNew(score.contract().getId()))
                .toList();
        double bestFresh = fresh.isEmpty() ? NONE : logit(fresh.getFirst().probability());
        List<Candidate> rows = new ArrayList<>();
        int clauses = (int) read.clauses().stream().filter(Clause::asks).count();
        int words = Words.split(read.instruction()).size();
        for (CardScore score : candidates) {
            int tool = tool(score, tools);
            float[] row = new float[COUNT];
            double logit = logit(score.probability());
            row[0] = (float) logit;
            row[1] = (float) Math.log(1 + ranks.getOrDefault(score, ranks.size()));
            row[2] = (float) (logit - bestLogit);
            row[3] = (float) logit(claim(read, score));
            row[4] = clauses;
            row[5] = (float) Math.log(1 + words);
            row[6] = (float) Math.log(1 + grounding.scores().size());
            row[7] = (float) view.nearest();
            row[8] = (float) view.toolsNearby();
            row[9] = best[0];
            row[10] = best[1];
            row[11] = best[2];
            row[12] = tool >= 0 ? 1 : 0;
            row[29] = (float) Math.log(1 + fresh.size());
            row[30] = (float) bestFresh;
            row[31] = (float) (logit - bestFresh);
            row[32] = tool < 0 ? (float) Math.log(1 + unknown.indexOf(score)) : 0;
            row[33] = (float) Math.log(1 + unknown.size() - fresh.size());
            row[34] = known.isNew(score.contract().getId()) ? 1 : 0;
            if (tool >= 0) {
                seen(row, tool, view, use, byExamples.indexOf(score), best, company);
            }
            rows.add(new Candidate(score, tool, row[34] > 0, row));
        }
        return rows;
    }

    static boolean holdNewCards(List<Candidate> candidates) {
        return candidates.stream().anyMatch(Candidate::isNew);
    }

    private static void seen(
            float[] row, int tool, ExampleView view, ToolUse use, int rank, float[] best, List<Integer> company) {
        row[13] = view.words()[tool];
        row[14] = view.characters()[tool];
        row[15] = view.meaning()[tool];
        row[16] = view.sum()[tool];
        row[17] = view.votes()[tool];
        row[18] = (float) Math.log(1 + rank);
        row[19] = view.sum()[tool] - best[0];
        row[20] = view.sum()[tool] - best[1];
        row[21] = view.sum()[tool] - best[2];
        row[22] = (float) Math.log(1 + use.count(tool, view.without()));
        double share = 0;
        double weightedShare = 0;
        double information = 0;
        double strongest = -9;
        int others = 0;
        for (int other : company) {
            if (other != tool) {
                double given = use.share(tool, other, view.without());
                double together = use.mutualInformation(tool, other, view.without());
                share = Math.max(share, given);
                weightedShare += given * Math.max(0, view.sum()[other]);
                information += together;
                strongest = Math.max(strongest, together);
                others++;
            }
        }
        row[23] = (float) share;
        row[24] = (float) weightedShare;
        row[25] = (float) (information / Math.max(1, others));
        row[26] = (float) strongest;
        row[27] = !company.isEmpty() && company.getFirst() != tool
                ? (float) use.share(tool, company.getFirst(), view.without())
                : 0;
        row[28] = !company.isEmpty() && company.getFirst() != tool
                ? (float) use.share(company.getFirst(), tool, view.without())
                : 0;
    }

    private static double claim(Interpretation read, CardScore score) {
        double claim = 0;
        for (int clause = 0; clause < read.clauses().size(); clause++) {
            claim = read.clauses().get(clause).asks() ? Math.max(claim, score.of(clause)) : claim;
        }
        return claim;
    }

    private static int tool(CardScore score, Map<String, Integer> tools) {
        return tools.getOrDefault(score.contract().getId(), -1);
    }

    static double logit(double probability) {
        double p = Math.clamp(probability, 1e-6, 1 - 1e-6);
        return Math.log(p / (1 - p));
    }
}
