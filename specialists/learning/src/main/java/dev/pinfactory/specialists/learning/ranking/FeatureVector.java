package dev.pinfactory.specialists.learning.ranking;

import java.util.Arrays;

/** Sparse features of one candidate, each named by the hash of a template and a value. */
public final class FeatureVector {
    private int[] hashes = new int[32];
    private float[] values = new float[32];
    private int size;

    /** A feature that is there. */
    public FeatureVector add(String template, String value) {
        return add(hash(template, value), 1);
    }

    /** A feature with a number, which should be near one in size. */
    public FeatureVector add(String name, double value) {
        return add(hash(name, ""), (float) value);
    }

    private FeatureVector add(int hash, float value) {
        if (size == hashes.length) {
            hashes = Arrays.copyOf(hashes, size * 2);
            values = Arrays.copyOf(values, size * 2);
        }
        hashes[size] = hash;
        values[size++] = value;
        return this;
    }

    int size() {
        return size;
    }

    int hash(int i) {
        return hashes[i];
    }

    float value(int i) {
        return values[i];
    }

    /** FNV-1a over template and value, with the finish of MurmurHash3 for well spread low bits. */
    private static int hash(String template, String value) {
        int hash = 0x811C9DC5;
        for (int i = 0; i < template.length(); i++) {
            hash = (hash ^ template.charAt(i)) * 16777619;
        }
        hash = (hash ^ 1) * 16777619;
        for (int i = 0; i < value.length(); i++) {
            hash = (hash ^ value.charAt(i)) * 16777619;
        }
        hash = (hash ^ (hash >>> 16)) * 0x85EBCA6B;
        hash = (hash ^ (hash >>> 13)) * 0xC2B2AE35;
        return hash ^ (hash >>> 16);
    }
}
