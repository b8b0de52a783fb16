package dev.pinfactory.specialists.risk;

import dev.pinfactory.specialists.tabular.RowsTrainer;
import dev.pinfactory.specialists.tabular.TabularSettings;

/** Trains on calls of a bank's marketing. */
public final class RiskTrainer extends RowsTrainer {
    /** The best of a few by the loss in folds of the training part. */
    private static final TabularSettings SETTINGS = new TabularSettings(24, 0.04, 30, 0.7, 0.9, 1, 2000, 10, 1);

    /** For the service loader. */
    public RiskTrainer() {
        super("risk", "tabular_bank_marketing", SETTINGS);
    }
}
