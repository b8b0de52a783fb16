package dev.pinfactory.specialists.risk;

import dev.pinfactory.specialists.tabular.RowsEvaluation;

/** Measures on tabular_bank_marketing. */
public final class RiskEvaluation extends RowsEvaluation {
    /** For the service loader. */
    public RiskEvaluation() {
        super("risk");
    }
}
