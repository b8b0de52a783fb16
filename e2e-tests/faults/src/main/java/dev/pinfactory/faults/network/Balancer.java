package dev.pinfactory.faults.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;

/**
 * One address for several servers, as a Kubernetes service is: each new connection goes to the next server that is ready, and stays there to its end. Thread-safe.
 */
public final class Balancer implements AutoCloseable {
    private static final int BUFFER = 16 * 1024;
    private static final int CONNECT_MILLIS = 5_000;

    private final List<Integer> servers;
    private final IntPredicate ready;
    private final ServerSocket listener;
    private final AtomicInteger turn = new AtomicInteger();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    /**
     * Listens on a free port of loopback.
     *
     * @param servers their ports
     * @param ready whether the server at this port takes new connections
     */
    public Balancer(List<Integer> servers, IntPredicate ready) throws IOException {
        this.servers = List.copyOf(servers);
        this.ready = ready;
        this.listener = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("balancer").start(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    public String address() {
        return "127.0.0.1:" + port();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Thread.ofVirtual().name("balanced").start(() -> connect(client));
            } catch (IOException e) {
                // Closed.
            }
        }
    }

    private void connect(Socket client) {
        sockets.add(client);
        int first = Math.floorMod(turn.getAndIncrement(), servers.size());
        for (int i = 0; i < servers.size(); i++) {
            int port = servers.get((first + i) % servers.size());
            if (!ready.test(port)) {
                continue;
            }
            try {
                Socket server = new Socket();
                server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
                sockets.add(server);
                Thread.ofVirtual().name("answers").start(() -> pass(server, client));
                pass(client, server);
                return;
            } catch (IOException e) {
                // The next one, then.
            }
        }
        close(client);
    }

    /** To the end of one direction; the other one may go on. */
    private void pass(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            close(from);
            close(to);
        }
        if (from.isOutputShutdown() && to.isOutputShutdown()) {
            close(from);
            close(to);
        }
    }

    private void close(Socket socket) {
        sockets.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            // Gone is gone.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        sockets.forEach(this::close);
    }
}
