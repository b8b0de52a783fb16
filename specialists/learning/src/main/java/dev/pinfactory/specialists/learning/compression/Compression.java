package dev.pinfactory.specialists.learning.compression;

import dev.pinfactory.specialists.learning.Lineage;
import java.util.List;
import java.util.Optional;

/**
 * What came of a compression.
 *
 * @param figure what quality is, such as "accuracy"
 * @param contenders the teacher first
 * @param chosen name of the student that is written
 * @param model the chosen student as the specialist reads it
 * @param notes what has to be known to believe the figures
 */
public record Compression(
        String figure,
        List<Contender> contenders,
        List<Comparison> comparisons,
        String chosen,
        byte[] model,
        Lineage.Origin origin,
        List<String> notes) {
    public Compression {
        contenders = List.copyOf(contenders);
        comparisons = List.copyOf(comparisons);
        notes = List.copyOf(notes);
    }

    public Contender teacher() {
        return of(Contender.Role.TEACHER).orElseThrow();
    }

    public Contender student() {
        return contenders.stream()
                .filter(one -> one.name().equals(chosen))
                .findFirst()
                .orElseThrow();
    }

    private Optional<Contender> of(Contender.Role role) {
        return contenders.stream().filter(one -> one.role() == role).findFirst();
    }
}
