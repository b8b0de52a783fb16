package dev.pinfactory.specialists.maintenance;

import dev.pinfactory.specialists.tabular.RowsEvaluation;

/** Measures on maintenance_ai4i. */
public final class MaintenanceEvaluation extends RowsEvaluation {
    /** For the service loader. */
    public MaintenanceEvaluation() {
        super("maintenance");
    }
}
