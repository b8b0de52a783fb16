package dev.pinfactory.specialists.adapters.openinference;

import com.google.protobuf.ByteString;
import dev.pinfactory.specialists.adapters.wire.InferTensorContents;
import dev.pinfactory.specialists.adapters.wire.ModelInferRequest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes a tensor into a request. */
final class TensorWriter {
    private final boolean raw;

    TensorWriter(boolean raw) {
        this.raw = raw;
    }

    void write(Tensor tensor, ModelInferRequest.Builder request) {
        var input = request.addInputsBuilder()
                .setName(tensor.name())
                .setDatatype(tensor.datatype().name())
                .addAllShape(tensor.shape());
        if (raw) {
            request.addRawInputContents(raw(tensor));
        } else {
            input.setContents(typed(tensor));
        }
    }

    private static ByteString raw(Tensor tensor) {
        if (tensor.datatype() == Datatype.BYTES) {
            ByteString all = ByteString.empty();
            for (ByteString element : tensor.bytes()) {
                ByteBuffer length = ByteBuffer.allocate(Integer.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(0, element.size());
                all = all.concat(ByteString.copyFrom(length)).concat(element);
            }
            return all;
        }
        ByteBuffer buffer = ByteBuffer.allocate(
                        tensor.numbers().size() * tensor.datatype().width())
                .order(ByteOrder.LITTLE_ENDIAN);
        for (double number : tensor.numbers()) {
            switch (tensor.datatype()) {
                case BOOL -> buffer.put((byte) (number == 0 ? 0 : 1));
                case INT32 -> buffer.putInt((int) number);
                case INT64 -> buffer.putLong((long) number);
                case FP32 -> buffer.putFloat((float) number);
                case FP64 -> buffer.putDouble(number);
                case BYTES -> throw new IllegalStateException("bytes are not numbers");
            }
        }
        return ByteString.copyFrom(buffer.flip());
    }

    private static InferTensorContents typed(Tensor tensor) {
        InferTensorContents.Builder contents = InferTensorContents.newBuilder().addAllBytesContents(tensor.bytes());
        for (double number : tensor.numbers()) {
            switch (tensor.datatype()) {
                case BOOL -> contents.addBoolContents(number != 0);
                case INT32 -> contents.addIntContents((int) number);
                case INT64 -> contents.addInt64Contents((long) number);
                case FP32 -> contents.addFp32Contents((float) number);
                case FP64 -> contents.addFp64Contents(number);
                case BYTES -> throw new IllegalStateException("bytes are not numbers");
            }
        }
        return contents.build();
    }
}
