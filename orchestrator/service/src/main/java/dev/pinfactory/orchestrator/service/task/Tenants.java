package dev.pinfactory.orchestrator.service.task;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;

/** For whom a call is made. */
public interface Tenants {
    /** The tenant of everybody where no authentication is configured, which is only on loopback. */
    String LOCAL = "local";

    /** What a tenant may be called. */
    Pattern NAME = Pattern.compile("[\\x21-\\x7e]{1,128}");

    /**
     * The tenant of the call that this thread serves.
     *
     * @throws PinfactoryException UNAUTHENTICATED, or PERMISSION_DENIED for a token without tenant
     */
    String current();

    static Tenants local() {
        return () -> LOCAL;
    }

    /** From a claim of the caller's token. */
    static Tenants fromClaim(String claim) {
        return () -> {
            Authentication caller = SecurityContextHolder.getContext().getAuthentication();
            if (caller == null || !(caller.getPrincipal() instanceof Jwt token)) {
                throw new PinfactoryException(ErrorCode.UNAUTHENTICATED, "a bearer token is needed");
            }
            return named(token, claim)
                    .orElseThrow(() -> new PinfactoryException(
                            ErrorCode.PERMISSION_DENIED, "the token names no tenant in its claim '" + claim + "'"));
        };
    }

    /** The tenant that a token names: 1 to 128 printable ASCII characters. */
    static Optional<String> named(Jwt token, String claim) {
        return token.getClaims().get(claim) instanceof String tenant
                        && NAME.matcher(tenant).matches()
                ? Optional.of(tenant)
                : Optional.empty();
    }
}
