package dev.pinfactory.faults.security;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.pinfactory.proto.v1.PlanRequest;
import dev.pinfactory.proto.v1.PlanResponse;
import dev.pinfactory.proto.v1.RouterServiceGrpc;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** A router that was taken over: it answers what the adversary made up for a task, and now and then with an error that is made to confuse. Thread-safe. */
final class AdversaryRouter implements AutoCloseable {
    private static final int OUT_OF_REASON = 100;
    private static final int USUAL = 10;

    private final Door door;
    private final Server server;
    private final Map<String, Attack> attacks = new ConcurrentHashMap<>();
    private final AtomicLong asked = new AtomicLong();

    private record Attack(AttackedTask task, PlanResponse answer) {}

    AdversaryRouter(Door door) throws IOException {
        this.door = door;
        this.server = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .addService(new Router())
                .build()
                .start();
    }

    String address() {
        return "127.0.0.1:" + server.getPort();
    }

    /** @param token the last word of the task's instruction */
    void attack(String token, AttackedTask task, PlanResponse answer) {
        attacks.put(token, new Attack(task, answer));
    }

    /** The task has ended. */
    void forget(String token) {
        attacks.remove(token);
    }

    /** How often it was asked. */
    long asked() {
        return asked.get();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    private final class Router extends RouterServiceGrpc.RouterServiceImplBase {
        @Override
        public void plan(PlanRequest request, StreamObserver<PlanResponse> observer) {
            Random random = new Random(asked.incrementAndGet());
            String instruction = request.getInstruction();
            Attack attack = attacks.get(instruction.substring(instruction.lastIndexOf(' ') + 1));
            if (attack == null) {
                observer.onError(new IllegalStateException("no task says " + instruction));
                return;
            }
            attack.task().planned();
            door.expect(request.getTaskId(), attack.task());
            if (asked.get() > USUAL && random.nextInt(OUT_OF_REASON) == 0) {
                observer.onError(confusing(random));
                return;
            }
            observer.onNext(attack.answer());
            observer.onCompleted();
        }

        private static Exception confusing(Random random) {
            return StatusProto.toStatusRuntimeException(com.google.rpc.Status.newBuilder()
                    .setCode(random.nextBoolean() ? Code.RESOURCE_EXHAUSTED_VALUE : Code.UNAVAILABLE_VALUE)
                    .setMessage("come again")
                    .addDetails(Any.pack(ErrorInfo.newBuilder()
                            .setDomain("pinfactory.dev")
                            .setReason("OVERLOADED")
                            .build()))
                    .addDetails(Any.pack(RetryInfo.newBuilder()
                            .setRetryDelay(Duration.newBuilder().setSeconds(random.nextLong()))
                            .build()))
                    .build());
        }
    }
}
