package dev.pinfactory.registry.service;

import dev.pinfactory.registry.service.catalog.Candidates;
import dev.pinfactory.registry.service.catalog.Catalog;
import dev.pinfactory.registry.service.catalog.CatalogStore;
import dev.pinfactory.registry.service.catalog.OutcomeCounting;
import dev.pinfactory.registry.service.rollout.RolloutController;
import dev.pinfactory.registry.service.store.JdbcCatalogStore;
import dev.pinfactory.registry.service.store.JdbcModelStore;
import dev.pinfactory.registry.service.store.JdbcRetention;
import dev.pinfactory.registry.service.store.JdbcRolloutReader;
import io.grpc.BindableService;
import io.grpc.ServerBuilder;
import io.grpc.TlsServerCredentials;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.ProtoReflectionService;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerExecutorProvider;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerProperties;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.env.Environment;
import org.springframework.grpc.server.ServerBuilderCustomizer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Wires the registry. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({RegistryProperties.class, RolloutProperties.class})
class RegistryConfiguration {
    private static final int CALLS_PER_CONNECTION = 100;
    private static final int RESETS = 200;
    private static final int RESET_WINDOW_SECONDS = 30;

    @Bean
    static InProcessOnly inProcessOnly(Environment environment) {
        return new InProcessOnly(environment.containsProperty(RegistryApplication.PORT));
    }

    /** Boot serves the second version of reflection; many clients still ask for the first. */
    @Bean
    @ConditionalOnBooleanProperty(name = "spring.grpc.server.reflection.enabled", matchIfMissing = true)
    @SuppressWarnings("deprecation") // for the version, which is why it is here
    BindableService firstReflectionService() {
        return ProtoReflectionService.newInstance();
    }

    @Bean
    Clock registryClock() {
        return Clock.systemUTC();
    }

    @Bean
    CatalogStore catalogStore(JdbcClient jdbc, PlatformTransactionManager transactions) {
        return new JdbcCatalogStore(jdbc, transactions);
    }

    @Bean
    Catalog catalog(
            CatalogStore store, RegistryProperties properties, GrpcServerProperties server, Clock registryClock) {
        return new Catalog(store, properties.rules(isReachedFromThisMachineAlone(server)), registryClock);
    }

    @Bean
    LiveCatalog liveCatalog(CatalogStore store) {
        LiveCatalog live = new LiveCatalog(store);
        live.refresh();
        return live;
    }

    @Bean
    Watchers watchers(LiveCatalog live, RegistryProperties properties, Clock registryClock) {
        return new Watchers(live, registryClock, properties.maxWatchers(), properties.slowWatcher());
    }

    /** A watch never ends by itself, and a server that stops waits for its calls: so they are ended first. */
    @Bean
    ApplicationListener<ContextClosedEvent> watchersClosing(Watchers watchers) {
        return closed -> watchers.close();
    }

    @Bean
    Models models(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            RegistryProperties properties,
            Clock registryClock,
            @Value("${pinfactory.data-dir:.pinfactory}") Path dataDirectory) {
        return new Models(
                new JdbcModelStore(jdbc, transactions, registryClock),
                dataDirectory.resolve("registry").resolve("uploads"),
                properties.maxModelSize().toBytes(),
                properties.maxUploads());
    }

    @Bean
    RolloutController rolloutController(CatalogStore store, RolloutProperties properties, Clock registryClock) {
        return new RolloutController(store, properties.policies(), registryClock);
    }

    @Bean
    RolloutCalls rolloutCalls(
            CatalogStore store,
            Catalog catalog,
            RolloutController controller,
            LiveCatalog live,
            JdbcClient jdbc,
            Clock registryClock) {
        return new RolloutCalls(
                catalog,
                new Candidates(store, registryClock),
                new OutcomeCounting(store, registryClock),
                controller,
                new JdbcRolloutReader(jdbc),
                live);
    }

    @Bean
    RegistryGrpcService registryGrpcService(
            Catalog catalog,
            LiveCatalog live,
            Watchers watchers,
            Models models,
            RolloutCalls rollouts,
            GrpcServerProperties server,
            RegistryProperties properties) {
        requireAuthentication(server, properties.trustedNetwork());
        return new RegistryGrpcService(catalog, live, watchers, models, rollouts);
    }

    @Bean
    Housekeeping housekeeping(
            Catalog catalog,
            LiveCatalog live,
            Watchers watchers,
            RolloutLoop rollouts,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            RegistryProperties properties,
            Clock registryClock) {
        return new Housekeeping(
                catalog, live, watchers, rollouts, new JdbcRetention(jdbc, transactions), properties, registryClock);
    }

    @Bean
    RolloutLoop rolloutLoop(RolloutController controller, LiveCatalog live, MeterRegistry meters) {
        return new RolloutLoop(controller, live, meters);
    }

    /** Handlers wait for the database; a virtual thread each costs half of what the default pool does. */
    @Bean
    GrpcServerExecutorProvider grpcExecutor() {
        var executor = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("registry-grpc-", 0).factory());
        return () -> executor;
    }

    /** Against rapid reset, and one peer that takes all. Connections have no age: their watches last as long as their processes. */
    @Bean
    <T extends ServerBuilder<T>> ServerBuilderCustomizer<T> connectionBounds() {
        return builder -> {
            if (builder instanceof NettyServerBuilder netty) {
                netty.maxConcurrentCallsPerConnection(CALLS_PER_CONNECTION)
                        .maxRstFramesPerWindow(RESETS, RESET_WINDOW_SECONDS);
            }
        };
    }

    @Bean
    MeterBinder registryMeters(LiveCatalog live, Watchers watchers) {
        return meters -> {
            Gauge.builder(
                            "pinfactory.registry.specialists",
                            live,
                            catalog -> catalog.view().size())
                    .description("Specialists in the catalogue")
                    .register(meters);
            Gauge.builder(
                            "pinfactory.registry.revision",
                            live,
                            catalog -> catalog.view().revision())
                    .description("Revision of the catalogue that this replica shows")
                    .register(meters);
            Gauge.builder("pinfactory.registry.watchers", watchers, Watchers::size)
                    .description("Watches that stand")
                    .register(meters);
        };
    }

    /** In one process without a port the address stands at its default, loopback. */
    private static boolean isReachedFromThisMachineAlone(GrpcServerProperties server) {
        return server.getAddress() != null && server.getAddress().isLoopbackAddress();
    }

    /** Whoever registers a specialist sees the data of tasks, so on a network only those with a certificate may. */
    private static void requireAuthentication(GrpcServerProperties server, boolean trustedNetwork) {
        boolean certificates = server.getSsl().getClientAuth() == TlsServerCredentials.ClientAuth.REQUIRE;
        if (!isReachedFromThisMachineAlone(server) && !certificates && !trustedNetwork) {
            throw new IllegalStateException("spring.grpc.server.address is " + server.getAddress()
                    + ", not loopback: set pinfactory.tls.certificate, .private-key, .authorities and .trust-domain,"
                    + " so that only holders of a certificate reach the registry, or pinfactory.registry.trusted-network"
                    + " where the network itself keeps others away");
        }
    }
}
