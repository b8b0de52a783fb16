package dev.pinfactory.faults.security;

import com.google.protobuf.ByteString;
import dev.pinfactory.faults.bar.Bar;
import dev.pinfactory.faults.bar.Form;
import dev.pinfactory.faults.bar.Trial;
import dev.pinfactory.faults.store.Sabotage;
import dev.pinfactory.faults.swarm.EchoSpecialist;
import dev.pinfactory.faults.swarm.OrchestratorProcess;
import dev.pinfactory.faults.swarm.Resident;
import dev.pinfactory.faults.swarm.RunCalls;
import dev.pinfactory.load.Answer;
import dev.pinfactory.proto.v1.RunTaskRequest;
import dev.pinfactory.proto.v1.SwarmServiceGrpc;
import dev.pinfactory.proto.v1.Task;
import dev.pinfactory.proto.v1.UploadHeader;
import dev.pinfactory.proto.v1.UploadInputRequest;
import dev.pinfactory.proto.v1.UploadInputResponse;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.BlockingClientCall;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** S12: what is far too large, packed or not, is refused before much of it was read. Documents that were made to break their readers are tried in the tests of their specialists. */
public final class BombsAndBulk implements Bar {
    @Override
    public String id() {
        return "S12";
    }

    @Override
    public String title() {
        return "1 GiB over REST, packed or not, and uploads over gRPC are refused, 50 at once, from a heap of 256 MiB after little more than their limit was read; so are gRPC messages, packed or as large as a message may be";
    }

    @Override
    public String unit() {
        return "bodies";
    }

    @Override
    public String sabotage() {
        return "uploads have no limit";
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
        return new Bulk(setting);
    }

    private static final class Bulk implements Trial {
        private static final long GIB = 1L << 30;
        private static final long LIMIT = 8L << 20;
        private static final long MESSAGE = 16L << 20;
        /** Read beyond a limit before it is noticed. */
        private static final long OVER = 64 * 1024;

        /** What a system takes from a sender although nobody has read it: the buffers of both ends, as Linux lets them grow. */
        private static final long KERNEL = 8L << 20;

        private static final long GROWTH = 32L << 20;
        private static final int BUSY = 429;
        private static final Duration SLOWEST = Duration.ofSeconds(2);
        private static final int AT_ONCE = 50;
        private static final int PIECE = 256 * 1024;
        /** What the orchestrator lets a peer send before it is read. */
        private static final long WINDOW = 256 * 1024;

        private final boolean sabotage;
        private final EchoSpecialist specialist;
        private final OrchestratorProcess orchestrator;
        private final ManagedChannel channel;
        private final GzipBomb gzip = new GzipBomb(GIB);
        private final RunTaskRequest large = RunTaskRequest.newBuilder()
                .setTask(Task.newBuilder().setInstruction("a".repeat((int) MESSAGE - 1024)))
                .build();

        private Bulk(Setting setting) throws IOException {
            sabotage = setting.sabotage();
            specialist = new EchoSpecialist(EchoSpecialist::echo);
            orchestrator = new OrchestratorProcess(
                    setting.folder(),
                    // Touched beforehand, so that what the process grows by is not its heap, which is bounded anyway.
                    List.of("-Xmx256m", "-Xms256m", "-XX:+AlwaysPreTouch"),
                    Sabotage.NONE,
                    List.of(
                            "pinfactory.orchestrator.registry-address=" + specialist.address(),
                            "pinfactory.orchestrator.content.max-upload=" + (sabotage ? "1TB" : LIMIT + "B")));
            channel = Grpc.newChannelBuilder(orchestrator.address(), InsecureChannelCredentials.create())
                    .compressorRegistry(GzipBomb.asItIs())
                    .build();
        }

        /** What came of one. */
        private record Refused(String what, Object answer, boolean typed, long given, long limit, Duration took) {}

        @Override
        public Outcome round(long seed) throws Exception {
            List<String> failures = new ArrayList<>();
            if (sabotage) {
                check(chunkedUpload(), failures);
                return new Outcome(1, failures, "");
            }
            List<Callable<Refused>> uploads = List.of(this::chunkedUpload, this::declaredUpload, this::grpcUpload);
            List<Callable<Refused>> messages = List.of(this::json, this::gzipHttp, this::gzipGrpc, this::grpc);
            // Classes are loaded once, by the first of a kind.
            for (Callable<Refused> kind : uploads) {
                kind.call();
            }
            Resident before = Resident.of(orchestrator.pid());
            for (Callable<Refused> kind : uploads) {
                check(kind.call(), failures);
            }
            long grownByOne = grown(before, "uploads one at a time", failures);
            before = Resident.of(orchestrator.pid());
            List<Refused> atOnce = new ArrayList<>(atOnce(uploads));
            long grownByMany = grown(before, AT_ONCE + " uploads at once", failures);
            for (Callable<Refused> kind : messages) {
                Refused alone = kind.call();
                check(alone, failures);
                if (alone.took().compareTo(SLOWEST) > 0) {
                    failures.add(alone.what() + " took " + alone.took());
                }
                atOnce.addAll(atOnce(List.of(kind)));
            }
            atOnce.forEach(refused -> check(refused, failures));
            if (orchestrator.log().contains("OutOfMemoryError")) {
                failures.add("the orchestrator ran out of memory");
            }
            try (RunCalls calls = new RunCalls(orchestrator.address())) {
                if (calls.send().toCompletableFuture().get() != Answer.GOOD) {
                    failures.add("afterwards a task does not run");
                }
            }
            Duration slowest =
                    atOnce.stream().map(Refused::took).max(Duration::compareTo).orElse(Duration.ZERO);
            return new Outcome(
                    uploads.size() + messages.size() + atOnce.size(),
                    failures,
                    String.format(
                            Locale.ROOT,
                            "by uploads the process grew by %s one at a time and by %s with %d at once; of all bodies the slowest took %.1f s to be refused; up to %s of a body may lie in the system's buffers",
                            mib(grownByOne),
                            mib(grownByMany),
                            AT_ONCE,
                            slowest.toMillis() / 1e3,
                            mib(KERNEL)));
        }

        private static List<Refused> atOnce(List<Callable<Refused>> kinds)
                throws InterruptedException, ExecutionException {
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<Refused>> sent = new ArrayList<>();
                for (int i = 0; i < AT_ONCE; i++) {
                    sent.add(threads.submit(kinds.get(i % kinds.size())));
                }
                List<Refused> all = new ArrayList<>();
                for (Future<Refused> one : sent) {
                    all.add(one.get());
                }
                return all;
            }
        }

        private static long grown(Resident before, String what, List<String> failures) throws IOException {
            long grown = before.grown();
            if (grown > GROWTH) {
                failures.add("by " + what + " the process grew by " + mib(grown));
            }
            return grown;
        }

        private void check(Refused refused, List<String> failures) {
            if (!refused.typed()) {
                failures.add(refused.what() + " was not refused as too large: " + refused);
            }
            if (refused.given() > refused.limit() + OVER + KERNEL) {
                failures.add(refused.what() + ": " + refused.given() + " bytes were taken");
            }
        }

        private Refused chunkedUpload() throws IOException {
            return upload("an upload of 1 GiB", false);
        }

        private Refused declaredUpload() throws IOException {
            return upload("an upload that says that it has 1 GiB", true);
        }

        private Refused upload(String what, boolean declared) throws IOException {
            String start = "--b\r\nContent-Disposition: form-data; name=\"a\"; filename=\"a\"\r\n\r\n";
            RawUpload.Body body = new RawUpload.Body(
                    "/v1/inputs",
                    "Content-Type: multipart/form-data; boundary=b\r\n",
                    start.getBytes(StandardCharsets.US_ASCII),
                    GIB,
                    declared);
            return rest(what, body, LIMIT);
        }

        private Refused json() throws IOException {
            byte[] start = "{\"instruction\": \"".getBytes(StandardCharsets.US_ASCII);
            return rest(
                    "a task of 1 GiB",
                    new RawUpload.Body("/v1/tasks", "Content-Type: application/json\r\n", start, GIB, false),
                    MESSAGE);
        }

        private Refused gzipHttp() throws IOException {
            byte[] packed = gzip.packed();
            RawUpload.Body body = new RawUpload.Body(
                    "/v1/tasks",
                    "Content-Type: application/json\r\nContent-Encoding: gzip\r\n",
                    packed,
                    packed.length,
                    true);
            RawUpload sent = RawUpload.send(orchestrator.restPort(), body);
            boolean refused =
                    sent.status() == 400 || sent.status() == BUSY || sent.status() == 413 || sent.status() == 415;
            return new Refused("a packed task of 1 GiB", sent.status(), refused, sent.given(), MESSAGE, sent.took());
        }

        private Refused rest(String what, RawUpload.Body body, long limit) throws IOException {
            RawUpload sent = RawUpload.send(orchestrator.restPort(), body);
            // A server that hangs up on who goes on sending may have its answer lost by the system.
            boolean refused = sent.status() == 413
                    || sent.status() == BUSY
                    || (sent.status() == 0 && sent.given() < body.length());
            return new Refused(what, sent.status(), refused, sent.given(), limit, sent.took());
        }

        private Refused grpcUpload() throws InterruptedException {
            long begin = System.nanoTime();
            BlockingClientCall<UploadInputRequest, UploadInputResponse> call = SwarmServiceGrpc.newBlockingV2Stub(
                            channel)
                    .withDeadlineAfter(Duration.ofSeconds(30))
                    .uploadInput();
            long given = 0;
            Status status = Status.OK;
            try {
                call.write(UploadInputRequest.newBuilder()
                        .setHeader(UploadHeader.newBuilder().setMediaType("text/plain"))
                        .build());
                UploadInputRequest piece = UploadInputRequest.newBuilder()
                        .setChunk(ByteString.copyFrom(new byte[PIECE]))
                        .build();
                while (given < GIB && call.write(piece)) {
                    given += PIECE;
                }
                call.halfClose();
                call.read();
            } catch (StatusException e) {
                status = e.getStatus();
            } catch (StatusRuntimeException e) {
                status = e.getStatus();
            }
            return new Refused(
                    "a gRPC upload of 1 GiB",
                    status,
                    status.getCode() == Status.Code.RESOURCE_EXHAUSTED,
                    given,
                    LIMIT + WINDOW,
                    Duration.ofNanos(System.nanoTime() - begin));
        }

        private Refused gzipGrpc() {
            long begin = System.nanoTime();
            Status.Code code = gzip.send(channel);
            return new Refused(
                    "a packed gRPC message of 1 GiB",
                    code,
                    code == Status.Code.RESOURCE_EXHAUSTED,
                    gzip.packed().length,
                    MESSAGE,
                    Duration.ofNanos(System.nanoTime() - begin));
        }

        /** As large as a message may be, which no task is. */
        private Refused grpc() {
            long begin = System.nanoTime();
            Status.Code code = Status.Code.OK;
            try {
                SwarmServiceGrpc.newBlockingStub(channel)
                        .withDeadlineAfter(30, TimeUnit.SECONDS)
                        .runTask(large);
            } catch (StatusRuntimeException e) {
                code = e.getStatus().getCode();
            }
            return new Refused(
                    "a large gRPC message",
                    code,
                    code == Status.Code.RESOURCE_EXHAUSTED || code == Status.Code.INVALID_ARGUMENT,
                    large.getSerializedSize(),
                    MESSAGE,
                    Duration.ofNanos(System.nanoTime() - begin));
        }

        private static String mib(long bytes) {
            return String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1 << 20));
        }

        @Override
        public void close() {
            channel.shutdownNow();
            orchestrator.close();
            specialist.close();
        }
    }
}
