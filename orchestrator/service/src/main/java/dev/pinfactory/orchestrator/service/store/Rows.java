package dev.pinfactory.orchestrator.service.store;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** How times and messages stand in columns. */
final class Rows {
    private Rows() {}

    /** Microseconds, which both databases keep: what is read back compares equal. */
    static OffsetDateTime time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    static <T extends Message> T message(Parser<T> parser, byte[] written) {
        try {
            return parser.parseFrom(written);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a row holds something that is no message: " + e.getMessage(), e);
        }
    }
}
