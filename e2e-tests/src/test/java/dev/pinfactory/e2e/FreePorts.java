package dev.pinfactory.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Ports that nobody listens on just now. */
final class FreePorts {
    private static final int TRIES = 100;

    private FreePorts() {}

    static List<String> some(int count) {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return sockets.stream()
                    .map(socket -> String.valueOf(socket.getLocalPort()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            close(sockets);
        }
    }

    /** Three ports, and the registry's, from which the other roles' ports are counted. */
    static List<String> forProcesses() {
        List<String> ports = new ArrayList<>(some(3));
        for (int i = 0; i < TRIES; i++) {
            int first = Integer.parseInt(some(1).getFirst());
            List<ServerSocket> sockets = new ArrayList<>();
            try {
                for (int port : new int[] {first, first + 1, first + 2, first + 100, first + 101}) {
                    sockets.add(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
                }
                ports.add(String.valueOf(first));
                return ports;
            } catch (IOException e) {
                // One of them is taken; elsewhere they are free.
            } finally {
                close(sockets);
            }
        }
        throw new AssertionError("no ports in a row are free");
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
