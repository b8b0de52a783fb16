package dev.pinfactory.specialists.learning.compression;

import dev.pinfactory.specialists.learning.evaluation.Answer;

/** Labels texts: a specialist that ships, a model of a file, or an endpoint. */
public interface Teacher {
    /** Who it is, for the lineage: its version with digest, or its address. */
    String origin();

    /** Bytes of its model; 0 where nobody knows. */
    long bytes();

    /** What it says of a text, as the specialist's outputs. */
    Answer answer(String text);
}
