package dev.pinfactory.router.models;

import dev.pinfactory.router.models.FittedFeatures.Candidate;
import dev.pinfactory.router.models.SetChoice.Chosen;
import dev.pinfactory.router.models.SetChoice.Item;
import dev.pinfactory.router.planner.interpret.Clause;
import dev.pinfactory.router.planner.interpret.Interpretation;
import dev.pinfactory.router.planner.interpret.Words;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What chooses among candidates: how likely each is, how many are needed, and which set is best. */
record Judge(Reranker stack, CountModel counts, SetChoice choice) {

    /** A choice, and how likely each candidate is. */
    record Judged(double[] probabilities, Chosen chosen) {}

    Judged judge(Interpretation read, List<Candidate> candidates, ExampleView view, ToolUse use) {
        double[] probabilities = candidates.stream()
                .mapToDouble(each -> stack.probability(each.row()))
                .toArray();
        double[] sizes = counts.probabilities(countRow(read, candidates, probabilities, view));
        return new Judged(probabilities, choice.choose(items(candidates, probabilities), sizes, use, view.without()));
    }

    static float[] countRow(Interpretation read, List<Candidate> candidates, double[] probabilities, ExampleView view) {
        int clauses = (int) read.clauses().stream().filter(Clause::asks).count();
        return CountModel.features(
                probabilities,
                candidates,
                clauses,
                Words.split(read.instruction()).size(),
                view);
    }

    static List<Item> items(List<Candidate> candidates, double[] probabilities) {
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
            items.add(new Item(
                    i, FittedFeatures.logit(probabilities[i]), candidates.get(i).tool()));
        }
        return items;
    }

    void write(DataOutputStream out) throws IOException {
        stack.write(out);
        counts.write(out);
        out.writeDouble(choice.countWeight());
        out.writeDouble(choice.companyWeight());
    }

    static Judge read(DataInputStream in) throws IOException {
        return new Judge(Reranker.read(in), CountModel.read(in), new SetChoice(in.readDouble(), in.readDouble()));
    }
}
