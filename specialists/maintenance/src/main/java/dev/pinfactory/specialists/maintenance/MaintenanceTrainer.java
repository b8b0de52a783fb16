package dev.pinfactory.specialists.maintenance;

import dev.pinfactory.specialists.tabular.Row;
import dev.pinfactory.specialists.tabular.RowsTrainer;
import dev.pinfactory.specialists.tabular.TabularSettings;
import java.util.function.UnaryOperator;

/** Trains on readings of a milling machine, with columns derived by physics. */
public final class MaintenanceTrainer extends RowsTrainer {
    /** The best of a few by the loss in folds of the training part. */
    private static final TabularSettings SETTINGS = new TabularSettings(15, 0.03, 20, 0.8, 0.8, 5, 2000, 10, 1);

    /** For the service loader. */
    public MaintenanceTrainer() {
        super("maintenance", "maintenance_ai4i", SETTINGS);
    }

    @Override
    protected UnaryOperator<Row> derived() {
        return Physics::derive;
    }
}
