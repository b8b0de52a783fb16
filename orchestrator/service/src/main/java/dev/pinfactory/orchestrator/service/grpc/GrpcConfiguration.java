package dev.pinfactory.orchestrator.service.grpc;

import dev.pinfactory.orchestrator.service.content.ContentStore;
import dev.pinfactory.orchestrator.service.event.EventFeed;
import dev.pinfactory.orchestrator.service.event.TaskEvents;
import dev.pinfactory.orchestrator.service.feedback.FeedbackService;
import dev.pinfactory.orchestrator.service.impact.CardImpacts;
import dev.pinfactory.orchestrator.service.plan.Specialists;
import dev.pinfactory.orchestrator.service.quota.Quotas;
import dev.pinfactory.orchestrator.service.security.ApiKeyService;
import dev.pinfactory.orchestrator.service.task.Pins;
import dev.pinfactory.orchestrator.service.task.TaskRecords;
import dev.pinfactory.orchestrator.service.task.TaskService;
import dev.pinfactory.orchestrator.service.task.Tenants;
import io.grpc.BindableService;
import io.grpc.ServerBuilder;
import io.grpc.ServerInterceptor;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.ProtoReflectionService;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.grpc.server.GlobalServerInterceptor;
import org.springframework.grpc.server.ServerBuilderCustomizer;

/** The gRPC server's service and interceptors, and bounds that gRPC has none of by itself. */
@Configuration(proxyBeanMethods = false)
class GrpcConfiguration {
    private static final int CALLS_PER_CONNECTION = 100;
    /** What a peer may send before it is read. gRPC's own megabyte is fifty for fifty uploads at once. */
    private static final int UNREAD_BYTES = 256 * 1024;

    private static final int RESETS = 200;
    private static final int RESET_WINDOW_SECONDS = 30;
    private static final long MAX_AGE_MINUTES = 30;
    private static final long MAX_AGE_GRACE_MINUTES = 5;

    @Bean
    BindableService swarmService(
            TaskService tasks,
            TaskRecords records,
            TaskEvents events,
            ContentStore content,
            Specialists specialists,
            Pins pins,
            CardImpacts impacts,
            Quotas quotas,
            ApiKeyService keys,
            FeedbackService feedback,
            Tenants tenants,
            Clock clock) {
        return new OrchestratorGrpcService(
                tasks, records, events, content, specialists, pins, impacts, quotas, keys, feedback, tenants, clock);
    }

    @Bean
    BindableService eventService(EventFeed feed) {
        return new EventGrpcService(feed);
    }

    /** Those of health and reflection, too. */
    @Bean
    static BeanPostProcessor readableMessages() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof BindableService service
                        ? (BindableService) () -> ReadableMessages.of(service.bindService())
                        : bean;
            }
        };
    }

    /** Boot serves the second version of reflection; many clients still ask for the first. */
    @Bean
    @ConditionalOnBooleanProperty(name = "spring.grpc.server.reflection.enabled", matchIfMissing = true)
    @SuppressWarnings("deprecation") // for the version, which is why it is here
    BindableService firstReflectionService() {
        return ProtoReflectionService.newInstance();
    }

    @Bean
    @GlobalServerInterceptor
    @Order(100)
    ServerInterceptor idempotencyKeyInterceptor() {
        return new IdempotencyKeyInterceptor();
    }

    /** Against rapid reset and connections that keep one replica busy for ever. */
    @Bean
    <T extends ServerBuilder<T>> ServerBuilderCustomizer<T> connectionBounds() {
        return builder -> {
            if (builder instanceof NettyServerBuilder netty) {
                netty.addStreamTracerFactory(ArrivingBytes.factory())
                        .flowControlWindow(UNREAD_BYTES)
                        .maxConcurrentCallsPerConnection(CALLS_PER_CONNECTION)
                        .maxRstFramesPerWindow(RESETS, RESET_WINDOW_SECONDS)
                        .maxConnectionAge(MAX_AGE_MINUTES, TimeUnit.MINUTES)
                        .maxConnectionAgeGrace(MAX_AGE_GRACE_MINUTES, TimeUnit.MINUTES);
            }
        };
    }
}
