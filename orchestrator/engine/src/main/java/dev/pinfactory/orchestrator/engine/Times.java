package dev.pinfactory.orchestrator.engine;

import com.google.protobuf.Timestamp;
import java.time.Duration;
import java.time.Instant;

/** Between java.time and protobuf. */
final class Times {
    private Times() {}

    static Timestamp timestamp(Instant at) {
        return Timestamp.newBuilder()
                .setSeconds(at.getEpochSecond())
                .setNanos(at.getNano())
                .build();
    }

    static Instant instant(Timestamp timestamp) {
        return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
    }

    static com.google.protobuf.Duration duration(Duration duration) {
        Duration positive = duration.isNegative() ? Duration.ZERO : duration;
        return com.google.protobuf.Duration.newBuilder()
                .setSeconds(positive.getSeconds())
                .setNanos(positive.getNano())
                .build();
    }
}
