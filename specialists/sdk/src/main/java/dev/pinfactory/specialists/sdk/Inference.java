package dev.pinfactory.specialists.sdk;

import com.google.protobuf.Value;
import dev.pinfactory.proto.v1.Artifact;
import io.grpc.Deadline;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One call to answer. What the card requires is there, of the type that it says, and parameters have their defaults.
 *
 * @param inputs by port
 * @param parameters by name
 * @param cancellation whether nobody waits for the answer any longer
 * @param deadline until when the caller waits, if it said so
 */
public record Inference(
        Map<String, Artifact> inputs,
        Map<String, Value> parameters,
        BooleanSupplier cancellation,
        Optional<Deadline> deadline) {
    public Inference {
        inputs = Map.copyOf(inputs);
        parameters = Map.copyOf(parameters);
    }

    /** A call without a deadline. */
    public Inference(Map<String, Artifact> inputs, Map<String, Value> parameters, BooleanSupplier cancellation) {
        this(inputs, parameters, cancellation, Optional.empty());
    }

    /** A call that nobody cancels, for tests and benchmarks. Each artifact's name is its port. */
    public static Inference of(Artifact... inputs) {
        return of(List.of(inputs), Map.of());
    }

    /** A call that nobody cancels, with parameters. */
    public static Inference of(List<Artifact> inputs, Map<String, Value> parameters) {
        Map<String, Artifact> byPort = inputs.stream()
                .collect(Collectors.toMap(Artifact::getName, Function.identity(), (a, b) -> b, LinkedHashMap::new));
        return new Inference(byPort, parameters, () -> false);
    }

    /** A call with one text. */
    public static Inference ofText(String port, String text) {
        return of(Artifact.newBuilder()
                .setName(port)
                .setType("text")
                .setText(text)
                .build());
    }

    /** The deadline has passed or the caller has gone away: whatever is computed now is thrown away. */
    public boolean cancelled() {
        return cancellation.getAsBoolean()
                || deadline.filter(Deadline::isExpired).isPresent();
    }

    /** How long somebody else may be asked for a part of the answer: what is left until the deadline, and no more than {@code most}. 0 when there is no time left. */
    public Duration timeLeft(Duration most) {
        Duration left = deadline.map(until -> Duration.ofNanos(Math.max(0, until.timeRemaining(TimeUnit.NANOSECONDS))))
                .orElse(most);
        return left.compareTo(most) < 0 ? left : most;
    }

    /** A required input. */
    public Artifact input(String port) {
        return find(port).orElseThrow(() -> new IllegalArgumentException("no input '" + port + "'"));
    }

    /** An optional input. */
    public Optional<Artifact> find(String port) {
        return Optional.ofNullable(inputs.get(port));
    }

    /** The text of a required input. */
    public String text(String port) {
        return input(port).getText();
    }

    /** A parameter that was bound or has a default. */
    public Optional<Value> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }
}
