package dev.pinfactory.specialists.sdk.autoconfigure;

import dev.pinfactory.registry.client.Channels;
import dev.pinfactory.registry.client.RegistryClient;
import dev.pinfactory.registry.client.RegistryClientSettings;
import dev.pinfactory.registry.peers.PeerTls;
import dev.pinfactory.specialists.sdk.grant.GrantKeys;
import dev.pinfactory.specialists.sdk.grant.GrantVerifier;
import dev.pinfactory.specialists.sdk.serving.ContentBudget;
import dev.pinfactory.specialists.sdk.serving.GrantCheck;
import dev.pinfactory.specialists.sdk.serving.GrantInterceptor;
import dev.pinfactory.specialists.sdk.serving.ServingSettings;
import dev.pinfactory.specialists.sdk.serving.SpecialistGrpcService;
import dev.pinfactory.specialists.sdk.serving.Specialists;
import io.grpc.BindableService;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionService;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerAutoConfiguration;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerExecutorProvider;
import org.springframework.boot.grpc.server.autoconfigure.health.GrpcServerHealthAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.grpc.server.GlobalServerInterceptor;
import org.springframework.grpc.server.ServerBuilderCustomizer;

/** Serves every annotated bean over gRPC, keeps the process registered, and lets it end gracefully. */
@AutoConfiguration(before = {GrpcServerAutoConfiguration.class, GrpcServerHealthAutoConfiguration.class})
@Conditional(OnSpecialistHost.class)
@EnableConfigurationProperties(HostProperties.class)
@Import(ImportedSpecialists.class)
public class SpecialistAutoConfiguration {
    // One connection may not take all of the server, nor open and reset streams faster than any honest caller does.
    private static final int MAX_CALLS_PER_CONNECTION = 1_000;
    private static final int MAX_RESETS = 1_000;
    private static final int RESET_WINDOW_SECONDS = 30;

    @Bean
    Specialists specialists(
            ListableBeanFactory beans, HostProperties properties, ObjectProvider<MeterRegistry> meters) {
        ServingSettings settings = new ServingSettings(
                properties.queueCapacity(), properties.effectiveWorkers(), properties.maxBatchSize());
        return Specialists.load(
                new SpecialistBeans(beans).definitions(properties.specialists()),
                settings,
                meters.getIfAvailable(SimpleMeterRegistry::new));
    }

    @Bean
    SpecialistGrpcService specialistGrpcService(
            Specialists specialists, GrantCheck grants, HostProperties properties, Environment environment) {
        if (!environment.containsProperty("spring.grpc.server.inprocess.name")) {
            boolean mutualTls =
                    "require".equalsIgnoreCase(environment.getProperty("spring.grpc.server.ssl.client-auth", ""));
            BindGuard.check(
                    environment.getProperty("spring.grpc.server.address"),
                    properties.grants().required() || mutualTls);
        }
        ContentBudget budget = new ContentBudget(properties.contentInFlight().toBytes());
        return new SpecialistGrpcService(specialists, grants, budget);
    }

    /** Boot serves the second version of reflection; many clients still ask for the first. */
    @Bean
    @ConditionalOnBooleanProperty(name = "spring.grpc.server.reflection.enabled", matchIfMissing = true)
    @SuppressWarnings("deprecation") // for the version, which is why it is here
    BindableService firstReflectionService() {
        return ProtoReflectionService.newInstance();
    }

    @Bean
    @ConditionalOnMissingBean
    GrantCheck grantCheck(HostProperties properties) throws IOException {
        if (!properties.grants().required()) {
            return GrantCheck.none();
        }
        List<PublicKey> keys = new ArrayList<>();
        for (Path file : properties.grants().publicKeys()) {
            keys.add(GrantKeys.publicKey(Files.readString(file)));
        }
        return new GrantVerifier(keys, Clock.systemUTC());
    }

    @Bean
    static InProcessOnly inProcessOnly(Environment environment) {
        return new InProcessOnly(environment);
    }

    @Bean
    @GlobalServerInterceptor
    GrantInterceptor grantInterceptor() {
        return new GrantInterceptor();
    }

    @Bean
    @ConditionalOnMissingBean
    HealthStatusManager grpcServerHealthStatusManager() {
        return new HealthStatusManager();
    }

    @Bean(destroyMethod = "shutdown")
    @ConditionalOnMissingBean(GrpcServerExecutorProvider.class)
    ExecutorService specialistCallExecutor() {
        return Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("call-", 0).factory());
    }

    /** Boot's setting for virtual threads does not reach gRPC's handlers. */
    @Bean
    @ConditionalOnMissingBean
    GrpcServerExecutorProvider specialistExecutorProvider(ExecutorService specialistCallExecutor) {
        return () -> specialistCallExecutor;
    }

    @Bean
    ServerBuilderCustomizer<NettyServerBuilder> specialistConnectionLimits() {
        return builder -> builder.maxConcurrentCallsPerConnection(MAX_CALLS_PER_CONNECTION)
                .maxRstFramesPerWindow(MAX_RESETS, RESET_WINDOW_SECONDS)
                .maxInboundMessageSize(Channels.MAX_MESSAGE_BYTES);
    }

    @Bean
    @ConditionalOnMissingBean
    Channels registryChannels(ObjectProvider<PeerTls> tls) {
        return PeerTls.channels(tls.getIfAvailable());
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "pinfactory.host.register", matchIfMissing = true)
    HostRegistration hostRegistration(
            Specialists specialists, Channels channels, HostProperties properties, Environment environment) {
        return new HostRegistration(
                specialists, channels, registryAddress(properties, environment), properties.leaseDuration());
    }

    @Bean
    @ConditionalOnBooleanProperty(
            name = {"pinfactory.host.register", "pinfactory.host.follow-versions"},
            matchIfMissing = true)
    VersionFollower versionFollower(
            Specialists specialists, Channels channels, HostProperties properties, Environment environment) {
        String registry = registryAddress(properties, environment);
        return new VersionFollower(
                specialists,
                new ModelFetcher(channels, registry, dataDirectory(environment).resolve("models")),
                RegistryClient.start(
                        channels, RegistryClientSettings.at(registry).withoutEndpoints()));
    }

    private static String registryAddress(HostProperties properties, Environment environment) {
        return RegistryAddress.resolve(properties.registryAddress(), dataDirectory(environment));
    }

    private static Path dataDirectory(Environment environment) {
        return Path.of(environment.getProperty("pinfactory.data-dir", ".pinfactory"));
    }

    @Bean
    HostLifecycle hostLifecycle(
            ApplicationContext context,
            Specialists specialists,
            HealthStatusManager health,
            ObjectProvider<HostRegistration> registration,
            HostProperties properties,
            Environment environment) {
        return new HostLifecycle(
                context,
                specialists,
                health,
                registration.getIfAvailable(),
                properties,
                environment.getProperty("spring.grpc.server.inprocess.name"));
    }
}
