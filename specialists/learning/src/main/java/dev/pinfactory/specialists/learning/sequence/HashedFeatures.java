package dev.pinfactory.specialists.learning.sequence;

import java.util.Arrays;

/** Collects what is seen of one token: pairs of a template's name and its value there, as hashes. */
public final class HashedFeatures {
    private int[] values = new int[64];
    private int size;

    public void add(String template, String value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = hash(template, value);
    }

    public int[] toArray() {
        return Arrays.copyOf(values, size);
    }

    /** FNV-1a over template and value, mixed at the end. */
    public static int hash(String template, String value) {
        int hash = 0x811C9DC5;
        for (int i = 0; i < template.length(); i++) {
            hash = (hash ^ template.charAt(i)) * 16777619;
        }
        hash = (hash ^ 1) * 16777619;
        for (int i = 0; i < value.length(); i++) {
            hash = (hash ^ value.charAt(i)) * 16777619;
        }
        hash ^= hash >>> 16;
        hash *= 0x85EBCA6B;
        return hash ^ (hash >>> 13);
    }
}
