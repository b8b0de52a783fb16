package dev.pinfactory.registry.client;

import dev.pinfactory.proto.v1.RegistryServiceGrpc;
import dev.pinfactory.proto.v1.WatchRequest;
import dev.pinfactory.proto.v1.WatchResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The registry's catalogue, kept up to date by a watch, and gone on with when the registry is gone: from memory, and after a restart from disk.
 * How old it is can be asked; whether that is too old is for the caller to say.
 */
public final class RegistryClient implements AutoCloseable {
    private static final Logger LOGGER = System.getLogger(RegistryClient.class.getName());
    /** Changes come in bursts; one write takes them all. */
    private static final Duration WRITE_DELAY = Duration.ofSeconds(1);

    private final Channels channels;
    private final RegistryClientSettings settings;
    private final Timer timer;
    private final Backoff backoff;
    private final @Nullable SnapshotFile file;
    private final List<Consumer<CatalogSnapshot>> listeners = new CopyOnWriteArrayList<>();
    private final CountDownLatch first = new CountDownLatch(1);
    private final Object lock = new Object();

    private volatile CatalogSnapshot current = CatalogSnapshot.empty();
    private volatile @Nullable Instant asOf;
    private volatile boolean connected;

    // Guarded by the lock.
    private @Nullable WatchStream stream;
    private Timer.Cancellation silence = Timer.Cancellation.NOTHING;
    private Timer.Cancellation retry = Timer.Cancellation.NOTHING;
    private boolean resumable;
    private boolean writePlanned;
    private boolean closed;

    private RegistryClient(Channels channels, RegistryClientSettings settings, Timer timer, RandomGenerator random) {
        this.channels = channels;
        this.settings = settings;
        this.timer = timer;
        this.backoff = new Backoff(settings.firstBackoff(), settings.longestBackoff(), random);
        this.file = settings.snapshotFile().map(SnapshotFile::new).orElse(null);
    }

    /** Loads what is on disk and begins to watch; returns without waiting for the registry. The channels stay the caller's. */
    public static RegistryClient start(Channels channels, RegistryClientSettings settings) {
        return start(channels, settings, new ThreadTimer("registry-client"), ThreadLocalRandom.current()::nextLong);
    }

    static RegistryClient start(
            Channels channels, RegistryClientSettings settings, Timer timer, RandomGenerator random) {
        RegistryClient client = new RegistryClient(channels, settings, timer, random);
        client.load();
        client.connect();
        return client;
    }

    /** The latest catalogue; empty at revision 0 before the first. */
    public CatalogSnapshot current() {
        return current;
    }

    /** Waits for a catalogue, from the registry or from disk; false when there was none in time. */
    public boolean awaitFirst(Duration atMost) throws InterruptedException {
        return first.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Whether the watch stands right now. */
    public boolean connected() {
        return connected;
    }

    /** When the registry last confirmed the catalogue; empty before the first. */
    public Optional<Instant> asOf() {
        return Optional.ofNullable(asOf);
    }

    /** How long ago the registry last confirmed the catalogue; empty before the first. */
    public Optional<Duration> age() {
        return asOf().map(confirmed -> Duration.between(confirmed, timer.now()));
    }

    /**
     * Calls back with each new catalogue, in order, one at a time; first with the current one if there is any. The callback must not block: the watch waits
     * for it.
     *
     * @return ends it
     */
    public Runnable listen(Consumer<CatalogSnapshot> listener) {
        synchronized (lock) {
            listeners.add(listener);
            if (first.getCount() == 0) {
                listener.accept(current);
            }
        }
        return () -> listeners.remove(listener);
    }

    /** Ends the watch and writes the last catalogue. */
    @Override
    public void close() {
        WatchStream ended;
        boolean write;
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
            connected = false;
            ended = stream;
            stream = null;
            silence.cancel();
            retry.cancel();
            write = writePlanned;
        }
        if (ended != null) {
            ended.cancel("the client is closed");
        }
        timer.close();
        if (write) {
            write();
        }
    }

    private void load() {
        if (file == null) {
            return;
        }
        try {
            file.read().ifPresent(stored -> {
                current = CatalogSnapshot.of(stored.snapshot());
                asOf = stored.asOf();
                first.countDown();
                LOGGER.log(
                        Level.INFO,
                        "starting with the catalogue of {0}, revision {1}, until the registry answers",
                        stored.asOf(),
                        Long.toString(current.revision()));
            });
        } catch (IOException | IllegalArgumentException e) {
            LOGGER.log(Level.WARNING, "the stored catalogue is not usable and left aside: {0}", e.getMessage());
        }
    }

    private void connect() {
        WatchStream begun;
        WatchRequest request;
        synchronized (lock) {
            if (closed) {
                return;
            }
            begun = new WatchStream(this::heard, this::ended);
            stream = begun;
            request = WatchRequest.newBuilder()
                    // What came from disk may be another registry's: only what this client was told is resumed.
                    .setAfterRevision(resumable ? current.revision() : 0)
                    .setIncludeEndpoints(settings.endpoints())
                    .build();
            expectWord(begun);
        }
        try {
            RegistryServiceGrpc.newStub(channels.channel(settings.address())).watch(request, begun);
        } catch (RuntimeException e) {
            ended(begun, e);
        }
    }

    /** A watch has no deadline; instead it must say something now and then. */
    private void expectWord(WatchStream from) {
        silence.cancel();
        silence = timer.after(
                settings.silence(), () -> from.cancel("the registry said nothing for " + settings.silence()));
    }

    private void heard(WatchStream from, WatchResponse response) {
        synchronized (lock) {
            if (from != stream) {
                return;
            }
            CatalogSnapshot before = current;
            CatalogSnapshot after = switch (response.getEventCase()) {
                case SNAPSHOT -> CatalogSnapshot.of(response.getSnapshot());
                case CHANGE -> before.with(response.getChange());
                case HEARTBEAT -> before.at(response.getHeartbeat().getRevision());
                case EVENT_NOT_SET -> before;
            };
            backoff.reset();
            expectWord(from);
            connected = true;
            resumable |= response.hasSnapshot();
            asOf = timer.now();
            current = after;
            first.countDown();
            if (response.hasSnapshot() || response.hasChange()) {
                planWrite();
                listeners.forEach(listener -> tell(listener, after));
            }
        }
    }

    private static void tell(Consumer<CatalogSnapshot> listener, CatalogSnapshot catalog) {
        try {
            listener.accept(catalog);
        } catch (RuntimeException e) {
            LOGGER.log(Level.ERROR, "a listener of the catalogue failed", e);
        }
    }

    private void ended(WatchStream which, Throwable why) {
        synchronized (lock) {
            if (which != stream || closed) {
                return;
            }
            stream = null;
            silence.cancel();
            if (connected) {
                LOGGER.log(
                        Level.WARNING,
                        "the watch of the registry ended, going on with revision {0}: {1}",
                        Long.toString(current.revision()),
                        why.getMessage());
            }
            connected = false;
            if (why instanceof IllegalArgumentException) {
                // The catalogue contradicts itself: ask for all of it anew.
                resumable = false;
            }
            retry = timer.after(backoff.next(), this::connect);
        }
    }

    private void planWrite() {
        if (file == null || writePlanned) {
            return;
        }
        writePlanned = true;
        timer.after(WRITE_DELAY, this::write);
    }

    private void write() {
        CatalogSnapshot catalog;
        Instant confirmed;
        synchronized (lock) {
            writePlanned = false;
            catalog = current;
            confirmed = asOf;
        }
        if (file == null || confirmed == null) {
            return;
        }
        try {
            file.write(catalog.toMessage(), confirmed);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "the catalogue could not be stored: {0}", e.toString());
        }
    }
}
