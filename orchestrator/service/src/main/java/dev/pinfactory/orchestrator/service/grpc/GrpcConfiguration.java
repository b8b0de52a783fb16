package dev.pinfactory.orchestrator.service.grpc;

import io.grpc.ServerBuilder;
import io.grpc.ServerInterceptor;
import io.grpc.netty.NettyServerBuilder;
import java.util.concurrent.TimeUnit;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.grpc.server.GlobalServerInterceptor;
import org.springframework.grpc.server.ServerBuilderCustomizer;

/** The gRPC server's interceptors, and bounds that gRPC has none of by itself. */
@Configuration(proxyBeanMethods = false)
class GrpcConfiguration {
    private static final int CALLS_PER_CONNECTION = 100;
    private static final int RESETS = 200;
    private static final int RESET_WINDOW_SECONDS = 30;
    private static final long MAX_AGE_MINUTES = 30;
    private static final long MAX_AGE_GRACE_MINUTES = 5;

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
                netty.maxConcurrentCallsPerConnection(CALLS_PER_CONNECTION)
                        .maxRstFramesPerWindow(RESETS, RESET_WINDOW_SECONDS)
                        .maxConnectionAge(MAX_AGE_MINUTES, TimeUnit.MINUTES)
                        .maxConnectionAgeGrace(MAX_AGE_GRACE_MINUTES, TimeUnit.MINUTES);
            }
        };
    }
}
