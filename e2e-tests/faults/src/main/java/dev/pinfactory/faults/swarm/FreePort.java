package dev.pinfactory.faults.swarm;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports for processes that come back on the same one. */
final class FreePort {
    /** Below the ports that the system gives to those who connect: one of them could take the port while the process is away. */
    private static final int LOWEST = 12_000;

    private static final int HIGHEST = 32_000;

    private FreePort() {}

    static int find() {
        while (true) {
            int candidate = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            try (ServerSocket socket = new ServerSocket(candidate, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // Somebody has it.
            }
        }
    }
}
