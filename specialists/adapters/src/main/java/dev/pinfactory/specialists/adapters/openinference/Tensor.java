package dev.pinfactory.specialists.adapters.openinference;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;

/**
 * One tensor's elements in row-major order: numbers, or bytes where the datatype is BYTES.
 *
 * @param shape as it is sent
 */
record Tensor(String name, Datatype datatype, List<Long> shape, List<Double> numbers, List<ByteString> bytes) {
    Tensor {
        shape = List.copyOf(shape);
        numbers = List.copyOf(numbers);
        bytes = List.copyOf(bytes);
    }

    /** Items of equal shape, one above the other. */
    static Tensor stack(List<Tensor> items) {
        Tensor first = items.getFirst();
        List<Long> shape = new ArrayList<>(first.shape());
        shape.addFirst((long) items.size());
        return new Tensor(
                first.name(),
                first.datatype(),
                shape,
                items.stream().flatMap(item -> item.numbers().stream()).toList(),
                items.stream().flatMap(item -> item.bytes().stream()).toList());
    }
}
