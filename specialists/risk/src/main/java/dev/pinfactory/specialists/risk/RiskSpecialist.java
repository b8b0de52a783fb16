package dev.pinfactory.specialists.risk;

import dev.pinfactory.specialists.sdk.ModelSource;
import dev.pinfactory.specialists.sdk.Specialist;
import dev.pinfactory.specialists.sdk.SpecialistLoader;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import dev.pinfactory.specialists.tabular.RowScorer;
import dev.pinfactory.specialists.tabular.TabularModel;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.UnaryOperator;

/** Scores a bank's clients: how likely each subscribes to a term deposit when called. */
@Specialist
public final class RiskSpecialist implements SpecialistLoader {
    @Override
    public SpecialistModel load(ModelSource source) throws IOException {
        try (InputStream stream = source.open()) {
            return new RowScorer(TabularModel.read(stream, "risk"), UnaryOperator.identity());
        }
    }
}
