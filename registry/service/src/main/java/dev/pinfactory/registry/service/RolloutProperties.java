package dev.pinfactory.registry.service;

import dev.pinfactory.proto.v1.Version.State;
import dev.pinfactory.registry.service.rollout.RolloutPolicies;
import dev.pinfactory.registry.service.rollout.RolloutPolicy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings {@code pinfactory.registry.rollout.*}; what each means stands at {@link RolloutPolicy}, what it is when nothing is said in
 * {@link #DEFAULTS}.
 *
 * @param specialists the same settings for single specialists, such as {@code specialists.intent.automatic}; what is not said there is as for all
 */
@ConfigurationProperties("pinfactory.registry.rollout")
record RolloutProperties(
        @Nullable Boolean automatic,
        @Nullable Boolean rollback,
        @Nullable Set<State> approval,
        @Nullable Double level,
        @Nullable Duration shortest,
        @Nullable Integer shadowCalls,
        @Nullable Double minAgreement,
        @Nullable List<Integer> canarySteps,
        @Nullable Integer canaryCalls,
        @Nullable Double errorMargin,
        @Nullable Double abstentionMargin,
        @Nullable Double latencyRatio,
        @Nullable Duration latencyFloor,
        @Nullable Double correctionMargin,
        @Nullable Duration probation,
        @DefaultValue Map<String, RolloutProperties> specialists) {

    static final RolloutPolicy DEFAULTS = new RolloutPolicy(
            true,
            true,
            Set.of(),
            0.01,
            Duration.ofSeconds(30),
            200,
            0.8,
            List.of(5, 25),
            100,
            0.01,
            0.05,
            2,
            Duration.ofMillis(20),
            0.02,
            Duration.ofHours(1));

    RolloutPolicies policies() {
        RolloutPolicy standard = over(DEFAULTS);
        Map<String, RolloutPolicy> own = new HashMap<>();
        specialists.forEach((id, settings) -> own.put(id, settings.over(standard)));
        return new RolloutPolicies(standard, own);
    }

    private RolloutPolicy over(RolloutPolicy base) {
        return new RolloutPolicy(
                Objects.requireNonNullElse(automatic, base.automatic()),
                Objects.requireNonNullElse(rollback, base.rollback()),
                Objects.requireNonNullElse(approval, base.approval()),
                Objects.requireNonNullElse(level, base.level()),
                Objects.requireNonNullElse(shortest, base.shortest()),
                Objects.requireNonNullElse(shadowCalls, base.shadowCalls()),
                Objects.requireNonNullElse(minAgreement, base.minAgreement()),
                Objects.requireNonNullElse(canarySteps, base.canarySteps()),
                Objects.requireNonNullElse(canaryCalls, base.canaryCalls()),
                Objects.requireNonNullElse(errorMargin, base.errorMargin()),
                Objects.requireNonNullElse(abstentionMargin, base.abstentionMargin()),
                Objects.requireNonNullElse(latencyRatio, base.latencyRatio()),
                Objects.requireNonNullElse(latencyFloor, base.latencyFloor()),
                Objects.requireNonNullElse(correctionMargin, base.correctionMargin()),
                Objects.requireNonNullElse(probation, base.probation()));
    }
}
