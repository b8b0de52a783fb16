package dev.pinfactory.specialists.maintenance;

import dev.pinfactory.specialists.sdk.ModelSource;
import dev.pinfactory.specialists.sdk.Specialist;
import dev.pinfactory.specialists.sdk.SpecialistLoader;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import dev.pinfactory.specialists.tabular.RowScorer;
import dev.pinfactory.specialists.tabular.TabularModel;
import java.io.IOException;
import java.io.InputStream;

/** Scores a machine's sensor rows: how likely it fails. */
@Specialist
public final class MaintenanceSpecialist implements SpecialistLoader {
    @Override
    public SpecialistModel load(ModelSource source) throws IOException {
        try (InputStream stream = source.open()) {
            return new RowScorer(TabularModel.read(stream, "maintenance"), Physics::derive);
        }
    }
}
