package dev.pinfactory.specialists.risk.credit;

import dev.pinfactory.specialists.tabular.RowsEvaluation;

/** Measures on tabular_credit_g: {@code --model credit_g}. */
public final class CreditRiskEvaluation extends RowsEvaluation {
    /** For the service loader. */
    public CreditRiskEvaluation() {
        super("risk");
    }

    @Override
    public String model() {
        return "credit_g";
    }

    @Override
    public String contract() {
        return "risk-credit-g";
    }
}
