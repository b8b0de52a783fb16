package dev.pinfactory.specialists.risk.credit;

import dev.pinfactory.specialists.sdk.ModelSource;
import dev.pinfactory.specialists.sdk.Specialist;
import dev.pinfactory.specialists.sdk.SpecialistLoader;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import dev.pinfactory.specialists.tabular.RowScorer;
import dev.pinfactory.specialists.tabular.TabularModel;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.UnaryOperator;

/** Scores applications for a credit: how likely each goes bad. */
@Specialist
public final class CreditRiskSpecialist implements SpecialistLoader {
    @Override
    public SpecialistModel load(ModelSource source) throws IOException {
        try (InputStream stream = source.open()) {
            return new RowScorer(TabularModel.read(stream, "risk-credit-g"), UnaryOperator.identity());
        }
    }
}
