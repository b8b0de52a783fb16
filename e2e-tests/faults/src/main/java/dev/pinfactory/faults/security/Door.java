package dev.pinfactory.faults.security;

import com.google.protobuf.Struct;
import com.google.protobuf.util.Values;
import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.proto.error.Errors;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.ArtifactList;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Cost;
import dev.pinfactory.proto.v1.Endpoint;
import dev.pinfactory.proto.v1.Entry;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.proto.v1.InferResponse;
import dev.pinfactory.proto.v1.LiveEndpoint;
import dev.pinfactory.proto.v1.Outputs;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.proto.v1.RegistryServiceGrpc;
import dev.pinfactory.proto.v1.Snapshot;
import dev.pinfactory.proto.v1.SpecialistServiceGrpc;
import dev.pinfactory.proto.v1.Version;
import dev.pinfactory.proto.v1.VersionEntry;
import dev.pinfactory.proto.v1.WatchRequest;
import dev.pinfactory.proto.v1.WatchResponse;
import dev.pinfactory.specialists.sdk.serving.GrantCheck;
import dev.pinfactory.specialists.sdk.serving.GrantInterceptor;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** The specialists of {@link DoorContracts}, who let in what has a grant and hold every call against its task; and the registry that knows them. Thread-safe. */
final class Door implements AutoCloseable {
    /** A text stops growing here, so that what is counted is what the orchestrator lets through. */
    private static final int LONGEST = 1 << 20;

    private static final int REMEMBERED = 10_000;

    private final GrantCheck grants;
    private final Server server;
    /** Ended ones, too, for a while: a call may be under way when its task ends. */
    private final Map<String, AttackedTask> tasks = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, AttackedTask> eldest) {
            return size() > REMEMBERED;
        }
    });

    private final Queue<String> strays = new ConcurrentLinkedQueue<>();
    private final AtomicLong calls = new AtomicLong();

    Door(GrantCheck grants) throws IOException {
        this.grants = grants;
        this.server = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .addService(ServerInterceptors.intercept(new Specialists(), new Carry()))
                .addService(new Registry())
                .build()
                .start();
    }

    /** Also the registry's. */
    String address() {
        return "127.0.0.1:" + server.getPort();
    }

    /** Calls of this task may come from now on. */
    void expect(String taskId, AttackedTask task) {
        tasks.put(taskId, task);
    }

    /** What was broken by calls that were let in for no task, or after the end of theirs. */
    Queue<String> strays() {
        return strays;
    }

    long calls() {
        return calls.get();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    /** The grant of a call, for where its request is known. */
    private static final class Carry implements ServerInterceptor {
        static final Context.Key<byte[]> GRANT = Context.keyWithDefault("grant", new byte[0]);

        @Override
        public <Q, R> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
            byte[] grant = headers.get(GrantInterceptor.GRANT);
            Context context =
                    grant == null ? Context.current() : Context.current().withValue(GRANT, grant);
            return Contexts.interceptCall(context, call, headers, next);
        }
    }

    private final class Specialists extends SpecialistServiceGrpc.SpecialistServiceImplBase {
        @Override
        public void infer(InferRequest request, StreamObserver<InferResponse> observer) {
            try {
                grants.check(Carry.GRANT.get(), request, request.getVersion());
            } catch (PinfactoryException refused) {
                observer.onError(Errors.toGrpc(refused));
                return;
            }
            AttackedTask task = tasks.get(request.getContext().getTaskId());
            if (Context.current().isCancelled()) {
                return;
            }
            calls.incrementAndGet();
            if (task == null) {
                strays.add("step '" + request.getContext().getStep() + "' of '"
                        + request.getContext().getTaskId() + "' ran '" + request.getSpecialist()
                        + "' for no task");
            } else {
                strays.addAll(task.arrived(request));
            }
            InferResponse response = answer(request);
            if (task != null) {
                task.answered(response);
            }
            observer.onNext(response);
            observer.onCompleted();
        }
    }

    private static InferResponse answer(InferRequest request) {
        Contract contract = DoorContracts.of(request.getSpecialist());
        String text = AttackedTask.words(request);
        Cost.Builder cost = Cost.newBuilder().setCpuSeconds(DoorContracts.CPU_SECONDS);
        if (contract.getKind() == Contract.Kind.LLM) {
            cost.setLlm(DoorContracts.price());
        }
        InferResponse.Builder response = InferResponse.newBuilder()
                .setSpecialist(request.getSpecialist())
                .setVersion(request.getVersion())
                .setCost(cost);
        Artifact.Builder output = Artifact.newBuilder().setConfidence(1);
        if (contract.getOutputsCount() > 0) {
            Port port = contract.getOutputs(0);
            output.setName(port.getName()).setType(port.getType());
        }
        switch (contract.getId()) {
            case "double" -> output.setText(text.length() < LONGEST ? text + text : text);
            case "split" -> {
                ArtifactList.Builder parts = ArtifactList.newBuilder();
                for (String part : text.split(" ", 8)) {
                    parts.addItems(
                            Artifact.newBuilder().setType("text").setText(part).setConfidence(1));
                }
                output.setItems(parts);
            }
            case "fields" ->
                output.setJson(Values.of(Struct.newBuilder()
                        .putFields("total", Values.of("12.50"))
                        .putFields("words", Values.of(text))
                        .putFields("parts", Values.of(List.of(Values.of("a"), Values.of("b"))))
                        .build()));
            default -> output.setText(text.isEmpty() ? "nothing" : text);
        }
        return response.setOutputs(Outputs.newBuilder().addArtifacts(output)).build();
    }

    private final class Registry extends RegistryServiceGrpc.RegistryServiceImplBase {
        @Override
        public void watch(WatchRequest request, StreamObserver<WatchResponse> observer) {
            Snapshot.Builder snapshot = Snapshot.newBuilder().setRevision(1);
            for (Contract contract : DoorContracts.ALL) {
                snapshot.addEntries(Entry.newBuilder()
                        .setContract(contract)
                        .setContractDigest(Digests.of(contract))
                        .addVersions(VersionEntry.newBuilder()
                                .setVersion(DoorContracts.version(contract))
                                .setState(Version.State.CHAMPION)
                                .addEndpoints(LiveEndpoint.newBuilder()
                                        .setEndpoint(Endpoint.newBuilder()
                                                .setAddress(address())
                                                .setInstance("door")))));
            }
            observer.onNext(WatchResponse.newBuilder().setSnapshot(snapshot).build());
        }
    }
}
