package dev.pinfactory.orchestrator.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Ports on loopback. The roles behind the gateway take the ones after the registry's.
 *
 * @param rest the orchestrator's REST port
 * @param grpc the orchestrator's gRPC port
 * @param registry the registry's gRPC port
 * @param gateway the gateway's TLS port
 */
record Ports(int rest, int grpc, int registry, int gateway) {
    private static final int TO_METRICS = 100;
    private static final int HIGHEST = (1 << 16) - 1;

    int router() {
        return registry + 1;
    }

    int host() {
        return registry + 2;
    }

    /** Where the registry shows its health and metrics. */
    int registryMetrics() {
        return registry() + TO_METRICS;
    }

    /** Where the router shows its health and metrics. */
    int routerMetrics() {
        return router() + TO_METRICS;
    }

    /** @throws UsageException naming the port that can't be used, what for, and the option that changes it */
    void check(boolean processes) {
        Map<Integer, String> users = new LinkedHashMap<>();
        check(users, rest, "REST", "--rest-port");
        check(users, grpc, "gRPC", "--grpc-port");
        check(users, registry, "the registry", "--registry-port");
        if (processes) {
            check(users, router(), "the router (the registry's port + 1)", "--registry-port");
            check(users, host(), "the specialists' host (the registry's port + 2)", "--registry-port");
            check(users, registryMetrics(), "the registry's metrics (its port + 100)", "--registry-port");
            check(users, routerMetrics(), "the router's metrics (its port + 100)", "--registry-port");
            check(users, gateway, "the gateway", "--gateway-port");
        }
    }

    private static void check(Map<Integer, String> users, int port, String user, String option) {
        if (port < 1 || port > HIGHEST) {
            throw new UsageException(
                    "port " + port + " for " + user + " is not from 1 to " + HIGHEST + " (" + option + ")");
        }
        String other = users.put(port, user);
        if (other != null) {
            throw new UsageException(
                    "port " + port + " is wanted for " + other + " and for " + user + " (" + option + ")");
        }
        if (!isFree(port)) {
            throw new UsageException("port " + port + " for " + user
                    + " is taken by another program; stop it, or choose another port with " + option);
        }
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
