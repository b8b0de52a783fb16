package dev.pinfactory.registry.service.catalog;

import dev.pinfactory.proto.v1.Version.State;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The stages of a specialist's versions after some of them moved. */
final class Stages {
    private final Map<String, Stage> before;
    private final Rollout rollout;
    private final Instant now;
    private final Optional<String> champion;

    Stages(Map<String, Stage> before, Rollout rollout, Instant now) {
        this.before = before;
        this.rollout = rollout;
        this.now = now;
        this.champion = rollout.specialist().champion().map(PublishedVersion::number);
    }

    Optional<Stage> of(PublishedVersion version) {
        Optional<Stage> was = Optional.ofNullable(before.get(version.number()));
        Optional<VersionMove> move = rollout.moves().stream()
                .filter(one -> one.number().equals(version.number()))
                .findFirst();
        return switch (version.state()) {
            case SHADOW, CANARY ->
                was.filter(stage -> move.isEmpty() && stage.rival().equals(champion))
                        .or(() -> Optional.of(tried(version, was, move)));
            case CHAMPION -> was.filter(stage -> move.isEmpty()).or(() -> Optional.of(inUse(version, was, move)));
            case CANDIDATE, RETIRED, REJECTED, STATE_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
        };
    }

    /** Another share begins a new stage, since shares and troubles of different hours must not be mixed. */
    private Stage tried(PublishedVersion version, Optional<Stage> was, Optional<VersionMove> move) {
        Optional<Stage> narrower = was.filter(stage -> stage.rival().equals(champion))
                .filter(stage -> move.filter(one -> one.from() == State.CANARY && one.to() == State.CANARY)
                        .isPresent());
        return new Stage(
                rollout.specialist().id(),
                version.number(),
                now,
                champion,
                narrower.map(stage -> stage.own().carriedOver()).orElse(Outcomes.NONE),
                narrower.map(stage -> stage.beside().carriedOver()).orElse(Outcomes.NONE));
    }

    /** A new champion has its forerunner's last figures to be compared with, as of the same hours where there are such. One that came back has no way further back. */
    private Stage inUse(PublishedVersion version, Optional<Stage> was, Optional<VersionMove> move) {
        boolean isNew = move.filter(one -> one.from() != State.RETIRED).isPresent();
        Optional<String> former = rollout.moves().stream()
                .filter(one -> isNew && one.from() == State.CHAMPION && one.to() == State.RETIRED)
                .map(VersionMove::number)
                .findFirst();
        Optional<Stage> canary = was.filter(
                stage -> move.filter(one -> one.from() == State.CANARY).isPresent());
        Optional<Outcomes> ofTheSameHours = canary.filter(stage -> stage.rival().equals(former))
                .map(Stage::beside)
                .filter(outcomes -> outcomes.calls() > 0);
        return new Stage(
                rollout.specialist().id(),
                version.number(),
                now,
                former,
                canary.map(stage -> stage.own().carriedOver()).orElse(Outcomes.NONE),
                former.flatMap(number -> ofTheSameHours.or(
                                () -> Optional.ofNullable(before.get(number)).map(Stage::own)))
                        .orElse(Outcomes.NONE));
    }
}
