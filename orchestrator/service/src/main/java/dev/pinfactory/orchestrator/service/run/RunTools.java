package dev.pinfactory.orchestrator.service.run;

import dev.pinfactory.orchestrator.engine.ExecutionSettings;
import dev.pinfactory.orchestrator.service.content.TaskContent;
import dev.pinfactory.orchestrator.service.dispatch.SpecialistCaller;
import dev.pinfactory.orchestrator.service.event.TaskEvents;
import dev.pinfactory.orchestrator.service.outcome.VersionOutcomes;
import dev.pinfactory.orchestrator.service.plan.Planning;
import dev.pinfactory.orchestrator.service.quota.Quotas;
import dev.pinfactory.orchestrator.service.shadow.Shadows;
import dev.pinfactory.orchestrator.service.trace.Tracing;
import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;

/** What all runs of this process share. */
public record RunTools(
        Planning planning,
        SpecialistCaller caller,
        TaskContent content,
        TaskEvents events,
        ExecutionSettings settings,
        LlmPrice llmPrice,
        Quotas quotas,
        Shadows shadows,
        VersionOutcomes outcomes,
        Tracing tracing,
        ScheduledExecutorService timers,
        Clock clock) {}
