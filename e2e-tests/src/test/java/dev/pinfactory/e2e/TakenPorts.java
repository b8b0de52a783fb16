package dev.pinfactory.e2e;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Ports on loopback that another program has; where one really has, it keeps it. */
record TakenPorts(List<ServerSocketChannel> listeners) implements AutoCloseable {
    static TakenPorts take(int... ports) throws IOException {
        TakenPorts taken = new TakenPorts(new ArrayList<>());
        try {
            for (int port : ports) {
                taken.take(port);
            }
            return taken;
        } catch (IOException e) {
            taken.close();
            throw e;
        }
    }

    private void take(int port) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        try {
            listener.bind(new InetSocketAddress("127.0.0.1", port));
        } catch (BindException e) {
            // Somebody else has it already, which is what is wanted.
            listener.close();
            return;
        }
        listener.configureBlocking(false);
        listeners.add(listener);
    }

    /** How many have connected since this was last asked; whoever only uses ports of its own has not. */
    int callers() throws IOException {
        int callers = 0;
        for (ServerSocketChannel listener : listeners) {
            for (SocketChannel caller = listener.accept(); caller != null; caller = listener.accept()) {
                callers++;
                caller.close();
            }
        }
        return callers;
    }

    @Override
    public void close() throws IOException {
        for (ServerSocketChannel listener : listeners) {
            listener.close();
        }
    }
}
