package dev.pinfactory.specialists.workshop.data;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Which texts are the same, or nearly: equal but for case, punctuation and digits, or with at least 70 % of their runs of three words in common. Near ones are found
 * by the smallest of hashed runs (Broder 1997), so that not all pairs are compared.
 */
public final class Duplicates {
    private static final double NEAR = 0.7;
    private static final int BANDS = 16;
    private static final int ROWS = 4;
    private static final int RUN = 3;
    private static final int MAX_RUNS = 2_000;

    /** Runs that very many texts share are templates; comparing all of their pairs would take for ever. */
    private static final int MAX_COMPARED = 50;

    private final int[] parents;

    private Duplicates(int size) {
        parents = new int[size];
        Arrays.setAll(parents, i -> i);
    }

    /** The group of each text: the index of its first one. */
    public static int[] groups(List<String> texts) {
        Duplicates duplicates = new Duplicates(texts.size());
        Map<String, Integer> exact = new HashMap<>();
        Map<Long, int[]> buckets = new HashMap<>();
        int[][] runs = new int[texts.size()][];
        for (int i = 0; i < runs.length; i++) {
            String plain = plain(texts.get(i));
            Integer first = exact.putIfAbsent(isShort(plain) ? texts.get(i).toLowerCase(Locale.ROOT) : plain, i);
            if (first != null) {
                duplicates.join(first, i);
                continue;
            }
            runs[i] = runs(plain);
            if (runs[i].length > 0) {
                duplicates.joinNear(i, runs, buckets);
            }
        }
        int[] groups = new int[runs.length];
        Arrays.setAll(groups, duplicates::root);
        return groups;
    }

    /** Of "error 404" and "error 500" the digits are all that matters. */
    private static boolean isShort(String plain) {
        return plain.chars().filter(c -> c == ' ').count() < RUN;
    }

    /** As a text is compared: letters in lower case, digits alike, everything else a space. */
    public static String plain(String text) {
        StringBuilder plain = new StringBuilder();
        text.toLowerCase(Locale.ROOT).codePoints().forEach(c -> {
            if (Character.isLetter(c)) {
                plain.appendCodePoint(c);
            } else if (Character.isDigit(c)) {
                plain.append('0');
            } else if (!plain.isEmpty() && plain.charAt(plain.length() - 1) != ' ') {
                plain.append(' ');
            }
        });
        return plain.toString().strip();
    }

    private void joinNear(int text, int[][] runs, Map<Long, int[]> buckets) {
        int[] signature = signature(runs[text]);
        Set<Integer> compared = new HashSet<>();
        for (int band = 0; band < BANDS; band++) {
            long key = band;
            for (int row = 0; row < ROWS; row++) {
                key = key * 0x9E3779B97F4A7C15L + signature[band * ROWS + row];
            }
            int[] bucket = buckets.getOrDefault(key, new int[0]);
            for (int other : bucket) {
                if (compared.add(other) && overlap(runs[text], runs[other]) >= NEAR) {
                    join(other, text);
                }
            }
            if (bucket.length < MAX_COMPARED) {
                int[] longer = Arrays.copyOf(bucket, bucket.length + 1);
                longer[bucket.length] = text;
                buckets.put(key, longer);
            }
        }
    }

    /** Sorted hashes of the runs of three words; of shorter texts none: two of three words in common mean nothing. */
    private static int[] runs(String plain) {
        String[] words = plain.split(" ");
        if (words.length < 2 * RUN) {
            return new int[0];
        }
        Set<Integer> runs = new HashSet<>();
        for (int i = 0; i + RUN <= words.length && runs.size() < MAX_RUNS; i++) {
            runs.add(mixed((words[i] + ' ' + words[i + 1] + ' ' + words[i + 2]).hashCode()));
        }
        return runs.stream().mapToInt(Integer::intValue).sorted().toArray();
    }

    private static int[] signature(int[] runs) {
        int[] signature = new int[BANDS * ROWS];
        Arrays.fill(signature, Integer.MAX_VALUE);
        for (int run : runs) {
            for (int i = 0; i < signature.length; i++) {
                signature[i] = Math.min(signature[i], mixed(run + i * 0x9E3779B9));
            }
        }
        return signature;
    }

    private static double overlap(int[] a, int[] b) {
        int both = 0;
        for (int i = 0, j = 0; i < a.length && j < b.length; ) {
            if (a[i] == b[j]) {
                both++;
                i++;
                j++;
            } else if (a[i] < b[j]) {
                i++;
            } else {
                j++;
            }
        }
        return (double) both / (a.length + b.length - both);
    }

    private static int mixed(int value) {
        int hash = value;
        hash = (hash ^ (hash >>> 16)) * 0x85EBCA6B;
        hash = (hash ^ (hash >>> 13)) * 0xC2B2AE35;
        return hash ^ (hash >>> 16);
    }

    private int root(int text) {
        int at = text;
        while (parents[at] != at) {
            parents[at] = parents[parents[at]];
            at = parents[at];
        }
        return at;
    }

    private void join(int a, int b) {
        int first = Math.min(root(a), root(b));
        parents[Math.max(root(a), root(b))] = first;
    }
}
