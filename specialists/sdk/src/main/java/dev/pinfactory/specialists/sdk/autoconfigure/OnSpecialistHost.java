package dev.pinfactory.specialists.sdk.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * In one process all roles share a class path, and each finds this auto-configuration there. Only the host serves specialists; the other roles are known
 * by their {@code spring.config.name}.
 */
final class OnSpecialistHost extends SpringBootCondition {
    private static final String ROLE_PREFIX = "pinfactory-";
    private static final String HOST = "pinfactory-host";

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        String name = context.getEnvironment().getProperty("spring.config.name", "");
        boolean otherRole = name.startsWith(ROLE_PREFIX) && !name.equals(HOST);
        return new ConditionOutcome(!otherRole, "spring.config.name is '" + name + "'");
    }
}
