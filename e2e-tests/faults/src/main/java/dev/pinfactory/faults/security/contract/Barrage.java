package dev.pinfactory.faults.security.contract;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Requests by the ten thousands at one orchestrator, and what was wrong with their answers. */
public final class Barrage implements AutoCloseable {
    private static final int CALLERS = 8;
    private static final int ENOUGH_FAILURES = 20;
    private static final int SHOWN = 400;

    private final FuzzedOrchestrator orchestrator;
    private final RestContract contract;
    private final Known known = new Known();
    private final RestRequests rest;
    private final GrpcRequests grpc;
    private final Map<String, LongAdder> answers = new ConcurrentHashMap<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    /**
     * Starts an orchestrator.
     *
     * @param authenticated whether it asks for tokens
     * @param sabotage whether it has the seeded bug
     */
    public Barrage(Path folder, boolean authenticated, boolean sabotage) throws IOException, InterruptedException {
        orchestrator = new FuzzedOrchestrator(folder, authenticated, sabotage);
        contract = orchestrator.contract();
        rest = new RestRequests(contract, known, "localhost:" + orchestrator.restPort(), orchestrator.token());
        grpc = new GrpcRequests(
                orchestrator.services(), known, "localhost:" + orchestrator.grpcPort(), orchestrator.token());
    }

    /** What came back since the last time: how often each status. */
    public Map<String, Long> answers() {
        Map<String, Long> counts = new TreeMap<>();
        answers.forEach((status, count) -> counts.put(status, count.sumThenReset()));
        return counts;
    }

    /** Sends so many of each, and answers what was wrong. */
    public List<String> send(int restRequests, int grpcRequests, long seed) throws InterruptedException {
        AtomicInteger restLeft = new AtomicInteger(restRequests);
        AtomicInteger grpcLeft = new AtomicInteger(grpcRequests);
        List<Callable<Void>> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            Random random = new Random(seed * CALLERS + i);
            callers.add(() -> sendRest(restLeft, random));
            callers.add(() -> sendGrpc(grpcLeft, random));
        }
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Void> caller : executor.invokeAll(callers)) {
                caller.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        List<String> found = List.copyOf(failures);
        failures.clear();
        return found;
    }

    private Void sendRest(AtomicInteger left, Random random) throws IOException {
        try (RawHttp connection = new RawHttp("127.0.0.1", orchestrator.restPort())) {
            while (left.getAndDecrement() > 0 && failures.size() < ENOUGH_FAILURES) {
                RestRequest request = rest.next(random);
                RawHttp.Answer answer;
                try {
                    answer = connection.send(request.bytes(), request.head(), request.hangUp());
                } catch (IOException e) {
                    failures.add("REST: " + e.getMessage() + " to " + request);
                    continue;
                }
                count("HTTP " + answer.status());
                known.read(answer.body());
                wrong(request, answer)
                        .ifPresent(wrong -> failures.add("REST: " + wrong + " in " + answer.status() + " "
                                + shown(answer.body()) + " to " + request));
            }
        }
        return null;
    }

    private Optional<String> wrong(RestRequest request, RawHttp.Answer answer) {
        if (answer.status() == 0) {
            return request.hangUp() ? Optional.empty() : Optional.of("the connection was closed without an answer");
        }
        return request.head() ? Optional.empty() : contract.wrong(request.operation(), answer);
    }

    private Void sendGrpc(AtomicInteger left, Random random) throws InterruptedException {
        try (RawGrpc connection = new RawGrpc("127.0.0.1", orchestrator.grpcPort())) {
            while (left.getAndDecrement() > 0 && failures.size() < ENOUGH_FAILURES) {
                GrpcRequest request = grpc.next(random);
                RawGrpc.Answer answer = connection.call(request);
                count(answer.status().map(status -> "gRPC " + status).orElse("gRPC " + answer.end()));
                GrpcContract.wrong(request, answer)
                        .ifPresent(
                                wrong -> failures.add("gRPC: " + wrong + " in " + answer.headers() + " to " + request));
            }
        }
        return null;
    }

    private void count(String answer) {
        answers.computeIfAbsent(answer, first -> new LongAdder()).increment();
    }

    private static String shown(String body) {
        return body.substring(0, Math.min(SHOWN, body.length())).replaceAll("\\s+", " ");
    }

    @Override
    public void close() {
        orchestrator.close();
    }
}
