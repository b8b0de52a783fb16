package dev.pinfactory.router.service;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.registry.client.Channels;
import dev.pinfactory.registry.client.RegistryClient;
import dev.pinfactory.registry.client.RegistryClientSettings;
import dev.pinfactory.registry.peers.PeerTls;
import dev.pinfactory.router.llm.LlmPlanner;
import dev.pinfactory.router.planner.Cascade;
import dev.pinfactory.router.planner.EncoderPlanner;
import dev.pinfactory.router.planner.Planner;
import dev.pinfactory.router.planner.cache.CachedPlanner;
import io.grpc.BindableService;
import io.grpc.ServerBuilder;
import io.grpc.TlsServerCredentials;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.ProtoReflectionService;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerExecutorProvider;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.grpc.server.ServerBuilderCustomizer;

/** Wires the router. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({RouterProperties.class, LlmProperties.class})
class RouterConfiguration {
    private static final int CALLS_PER_CONNECTION = 100;
    private static final int RESETS = 200;
    private static final int RESET_WINDOW_SECONDS = 30;
    private static final long MAX_AGE_MINUTES = 30;
    private static final long MAX_AGE_GRACE_MINUTES = 5;

    @Bean
    static InProcessOnly inProcessOnly(Environment environment) {
        return new InProcessOnly(environment.containsProperty(RouterApplication.PORT));
    }

    @Bean
    Clock routerClock() {
        return Clock.systemUTC();
    }

    /** Boot serves the second version of reflection; many clients still ask for the first. */
    @Bean
    @ConditionalOnBooleanProperty(name = "spring.grpc.server.reflection.enabled", matchIfMissing = true)
    @SuppressWarnings("deprecation") // for the version, which is why it is here
    BindableService firstReflectionService() {
        return ProtoReflectionService.newInstance();
    }

    @Bean
    Channels channels(ObjectProvider<PeerTls> tls) {
        return PeerTls.channels(tls.getIfAvailable());
    }

    /** What was on disk is served until the registry answers. */
    @Bean
    RegistryClient registryClient(
            Channels channels,
            RouterProperties properties,
            @Value("${pinfactory.data-dir:.pinfactory}") Path dataDirectory) {
        Path file = dataDirectory.resolve("router").resolve("catalogue");
        return RegistryClient.start(
                channels,
                RegistryClientSettings.at(properties.registryAddress())
                        .withoutEndpoints()
                        .withSnapshotFile(file));
    }

    @Bean
    CurrentRouter currentRouter(RouterProperties properties, RegistryClient registry, Clock routerClock) {
        return new CurrentRouter(
                Optional.ofNullable(properties.models()),
                properties.lookForModels(),
                SentenceEncoder.shared(),
                models -> new CachedPlanner(new EncoderPlanner(models, routerClock), properties.maxCachedPlans()),
                () -> registry.current().contracts());
    }

    @Bean
    CardPreparation cardPreparation(RegistryClient registry, CurrentRouter router) {
        return new CardPreparation(registry, router);
    }

    /** Asked when the encoder planner is unsure and the caller allows it. */
    @Bean
    Escalation escalation(LlmProperties properties, CurrentRouter router, Clock routerClock) {
        return new Escalation(properties
                .settings()
                .map(settings ->
                        new LlmPlanner(settings, new GroundedShortLister(router::plannerModels), routerClock)));
    }

    @Bean
    Planner planner(CurrentRouter router, RouterProperties properties, Escalation escalation) {
        return new Cascade(router.planner(), escalation.planner(), properties.minPlanConfidence());
    }

    @Bean
    Planning planning(
            Planner planner,
            RegistryClient registry,
            RouterProperties properties,
            LlmProperties llm,
            Escalation escalation,
            ObjectProvider<MeterRegistry> meters,
            Clock routerClock) {
        Duration escalated = properties.planningTime().plus(llm.longestAnswer());
        return new Planning(
                planner,
                () -> registry.current().contracts(),
                request -> escalation.planner().isPresent()
                                && request.getConstraints().getMayEscalate()
                        ? escalated
                        : properties.planningTime(),
                properties.maxConcurrentPlans(),
                new PlanningMetrics(meters.getIfAvailable(SimpleMeterRegistry::new)),
                routerClock);
    }

    @Bean
    Trials trials(CurrentRouter router, RegistryClient registry, RouterProperties properties, Clock routerClock) {
        return new Trials(
                router::models,
                models -> new Cascade(
                        new EncoderPlanner(models.plannerModels(), routerClock),
                        Optional.empty(),
                        properties.minPlanConfidence()),
                () -> registry.current().contracts(),
                properties.planningTime(),
                properties.maxConcurrentTrials(),
                routerClock);
    }

    @Bean
    RouterGrpcService routerGrpcService(
            Planning planning, Trials trials, GrpcServerProperties server, RouterProperties properties) {
        requireAuthentication(server, properties.trustedNetwork());
        return new RouterGrpcService(planning, trials);
    }

    /** Handlers mostly wait for the encoder; a virtual thread each costs half of what the default pool does. */
    @Bean
    GrpcServerExecutorProvider grpcExecutor() {
        var executor = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("router-grpc-", 0).factory());
        return () -> executor;
    }

    /** Against rapid reset, and connections that keep one replica busy for ever. */
    @Bean
    <T extends ServerBuilder<T>> ServerBuilderCustomizer<T> connectionBounds() {
        return builder -> {
            if (builder instanceof NettyServerBuilder netty) {
                netty.maxConcurrentCallsPerConnection(CALLS_PER_CONNECTION)
                        .maxRstFramesPerWindow(RESETS, RESET_WINDOW_SECONDS)
                        .maxConnectionAge(MAX_AGE_MINUTES, TimeUnit.MINUTES)
                        .maxConnectionAgeGrace(MAX_AGE_GRACE_MINUTES, TimeUnit.MINUTES);
            }
        };
    }

    /** Instructions tell what people do, so on a network only those with a certificate may ask. */
    private static void requireAuthentication(GrpcServerProperties server, boolean trustedNetwork) {
        boolean certificates = server.getSsl().getClientAuth() == TlsServerCredentials.ClientAuth.REQUIRE;
        boolean loopback = server.getAddress() != null && server.getAddress().isLoopbackAddress();
        if (!loopback && !certificates && !trustedNetwork) {
            throw new IllegalStateException("spring.grpc.server.address is " + server.getAddress()
                    + ", not loopback: set pinfactory.tls.certificate, .private-key, .authorities and .trust-domain,"
                    + " so that only holders of a certificate reach the router, or pinfactory.router.trusted-network"
                    + " where the network itself keeps others away");
        }
    }
}
