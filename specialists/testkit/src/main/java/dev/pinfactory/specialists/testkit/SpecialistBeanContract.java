package dev.pinfactory.specialists.testkit;

import dev.pinfactory.proto.v1.InferRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** The contract test for a specialist in Java: extend it and make the bean. Samples are read from beside its card. */
public abstract class SpecialistBeanContract extends SpecialistContract {
    private @Nullable LocalSpecialists local;

    /** The bean, annotated with {@code @Specialist}. */
    protected abstract Object specialist() throws Exception;

    @Override
    protected final String address() throws Exception {
        return local().address();
    }

    @Override
    protected List<InferRequest> samples() {
        return local == null ? List.of() : local.samples();
    }

    @AfterEach
    void stopSpecialist() {
        if (local != null) {
            local.close();
            local = null;
        }
    }

    private LocalSpecialists local() throws Exception {
        if (local == null) {
            local = LocalSpecialists.serve(specialist());
        }
        return local;
    }
}
