package dev.pinfactory.registry.service.catalog;

import static dev.pinfactory.proto.error.ErrorCode.FAILED_PRECONDITION;
import static dev.pinfactory.proto.error.ErrorCode.INVALID_ARGUMENT;
import static dev.pinfactory.proto.error.ErrorCode.NOT_FOUND;

import dev.pinfactory.proto.card.Compatibility;
import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.Version.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The outcome of moving a version.
 *
 * @param specialist after the moves
 * @param moves what moved, the version itself last; empty when it was there already
 */
public record Rollout(Specialist specialist, List<VersionMove> moves) {
    private static final int ALL = 100;

    public Rollout {
        moves = List.copyOf(moves);
    }

    /**
     * Moves a version; a new champion retires the former one.
     *
     * @throws PinfactoryException when there is no such version or the move is not allowed; its message says which are
     */
    public static Rollout move(
            Specialist specialist, String number, State to, int weightPercent, String actor, String reason) {
        PublishedVersion version = version(specialist, number);
        checkWeight(specialist, version, to, weightPercent);
        if (version.state() == to && version.weightPercent() == weightPercent) {
            return new Rollout(specialist, List.of());
        }
        if (!VersionStates.allows(version.state(), to)) {
            throw new PinfactoryException(
                    FAILED_PRECONDITION,
                    "version " + number + " of '" + specialist.id() + "' is " + version.state() + " and can't become "
                            + to + "; it may become "
                            + VersionStates.movesFrom(version.state()).stream()
                                    .sorted()
                                    .toList());
        }
        if (to == State.CANARY) {
            checkInterchangeable(specialist, version);
        }
        List<VersionMove> moves = new ArrayList<>();
        Specialist moved = specialist;
        if (to == State.CHAMPION && specialist.champion().isPresent()) {
            PublishedVersion former = specialist.champion().orElseThrow();
            moved = moved.with(former.in(State.RETIRED, 0));
            moves.add(new VersionMove(
                    specialist.id(),
                    former.number(),
                    State.CHAMPION,
                    State.RETIRED,
                    0,
                    actor,
                    "gave way to " + number));
        }
        moved = moved.with(version.in(to, weightPercent));
        moves.add(new VersionMove(specialist.id(), number, version.state(), to, weightPercent, actor, reason));
        return new Rollout(moved, moves);
    }

    /**
     * Rejects a version that is tried or in use; instead of a champion the one that it followed is champion again.
     *
     * @param former the version that this champion followed
     */
    public static Rollout back(
            Specialist specialist, String number, Optional<String> former, String actor, String reason) {
        State state = version(specialist, number).state();
        if (state == State.SHADOW || state == State.CANARY) {
            return move(specialist, number, State.REJECTED, 0, actor, reason);
        }
        String name = "version " + number + " of '" + specialist.id() + "'";
        if (state != State.CHAMPION) {
            throw new PinfactoryException(
                    FAILED_PRECONDITION, name + " is " + state + "; only a SHADOW, CANARY or CHAMPION is rolled back");
        }
        String next = former.filter(version -> specialist
                        .find(version)
                        .filter(found -> found.state() == State.RETIRED)
                        .isPresent())
                .orElseThrow(() -> new PinfactoryException(
                        FAILED_PRECONDITION,
                        name + " follows no version that is retired; say which one is to be CHAMPION"));
        Rollout rejected = move(specialist, number, State.REJECTED, 0, actor, reason);
        Rollout restored = move(
                rejected.specialist(), next, State.CHAMPION, 0, actor, "rolled back from " + number + ": " + reason);
        List<VersionMove> moves = new ArrayList<>(rejected.moves());
        moves.addAll(restored.moves());
        return new Rollout(restored.specialist(), moves);
    }

    static PublishedVersion version(Specialist specialist, String number) {
        return specialist
                .find(number)
                .orElseThrow(() -> new PinfactoryException(
                        NOT_FOUND, "specialist '" + specialist.id() + "' has no version '" + number + "'"));
    }

    private static void checkWeight(Specialist specialist, PublishedVersion version, State to, int weightPercent) {
        int most = to == State.CANARY ? ALL - specialist.canaryPercent() + version.weightPercent() : 0;
        int least = to == State.CANARY ? 1 : 0;
        if (weightPercent < least || weightPercent > most) {
            String message = to == State.CANARY
                    ? "weight_percent is " + weightPercent + ", expected 1 to " + most
                    : "weight_percent is " + weightPercent + ", but only a CANARY has a weight";
            throw new PinfactoryException(
                    INVALID_ARGUMENT, message, List.of(new FieldViolation("weight_percent", message)));
        }
    }

    /** A canary gets tasks whose plans were made for the champion's contract, so it has to keep it. */
    private static void checkInterchangeable(Specialist specialist, PublishedVersion version) {
        specialist.champion().ifPresent(champion -> {
            List<FieldViolation> broken = Compatibility.broken(champion.contract(), version.contract());
            if (!broken.isEmpty()) {
                throw new PinfactoryException(
                        FAILED_PRECONDITION,
                        "version " + version.number() + " does not keep the contract of the champion "
                                + champion.number() + ", so it can't be its canary",
                        broken);
            }
        });
    }
}
