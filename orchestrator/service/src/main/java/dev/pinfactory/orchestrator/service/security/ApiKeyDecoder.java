package dev.pinfactory.orchestrator.service.security;

import dev.pinfactory.orchestrator.service.OrchestratorProperties;
import java.util.List;
import java.util.Map;
import org.springframework.dao.DataAccessException;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

/** Reads API keys where tokens are read: what comes out has tenant and roles at the places where the issuer's tokens have theirs, so there is one way in for both. */
final class ApiKeyDecoder implements JwtDecoder {
    private static final String KEY = "pinfactory_api_key";

    private final ApiKeys keys;
    private final JwtDecoder tokens;
    private final OrchestratorProperties.Authentication places;

    ApiKeyDecoder(ApiKeys keys, JwtDecoder tokens, OrchestratorProperties.Authentication places) {
        this.keys = keys;
        this.tokens = tokens;
        this.places = places;
    }

    @Override
    public Jwt decode(String token) {
        if (!token.startsWith(ApiKeys.PREFIX)) {
            Jwt decoded = tokens.decode(token);
            if (decoded.hasClaim(KEY)) {
                throw new BadJwtException("a token says that it is an API key");
            }
            return decoded;
        }
        try {
            return keys.authenticate(token)
                    .map(this::asToken)
                    .orElseThrow(() -> new BadJwtException("no good API key"));
        } catch (DataAccessException e) {
            throw new JwtException("the database of API keys is away", e);
        }
    }

    static boolean isKey(Authentication caller) {
        return caller.getPrincipal() instanceof Jwt token && token.hasClaim(KEY);
    }

    /** Without its secret. */
    private Jwt asToken(ApiKey key) {
        List<String> path = List.of(places.rolesClaim().split("\\."));
        Object roles = key.roles().stream().map(Role::word).toList();
        for (int i = path.size() - 1; i > 0; i--) {
            roles = Map.of(path.get(i), roles);
        }
        return Jwt.withTokenValue(ApiKeys.PREFIX + key.id())
                .header("alg", "none")
                .subject("api-key " + key.id())
                .claim(KEY, key.id())
                .claim(places.tenantClaim(), key.tenant())
                .claim(path.getFirst(), roles)
                .build();
    }
}
