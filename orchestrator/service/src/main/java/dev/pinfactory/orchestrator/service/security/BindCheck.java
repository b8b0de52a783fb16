package dev.pinfactory.orchestrator.service.security;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;

/** Without authentication everybody who can connect may do everything, so then nobody but this machine may connect. */
final class BindCheck {
    private static final Logger LOG = LoggerFactory.getLogger(BindCheck.class);
    private static final List<String> ADDRESSES = List.of("server.address", "spring.grpc.server.address");

    private BindCheck() {}

    /** @throws IllegalStateException when a server would listen to others without authentication */
    static void check(Environment environment, boolean authenticated) {
        if (authenticated) {
            return;
        }
        for (String property : ADDRESSES) {
            String address = environment.getProperty(property, "");
            if (!isLoopback(address)) {
                throw new IllegalStateException(property + " is '" + address
                        + "', which others can reach, and no authentication is configured: set pinfactory.orchestrator.authentication.jwk-set-uri (or .jwk-set-file) "
                        + "and .issuer, or bind to 127.0.0.1");
            }
        }
        LOG.warn(
                "NO AUTHENTICATION: everybody on this machine may do everything, as tenant 'local'. For development only.");
    }

    /** An empty address means every interface. */
    private static boolean isLoopback(String address) {
        if (address.isBlank()) {
            return false;
        }
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
