package dev.pinfactory.orchestrator.service.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.registry.client.Channels;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

class BodyBytesTest {
    private static final byte[] LARGEST = new byte[Channels.MAX_MESSAGE_BYTES];

    @Test
    void bodiesShareOneRoomAndLeaveItWhenTheyAreRead() throws IOException {
        Deque<BodyBytes> held = new ArrayDeque<>();
        PinfactoryException refusal = null;
        while (refusal == null) {
            held.push(new BodyBytes());
            try {
                held.peek().read(new ByteArrayInputStream(LARGEST));
            } catch (PinfactoryException e) {
                refusal = e;
            }
        }
        assertThat(held).hasSizeGreaterThan(2);
        assertThat(refusal.code()).isEqualTo(ErrorCode.OVERLOADED);
        assertThat(refusal.retryAfter()).isPresent();
        held.forEach(BodyBytes::close);
        try (BodyBytes next = new BodyBytes()) {
            assertThat(next.read(new ByteArrayInputStream(LARGEST))).hasSameSizeAs(LARGEST);
        }
    }

    @Test
    void aBodyIsNotLargerThanAMessage() {
        try (BodyBytes bytes = new BodyBytes()) {
            assertThatThrownBy(() -> bytes.read(new ByteArrayInputStream(new byte[LARGEST.length + 1])))
                    .isInstanceOfSatisfying(
                            PinfactoryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_LARGE));
        }
    }
}
