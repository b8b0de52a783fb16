package dev.pinfactory.orchestrator.gateway;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Limits what one address may send, before anything is read. Fairness between tenants is the orchestrator's. */
final class AddressRateFilter implements WebFilter, Ordered {
    private static final long MAX_ADDRESSES = 100_000;

    private final LoadingCache<InetAddress, Bucket> buckets;

    AddressRateFilter(int requestsPerSecond, int burst) {
        buckets = Caffeine.newBuilder()
                .maximumSize(MAX_ADDRESSES)
                .expireAfterAccess(Duration.ofMinutes(10))
                .build(address -> Bucket.builder()
                        .addLimit(limit -> limit.capacity(burst).refillGreedy(requestsPerSecond, Duration.ofSeconds(1)))
                        .build());
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        InetSocketAddress remote = exchange.getRequest().getRemoteAddress();
        if (remote == null || remote.getAddress() == null) {
            return chain.filter(exchange);
        }
        ConsumptionProbe probe = buckets.get(remote.getAddress()).tryConsumeAndReturnRemaining(1);
        if (probe.isConsumed()) {
            return chain.filter(exchange);
        }
        return Mono.error(new PinfactoryException(
                ErrorCode.OVERLOADED,
                "this address sends more requests than one address may",
                List.of(),
                Duration.ofNanos(probe.getNanosToWaitForRefill()),
                null));
    }
}
