package dev.pinfactory.faults.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Stands between a client and a server on this machine and makes the network worse. What it does can be changed at any time, also for connections that are
 * open. Thread-safe.
 */
public final class ChaosProxy implements AutoCloseable {
    private static final int BUFFER = 16 * 1024;
    private static final int CONNECT_MILLIS = 5_000;

    private final InetSocketAddress target;
    private final ServerSocket listener;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private volatile Duration latency = Duration.ZERO;
    private volatile long bytesPerSecond = Long.MAX_VALUE;
    private volatile int slice = BUFFER;
    private volatile boolean blackHole;
    private volatile long answersBeforeReset = Long.MAX_VALUE;

    /** Listens on a free port of loopback. */
    public ChaosProxy(InetSocketAddress target) throws IOException {
        this.target = target;
        this.listener = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("chaos-proxy").start(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Each piece is held back for so long, in either direction. */
    public ChaosProxy latency(Duration each) {
        latency = each;
        return this;
    }

    /** @param bytes a second, of one direction of one connection */
    public ChaosProxy bandwidth(long bytes) {
        bytesPerSecond = bytes;
        return this;
    }

    /** Nothing larger than this is passed on in one piece. */
    public ChaosProxy slice(int bytes) {
        slice = Math.min(bytes, BUFFER);
        return this;
    }

    /** Connections are accepted and read from, and nothing is passed on. */
    public ChaosProxy blackHole(boolean on) {
        blackHole = on;
        return this;
    }

    /** Each connection is reset as soon as so many bytes of answers have passed it. */
    public ChaosProxy resetAfter(long bytesOfAnswers) {
        answersBeforeReset = bytesOfAnswers;
        return this;
    }

    /** Resets every connection that is open. */
    public void reset() {
        connections.forEach(Connection::reset);
    }

    public int connections() {
        return connections.size();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        reset();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void connect(Socket client) {
        Socket server = new Socket();
        Connection connection = new Connection(client, server);
        connections.add(connection);
        try {
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            server.connect(target, CONNECT_MILLIS);
            if (listener.isClosed()) {
                connection.reset();
                return;
            }
            Thread.ofVirtual().start(() -> connection.pass(client, server, false));
            connection.pass(server, client, true);
        } catch (IOException e) {
            connection.reset();
        }
    }

    /** A client, a server, and what passes between them. */
    private final class Connection {
        private final Socket client;
        private final Socket server;
        private long answered;

        private Connection(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        private void pass(Socket from, Socket to, boolean answers) {
            byte[] buffer = new byte[BUFFER];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int read = in.read(buffer, 0, slice); read >= 0; read = in.read(buffer, 0, slice)) {
                    if (blackHole) {
                        continue;
                    }
                    hold(read);
                    int length = answers ? (int) Math.min(read, answersBeforeReset - answered) : read;
                    out.write(buffer, 0, Math.max(0, length));
                    if (length < read) {
                        reset();
                        return;
                    }
                    answered += answers ? length : 0;
                }
                to.shutdownOutput();
                closeIfBothEnded();
            } catch (IOException e) {
                reset();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                reset();
            }
        }

        private void hold(int bytes) throws InterruptedException {
            long nanos = latency.toNanos() + (long) (TimeUnit.SECONDS.toNanos(1) * ((double) bytes / bytesPerSecond));
            TimeUnit.NANOSECONDS.sleep(nanos);
        }

        private void closeIfBothEnded() throws IOException {
            if (client.isOutputShutdown() && server.isOutputShutdown()) {
                connections.remove(this);
                client.close();
                server.close();
            }
        }

        /** Both sides see a reset, not an end. */
        private void reset() {
            connections.remove(this);
            for (Socket socket : new Socket[] {client, server}) {
                try {
                    socket.setSoLinger(true, 0);
                    socket.close();
                } catch (IOException e) {
                    // It is gone already.
                }
            }
        }
    }
}
