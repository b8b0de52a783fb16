package dev.pinfactory.specialists.adapters.openinference;

import com.google.protobuf.ByteString;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.specialists.adapters.wire.InferTensorContents;
import dev.pinfactory.specialists.adapters.wire.ModelInferResponse;
import dev.pinfactory.specialists.adapters.wire.ModelInferResponse.InferOutputTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Reads a tensor out of an answer, which nobody has checked: name, datatype, shape and length have to be what the mapping says. */
final class TensorReader {
    private TensorReader() {}

    /**
     * @param items how many items were stacked; 0 where the model has no dimension for that
     * @throws PinfactoryException SPECIALIST_OUTPUT_INVALID with what came and what was expected
     */
    static Tensor read(ModelInferResponse response, Mapping.Output output, int items) {
        int index = 0;
        while (index < response.getOutputsCount()
                && !response.getOutputs(index).getName().equals(output.tensor())) {
            index++;
        }
        if (index == response.getOutputsCount()) {
            throw invalid(output, "did not come");
        }
        InferOutputTensor tensor = response.getOutputs(index);
        if (!tensor.getDatatype().equals(output.datatype().name())) {
            throw invalid(output, "is " + shortened(tensor.getDatatype()) + ", expected " + output.datatype());
        }
        long wanted = (long) Math.max(1, items) * output.elements();
        checkShape(tensor, output, items, wanted);
        boolean raw = response.getRawOutputContentsCount() > 0;
        if (raw && response.getRawOutputContentsCount() != response.getOutputsCount()) {
            throw invalid(
                    output,
                    "came with " + response.getRawOutputContentsCount() + " raw contents for "
                            + response.getOutputsCount() + " tensors");
        }
        Tensor read = raw ? raw(tensor, output, response.getRawOutputContents(index), wanted) : typed(tensor, output);
        int elements = read.numbers().size() + read.bytes().size();
        if (elements != wanted) {
            throw invalid(output, "has " + elements + " elements, expected " + wanted);
        }
        return read;
    }

    private static void checkShape(InferOutputTensor tensor, Mapping.Output output, int items, long wanted) {
        long product = 1;
        boolean valid = tensor.getShapeCount() <= 8;
        for (int i = 0; valid && i < tensor.getShapeCount(); i++) {
            long size = tensor.getShape(i);
            valid = size > 0 && size <= wanted;
            product = valid ? product * size : 0;
            valid = valid && product <= wanted;
        }
        boolean stacked = items == 0 || tensor.getShapeCount() > 0 && tensor.getShape(0) == items;
        if (!valid || product != wanted || !stacked) {
            List<Long> came = tensor.getShapeList().stream().limit(8).toList();
            String expected = items == 0 ? wanted + " elements" : "[" + items + ", " + output.elements() + "]";
            throw invalid(output, "has the shape " + came + ", expected " + expected);
        }
    }

    private static Tensor raw(InferOutputTensor tensor, Mapping.Output output, ByteString content, long wanted) {
        ByteBuffer buffer = content.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        List<Double> numbers = new ArrayList<>();
        List<ByteString> bytes = new ArrayList<>();
        if (output.datatype() == Datatype.BYTES) {
            while (buffer.hasRemaining()) {
                int length = buffer.remaining() < Integer.BYTES ? -1 : buffer.getInt();
                if (length < 0 || length > buffer.remaining()) {
                    throw invalid(output, "has an element whose length is not that of its bytes");
                }
                bytes.add(content.substring(buffer.position(), buffer.position() + length));
                buffer.position(buffer.position() + length);
            }
        } else if (content.size() != wanted * output.datatype().width()) {
            throw invalid(
                    output,
                    "has " + content.size() + " bytes, expected "
                            + wanted * output.datatype().width());
        }
        while (buffer.hasRemaining()) {
            numbers.add(
                    switch (output.datatype()) {
                        case BOOL -> (double) buffer.get();
                        case INT32 -> (double) buffer.getInt();
                        case INT64 -> (double) buffer.getLong();
                        case FP32 -> (double) buffer.getFloat();
                        case FP64 -> buffer.getDouble();
                        case BYTES -> throw new IllegalStateException("bytes are not numbers");
                    });
        }
        return new Tensor(output.tensor(), output.datatype(), tensor.getShapeList(), numbers, bytes);
    }

    private static Tensor typed(InferOutputTensor tensor, Mapping.Output output) {
        InferTensorContents contents = tensor.getContents();
        List<Double> numbers = switch (output.datatype()) {
            case BOOL ->
                contents.getBoolContentsList().stream()
                        .map(value -> value ? 1.0 : 0.0)
                        .toList();
            case INT32 ->
                contents.getIntContentsList().stream().map(Integer::doubleValue).toList();
            case INT64 ->
                contents.getInt64ContentsList().stream().map(Long::doubleValue).toList();
            case FP32 ->
                contents.getFp32ContentsList().stream().map(Float::doubleValue).toList();
            case FP64 -> contents.getFp64ContentsList();
            case BYTES -> List.of();
        };
        List<ByteString> bytes = output.datatype() == Datatype.BYTES ? contents.getBytesContentsList() : List.of();
        return new Tensor(output.tensor(), output.datatype(), tensor.getShapeList(), numbers, bytes);
    }

    static PinfactoryException invalid(Mapping.Output output, String problem) {
        return new PinfactoryException(
                ErrorCode.SPECIALIST_OUTPUT_INVALID, "the model server's tensor '" + output.tensor() + "' " + problem);
    }

    /** What the server wrote may be anything of any length. */
    private static String shortened(String text) {
        return text.length() <= 16 && text.chars().allMatch(c -> c > ' ' && c < 127) ? text : "an unknown datatype";
    }
}
