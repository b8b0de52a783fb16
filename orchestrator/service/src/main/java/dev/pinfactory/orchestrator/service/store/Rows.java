package dev.pinfactory.orchestrator.service.store;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** How times and messages stand in columns. */
final class Rows {
    private static final int SHOWN_CODE_POINTS = 200;

    private Rows() {}

    /** Microseconds, which both databases keep: what is read back compares equal. */
    static OffsetDateTime time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    static Timestamp timestamp(OffsetDateTime time) {
        return Timestamp.newBuilder()
                .setSeconds(time.toEpochSecond())
                .setNanos(time.getNano())
                .build();
    }

    static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }

    /** The start of an instruction, for lists. PostgreSQL has no text with U+0000. */
    static String shown(String instruction) {
        String start = instruction.codePointCount(0, instruction.length()) <= SHOWN_CODE_POINTS
                ? instruction
                : instruction.substring(0, instruction.offsetByCodePoints(0, SHOWN_CODE_POINTS));
        return start.replace('\0', '\uFFFD');
    }

    static <T extends Message> T message(Parser<T> parser, byte[] written) {
        try {
            return parser.parseFrom(written);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a row holds something that is no message: " + e.getMessage(), e);
        }
    }
}
