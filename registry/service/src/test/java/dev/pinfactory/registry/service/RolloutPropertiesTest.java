package dev.pinfactory.registry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pinfactory.proto.v1.Version.State;
import dev.pinfactory.registry.service.rollout.RolloutPolicies;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class RolloutPropertiesTest {
    @Test
    void whatIsNotSaidIsAsForAllAndThatAsItComes() {
        RolloutPolicies policies = policies(Map.of(
                "canary-steps", "10,50",
                "probation", "5m",
                "specialists.intent.automatic", "false",
                "specialists[acme/risk].approval", "CANARY,CHAMPION"));

        assertThat(policies.of("mood").canarySteps()).containsExactly(10, 50);
        assertThat(policies.of("mood").level()).isEqualTo(RolloutProperties.DEFAULTS.level());
        assertThat(policies.of("mood").automatic()).isTrue();
        assertThat(policies.of("intent").automatic()).isFalse();
        assertThat(policies.of("intent").probation()).isEqualTo(Duration.ofMinutes(5));
        assertThat(policies.of("acme/risk").approval()).containsExactlyInAnyOrder(State.CANARY, State.CHAMPION);
    }

    @Test
    void whatCanNotBeIsRefusedByItsName() {
        assertRefused("level", "0");
        assertRefused("approval", "REJECTED");
        assertRefused("canary-steps", "25,5");
        assertRefused("canary-steps", "5,100");
        assertRefused("min-agreement", "1.5");
        assertRefused("latency-ratio", "0.5");
        assertRefused("specialists.intent.canary-calls", "0");
    }

    private static void assertRefused(String name, String value) {
        assertThatThrownBy(() -> policies(Map.of(name, value)))
                .hasMessageContaining(
                        "pinfactory.registry.rollout." + name.substring(name.lastIndexOf('.') + 1) + " is");
    }

    private static RolloutPolicies policies(Map<String, String> settings) {
        var source = new MapConfigurationPropertySource();
        settings.forEach((name, value) -> source.put("pinfactory.registry.rollout." + name, value));
        return new Binder(source)
                .bindOrCreate("pinfactory.registry.rollout", RolloutProperties.class)
                .policies();
    }
}
