package dev.pinfactory.orchestrator.service;

import dev.pinfactory.orchestrator.engine.Budget;
import dev.pinfactory.orchestrator.engine.ExecutionSettings;
import dev.pinfactory.orchestrator.service.content.ContentStore;
import dev.pinfactory.orchestrator.service.content.TaskContent;
import dev.pinfactory.orchestrator.service.dispatch.DispatchSettings;
import dev.pinfactory.orchestrator.service.dispatch.EndpointGuards;
import dev.pinfactory.orchestrator.service.dispatch.GuardedCall;
import dev.pinfactory.orchestrator.service.dispatch.ShadowCall;
import dev.pinfactory.orchestrator.service.dispatch.SignedGrants;
import dev.pinfactory.orchestrator.service.dispatch.SpecialistCaller;
import dev.pinfactory.orchestrator.service.dispatch.StepGrants;
import dev.pinfactory.orchestrator.service.event.EventFeed;
import dev.pinfactory.orchestrator.service.event.TaskEvents;
import dev.pinfactory.orchestrator.service.feedback.FeedbackService;
import dev.pinfactory.orchestrator.service.impact.CardImpacts;
import dev.pinfactory.orchestrator.service.impact.ImpactLimits;
import dev.pinfactory.orchestrator.service.outcome.OutcomeReporter;
import dev.pinfactory.orchestrator.service.outcome.VersionOutcomes;
import dev.pinfactory.orchestrator.service.pin.PinnedTasks;
import dev.pinfactory.orchestrator.service.plan.Planning;
import dev.pinfactory.orchestrator.service.plan.RouterClient;
import dev.pinfactory.orchestrator.service.quota.Quotas;
import dev.pinfactory.orchestrator.service.run.Leases;
import dev.pinfactory.orchestrator.service.run.Recorder;
import dev.pinfactory.orchestrator.service.run.RunTools;
import dev.pinfactory.orchestrator.service.run.TaskRuns;
import dev.pinfactory.orchestrator.service.shadow.Shadows;
import dev.pinfactory.orchestrator.service.store.OutboxReader;
import dev.pinfactory.orchestrator.service.store.OutboxWriter;
import dev.pinfactory.orchestrator.service.store.PinStore;
import dev.pinfactory.orchestrator.service.store.RevisionStore;
import dev.pinfactory.orchestrator.service.store.TaskStore;
import dev.pinfactory.orchestrator.service.task.Admission;
import dev.pinfactory.orchestrator.service.task.AdmissionLimits;
import dev.pinfactory.orchestrator.service.task.Pins;
import dev.pinfactory.orchestrator.service.task.TaskLimits;
import dev.pinfactory.orchestrator.service.task.TaskRecords;
import dev.pinfactory.orchestrator.service.task.TaskRequests;
import dev.pinfactory.orchestrator.service.task.TaskService;
import dev.pinfactory.orchestrator.service.task.Tenants;
import dev.pinfactory.orchestrator.service.trace.Tracing;
import dev.pinfactory.proto.plan.PlanLimits;
import dev.pinfactory.registry.client.CatalogSnapshot;
import dev.pinfactory.registry.client.Channels;
import dev.pinfactory.registry.client.RegistryClient;
import dev.pinfactory.registry.client.RegistryClientSettings;
import dev.pinfactory.registry.peers.PeerTls;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerExecutorProvider;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;

/** Wires the orchestrator: everything below is plain Java. */
@Configuration(proxyBeanMethods = false)
class OrchestratorConfiguration {
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    GrpcServerExecutorProvider grpcExecutor() {
        var executor = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("grpc-", 0).factory());
        return () -> executor;
    }

    @Bean
    Channels channels(ObjectProvider<PeerTls> tls) {
        return PeerTls.channels(tls.getIfAvailable());
    }

    @Bean
    RegistryClient registryClient(
            Channels channels,
            OrchestratorProperties properties,
            @Value("${pinfactory.data-dir:.pinfactory}") Path dataDir) {
        Path snapshot = dataDir.resolve("orchestrator").resolve("catalog.snapshot");
        return RegistryClient.start(
                channels,
                RegistryClientSettings.at(properties.registryAddress()).withSnapshotFile(snapshot.toAbsolutePath()));
    }

    /** What this orchestrator knows of the registry, now. */
    @Bean
    Catalog catalog(RegistryClient registry) {
        return registry::current;
    }

    /** A supplier with a name, so that it can be told apart from other beans. */
    public interface Catalog extends Supplier<CatalogSnapshot> {}

    @Bean
    Tracing tracing(Tracer tracer, Propagator propagator) {
        return new Tracing(tracer, propagator);
    }

    @Bean
    EndpointGuards endpointGuards(OrchestratorProperties properties, RegistryClient registry) {
        EndpointGuards guards = new EndpointGuards(properties.dispatch());
        registry.listen(snapshot -> guards.follow(Endpoints.of(snapshot)));
        return guards;
    }

    @Bean
    StepGrants stepGrants(OrchestratorProperties properties) {
        String file = properties.grants().privateKeyFile();
        return file.isEmpty() ? StepGrants.NONE : SignedGrants.with(Path.of(file));
    }

    @Bean
    SpecialistCaller specialistCaller(
            Catalog catalog,
            EndpointGuards guards,
            Channels channels,
            StepGrants grants,
            Tracing tracing,
            OrchestratorProperties properties,
            Clock clock) {
        DispatchSettings settings = properties.dispatch();
        GuardedCall guarded = new GuardedCall(channels, grants, tracing, settings, clock);
        return new SpecialistCaller(catalog, guards, guarded, settings, clock);
    }

    @Bean
    VersionOutcomes versionOutcomes() {
        return new VersionOutcomes();
    }

    @Bean
    OutcomeReporter outcomeReporter(VersionOutcomes outcomes, Channels channels, OrchestratorProperties properties) {
        return new OutcomeReporter(outcomes, channels, properties.registryAddress());
    }

    @Bean
    Shadows shadows(
            Catalog catalog,
            Channels channels,
            StepGrants grants,
            OutboxWriter outbox,
            VersionOutcomes outcomes,
            OrchestratorProperties properties,
            Clock clock) {
        return new Shadows(
                catalog, new ShadowCall(channels, grants, clock), outbox, outcomes, properties.shadows(), clock);
    }

    @Bean
    RouterClient routerClient(Channels channels, OrchestratorProperties properties, Tracing tracing, Clock clock) {
        OrchestratorProperties.Router router = properties.router();
        return new RouterClient(channels, router.address(), router.timeout(), router.maxAttempts(), tracing, clock);
    }

    @Bean
    Planning planning(RouterClient router, Catalog catalog, OrchestratorProperties properties) {
        OrchestratorProperties.Plans plans = properties.plans();
        return new Planning(
                router, catalog, new PlanLimits(plans.steps(), plans.depth(), plans.edges(), plans.items()));
    }

    @Bean
    CardImpacts cardImpacts(
            RouterClient router,
            TaskStore tasks,
            PinStore pins,
            Catalog catalog,
            OrchestratorProperties properties,
            Clock clock) {
        OrchestratorProperties.Assessments limits = properties.assessments();
        return new CardImpacts(
                router, tasks, pins, catalog, new ImpactLimits(limits.concurrency(), limits.timeout()), clock);
    }

    @Bean
    Admission admission(OrchestratorProperties properties) {
        OrchestratorProperties.Admission limits = properties.admission();
        return new Admission(new AdmissionLimits(
                Math.min(limits.minConcurrency(), limits.concurrency()),
                limits.concurrency(),
                limits.queue(),
                limits.perTenant(),
                limits.bytes()));
    }

    @Bean
    TaskEvents taskEvents(TaskStore store) {
        return new TaskEvents(store);
    }

    /** One thread is enough: a timer only puts an event into a queue. */
    @Bean(destroyMethod = "shutdownNow")
    ScheduledExecutorService taskTimers() {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("task-timers").factory());
    }

    @Bean
    Recorder recorder(TaskStore store, OrchestratorProperties properties) {
        return new Recorder(store, properties.store().recordQueue());
    }

    @Bean
    TaskRuns taskRuns(
            TaskStore store,
            Recorder recorder,
            Planning planning,
            SpecialistCaller caller,
            TaskContent content,
            TaskEvents events,
            Quotas quotas,
            Shadows shadows,
            VersionOutcomes outcomes,
            Tracing tracing,
            ScheduledExecutorService taskTimers,
            OrchestratorProperties properties,
            Clock clock) {
        return new TaskRuns(
                store,
                recorder,
                new RunTools(
                        planning,
                        caller,
                        content,
                        events,
                        executionSettings(properties),
                        properties.llmPrice(),
                        quotas,
                        shadows,
                        outcomes,
                        tracing,
                        taskTimers,
                        clock));
    }

    private static ExecutionSettings executionSettings(OrchestratorProperties properties) {
        OrchestratorProperties.Tasks tasks = properties.tasks();
        return ExecutionSettings.defaults()
                .withMaxItems(properties.plans().items())
                .withBudget(Budget.of(tasks.maxCalls(), tasks.maxInputBytes().toBytes()));
    }

    @Bean
    Leases leases(TaskStore store, TaskRuns runs, Admission admission, OrchestratorProperties properties, Clock clock) {
        String owner = UUID.randomUUID().toString();
        return new Leases(store, runs, admission, owner, properties.store().lease(), clock);
    }

    @Bean
    Housekeeping housekeeping(
            Leases leases,
            TaskRuns runs,
            TaskStore store,
            dev.pinfactory.orchestrator.service.store.OutboxReader outbox,
            ContentStore content,
            Quotas quotas,
            OutcomeReporter outcomes,
            OrchestratorProperties properties,
            Clock clock) {
        return new Housekeeping(leases, runs, store, outbox, content, quotas, outcomes, properties.store(), clock);
    }

    @Bean
    PinnedTasks pinnedTasks(PinStore store) {
        return new PinnedTasks(store);
    }

    @Bean
    Pins pins(TaskService tasks, PinStore store, OrchestratorProperties properties, Clock clock) {
        return new Pins(tasks, store, properties.pins().perTenant(), clock);
    }

    @Bean
    TaskRequests taskRequests(
            Catalog catalog,
            TaskContent content,
            PinnedTasks pins,
            OrchestratorProperties properties,
            Tracing tracing,
            Clock clock) {
        OrchestratorProperties.Tasks tasks = properties.tasks();
        TaskLimits limits = new TaskLimits(tasks.defaultTimeout(), tasks.maxTimeout(), tasks.keyRetention());
        return new TaskRequests(catalog, content, pins, limits, tracing, clock);
    }

    @Bean
    TaskService taskService(
            TaskRequests requests,
            Admission admission,
            TaskStore store,
            TaskRuns runs,
            TaskEvents events,
            Planning planning,
            Leases leases,
            Quotas quotas,
            Clock clock) {
        return new TaskService(requests, admission, store, runs, events, planning, leases, quotas, clock);
    }

    @Bean
    TaskRecords taskRecords(TaskStore store, TaskRuns runs, Recorder recorder, ContentStore content, Clock clock) {
        return new TaskRecords(store, runs, recorder, content, clock);
    }

    @Bean
    FeedbackService feedbackService(
            RevisionStore store,
            Recorder recorder,
            TaskService tasks,
            Tenants tenants,
            VersionOutcomes outcomes,
            Clock clock) {
        return new FeedbackService(store, recorder, tasks, tenants, outcomes, clock);
    }

    @Bean
    EventFeed eventFeed(OutboxReader outbox) {
        return new EventFeed(outbox);
    }

    /** A server that stops waits for its calls, and these do not end by themselves. */
    @Bean
    ApplicationListener<ContextClosedEvent> streamsEnding(TaskEvents events, EventFeed feed) {
        return closed -> {
            events.leave();
            feed.leave();
        };
    }
}
