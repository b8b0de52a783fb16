package dev.pinfactory.specialists.risk.credit;

import dev.pinfactory.specialists.tabular.RowsTrainer;
import dev.pinfactory.specialists.tabular.TabularSettings;
import java.nio.file.Path;

/** Trains on German credits. */
public final class CreditRiskTrainer extends RowsTrainer {
    /** The best of a few by the loss in folds of the training part. */
    private static final TabularSettings SETTINGS = new TabularSettings(8, 0.03, 10, 0.3, 0.7, 5, 2000, 5, 3);

    /** For the service loader. */
    public CreditRiskTrainer() {
        super("risk-credit-g", "tabular_credit_g", SETTINGS);
    }

    @Override
    public Path resources() {
        return Path.of("specialists", "risk", "src", "main", "resources")
                .resolve(getClass().getPackageName().replace('.', '/'));
    }

    @Override
    public Path defaultData() {
        return Path.of("specialists", "risk", "data");
    }
}
