package dev.pinfactory.orchestrator.service.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.registry.client.Channels;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

class HeldBytesTest {
    private static final byte[] LARGEST = new byte[Channels.MAX_MESSAGE_BYTES];

    @Test
    void requestsShareOneRoomAndLeaveItWhenTheyAreRead() throws IOException {
        Deque<HeldBytes> held = new ArrayDeque<>();
        PinfactoryException refusal = null;
        while (refusal == null) {
            held.push(new HeldBytes());
            try {
                held.peek().counting(new ByteArrayInputStream(LARGEST)).readAllBytes();
            } catch (PinfactoryException e) {
                refusal = e;
            }
        }
        assertThat(held).hasSizeGreaterThan(2);
        assertThat(refusal.code()).isEqualTo(ErrorCode.OVERLOADED);
        assertThat(refusal.retryAfter()).isPresent();
        try (HeldBytes small = new HeldBytes()) {
            assertThatCode(() -> small.add(1024)).doesNotThrowAnyException();
        }
        held.forEach(HeldBytes::close);
        try (HeldBytes next = new HeldBytes()) {
            assertThat(next.counting(new ByteArrayInputStream(LARGEST)).readAllBytes())
                    .hasSameSizeAs(LARGEST);
        }
    }
}
