package dev.pinfactory.orchestrator.gateway;

import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What goes where. Everything that is not named here is NOT_FOUND. */
@Configuration(proxyBeanMethods = false)
class GatewayConfiguration {
    /** What may be on its way of one upload. HTTP/2's own 64 KiB make the sender wait for us after every few packets. */
    static final int UPLOAD_WINDOW_BYTES = 1 << 20;

    private static final String[] REST = {"/v1/**", "/docs/**", "/docs", "/webjars/**", "/swagger-ui/**"};
    private static final String[] GRPC = {
        "/pinfactory.v1.SwarmService/*",
        "/grpc.health.v1.Health/*",
        "/grpc.reflection.v1.ServerReflection/*",
        "/grpc.reflection.v1alpha.ServerReflection/*"
    };

    @Bean
    RouteLocator routes(RouteLocatorBuilder routes, GatewayProperties properties) {
        String grpc = GrpcRoutingFilter.SCHEME + "://" + properties.grpc().getAuthority();
        return routes.routes()
                .route("grpc", route -> route.path(GRPC).uri(grpc))
                .route(
                        "rest",
                        route -> route.path(REST)
                                .filters(filters -> filters.preserveHostHeader())
                                .uri(properties.rest()))
                .build();
    }

    @Bean
    GrpcRoutingFilter grpcRoutingFilter() {
        return new GrpcRoutingFilter();
    }

    @Bean
    BodyLimitFilter bodyLimitFilter(GatewayProperties properties) {
        return new BodyLimitFilter(properties.maxBody().toBytes());
    }

    @Bean
    AddressRateFilter addressRateFilter(GatewayProperties properties) {
        return new AddressRateFilter(properties.requestsPerSecond(), properties.burst());
    }

    @Bean
    WebServerFactoryCustomizer<NettyReactiveWebServerFactory> earlyAnswers() {
        return factory -> factory.addServerCustomizers(new EarlyAnswers());
    }

    /** Netty gives a connection the room of two such streams, so an upload that stands still does not stop the others. */
    @Bean
    WebServerFactoryCustomizer<NettyReactiveWebServerFactory> uploadWindow() {
        return factory -> factory.addServerCustomizers(
                server -> server.http2Settings(settings -> settings.initialWindowSize(UPLOAD_WINDOW_BYTES)));
    }

    @Bean
    ProblemHandler problemHandler() {
        return new ProblemHandler();
    }

    @Bean
    QuietPeriod quietPeriod(
            ApplicationContext context, @Value("${pinfactory.shutdown.quiet-period:500ms}") Duration length) {
        return new QuietPeriod(context, length);
    }
}
