package dev.pinfactory.registry.service.catalog;

import dev.pinfactory.proto.v1.RolloutStage;
import java.time.Instant;
import java.util.Optional;

/**
 * The present stage of a version that is tried or in use, with what is known since it began. A canary that gets another share begins a new one.
 *
 * @param rival the version that it is compared with: the champion, or the one that this champion followed
 * @param own outcomes of this version
 * @param beside outcomes of the rival at the same time; of a champion, the rival's last ones
 */
public record Stage(
        String specialist, String number, Instant startedAt, Optional<String> rival, Outcomes own, Outcomes beside) {

    /** This stage after some version's outcomes were told. */
    Stage counting(String version, Outcomes outcomes) {
        if (version.equals(number)) {
            return new Stage(specialist, number, startedAt, rival, own.plus(outcomes), beside);
        }
        if (rival.filter(version::equals).isPresent()) {
            return new Stage(specialist, number, startedAt, rival, own, beside.plus(outcomes));
        }
        return this;
    }

    public RolloutStage toMessage() {
        return RolloutStage.newBuilder()
                .setSpecialist(specialist)
                .setVersion(number)
                .setSince(com.google.protobuf.Timestamp.newBuilder()
                        .setSeconds(startedAt.getEpochSecond())
                        .setNanos(startedAt.getNano()))
                .setRival(rival.orElse(""))
                .setOwn(own.toMessage())
                .setBeside(beside.toMessage())
                .build();
    }
}
