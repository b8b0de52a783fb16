package dev.pinfactory.registry.client;

import io.grpc.ChannelCredentials;
import io.grpc.ConnectivityState;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.inprocess.InProcessChannelBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Turns addresses, {@code host:port} or {@code inprocess:name}, into channels that everybody in the process shares. At most {@code limit} channels are
 * open: the one that was asked for longest ago makes room, its calls in flight go on to their end. So ask here for every call, and keep no channel.
 */
public final class Channels implements AutoCloseable {
    /** The largest message on every hop. */
    public static final int MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

    /** What an address of a server in this process starts with. */
    public static final String IN_PROCESS = "inprocess:";

    /** How often a silent connection with calls on it is pinged. Every server of ours has to permit that: gRPC's own default is 5 minutes. */
    public static final Duration KEEP_ALIVE = Duration.ofSeconds(30);

    /** The largest headers on every hop: a grant with the digests of many inputs is the longest of them. */
    public static final int MAX_METADATA_BYTES = 64 * 1024;

    /** Callers of a server that is away make no more attempts to connect than one in this time. */
    static final Duration RECONNECT = Duration.ofMillis(100);

    private static final int DEFAULT_LIMIT = 1024;
    private static final long KEEP_ALIVE_TIMEOUT_SECONDS = 10;
    private static final long CLOSE_SECONDS = 2;

    private final ChannelCredentials credentials;
    private final int limit;
    private final LongSupplier nanoTime;
    private final Map<String, Shared> open = new LinkedHashMap<>(16, 0.75f, true);
    private boolean closed;

    /** Plain text. */
    public Channels() {
        this(InsecureChannelCredentials.create());
    }

    /** With these credentials for every {@code host:port}, such as TLS with a client's certificate. */
    public Channels(ChannelCredentials credentials) {
        this(credentials, DEFAULT_LIMIT, System::nanoTime);
    }

    Channels(ChannelCredentials credentials, int limit, LongSupplier nanoTime) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit is " + limit + ", at least 1 is needed");
        }
        this.credentials = credentials;
        this.limit = limit;
        this.nanoTime = nanoTime;
    }

    /**
     * The channel to this address, opened when it is asked for first; it connects with its first call. After a failure to connect the next call tries again: gRPC
     * would refuse calls at once for up to two minutes, and so long a server that is back would stay out of reach. Whoever calls has waits and breakers of their own.
     *
     * @throws IllegalArgumentException when the address has neither form
     * @throws IllegalStateException when closed
     */
    public ManagedChannel channel(String address) {
        List<Shared> evicted = new ArrayList<>();
        Shared shared;
        boolean reconnect;
        synchronized (open) {
            if (closed) {
                throw new IllegalStateException("channels are closed");
            }
            shared = open.get(address);
            if (shared == null) {
                shared = new Shared(open(address));
                open.put(address, shared);
            }
            reconnect = shared.mayReconnect(nanoTime.getAsLong());
            var eldest = open.values().iterator();
            while (open.size() > limit) {
                evicted.add(eldest.next());
                eldest.remove();
            }
        }
        evicted.forEach(old -> old.channel.shutdown());
        if (reconnect) {
            // Not resetConnectBackoff: with it this call would still be refused for the last failure.
            shared.channel.enterIdle();
        }
        return shared.channel;
    }

    /** Ends all channels; calls in flight get a moment. */
    @Override
    public void close() {
        List<ManagedChannel> channels;
        synchronized (open) {
            closed = true;
            channels = open.values().stream().map(shared -> shared.channel).toList();
            open.clear();
        }
        channels.forEach(ManagedChannel::shutdown);
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSE_SECONDS);
        try {
            for (ManagedChannel channel : channels) {
                if (!channel.awaitTermination(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                    channel.shutdownNow();
                }
            }
        } catch (InterruptedException e) {
            channels.forEach(ManagedChannel::shutdownNow);
            Thread.currentThread().interrupt();
        }
    }

    int size() {
        synchronized (open) {
            return open.size();
        }
    }

    private ManagedChannel open(String address) {
        if (address.startsWith(IN_PROCESS)) {
            String name = address.substring(IN_PROCESS.length());
            if (name.isEmpty()) {
                throw new IllegalArgumentException(
                        "address '" + address + "' names no server: expected inprocess:name");
            }
            return InProcessChannelBuilder.forName(name)
                    .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                    .build();
        }
        requireHostAndPort(address);
        // The brackets of an IPv6 address have to be escaped in gRPC's target, a URI.
        String target = "dns:///" + address.replace("[", "%5B").replace("]", "%5D");
        return Grpc.newChannelBuilder(target, credentials)
                .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                .maxInboundMetadataSize(MAX_METADATA_BYTES)
                .keepAliveTime(KEEP_ALIVE.toSeconds(), TimeUnit.SECONDS)
                .keepAliveTimeout(KEEP_ALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                // Retries belong to one layer, the orchestrator's; gRPC's own would multiply them.
                .disableRetry()
                .build();
    }

    private static void requireHostAndPort(String address) {
        int colon = address.lastIndexOf(':');
        String host = colon < 0 ? "" : address.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (host.isEmpty() || host.indexOf('/') >= 0 || (host.indexOf(':') >= 0 && !bracketed)) {
            throw new IllegalArgumentException("address '" + address + "' is not host:port or inprocess:name");
        }
        try {
            int port = Integer.parseInt(address.substring(colon + 1));
            if (port < 1 || port > 65_535) {
                throw new IllegalArgumentException("address '" + address + "' has port " + port + ", not 1 to 65535");
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("address '" + address + "' has no port: expected host:port", e);
        }
    }

    /** A channel, and when it was last made to connect again. Guarded by the map that it is in. */
    private static final class Shared {
        private final ManagedChannel channel;
        private OptionalLong reconnected = OptionalLong.empty();

        private Shared(ManagedChannel channel) {
            this.channel = channel;
        }

        private boolean mayReconnect(long now) {
            if (channel.getState(false) != ConnectivityState.TRANSIENT_FAILURE) {
                return false;
            }
            if (reconnected.isPresent() && now - reconnected.getAsLong() < RECONNECT.toNanos()) {
                return false;
            }
            reconnected = OptionalLong.of(now);
            return true;
        }
    }
}
