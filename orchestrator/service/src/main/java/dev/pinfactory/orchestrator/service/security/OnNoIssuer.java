package dev.pinfactory.orchestrator.service.security;

import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.context.annotation.Conditional;

/** Whether everybody on this machine may do everything. */
final class OnNoIssuer extends NoneNestedConditions {
    OnNoIssuer() {
        super(ConfigurationPhase.REGISTER_BEAN);
    }

    @Conditional(OnIssuer.class)
    static final class Issuer {}
}
