package dev.pinfactory.specialists.evaluation;

import dev.pinfactory.specialists.learning.DataException;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.evaluation.Answer;
import dev.pinfactory.specialists.learning.evaluation.EvaluatedItem;
import dev.pinfactory.specialists.learning.evaluation.EvaluationData;
import dev.pinfactory.specialists.learning.evaluation.EvaluationItem;
import dev.pinfactory.specialists.learning.evaluation.SpecialistEvaluation;
import dev.pinfactory.specialists.sdk.serving.Definition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Serves a specialist, asks it about each item of a file, and has the answers counted. The same code for every specialist. */
public final class Evaluator {
    private static final long NANOS_BETWEEN_LINES = 5_000_000_000L;

    private final Consumer<String> progress;

    /** @param progress gets a line now and then */
    public Evaluator(Consumer<String> progress) {
        this.progress = progress;
    }

    /**
     * Measures.
     *
     * @param artifact directory of a model that does not ship; the shipped one where it is empty
     * @throws DataException when data or artifact are missing or wrong, or not one call was answered
     */
    public <G> EvaluationReport run(SpecialistEvaluation<G> evaluation, EvaluationData data, Optional<Path> artifact) {
        Definition shipped = evaluation
                .served()
                .map(ClassPathSpecialists::define)
                .orElseGet(() -> ClassPathSpecialists.define(evaluation.contract()));
        return run(
                evaluation,
                data,
                artifact.map(directory -> ModelArtifact.serve(shipped, directory))
                        .orElse(shipped));
    }

    /** Whoever gave a file of another kind has to be told which kind is wanted. */
    private static <G> List<EvaluationItem<G>> read(SpecialistEvaluation<G> evaluation, EvaluationData data) {
        try {
            return evaluation.read(data);
        } catch (DataException e) {
            if (!Files.exists(data.file())) {
                throw e;
            }
            throw new DataException(
                    e.getMessage() + "; '" + evaluation.specialist() + "' is measured on " + evaluation.example(), e);
        }
    }

    <G> EvaluationReport run(SpecialistEvaluation<G> evaluation, EvaluationData data, Definition definition) {
        List<EvaluationItem<G>> items = read(evaluation, data);
        if (items.isEmpty()) {
            throw new DataException(data.file() + " has no items");
        }
        try (ServedArtifact served = new ServedArtifact(definition)) {
            long[] nanos = new long[items.size()];
            List<EvaluatedItem<G>> evaluated = ask(served, items, nanos);
            requireAnswers(evaluated);
            List<EvaluatedItem<G>> known =
                    evaluated.stream().filter(item -> item.known().isPresent()).toList();
            progress.accept(known.isEmpty() ? "no gold, so no figures" : "counting");
            Map<String, Metric> metrics = known.isEmpty() ? Map.of() : evaluation.measure(known);
            evaluation.warnings(known).forEach(warning -> progress.accept("warning: " + warning));
            List<Map<String, Object>> predictions = evaluated.stream()
                    .flatMap(item -> evaluation.predictions(item).stream())
                    .toList();
            return new EvaluationReport(
                    evaluation.specialist(),
                    evaluation.model(),
                    served.card().getVersion(),
                    evaluated.size(),
                    known.size(),
                    (int) evaluated.stream()
                            .filter(item -> item.answer().abstained())
                            .count(),
                    (int) evaluated.stream()
                            .filter(item -> item.answer() instanceof Answer.Refused)
                            .count(),
                    Latency.of(nanos),
                    metrics,
                    predictions);
        }
    }

    /**
     * As many calls at a time as there are processors; the answers in the items' order.
     *
     * @param nanos how long each took is written there
     */
    private <G> List<EvaluatedItem<G>> ask(ServedArtifact served, List<EvaluationItem<G>> items, long[] nanos) {
        int callers = Runtime.getRuntime().availableProcessors();
        EvaluatedItem<G>[] answers = newArray(items.size());
        AtomicInteger next = new AtomicInteger();
        try (ExecutorService pool = Executors.newFixedThreadPool(callers)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                boolean tells = i == 0;
                running.add(pool.submit(() -> work(served, items, answers, nanos, next, tells)));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while measuring", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
        return Collections.unmodifiableList(Arrays.asList(answers));
    }

    private <G> void work(
            ServedArtifact served,
            List<EvaluationItem<G>> items,
            EvaluatedItem<G>[] answers,
            long[] nanos,
            AtomicInteger next,
            boolean tells) {
        long told = System.nanoTime();
        for (int i = next.getAndIncrement(); i < answers.length; i = next.getAndIncrement()) {
            EvaluationItem<G> item = items.get(i);
            long begin = System.nanoTime();
            answers[i] = new EvaluatedItem<>(item.gold(), served.infer(item));
            nanos[i] = System.nanoTime() - begin;
            if (tells && System.nanoTime() - told > NANOS_BETWEEN_LINES) {
                told = System.nanoTime();
                progress.accept("%,d of %,d".formatted(i + 1, answers.length));
            }
        }
    }

    @SuppressWarnings("unchecked") // an array of a record with one type parameter, filled with nothing else
    private static <G> EvaluatedItem<G>[] newArray(int size) {
        return new EvaluatedItem[size];
    }

    private static void requireAnswers(List<? extends EvaluatedItem<?>> evaluated) {
        for (EvaluatedItem<?> item : evaluated) {
            if (!(item.answer() instanceof Answer.Refused)) {
                return;
            }
        }
        Answer.Refused first = (Answer.Refused) evaluated.getFirst().answer();
        throw new DataException("every call was refused, the first with: " + first.error());
    }
}
