package dev.pinfactory.specialists.learning;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A part to learn from and a part to judge by.
 *
 * @param train the larger part
 * @param held never seen in training
 */
public record Split<T>(List<T> train, List<T> held) {
    public Split {
        train = List.copyOf(train);
        held = List.copyOf(held);
    }

    /**
     * Holds back the same share of each stratum. Depends on the seed and on the items' order alone.
     *
     * @param share of each stratum that is held back, rounded; between 0 and 1
     */
    public static <T> Split<T> stratified(List<T> items, Function<T, String> stratum, double share, long seed) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("share is " + share + ", expected one between 0 and 1");
        }
        List<T> train = new ArrayList<>();
        List<T> held = new ArrayList<>();
        for (List<T> layer : shuffledStrata(items, stratum, seed).values()) {
            int cut = (int) Math.round(layer.size() * share);
            held.addAll(layer.subList(0, cut));
            train.addAll(layer.subList(cut, layer.size()));
        }
        Random order = new Random(seed);
        Collections.shuffle(train, order);
        Collections.shuffle(held, order);
        return new Split<>(train, held);
    }

    /** As many splits as asked for; each item is held back in exactly one of them. */
    public static <T> List<Split<T>> folds(List<T> items, Function<T, String> stratum, int count, long seed) {
        if (count < 2) {
            throw new IllegalArgumentException(count + " folds, expected two or more");
        }
        List<List<T>> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            parts.add(new ArrayList<>());
        }
        int next = 0;
        for (List<T> layer : shuffledStrata(items, stratum, seed).values()) {
            for (T item : layer) {
                parts.get(next++ % count).add(item);
            }
        }
        List<Split<T>> folds = new ArrayList<>();
        for (int held = 0; held < count; held++) {
            List<T> train = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                if (i != held) {
                    train.addAll(parts.get(i));
                }
            }
            folds.add(new Split<>(train, parts.get(held)));
        }
        return List.copyOf(folds);
    }

    private static <T> Map<String, List<T>> shuffledStrata(List<T> items, Function<T, String> stratum, long seed) {
        Map<String, List<T>> strata = items.stream()
                .collect(Collectors.groupingBy(stratum, TreeMap::new, Collectors.toCollection(ArrayList::new)));
        Random random = new Random(seed);
        strata.values().forEach(layer -> Collections.shuffle(layer, random));
        return strata;
    }
}
