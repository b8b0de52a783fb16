package dev.pinfactory.router.service;

import dev.pinfactory.proto.v1.Cost;
import dev.pinfactory.router.planner.PlanOutcome;
import dev.pinfactory.router.planner.PlanOutcome.Passed;
import dev.pinfactory.router.planner.PlanOutcome.Planned;
import dev.pinfactory.router.planner.PlanOutcome.Refused;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;

/**
 * Counts and times plans: {@code pinfactory.router.planning} by outcome and source, {@code pinfactory.router.refusals} by reason; and what they cost:
 * {@code pinfactory.router.llm.calls}, {@code .tokens}, and {@code .cost} by currency where there are prices.
 */
class PlanningMetrics {
    private static final String PLANNING = "pinfactory.router.planning";

    private final MeterRegistry meters;

    PlanningMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    void ended(PlanOutcome outcome, Duration took) {
        switch (outcome) {
            case Planned planned -> {
                spent(planned.cost());
                timer(
                                "planned",
                                planned.fromCache()
                                        ? "cache"
                                        : lower(planned.plan().getPlanner()))
                        .record(took);
            }
            case Refused refused -> {
                spent(refused.cost());
                timer("refused", "none").record(took);
                meters.counter(
                                "pinfactory.router.refusals",
                                "reason",
                                lower(refused.refusal().getReason()))
                        .increment();
            }
            case Passed passed -> timer("passed", "none").record(took);
        }
    }

    private void spent(Cost cost) {
        if (cost.getCalls() == 0) {
            return;
        }
        meters.counter("pinfactory.router.llm.calls").increment(cost.getCalls());
        meters.counter("pinfactory.router.llm.tokens").increment(cost.getLlmTokens());
        if (cost.hasLlm()) {
            meters.counter(
                            "pinfactory.router.llm.cost",
                            "currency",
                            cost.getLlm().getCurrency())
                    .increment(Double.parseDouble(cost.getLlm().getValue()));
        }
    }

    void overloaded() {
        meters.counter("pinfactory.router.overloaded").increment();
    }

    private Timer timer(String outcome, String source) {
        return Timer.builder(PLANNING)
                .description("Time that planning took")
                .tag("outcome", outcome)
                .tag("source", source)
                .publishPercentileHistogram()
                .register(meters);
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
