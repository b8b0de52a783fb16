package dev.pinfactory.orchestrator.service.rest;

import com.google.protobuf.Message;
import dev.pinfactory.orchestrator.service.content.HeldBytes;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.Task;
import dev.pinfactory.registry.client.Channels;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Request bodies, bounded whatever their length claims to be. */
final class Bodies {
    private Bodies() {}

    static Task task(HttpServletRequest request) {
        Task.Builder task = Task.newBuilder();
        read(request, task);
        return task.build();
    }

    static void read(HttpServletRequest request, Message.Builder into) {
        if (request.getContentLengthLong() > Channels.MAX_MESSAGE_BYTES) {
            throw tooLarge();
        }
        try (HeldBytes held = new HeldBytes()) {
            ProtoJson.read(read(held.counting(request.getInputStream())), into);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Task task(byte[] json) {
        Task.Builder task = Task.newBuilder();
        ProtoJson.read(json, task);
        return task.build();
    }

    static byte[] read(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(Channels.MAX_MESSAGE_BYTES + 1);
        if (bytes.length > Channels.MAX_MESSAGE_BYTES) {
            throw tooLarge();
        }
        return bytes;
    }

    static PinfactoryException tooLarge() {
        return PinfactoryException.of(
                ErrorCode.TOO_LARGE,
                "body",
                "is larger than " + Channels.MAX_MESSAGE_BYTES
                        + " bytes; upload inputs with POST /v1/inputs and refer to them");
    }
}
