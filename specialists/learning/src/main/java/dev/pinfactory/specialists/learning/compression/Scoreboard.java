package dev.pinfactory.specialists.learning.compression;

import dev.pinfactory.specialists.learning.Bootstrap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/** Collects models that have answered the same texts, and compares them. */
public final class Scoreboard {
    private final String figure;
    private final List<String> texts;
    private final List<Contender> contenders = new ArrayList<>();
    private final List<Comparison> comparisons = new ArrayList<>();
    private final Map<String, ToDoubleFunction<int[]>> qualities = new LinkedHashMap<>();

    /**
     * @param figure what quality is
     * @param texts that all have answered
     */
    public Scoreboard(String figure, List<String> texts) {
        this.figure = figure;
        this.texts = List.copyOf(texts);
    }

    /** What a model weighs: its own files, and the encoder that it needs beside them. */
    public record Weight(long bytes, long encoderBytes) {}

    /**
     * Adds a model.
     *
     * @param quality for a draw of the texts, given as their indices
     * @param call answers one text, for the clock
     */
    public void add(
            String name, Contender.Role role, Weight weight, ToDoubleFunction<int[]> quality, Consumer<String> call) {
        qualities.put(name, quality);
        contenders.add(new Contender(
                name,
                role,
                weight.bytes(),
                weight.encoderBytes(),
                Stopwatch.median(texts, call),
                Bootstrap.measure(figure, texts.size(), quality)));
    }

    /** How much better the first is than the second; both have been added. */
    public void compare(String first, String second) {
        comparisons.add(Comparison.of(first, second, texts.size(), quality(first), quality(second)));
    }

    public String figure() {
        return figure;
    }

    public List<Contender> contenders() {
        return List.copyOf(contenders);
    }

    public List<Comparison> comparisons() {
        return List.copyOf(comparisons);
    }

    private ToDoubleFunction<int[]> quality(String name) {
        ToDoubleFunction<int[]> quality = qualities.get(name);
        if (quality == null) {
            throw new IllegalArgumentException("'" + name + "' has not been added");
        }
        return quality;
    }
}
