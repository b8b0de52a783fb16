package dev.pinfactory.registry.peers;

import io.grpc.protobuf.services.HealthStatusManager;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.grpc.server.autoconfigure.health.GrpcServerHealthAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;

/**
 * With {@code pinfactory.shutdown.quiet-period} a role says that it leaves before it does, and for that long still takes calls. Hosts have their own way, since
 * they are registered.
 */
@AutoConfiguration(after = GrpcServerHealthAutoConfiguration.class)
@ConditionalOnProperty("pinfactory.shutdown.quiet-period")
public class LeavingAutoConfiguration {
    @Bean
    Leaving leaving(
            ApplicationContext context,
            HealthStatusManager health,
            @Value("${pinfactory.shutdown.quiet-period}") Duration quietPeriod) {
        return new Leaving(context, health, quietPeriod);
    }
}
