package dev.pinfactory.orchestrator.service.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.pinfactory.registry.client.Channels;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

class ArrivingBytesTest {
    @Test
    void unfinishedMessagesShareOneRoomAndLeaveItWhenTheyAreCompleteOrTheirCallEnds() {
        Deque<ServerStreamTracer> calls = new ArrayDeque<>();
        StatusRuntimeException refusal = null;
        while (refusal == null) {
            calls.push(call());
            try {
                calls.peek().inboundWireSize(Channels.MAX_MESSAGE_BYTES);
            } catch (StatusRuntimeException e) {
                refusal = e;
            }
        }
        assertThat(calls).hasSizeGreaterThan(2);
        assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        calls.pop().streamClosed(refusal.getStatus());
        calls.pop().inboundMessageRead(0, Channels.MAX_MESSAGE_BYTES, Channels.MAX_MESSAGE_BYTES);
        ServerStreamTracer next = call();
        assertThatCode(() -> next.inboundWireSize(Channels.MAX_MESSAGE_BYTES)).doesNotThrowAnyException();
        next.streamClosed(Status.OK);
        calls.forEach(call -> call.streamClosed(Status.CANCELLED));
    }

    private static ServerStreamTracer call() {
        return ArrivingBytes.factory().newServerStreamTracer("a/b", new Metadata());
    }
}
