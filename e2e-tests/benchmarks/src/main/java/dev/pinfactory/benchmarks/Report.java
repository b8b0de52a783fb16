package dev.pinfactory.benchmarks;

import java.util.List;
import java.util.Locale;

/** The page with the table, and what it has to show. */
final class Report {
    private Report() {}

    /** Times of one task, in microseconds. */
    record Measured(Shape shape, Entry entry, double median, double p99) {}

    static String page(List<Measured> measured) {
        StringBuilder page = new StringBuilder(String.format(Locale.ROOT, """
                # Benchmarks

                What the engine adds to a task. All contestants run the same graphs of the same specialists on virtual threads, in one run, one task
                after the other. *pinfactory* validates the plan, runs it with deadlines, merges, and gives provenance for every leaf, all of it for
                each task anew: nothing that was found out about a plan is kept for the next task. Its shell is the least that drives it (no network,
                no journal). *by hand* is `CompletableFuture` code with none of that. *langchain4j-agentic* is 1.16.1-beta26 with agents without a
                model, its workflow built once. Each contestant first runs %,d tasks of the graph without work, so that its code is compiled.
                Times are medians of one task (JMH, sample time, two forks); in brackets the 99th percentile.

                ```
                mvn -q -DskipTests install -pl e2e-tests/benchmarks -am
                mvn validate exec:exec -pl e2e-tests/benchmarks
                ```

                | graph | ideal | by hand | pinfactory | langchain4j-agentic | pinfactory adds |
                |---|---|---|---|---|---|
                """, EngineBenchmark.WARM_UP_TASKS));
        for (Shape shape : Shape.values()) {
            page.append("| ").append(name(shape)).append(" | ");
            page.append(shape.isTimed() ? shape.idealMillis() + " ms" : "0").append(" | ");
            for (Entry entry : Entry.values()) {
                page.append(cell(measured, shape, entry)).append(" | ");
            }
            page.append(added(measured, shape)).append(" |\n");
        }
        return page.append("""

                Bars: at most 0.1 ms added to the five steps that do nothing, and less than langchain4j-agentic; with steps of 10 to 50 ms at most 1.05 of
                the ideal.

                - *five no-ops*: A→C, B→D, C and D→E.
                - *uneven*: the same graph, A 10 ms, C 50, B 50, D 10, E 10.
                - *N*: A→C, A→D, B→D, C and D→E, A 10 ms, B 50, C 50, D 10, E 10. langchain4j-agentic's workflows can say it only in levels.
                """).toString();
    }

    private static String cell(List<Measured> measured, Shape shape, Entry entry) {
        Measured found = find(measured, shape, entry);
        return String.format(Locale.ROOT, "%.3f ms (%.3f)", found.median / 1_000, found.p99 / 1_000);
    }

    private static String added(List<Measured> measured, Shape shape) {
        double mine = find(measured, shape, Entry.PINFACTORY).median;
        if (shape.isTimed()) {
            return String.format(Locale.ROOT, "%.3f × ideal", mine / 1_000 / shape.idealMillis());
        }
        return String.format(Locale.ROOT, "%.3f ms", (mine - find(measured, shape, Entry.BY_HAND).median) / 1_000);
    }

    private static Measured find(List<Measured> measured, Shape shape, Entry entry) {
        return measured.stream()
                .filter(each -> each.shape == shape && each.entry == entry)
                .findFirst()
                .orElseThrow();
    }

    private static String name(Shape shape) {
        return shape.name()
                .toLowerCase(Locale.ROOT)
                .replace("n_no_ops", "N, no-ops")
                .replace('_', ' ')
                .replaceFirst("^n$", "N");
    }
}
