package dev.pinfactory.specialists.tabular;

import java.util.Map;
import java.util.TreeMap;

/**
 * How trees are grown.
 *
 * @param leaves most leaves of a tree
 * @param rate learning rate
 * @param leafRows fewest rows of a leaf
 * @param columnShare of the features that each tree sees
 * @param rowShare of the rows that each tree sees
 * @param penalty on large leaf values (L2)
 * @param rounds most trees of a fold
 * @param folds models, each grown without a part of the rows, which stops it and calibrates it
 * @param repeats how often the rows are dealt into folds
 */
public record TabularSettings(
        int leaves,
        double rate,
        int leafRows,
        double columnShare,
        double rowShare,
        double penalty,
        int rounds,
        int folds,
        int repeats) {
    /** For the lineage. */
    public Map<String, Object> asMap() {
        Map<String, Object> map = new TreeMap<>();
        map.put("leaves", leaves);
        map.put("rate", rate);
        map.put("leafRows", leafRows);
        map.put("columnShare", columnShare);
        map.put("rowShare", rowShare);
        map.put("penalty", penalty);
        map.put("rounds", rounds);
        map.put("folds", folds);
        map.put("repeats", repeats);
        return map;
    }

    String parameters(long seed) {
        return String.join(
                " ",
                "verbosity=-1 num_threads=1 deterministic=true force_row_wise=true",
                "seed=" + (int) (seed & 0x7fff_ffff),
                "num_leaves=" + leaves,
                "learning_rate=" + rate,
                "min_data_in_leaf=" + leafRows,
                "feature_fraction=" + columnShare,
                "bagging_fraction=" + rowShare,
                "bagging_freq=1",
                "lambda_l2=" + penalty);
    }
}
