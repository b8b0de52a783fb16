package dev.pinfactory.registry.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.pinfactory.proto.v1.Entry;
import dev.pinfactory.proto.v1.TypeDeclaration;
import dev.pinfactory.proto.v1.Version.State;
import dev.pinfactory.registry.client.TestingRegistry.Watch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryClientTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(10);

    private final Channels channels = new Channels();
    private final ManualTimer timer = new ManualTimer();
    private final BlockingQueue<CatalogSnapshot> told = new LinkedBlockingQueue<>();

    @TempDir
    private Path directory;

    @AfterEach
    void closeChannels() {
        channels.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void followsTheCatalogueInOrder(boolean inProcess) throws Exception {
        try (TestingRegistry registry = inProcess ? TestingRegistry.inProcess() : TestingRegistry.onASocket();
                RegistryClient client = start(RegistryClientSettings.at(registry.address()))) {
            Watch watch = TestingRegistry.next(registry.watches);
            assertThat(watch.request().getAfterRevision()).isZero();
            assertThat(watch.request().getIncludeEndpoints()).isTrue();

            watch.snapshot(5, TestingRegistry.entry("mood", "1", State.CHAMPION, "inprocess:a"));
            watch.update(6, TestingRegistry.entry("tone", "1", State.CANDIDATE, "inprocess:b"));
            watch.remove(7, "mood");

            CatalogSnapshot first = TestingRegistry.next(told);
            assertThat(first.revision()).isEqualTo(5);
            assertThat(first.endpoints("mood", "1"))
                    .singleElement()
                    .satisfies(endpoint -> assertThat(endpoint.getAddress()).isEqualTo("inprocess:a"));
            assertThat(first.contracts().find("mood")).isPresent();
            CatalogSnapshot second = TestingRegistry.next(told);
            assertThat(second.withCapability("do.tone")).hasSize(1);
            assertThat(second.contracts().find("tone")).as("a candidate").isEmpty();
            CatalogSnapshot third = TestingRegistry.next(told);
            assertThat(third.find("mood")).isEmpty();
            assertThat(third.contracts().size()).isZero();
            assertThat(first.find("mood")).as("a snapshot stays as it was").isPresent();
            assertThat(client.awaitFirst(SOON)).isTrue();
            assertThat(client.connected()).isTrue();
            assertThat(client.age()).contains(Duration.ZERO);
        }
    }

    @Test
    void resumesWhereItWas() throws Exception {
        try (TestingRegistry registry = TestingRegistry.inProcess();
                RegistryClient client =
                        start(RegistryClientSettings.at(registry.address()).withoutEndpoints())) {
            Watch first = TestingRegistry.next(registry.watches);
            first.snapshot(5, TestingRegistry.entry("mood", "1", State.CHAMPION));
            TestingRegistry.next(told);
            // Endpoints changed, which this client is not told, but it need not hear of it again.
            first.heartbeat(9);
            first.end();

            Watch second = nextWatch(registry);
            assertThat(second.request().getAfterRevision()).isEqualTo(9);
            assertThat(second.request().getIncludeEndpoints()).isFalse();
            assertThat(client.current().find("mood")).isPresent();
            second.update(10, TestingRegistry.entry("tone", "1", State.CHAMPION));
            assertThat(TestingRegistry.next(told).contracts().size()).isEqualTo(2);
        }
    }

    @Test
    void aSilentRegistryIsLeftAndAskedAgain() throws Exception {
        RegistryClientSettings settings;
        try (TestingRegistry registry = TestingRegistry.inProcess()) {
            settings = RegistryClientSettings.at(registry.address());
            try (RegistryClient client = start(settings)) {
                TestingRegistry.next(registry.watches).snapshot(5);
                TestingRegistry.next(told);

                timer.advance(settings.silence().minusMillis(1));
                assertThat(client.connected()).isTrue();
                timer.advance(Duration.ofMillis(1));

                // The call's end is told by a thread of gRPC.
                Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !client.connected());
                assertThat(client.age()).contains(settings.silence());
                assertThat(nextWatch(registry).request().getAfterRevision()).isEqualTo(5);
            }
        }
    }

    @Test
    void aStartWithoutTheRegistryServesFromDiskUntilItIsBack() throws Exception {
        Path file = directory.resolve("router").resolve("catalogue.bin");
        String name = TestingRegistry.newName();
        RegistryClientSettings settings =
                RegistryClientSettings.at("inprocess:" + name).withSnapshotFile(file);
        try (TestingRegistry registry = TestingRegistry.named(name);
                RegistryClient client = start(settings)) {
            TestingRegistry.next(registry.watches)
                    .snapshot(5, TestingRegistry.entry("mood", "1", State.CHAMPION, "inprocess:a"));
            TestingRegistry.next(told);
        }
        timer.advance(Duration.ofHours(2));

        try (RegistryClient client = start(settings)) {
            assertThat(client.awaitFirst(Duration.ZERO)).isTrue();
            assertThat(client.current().revision()).isEqualTo(5);
            assertThat(client.current().contracts().find("mood")).isPresent();
            assertThat(client.current().endpoints("mood", "1")).hasSize(1);
            assertThat(client.connected()).isFalse();
            assertThat(client.age()).contains(Duration.ofHours(2));

            try (TestingRegistry back = TestingRegistry.named(name)) {
                Watch watch = nextWatch(back);
                assertThat(watch.request().getAfterRevision())
                        .as("another registry may stand there now")
                        .isZero();
                watch.snapshot(3);
                assertThat(TestingRegistry.next(told).revision()).isEqualTo(5);
                assertThat(TestingRegistry.next(told).revision()).isEqualTo(3);
                assertThat(client.age()).contains(Duration.ZERO);
            }
        }
    }

    @Test
    void aDamagedFileIsLeftAside() throws Exception {
        Path file = directory.resolve("catalogue.bin");
        SnapshotFile stored = new SnapshotFile(file);
        stored.write(
                CatalogSnapshot.empty()
                        .with(dev.pinfactory.proto.v1.Change.newBuilder()
                                .setRevision(4)
                                .setUpdated(TestingRegistry.entry("mood", "1", State.CHAMPION))
                                .build())
                        .toMessage(),
                timer.now());
        assertThat(stored.read())
                .hasValueSatisfying(
                        read -> assertThat(read.snapshot().getRevision()).isEqualTo(4));
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);

        try (RegistryClient client = start(RegistryClientSettings.at("inprocess:" + TestingRegistry.newName())
                .withSnapshotFile(file))) {
            assertThat(client.awaitFirst(Duration.ZERO)).isFalse();
            assertThat(client.current().entries()).isEmpty();
            assertThat(client.age()).isEmpty();
        }
    }

    @Test
    void theLastOfABurstIsWhatIsStored() throws Exception {
        Path file = directory.resolve("catalogue.bin");
        try (TestingRegistry registry = TestingRegistry.inProcess();
                RegistryClient client =
                        start(RegistryClientSettings.at(registry.address()).withSnapshotFile(file))) {
            Watch watch = TestingRegistry.next(registry.watches);
            watch.snapshot(5);
            for (int revision = 6; revision <= 20; revision++) {
                watch.update(revision, TestingRegistry.entry("mood-" + revision, "1", State.CHAMPION));
            }
            while (TestingRegistry.next(told).revision() < 20) {}
            assertThat(Files.exists(file)).isFalse();

            timer.advance(Duration.ofSeconds(1));

            assertThat(new SnapshotFile(file).read())
                    .hasValueSatisfying(stored -> assertThat(stored.snapshot())
                            .isEqualTo(client.current().toMessage()));
            try (var files = Files.list(directory)) {
                assertThat(files).containsExactly(file);
            }
        }
    }

    @Test
    void aCatalogueThatContradictsItselfIsNotTakenAndAskedForAnew() throws Exception {
        try (TestingRegistry registry = TestingRegistry.inProcess();
                RegistryClient client = start(RegistryClientSettings.at(registry.address()))) {
            Watch watch = TestingRegistry.next(registry.watches);
            watch.snapshot(5, typed("mood", "string"));
            TestingRegistry.next(told);
            watch.update(6, typed("tone", "number"));

            Watch again = nextWatch(registry);
            assertThat(again.request().getAfterRevision()).isZero();
            assertThat(client.current().revision()).isEqualTo(5);
        }
    }

    @Test
    void afterCloseNothingIsPlannedAndNothingComesBack() throws Exception {
        try (TestingRegistry registry = TestingRegistry.inProcess()) {
            RegistryClient client = start(RegistryClientSettings.at(registry.address()));
            TestingRegistry.next(registry.watches).snapshot(5);
            TestingRegistry.next(told);

            client.close();
            client.close();

            assertThat(timer.planned()).isZero();
            timer.advance(Duration.ofMinutes(1));
            assertThat(registry.watches).isEmpty();
        }
    }

    private RegistryClient start(RegistryClientSettings settings) {
        RegistryClient client = RegistryClient.start(
                channels, settings.withBackoff(Duration.ofMillis(100), LONGEST_BACKOFF), timer, new Random(3));
        client.listen(told::add);
        return client;
    }

    /** The watch's end and the try after it are of other threads, so time is moved until the next watch stands. */
    private Watch nextWatch(TestingRegistry registry) throws InterruptedException {
        long until = System.nanoTime() + SOON.toNanos();
        while (System.nanoTime() < until) {
            Watch watch = registry.watches.poll(20, java.util.concurrent.TimeUnit.MILLISECONDS);
            if (watch != null) {
                return watch;
            }
            timer.advance(Duration.ofMillis(100));
        }
        throw new AssertionError("no watch came");
    }

    private static Entry typed(String id, String jsonType) {
        Entry.Builder entry = TestingRegistry.entry(id, "1", State.CHAMPION).toBuilder();
        entry.getContractBuilder()
                .addTypes(TypeDeclaration.newBuilder()
                        .setName("acme/thing")
                        .setParent("record")
                        .setJsonSchema(Struct.newBuilder()
                                .putFields(
                                        "type",
                                        Value.newBuilder()
                                                .setStringValue(jsonType)
                                                .build())));
        return entry.build();
    }
}
