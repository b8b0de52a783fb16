package dev.pinfactory.router.models;

import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.router.models.TrainingLibrary.Request;
import dev.pinfactory.router.planner.ground.CardScore;
import dev.pinfactory.router.planner.ground.Grounder;
import dev.pinfactory.router.planner.ground.PlanEvidence;
import dev.pinfactory.router.planner.ground.Selection;
import dev.pinfactory.router.planner.interpret.Interpretation;
import dev.pinfactory.router.planner.interpret.Interpreter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** Chooses tools for requests by the code that plans, and compares them with the labels. */
final class RouterValidation {
    private final Interpreter interpreter;
    private final Grounder grounder;

    RouterValidation(Interpreter interpreter, Grounder grounder) {
        this.interpreter = interpreter;
        this.grounder = grounder;
    }

    /**
     * One request judged.
     *
     * @param f1 of the chosen set of tools; 1 when none was right and none was chosen
     */
    record Judged(PlanEvidence evidence, double f1) {
        boolean exact() {
            return f1 >= 0.99;
        }
    }

    Judged judge(Request request, Contracts contracts) {
        Interpretation interpretation = interpreter.interpret(request.text());
        Selection selection = Selection.from(grounder.ground(interpretation, contracts), interpretation.clauses());
        Set<String> chosen = selection.chosen().stream()
                .map(CardScore::contract)
                .map(Contract::getId)
                .collect(Collectors.toSet());
        long right = chosen.stream().filter(request.tools()::contains).count();
        double f1 = chosen.isEmpty() && request.tools().isEmpty()
                ? 1
                : 2.0 * right / Math.max(1, chosen.size() + request.tools().size());
        return new Judged(PlanEvidence.of(selection, interpretation.clauses()), f1);
    }

    /** All requests over the whole library. */
    List<Judged> judgeAll(List<Request> requests, List<Contract> library) {
        Contracts contracts = Contracts.of(library);
        return requests.stream().map(request -> judge(request, contracts)).toList();
    }

    /** Requests over random parts of the library, so that some tools that are needed are missing. */
    List<Judged> judgeOverParts(List<Request> requests, List<Contract> library, Random random) {
        List<Judged> judged = new ArrayList<>();
        for (Request request : requests) {
            List<Contract> pool = new ArrayList<>(library);
            Collections.shuffle(pool, random);
            int size = 3 + random.nextInt(Math.min(60, library.size()) - 2);
            boolean complete = random.nextInt(5) > 0;
            List<Contract> part = pool.stream()
                    .filter(contract ->
                            complete && request.tools().contains(contract.getId()) || pool.indexOf(contract) < size)
                    .toList();
            judged.add(judge(request, Contracts.of(part)));
        }
        return judged;
    }

    /** From requests to several libraries, each of which counts the same. */
    static PlanConfidence calibrate(List<List<Judged>> libraries) {
        List<Judged> all = libraries.stream().flatMap(List::stream).toList();
        float[][] rows =
                all.stream().map(one -> PlanConfidence.features(one.evidence())).toArray(float[][]::new);
        double[] labels = all.stream().mapToDouble(one -> one.exact() ? 1 : 0).toArray();
        double[] weights = libraries.stream()
                .flatMapToDouble(judged ->
                        DoubleStream.generate(() -> 1.0 / judged.size()).limit(judged.size()))
                .toArray();
        return new PlanConfidence(LogisticTrainer.fit(rows, labels, weights, 0.005));
    }

    static String summary(List<Judged> judged) {
        double f1 = judged.stream().mapToDouble(Judged::f1).average().orElse(0);
        double exact = judged.stream().filter(Judged::exact).count() / (double) judged.size();
        return String.format(
                java.util.Locale.ROOT, "node F1 %.1f, exact %.1f (n=%d)", 100 * f1, 100 * exact, judged.size());
    }
}
