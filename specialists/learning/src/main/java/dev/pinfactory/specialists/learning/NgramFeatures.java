package dev.pinfactory.specialists.learning;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;

/** Counts the hashed runs of words and characters of a text. Case and width of letters do not matter. */
public final class NgramFeatures {
    private static final int WORD_SEED = 0x9747b28c;
    private static final int CHARACTER_SEED = 0x3c6ef372;

    private final NgramSettings settings;

    public NgramFeatures(NgramSettings settings) {
        this.settings = settings;
    }

    public NgramSettings settings() {
        return settings;
    }

    /** The damped count 1 + ln(n) of each feature that occurs. */
    public SparseVector count(String text) {
        int[] points = normalised(text);
        Hashes hashes = new Hashes(points.length * 6 + 16, settings.size() - 1);
        addCharacters(points, hashes);
        addWords(points, hashes);
        return hashes.counted();
    }

    /** Lower case, compatibility forms joined, each run of white space one space, a space at both ends. */
    private int[] normalised(String text) {
        String head = text.length() <= settings.maxCodePoints()
                ? text
                : text.substring(
                        0,
                        text.offsetByCodePoints(
                                0, Math.min(settings.maxCodePoints(), text.codePointCount(0, text.length()))));
        String folded = Normalizer.normalize(head, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        int[] points = new int[folded.length() + 2];
        int length = 0;
        points[length++] = ' ';
        for (int i = 0; i < folded.length(); ) {
            int point = folded.codePointAt(i);
            i += Character.charCount(point);
            if (!Character.isWhitespace(point)) {
                points[length++] = point;
            } else if (points[length - 1] != ' ') {
                points[length++] = ' ';
            }
        }
        if (points[length - 1] != ' ') {
            points[length++] = ' ';
        }
        return Arrays.copyOf(points, length);
    }

    private void addCharacters(int[] points, Hashes hashes) {
        for (int start = 0; start < points.length; start++) {
            int hash = CHARACTER_SEED;
            int end = Math.min(points.length, start + settings.maxChars());
            for (int i = start; i < end; i++) {
                hash = mix(hash, points[i]);
                if (i - start + 1 >= settings.minChars()) {
                    hashes.add(hash);
                }
            }
        }
    }

    private void addWords(int[] points, Hashes hashes) {
        if (settings.maxWords() == 0) {
            return;
        }
        int[] words = wordHashes(points);
        for (int start = 0; start < words.length; start++) {
            int hash = WORD_SEED;
            int end = Math.min(words.length, start + settings.maxWords());
            for (int i = start; i < end; i++) {
                hash = mix(hash, words[i]);
                hashes.add(hash);
            }
        }
    }

    /** One hash for each run of letters, digits and apostrophes, and for each other sign: "not good!" has three. */
    private static int[] wordHashes(int[] points) {
        int[] words = new int[points.length];
        int count = 0;
        int hash = 0;
        boolean inWord = false;
        for (int point : points) {
            boolean wordPart = Character.isLetterOrDigit(point) || point == '\'' || point == '\u2019';
            if (wordPart) {
                hash = mix(inWord ? hash : WORD_SEED, point == '\u2019' ? '\'' : point);
                inWord = true;
                continue;
            }
            if (inWord) {
                words[count++] = hash;
                inWord = false;
            }
            if (point != ' ') {
                words[count++] = mix(WORD_SEED, point);
            }
        }
        return Arrays.copyOf(words, count);
    }

    /** One round of MurmurHash3 (32 bits). */
    private static int mix(int hash, int value) {
        int k = Integer.rotateLeft(value * 0xcc9e2d51, 15) * 0x1b873593;
        return Integer.rotateLeft(hash ^ k, 13) * 5 + 0xe6546b64;
    }

    /** Feature places in the order of their finding; sorted and counted at the end, which is quicker than a map. */
    private static final class Hashes {
        private int[] places;
        private int size;
        private final int mask;

        Hashes(int capacity, int mask) {
            this.places = new int[capacity];
            this.mask = mask;
        }

        void add(int hash) {
            if (size == places.length) {
                places = Arrays.copyOf(places, size * 2);
            }
            int h = hash ^ (hash >>> 16);
            h *= 0x85ebca6b;
            places[size++] = (h ^ (h >>> 13)) & mask;
        }

        SparseVector counted() {
            Arrays.sort(places, 0, size);
            int[] indices = new int[size];
            float[] values = new float[size];
            int distinct = 0;
            for (int i = 0; i < size; ) {
                int end = i + 1;
                while (end < size && places[end] == places[i]) {
                    end++;
                }
                indices[distinct] = places[i];
                values[distinct++] = (float) (1 + StrictMath.log(end - i));
                i = end;
            }
            return new SparseVector(Arrays.copyOf(indices, distinct), Arrays.copyOf(values, distinct));
        }
    }
}
