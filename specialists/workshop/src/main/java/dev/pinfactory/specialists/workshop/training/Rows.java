package dev.pinfactory.specialists.workshop.training;

import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.specialists.learning.Split;
import dev.pinfactory.specialists.tabular.Row;
import dev.pinfactory.specialists.tabular.TableRows;
import dev.pinfactory.specialists.tabular.TabularSettings;
import dev.pinfactory.specialists.workshop.data.Examples;
import dev.pinfactory.specialists.workshop.data.GroupedSplit;
import dev.pinfactory.specialists.workshop.data.Table.Line;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Rows of a table, divided.
 *
 * @param learnt to learn from
 * @param tested put aside
 */
record Rows(Examples examples, List<Line> learnt, List<Line> tested) {
    static final Map<String, String> LIBRARIES = Map.of("lightgbm", "4.3.0");
    private static final int FOLDS = 5;
    private static final int ROUNDS = 1_000;
    private static final int TIMED = 200;

    static Rows divide(Examples examples, Function<Line, String> stratum, long seed) {
        List<Line> rows = examples.rows().rows();
        Split<Integer> split =
                GroupedSplit.of(examples.groups(), i -> stratum.apply(rows.get(i)), Job.TEST_SHARE, seed);
        return new Rows(
                examples,
                split.train().stream().map(rows::get).toList(),
                split.held().stream().map(rows::get).toList());
    }

    /** The fewer the rows, the smaller the trees; each fold stops by the rows that it has not seen. */
    TabularSettings settings() {
        int rows = learnt.size();
        int leafRows = Math.clamp(rows / 50, 5, 30);
        int leaves = Math.clamp(rows / 40, 4, 24);
        return new TabularSettings(leaves, 0.05, leafRows, 0.8, 0.9, 1, ROUNDS, FOLDS, 1);
    }

    Row row(Line line) {
        Map<String, Object> cells = new HashMap<>(line.cells());
        cells.remove(examples.label());
        return new Row(cells);
    }

    List<Row> rows(List<Line> lines) {
        return lines.stream().map(this::row).toList();
    }

    /** Calls of one row each. */
    List<Artifact> inputs() {
        return IntStream.range(0, Math.min(TIMED, tested.size()))
                .mapToObj(i -> TableRows.artifact("table", examples.features(), List.of(row(tested.get(i)))))
                .toList();
    }
}
