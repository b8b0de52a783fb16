package dev.pinfactory.faults.security;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import dev.pinfactory.proto.v1.RunTaskRequest;
import dev.pinfactory.proto.v1.SwarmServiceGrpc;
import dev.pinfactory.proto.v1.Task;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Codec;
import io.grpc.Compressor;
import io.grpc.CompressorRegistry;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** A request of zeros that is small as long as nobody unpacks it. Thread-safe. */
final class GzipBomb {
    private static final int PIECE = 1 << 20;

    private final byte[] packed;

    /** @param length of the zeros */
    GzipBomb(long length) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] zeros = new byte[PIECE];
        try (GZIPOutputStream out = new Fast(bytes)) {
            // An instruction of a task, so that whoever reads it as a message has to go on to its end.
            CodedOutputStream message = CodedOutputStream.newInstance(out);
            long inner = 1 + CodedOutputStream.computeUInt64SizeNoTag(length) + length;
            message.writeTag(RunTaskRequest.TASK_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
            message.writeUInt64NoTag(inner);
            message.writeTag(Task.INSTRUCTION_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
            message.writeUInt64NoTag(length);
            message.flush();
            for (long written = 0; written < length; written += PIECE) {
                out.write(zeros);
            }
        }
        packed = bytes.toByteArray();
    }

    private static final class Fast extends GZIPOutputStream {
        Fast(OutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    byte[] packed() {
        return packed;
    }

    /** As the message of a call that says that it is packed. */
    Status.Code send(ManagedChannel channel) {
        MethodDescriptor<byte[], byte[]> method = MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(SwarmServiceGrpc.getRunTaskMethod().getFullMethodName())
                .setRequestMarshaller(new Bytes())
                .setResponseMarshaller(new Bytes())
                .build();
        ClientCall<byte[], byte[]> call = channel.newCall(
                method, CallOptions.DEFAULT.withCompression("gzip").withDeadlineAfter(30, TimeUnit.SECONDS));
        try {
            ClientCalls.blockingUnaryCall(call, packed);
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        }
    }

    /** For the channel of such calls: what is packed already goes out as it is. */
    static CompressorRegistry asItIs() {
        CompressorRegistry registry = CompressorRegistry.newEmptyInstance();
        registry.register(Codec.Identity.NONE);
        registry.register(new Compressor() {
            @Override
            public String getMessageEncoding() {
                return "gzip";
            }

            @Override
            public OutputStream compress(OutputStream out) {
                return out;
            }
        });
        return registry;
    }

    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw Status.INTERNAL.withCause(e).asRuntimeException();
            }
        }
    }
}
