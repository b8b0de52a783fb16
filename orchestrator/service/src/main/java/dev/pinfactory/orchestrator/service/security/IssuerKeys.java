package dev.pinfactory.orchestrator.service.security;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The keys of an issuer at an address. A token of a key that is not known makes it ask again, since the issuer may have a new one; but not more than twice a second, whoever sends
 * however many of them. While the issuer is away its last keys hold for an hour.
 */
final class IssuerKeys {
    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final Duration KEPT_WITHOUT_ISSUER = Duration.ofHours(1);
    private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(1);
    /** Half a second, the library's own patience, is over before a busy issuer answers; then a good token would be refused. */
    private static final Duration CONNECT = Duration.ofSeconds(2);

    private static final Duration READ = Duration.ofSeconds(5);
    private static final int MAX_BYTES = 1 << 20;

    private IssuerKeys() {}

    /** @throws IllegalStateException where it is no address */
    static JWKSource<SecurityContext> at(String address) {
        DefaultResourceRetriever retriever =
                new DefaultResourceRetriever((int) CONNECT.toMillis(), (int) READ.toMillis(), MAX_BYTES);
        JWKSource<SecurityContext> keys;
        try {
            keys = JWKSourceBuilder.<SecurityContext>create(URI.create(address).toURL(), retriever)
                    .cache(KEPT.toMillis(), CONNECT.plus(READ).toMillis())
                    .refreshAheadCache(false)
                    .rateLimited(BETWEEN_QUESTIONS.toMillis())
                    .outageTolerant(KEPT_WITHOUT_ISSUER.toMillis())
                    .build();
        } catch (MalformedURLException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "pinfactory.orchestrator.authentication.jwk-set-uri is '" + address + "', which is no http address",
                    e);
        }
        AtomicBoolean answered = new AtomicBoolean();
        return (selector, context) -> {
            try {
                List<JWK> found = keys.get(selector, context);
                answered.set(true);
                return found;
            } catch (RateLimitReachedException e) {
                if (!answered.get()) {
                    throw e;
                }
                // Nobody's key, as far as is known.
                return List.of();
            }
        };
    }
}
