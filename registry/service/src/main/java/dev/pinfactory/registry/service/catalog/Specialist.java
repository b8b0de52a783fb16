package dev.pinfactory.registry.service.catalog;

import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Version.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A specialist with all its versions, in the order of publication. At most one is the champion. */
public record Specialist(String id, List<PublishedVersion> versions) {
    private static final List<State> LEADING =
            List.of(State.CHAMPION, State.CANARY, State.SHADOW, State.CANDIDATE, State.RETIRED, State.REJECTED);

    public Specialist {
        versions = versions.stream()
                .sorted(Comparator.comparing(PublishedVersion::publishedAt).thenComparing(PublishedVersion::number))
                .toList();
        if (versions.stream()
                        .filter(version -> version.state() == State.CHAMPION)
                        .count()
                > 1) {
            throw new IllegalArgumentException("specialist '" + id + "' would have two champions");
        }
    }

    public static Specialist unknown(String id) {
        return new Specialist(id, List.of());
    }

    public Optional<PublishedVersion> find(String number) {
        return versions.stream()
                .filter(version -> version.number().equals(number))
                .findFirst();
    }

    public Optional<PublishedVersion> champion() {
        return versions.stream()
                .filter(version -> version.state() == State.CHAMPION)
                .findFirst();
    }

    /**
     * The version whose contract is the specialist's: the champion, else what is nearest to it, the newest first. A candidate's new contract
     * so becomes visible to planners when the candidate is promoted and not before.
     */
    public Optional<PublishedVersion> leading() {
        return versions.reversed().stream().min(Comparator.comparingInt(version -> LEADING.indexOf(version.state())));
    }

    /** The contract that plans rely on, if tasks are routed here at all. */
    public Optional<Contract> promised() {
        return leading()
                .filter(version -> VersionStates.isServed(version.state()))
                .map(PublishedVersion::contract);
    }

    int canaryPercent() {
        return versions.stream().mapToInt(PublishedVersion::weightPercent).sum();
    }

    Specialist with(PublishedVersion version) {
        List<PublishedVersion> changed = new ArrayList<>(versions);
        changed.removeIf(other -> other.number().equals(version.number()));
        changed.add(version);
        return new Specialist(id, changed);
    }

    Specialist mapVersion(String number, UnaryOperator<PublishedVersion> change) {
        return new Specialist(
                id,
                versions.stream()
                        .map(version -> version.number().equals(number) ? change.apply(version) : version)
                        .toList());
    }
}
