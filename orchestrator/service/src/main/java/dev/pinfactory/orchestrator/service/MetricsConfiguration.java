package dev.pinfactory.orchestrator.service;

import dev.pinfactory.orchestrator.service.dispatch.EndpointGuards;
import dev.pinfactory.orchestrator.service.plan.Specialists;
import dev.pinfactory.orchestrator.service.run.Recorder;
import dev.pinfactory.orchestrator.service.shadow.Shadows;
import dev.pinfactory.orchestrator.service.task.Admission;
import io.github.resilience4j.micrometer.tagged.TaggedBulkheadMetrics;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What operators see, and the few beans that belong nowhere else. */
@Configuration(proxyBeanMethods = false)
class MetricsConfiguration {
    @Bean
    MeterBinder taskMetrics(Admission admission, Recorder recorder) {
        return meters -> {
            Gauge.builder("pinfactory.tasks.running", admission, Admission::running)
                    .register(meters);
            Gauge.builder("pinfactory.tasks.concurrency", admission, Admission::concurrency)
                    .description("Tasks that may run at once, as things are")
                    .register(meters);
            Gauge.builder("pinfactory.tasks.waiting", admission, Admission::waiting)
                    .register(meters);
            FunctionCounter.builder("pinfactory.tasks.refused", admission, Admission::refused)
                    .register(meters);
            FunctionCounter.builder("pinfactory.records.dropped", recorder, Recorder::dropped)
                    .register(meters);
        };
    }

    @Bean
    MeterBinder shadowMetrics(Shadows shadows) {
        return meters -> FunctionCounter.builder("pinfactory.shadows.left.out", shadows, Shadows::leftOut)
                .description(
                        "Calls of shadow versions that were not made or not written down, since there were too many")
                .register(meters);
    }

    @Bean
    MeterBinder endpointMetrics(EndpointGuards guards) {
        return meters -> {
            TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(guards.breakers())
                    .bindTo(meters);
            TaggedBulkheadMetrics.ofBulkheadRegistry(guards.bulkheads()).bindTo(meters);
        };
    }

    @Bean
    Specialists specialists(OrchestratorConfiguration.Catalog catalog) {
        return new Specialists(catalog);
    }
}
