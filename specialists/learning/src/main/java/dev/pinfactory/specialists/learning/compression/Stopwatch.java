package dev.pinfactory.specialists.learning.compression;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** How long a model takes for one text, one after the other; each is called once before, so that the code is compiled. */
public final class Stopwatch {
    private static final int MOST = 200;
    private static final double NANOS_PER_MILLI = 1e6;

    private Stopwatch() {}

    /** The median in milliseconds. */
    public static double median(List<String> texts, Consumer<String> call) {
        List<String> some = texts.subList(0, Math.min(MOST, texts.size()));
        some.forEach(call);
        double[] nanos = some.stream()
                .mapToDouble(text -> {
                    long start = System.nanoTime();
                    call.accept(text);
                    return System.nanoTime() - start;
                })
                .sorted()
                .toArray();
        return Arrays.stream(nanos).skip(nanos.length / 2).findFirst().orElse(0) / NANOS_PER_MILLI;
    }
}
