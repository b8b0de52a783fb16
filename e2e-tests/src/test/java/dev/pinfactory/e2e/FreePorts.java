package dev.pinfactory.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports that nobody listens on just now, and that the system gives to nobody who connects: between the choice and the bind lies the
 * start of a process, and a client that asks a port of the ephemeral range again and again in the meantime may get that very port as its
 * own, and talks to itself.
 */
final class FreePorts {
    private static final int TRIES = 1_000;
    private static final int LOWEST = 12_000;
    private static final int LOWEST_EPHEMERAL = 32_000;

    private FreePorts() {}

    static List<String> some(int count) {
        List<String> ports = new ArrayList<>();
        while (ports.size() < count) {
            String port = String.valueOf(lowestOf(0));
            if (!ports.contains(port)) {
                ports.add(port);
            }
        }
        return ports;
    }

    /** Three ports, and the registry's, from which the other roles' ports are counted. */
    static List<String> forProcesses() {
        int first = lowestOf(0, 1, 2, 100, 101);
        List<String> ports = new ArrayList<>();
        for (String port : some(8)) {
            int distance = Integer.parseInt(port) - first;
            if (ports.size() < 3 && (distance < 0 || distance > 101)) {
                ports.add(port);
            }
        }
        ports.add(String.valueOf(first));
        return ports;
    }

    /** The lowest of free ports that lie so far from it. */
    private static int lowestOf(int... distances) {
        for (int i = 0; i < TRIES; i++) {
            int first = ThreadLocalRandom.current().nextInt(LOWEST, LOWEST_EPHEMERAL - distances[distances.length - 1]);
            if (areFree(first, distances)) {
                return first;
            }
        }
        throw new AssertionError("no ports in a row are free");
    }

    private static boolean areFree(int first, int... distances) {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int distance : distances) {
                open(first + distance).ifPresent(sockets::add);
            }
            return sockets.size() == distances.length;
        } finally {
            close(sockets);
        }
    }

    private static Optional<ServerSocket> open(int port) {
        try {
            return Optional.of(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static void close(List<ServerSocket> sockets) {
        for (ServerSocket socket : sockets) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
