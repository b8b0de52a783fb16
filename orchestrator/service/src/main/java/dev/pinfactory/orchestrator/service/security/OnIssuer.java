package dev.pinfactory.orchestrator.service.security;

import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;

/** Whether callers have to say who they are. */
final class OnIssuer extends AnyNestedCondition {
    private static final String AUTHENTICATION = "pinfactory.orchestrator.authentication";

    OnIssuer() {
        super(ConfigurationPhase.REGISTER_BEAN);
    }

    @ConditionalOnProperty(prefix = AUTHENTICATION, name = "jwk-set-uri")
    static final class KeysAtAnAddress {}

    @ConditionalOnProperty(prefix = AUTHENTICATION, name = "jwk-set-file")
    static final class KeysInAFile {}
}
