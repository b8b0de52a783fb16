package dev.pinfactory.orchestrator.service.task;

import com.google.protobuf.CodedOutputStream;
import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.proto.v1.Task;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Whether two requests are the same: a digest of what was asked, the same over gRPC and REST. */
final class BodyDigest {
    private BodyDigest() {}

    static String of(Task task) {
        byte[] bytes = new byte[task.getSerializedSize()];
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        // Maps have no order on the wire otherwise.
        out.useDeterministicSerialization();
        try {
            task.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Digests.of(bytes);
    }
}
