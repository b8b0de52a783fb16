package dev.pinfactory.faults.swarm;

import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.proto.v1.RunTaskRequest;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.springframework.grpc.server.GlobalServerInterceptor;

/** Notes at a server how much time each call had left when it arrived, by the text that it is about. Thread-safe. */
@GlobalServerInterceptor
public final class TimeLeft implements ServerInterceptor {
    private final Map<String, Duration> byText = new ConcurrentHashMap<>();

    /** Empty where no call about this text arrived, or one without a deadline. */
    public Optional<Duration> of(String text) {
        return Optional.ofNullable(byText.get(text));
    }

    /** How many calls have arrived that had no time left. */
    public long without() {
        return byText.values().stream().filter(left -> !left.isPositive()).count();
    }

    public void clear() {
        byText.clear();
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        Deadline deadline = Context.current().getDeadline();
        if (deadline == null) {
            return next.startCall(call, headers);
        }
        Duration left = Duration.ofNanos(deadline.timeRemaining(TimeUnit.NANOSECONDS));
        return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
            @Override
            public void onMessage(Q message) {
                inputs(message).stream().findFirst().ifPresent(input -> byText.put(input.getText(), left));
                super.onMessage(message);
            }
        };
    }

    private static List<Artifact> inputs(Object message) {
        return switch (message) {
            case RunTaskRequest run -> run.getTask().getInputsList();
            case InferRequest infer -> infer.getInputsList();
            default -> List.of();
        };
    }
}
