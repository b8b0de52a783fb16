package dev.pinfactory.specialists.slots;

import dev.pinfactory.specialists.learning.SpanScores.LabelledSpan;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The strict F1 of slots, for draws of requests.
 *
 * @param found slots that are right, of each request
 * @param saidOrThere slots that were said and slots that are there, together
 */
record SlotF1(int[] found, int[] saidOrThere) implements ToDoubleFunction<int[]> {
    /** @param reader what a model finds in a text */
    SlotF1(List<LabelledRequest> requests, Function<String, Set<LabelledSpan>> reader) {
        this(new int[requests.size()], new int[requests.size()]);
        for (int i = 0; i < found.length; i++) {
            Set<LabelledSpan> there = requests.get(i).slots();
            Set<LabelledSpan> said = reader.apply(requests.get(i).text());
            Set<LabelledSpan> right = new HashSet<>(there);
            right.retainAll(said);
            found[i] = right.size();
            saidOrThere[i] = said.size() + there.size();
        }
    }

    /** Of requests that were answered in parts. */
    static SlotF1 together(List<SlotF1> parts) {
        return new SlotF1(
                parts.stream().flatMapToInt(part -> Arrays.stream(part.found)).toArray(),
                parts.stream()
                        .flatMapToInt(part -> Arrays.stream(part.saidOrThere))
                        .toArray());
    }

    double whole() {
        return applyAsDouble(IntStream.range(0, found.length).toArray());
    }

    @Override
    public double applyAsDouble(int[] draw) {
        int foundSum = 0;
        int sum = 0;
        for (int i : draw) {
            foundSum += found[i];
            sum += saidOrThere[i];
        }
        return sum == 0 ? 0 : 2.0 * foundSum / sum;
    }
}
