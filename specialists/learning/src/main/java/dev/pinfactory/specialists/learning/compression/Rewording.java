package dev.pinfactory.specialists.learning.compression;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Makes more texts of those that there are, for a teacher to label: words are left out or come from another text, and beginnings are joined to other
 * texts' ends (Tang et al. 2019, Distilling Task-Specific Knowledge from BERT into Simple Neural Networks). Nobody knows what they mean but the teacher.
 */
public final class Rewording {
    private static final double LEFT_OUT = 0.15;
    private static final double EXCHANGED = 0.1;
    private static final double JOINED = 0.3;

    private Rewording() {}

    /** Different from one another and from the texts; at most {@code times} as many, none of them blank. */
    public static List<String> of(List<String> texts, int times, long seed) {
        Random random = new Random(seed);
        Set<String> known = new LinkedHashSet<>(texts);
        List<String> made = new ArrayList<>();
        for (int round = 0; round < times; round++) {
            for (String text : texts) {
                String other = texts.get(random.nextInt(texts.size()));
                String reworded = random.nextDouble() < JOINED
                        ? joined(words(text), words(other), random)
                        : changed(words(text), words(other), random);
                if (!reworded.isBlank() && known.add(reworded)) {
                    made.add(reworded);
                }
            }
        }
        return List.copyOf(made);
    }

    private static String joined(List<String> head, List<String> tail, Random random) {
        List<String> words = new ArrayList<>(head.subList(0, (head.size() + 1 + random.nextInt(2)) / 2));
        words.addAll(tail.subList(tail.size() / 2, tail.size()));
        return String.join(" ", words);
    }

    private static String changed(List<String> words, List<String> others, Random random) {
        List<String> changed = new ArrayList<>();
        for (String word : words) {
            double draw = random.nextDouble();
            if (draw < EXCHANGED) {
                changed.add(others.get(random.nextInt(others.size())));
            } else if (draw >= EXCHANGED + LEFT_OUT) {
                changed.add(word);
            }
        }
        return String.join(" ", changed);
    }

    private static List<String> words(String text) {
        return List.of(text.strip().split("\\s+"));
    }
}
