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
 * @param progress gets a line now and then
 */
public record CompressionRequest(
        Path data, Optional<Teacher> teacher, List<String> unlabelled, long seed, Consumer<String> progress) {
    public CompressionRequest {
        unlabelled = List.copyOf(unlabelled);
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
