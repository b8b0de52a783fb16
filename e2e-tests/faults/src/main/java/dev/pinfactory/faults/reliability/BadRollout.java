package dev.pinfactory.faults.reliability;

import dev.pinfactory.faults.bar.Bar;
import dev.pinfactory.faults.bar.Form;
import dev.pinfactory.faults.bar.Trial;
import dev.pinfactory.faults.swarm.RoleProcess;
import dev.pinfactory.faults.swarm.Tasks;
import dev.pinfactory.faults.swarm.TestedOrchestrator;
import dev.pinfactory.faults.swarm.VersionedSpecialist;
import dev.pinfactory.proto.v1.ListEntriesRequest;
import dev.pinfactory.proto.v1.RegistryServiceGrpc;
import dev.pinfactory.proto.v1.RegistryServiceGrpc.RegistryServiceBlockingStub;
import dev.pinfactory.proto.v1.RollBackRequest;
import dev.pinfactory.proto.v1.RunTaskRequest;
import dev.pinfactory.proto.v1.SetVersionStateRequest;
import dev.pinfactory.proto.v1.SwarmServiceGrpc;
import dev.pinfactory.proto.v1.TaskResult;
import dev.pinfactory.proto.v1.Version;
import dev.pinfactory.proto.v1.VersionEntry;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * R19: a canary with a tenth of the tasks fails on half of what it is given. It is rolled back by itself in 30 s, and of a minute's tasks at most one in a hundred
 * fails. A good one that a person rolls back gets no task any more five seconds later, from either orchestrator. Forty tasks a second, and the settings that the
 * registry has by itself.
 */
public final class BadRollout implements Bar {
    @Override
    public String id() {
        return "R19";
    }

    @Override
    public String title() {
        return "a canary that fails half of its calls is rolled back by itself within 30 s and touches at most 1 % of a minute's tasks; rolled back by hand, it is out of every orchestrator within 5 s";
    }

    @Override
    public String unit() {
        return "tasks";
    }

    @Override
    public String sabotage() {
        return "the registry rolls nothing back";
    }

    @Override
    public int rounds(Form form) {
        return switch (form) {
            case SHORT -> 1;
            case LONG -> 10;
        };
    }

    @Override
    public Trial start(Setting setting) throws Exception {
        return new Rollouts(setting);
    }

    private static final class Rollouts implements Trial {
        private static final int ORCHESTRATORS = 2;
        private static final int WEIGHT = 10;
        private static final Duration BETWEEN_TASKS = Duration.ofMillis(25);
        private static final Duration WARM_UP = Duration.ofSeconds(5);
        private static final Duration WATCHED = Duration.ofSeconds(60);
        private static final Duration ROLLED_BACK = Duration.ofSeconds(30);
        private static final Duration BY_HAND = Duration.ofSeconds(5);
        private static final double TOUCHED = 0.01;
        private static final Duration DEADLINE = Duration.ofSeconds(10);

        private final RoleProcess registry;
        private final ManagedChannel registryChannel;
        private final VersionedSpecialist specialist;
        private final List<TestedOrchestrator> orchestrators = new ArrayList<>();
        private final List<ManagedChannel> doors = new ArrayList<>();

        private Rollouts(Setting setting) throws IOException, InterruptedException {
            Path folder = setting.folder();
            registry = new RoleProcess(
                    folder,
                    "registry/service",
                    "registry",
                    "256m",
                    List.of(
                            "spring.grpc.server.address=127.0.0.1",
                            "pinfactory.registry.rollout.rollback=" + !setting.sabotage()));
            registry.awaitStarted();
            registryChannel = channel(registry.address());
            specialist = new VersionedSpecialist(registry.address());
            for (int i = 0; i < ORCHESTRATORS; i++) {
                TestedOrchestrator orchestrator = TestedOrchestrator.start(
                        folder.resolve("orchestrator-" + i),
                        List.of("pinfactory.orchestrator.registry-address=" + registry.address()));
                orchestrators.add(orchestrator);
                doors.add(channel(orchestrator.address()));
            }
        }

        private static ManagedChannel channel(String address) {
            return Grpc.newChannelBuilder(address, InsecureChannelCredentials.create())
                    .build();
        }

        @Override
        public Outcome round(long seed) throws InterruptedException {
            List<String> failures = new ArrayList<>();
            try (Load load = new Load(seed)) {
                load.during(WARM_UP);
                failures.addAll(load.failures);
                specialist.failsOn(text -> text.hashCode() % 2 == 0);
                int before = load.sent.get();
                move(Version.State.CANARY);
                long start = System.nanoTime();
                Duration took = load.until(WATCHED, () -> state() == Version.State.REJECTED);
                load.during(WATCHED.minus(Duration.ofNanos(System.nanoTime() - start)));
                int touched = load.failures.size();
                int tasks = load.sent.get() - before;
                if (took.compareTo(ROLLED_BACK) > 0) {
                    failures.add("the bad version was " + state() + " after " + took.toMillis() + " ms");
                }
                if (touched > TOUCHED * tasks) {
                    failures.add(touched + " of " + tasks + " tasks failed, such as one by " + load.failures.peek());
                }
                if (touched == 0) {
                    failures.add("no task met the bad version: the round proves nothing");
                }
                Duration byHand = failures.isEmpty() ? byHand(load, failures) : Duration.ZERO;
                return new Outcome(
                        load.sent.get(),
                        failures,
                        String.format(
                                Locale.ROOT,
                                "rolled back by itself after %.1f s, %d of %d tasks of that minute failed (%.2f %%); by hand, called last %.2f s after",
                                took.toMillis() / 1e3,
                                touched,
                                tasks,
                                100.0 * touched / tasks,
                                byHand.toMillis() / 1e3));
            }
        }

        /** How long after the call the version got its last task. */
        private Duration byHand(Load load, List<String> failures) throws InterruptedException {
            specialist.failsOn(text -> false);
            move(Version.State.CANDIDATE);
            long back = System.nanoTime();
            move(Version.State.CANARY);
            load.until(WARM_UP.multipliedBy(2), () -> specialist.lastCall(VersionedSpecialist.TRIED) - back > 0);
            if (specialist.lastCall(VersionedSpecialist.TRIED) - back <= 0) {
                failures.add("the version that came back got no task: the round proves nothing");
            }
            var ignored = stub().rollBack(RollBackRequest.newBuilder()
                    .setSpecialist(Tasks.contract().getId())
                    .setVersion(VersionedSpecialist.TRIED)
                    .setActor("somebody")
                    .setReason("to see how long it takes")
                    .build());
            long called = System.nanoTime();
            load.during(BY_HAND.multipliedBy(2));
            Duration after = Duration.ofNanos(Math.max(0, specialist.lastCall(VersionedSpecialist.TRIED) - called));
            if (after.compareTo(BY_HAND) > 0) {
                failures.add("rolled back by hand, it was called " + after.toMillis() + " ms later");
            }
            move(Version.State.CANDIDATE);
            return after;
        }

        private RegistryServiceBlockingStub stub() {
            return RegistryServiceGrpc.newBlockingStub(registryChannel)
                    .withDeadlineAfter(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
        }

        private void move(Version.State to) {
            var ignored = stub().setVersionState(SetVersionStateRequest.newBuilder()
                    .setSpecialist(Tasks.contract().getId())
                    .setVersion(VersionedSpecialist.TRIED)
                    .setState(to)
                    .setWeightPercent(to == Version.State.CANARY ? WEIGHT : 0)
                    .setActor("somebody")
                    .setReason("to see what becomes of it")
                    .build());
        }

        private Version.State state() {
            return stub().listEntries(ListEntriesRequest.getDefaultInstance()).getSnapshot().getEntriesList().stream()
                    .flatMap(entry -> entry.getVersionsList().stream())
                    .filter(version -> version.getVersion().getNumber().equals(VersionedSpecialist.TRIED))
                    .map(VersionEntry::getState)
                    .findFirst()
                    .orElseThrow();
        }

        /** Tasks at a steady rate, to one orchestrator after the other; none waits for the one before. */
        private final class Load implements AutoCloseable {
            private final AtomicInteger sent = new AtomicInteger();
            private final Queue<String> failures = new ConcurrentLinkedQueue<>();
            private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
            private final long seed;

            private Load(long seed) {
                this.seed = seed;
            }

            private void during(Duration time) throws InterruptedException {
                until(time, () -> false);
            }

            /** Answers how long it took. */
            private Duration until(Duration atMost, BooleanSupplier reached) throws InterruptedException {
                long start = System.nanoTime();
                CountDownLatch never = new CountDownLatch(1);
                while (System.nanoTime() - start < atMost.toNanos() && !reached.getAsBoolean()) {
                    int number = sent.getAndIncrement();
                    threads.execute(() -> send(number));
                    never.await(BETWEEN_TASKS.toMillis(), TimeUnit.MILLISECONDS);
                }
                return Duration.ofNanos(System.nanoTime() - start);
            }

            private void send(int number) {
                try {
                    TaskResult result = SwarmServiceGrpc.newBlockingStub(doors.get(number % doors.size()))
                            .withDeadlineAfter(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
                            .runTask(RunTaskRequest.newBuilder()
                                    .setTask(Tasks.of(seed + "-" + number, 1))
                                    .build())
                            .getResult();
                    if (result.getStatus() != TaskResult.Status.COMPLETE) {
                        failures.add(
                                result.getStatus() + " " + result.getError().getMessage());
                    }
                } catch (StatusRuntimeException e) {
                    failures.add(String.valueOf(e.getMessage()));
                }
            }

            @Override
            public void close() {
                threads.close();
            }
        }

        @Override
        public void close() throws Exception {
            doors.forEach(ManagedChannel::shutdownNow);
            orchestrators.forEach(TestedOrchestrator::close);
            specialist.close();
            registryChannel.shutdownNow();
            registry.close();
        }
    }
}
