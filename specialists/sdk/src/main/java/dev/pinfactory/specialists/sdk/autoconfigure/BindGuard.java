package dev.pinfactory.specialists.sdk.autoconfigure;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Without authentication a process may listen to its own machine only. */
final class BindGuard {
    private BindGuard() {}

    /**
     * @param address what the server binds; null or {@code *} means every interface
     * @throws IllegalStateException when strangers could call without being asked who they are
     */
    static void check(@Nullable String address, boolean authenticated) {
        if (authenticated || isLoopback(address)) {
            return;
        }
        throw new IllegalStateException("spring.grpc.server.address is "
                + (address == null ? "not set (every interface)" : "'" + address + "'")
                + ", and nothing authenticates callers: bind 127.0.0.1, or set pinfactory.host.grants.required=true,"
                + " or pinfactory.tls.certificate and what belongs to it");
    }

    private static boolean isLoopback(@Nullable String address) {
        if (address == null || address.isBlank() || address.equals("*")) {
            return false;
        }
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
