package dev.pinfactory.specialists.learning.compression;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a compressor is asked.
 *
 * @param data directory of the labelled data, or its file
 * @param teacher empty for the one that the compressor trains
 * @param unlabelled more texts for the teacher to label
 * @param folds parts of the labelled data that are held back in turn; 0 to measure on what the compressor holds back by itself
 * @param progress gets a line now and then
 */
public record CompressionRequest(
        Path data,
        Optional<Teacher> teacher,
        List<String> unlabelled,
        int folds,
        long seed,
        Consumer<String> progress) {
    private static final int MOST_FOLDS = 100;

    public CompressionRequest {
        unlabelled = List.copyOf(unlabelled);
        if (folds < 0 || folds == 1 || folds > MOST_FOLDS) {
            throw new IllegalArgumentException(folds + " folds, expected 2 to " + MOST_FOLDS);
        }
    }

    /** To be measured on what the compressor holds back by itself. */
    public CompressionRequest(
            Path data, Optional<Teacher> teacher, List<String> unlabelled, long seed, Consumer<String> progress) {
        this(data, teacher, unlabelled, 0, seed, progress);
    }

    /** The data's file: the one that was given, or that of this name in the directory. */
    public Path file(String name) {
        return Files.isRegularFile(data) ? data : data.resolve(name);
    }

    /** What a report has to say, and what else there is to say of a teacher that was trained elsewhere. */
    public List<String> notes(String note) {
        return teacher.isEmpty()
                ? List.of(note)
                : List.of(note, "whether the teacher has seen the texts that are measured on is not known here");
    }
}
