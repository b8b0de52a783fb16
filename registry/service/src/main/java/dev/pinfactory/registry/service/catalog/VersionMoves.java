package dev.pinfactory.registry.service.catalog;

import dev.pinfactory.proto.v1.Version.State;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What follows from a move, whoever made it: the audit log, the outbox, and the stages that end and begin. */
public final class VersionMoves {
    private VersionMoves() {}

    /** Writes all but the specialist itself. */
    static void record(CatalogTransaction catalog, Rollout rollout, Instant now) {
        var before = catalog.rollout().stages(rollout.specialist().id()).stream()
                .collect(Collectors.toMap(Stage::number, Function.identity()));
        rollout.moves().forEach(move -> catalog.record(move, Optional.ofNullable(before.get(move.number())), now));
        Stages stages = new Stages(before, rollout, now);
        for (PublishedVersion version : rollout.specialist().versions()) {
            Optional<Stage> was = Optional.ofNullable(before.get(version.number()));
            Optional<Stage> is = stages.of(version);
            if (is.isEmpty()) {
                was.ifPresent(catalog.rollout()::end);
            } else if (!is.equals(was)) {
                catalog.rollout().save(is.orElseThrow());
            }
        }
        rollout.moves().stream()
                .filter(move -> move.to() == State.CANDIDATE)
                .forEach(move -> catalog.rollout().discount(move.specialist(), move.number()));
    }

    /** Writes all. */
    public static void apply(CatalogTransaction catalog, Rollout rollout, Instant now) {
        if (rollout.moves().isEmpty()) {
            return;
        }
        catalog.save(rollout.specialist());
        record(catalog, rollout, now);
    }
}
