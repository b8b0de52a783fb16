package dev.pinfactory.orchestrator.service.security;

import dev.pinfactory.orchestrator.service.rest.Problems;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Where no token is asked for, a web page in a browser on the same machine must not be able to call: it could, by a form of another origin, or by a name
 * that it rebinds to this address. So the host has to be this machine by name, and the origin, if there is one, too.
 */
final class LoopbackHostFilter extends OncePerRequestFilter {
    private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (NAMES.contains(request.getServerName()) && isOwn(request.getHeader("Origin"))) {
            chain.doFilter(request, response);
            return;
        }
        Problems.write(
                response,
                new PinfactoryException(
                        ErrorCode.PERMISSION_DENIED,
                        "without authentication only calls to localhost, and from no other origin, are answered"));
    }

    private static boolean isOwn(@Nullable String origin) {
        if (origin == null) {
            return true;
        }
        try {
            String host = URI.create(origin).getHost();
            return host != null && NAMES.contains(host);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
