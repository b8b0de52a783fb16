package dev.pinfactory.registry.service.rollout;

import dev.pinfactory.proto.v1.RolloutStage;
import dev.pinfactory.proto.v1.Version.State;
import dev.pinfactory.registry.service.catalog.Catalog;
import dev.pinfactory.registry.service.catalog.CatalogStore;
import dev.pinfactory.registry.service.catalog.CatalogTransaction;
import dev.pinfactory.registry.service.catalog.PublishedVersion;
import dev.pinfactory.registry.service.catalog.Rollout;
import dev.pinfactory.registry.service.catalog.Specialist;
import dev.pinfactory.registry.service.catalog.Stage;
import dev.pinfactory.registry.service.catalog.VersionMove;
import dev.pinfactory.registry.service.catalog.VersionMoves;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Moves what is due. Every replica of the registry does so: each decision is made and written while the catalogue is locked, on what stands there then, so that
 * of two replicas one moves a version and the other finds it moved.
 */
public final class RolloutController {
    private static final Set<State> OUT = EnumSet.of(State.RETIRED, State.REJECTED);

    private final CatalogStore store;
    private final RolloutPolicies policies;
    private final Clock clock;

    public RolloutController(CatalogStore store, RolloutPolicies policies, Clock clock) {
        this.store = store;
        this.policies = policies;
        this.clock = clock;
    }

    /** Ids of specialists with versions on their way. */
    public List<String> onTheWay() {
        Instant since = clock.instant().minus(policies.longestProbation());
        return store.change(catalog -> catalog.rollout().onTheWay(since));
    }

    /** Makes the most urgent move of a specialist, if one is due; the others are decided anew after it. */
    public List<VersionMove> move(String id) {
        Instant now = clock.instant();
        return store.change(catalog -> {
            Optional<Due> due = catalog.find(id).flatMap(specialist -> due(catalog, specialist, now));
            due.ifPresent(move -> VersionMoves.apply(catalog, move.rollout(), now));
            return due.map(move -> move.rollout().moves()).orElse(List.of());
        });
    }

    private record Due(Transition transition, Rollout rollout) {}

    private Optional<Due> due(CatalogTransaction catalog, Specialist specialist, Instant now) {
        RolloutRules rules = new RolloutRules(policies.of(specialist.id()));
        List<Stage> stages = catalog.rollout().stages(specialist.id());
        return specialist.versions().stream()
                .map(version -> situation(catalog, specialist, version, stages, now))
                .flatMap(situation -> rules.decide(situation) instanceof Decision.Move move
                        ? Optional.of(due(situation, move)).stream()
                        : Optional.<Due>empty().stream())
                .max(Comparator.comparing(due -> due.transition().isBack()));
    }

    private static Due due(Situation situation, Decision.Move move) {
        Specialist specialist = situation.specialist();
        String number = situation.version().number();
        Optional<String> former = situation.stage().flatMap(Stage::rival);
        return new Due(
                move.transition(),
                move.transition().isBack()
                        ? Rollout.back(specialist, number, former, Catalog.REGISTRY, move.reason())
                        : Rollout.move(
                                specialist,
                                number,
                                move.transition().to(),
                                move.weightPercent(),
                                Catalog.REGISTRY,
                                move.reason()));
    }

    private static Situation situation(
            CatalogTransaction catalog,
            Specialist specialist,
            PublishedVersion version,
            List<Stage> stages,
            Instant now) {
        Optional<Stage> stage = stages.stream()
                .filter(one -> one.number().equals(version.number()))
                .findFirst();
        boolean canGoBack = stage.flatMap(Stage::rival)
                .flatMap(specialist::find)
                .filter(rival -> canServe(catalog, specialist, rival))
                .isPresent();
        return new Situation(
                specialist,
                version,
                stage,
                catalog.rollout().verdict(specialist.id(), version.number()),
                catalog.isAlive(specialist.id(), version.number()),
                canGoBack,
                now);
    }

    /** A host has it still, or can fetch it. */
    private static boolean canServe(CatalogTransaction catalog, Specialist specialist, PublishedVersion former) {
        return former.state() == State.RETIRED
                && (catalog.isAlive(specialist.id(), former.number())
                        || catalog.rollout()
                                .modelSize(former.version().getModelDigest())
                                .isPresent());
    }

    /** The stages of a specialist's versions that are not out, with what each waits for. */
    public List<RolloutStage> stages(String id) {
        Instant now = clock.instant();
        RolloutRules rules = new RolloutRules(policies.of(id));
        return store.change(catalog -> catalog.find(id)
                .map(specialist -> {
                    List<Stage> stages = catalog.rollout().stages(id);
                    return specialist.versions().stream()
                            .filter(version -> !OUT.contains(version.state()))
                            .map(version -> situation(catalog, specialist, version, stages, now))
                            .map(situation -> shown(situation, rules.decide(situation)))
                            .toList();
                })
                .orElse(List.of()));
    }

    private static RolloutStage shown(Situation situation, Decision decision) {
        PublishedVersion version = situation.version();
        RolloutStage.Builder stage = situation
                .stage()
                .map(Stage::toMessage)
                .orElseGet(() -> RolloutStage.newBuilder()
                        .setSpecialist(situation.specialist().id())
                        .setVersion(version.number())
                        .build())
                .toBuilder()
                .setState(version.state())
                .setWeightPercent(version.weightPercent());
        switch (decision) {
            case Decision.Wait(String what, boolean person) ->
                stage.setWaitsFor(what).setWaitsForPerson(person);
            case Decision.Move(Transition transition, int _, String reason) ->
                stage.setWaitsFor("is about to become " + transition.to() + ": " + reason);
            case Decision.Rest() -> {
                // It has arrived.
            }
        }
        return stage.build();
    }
}
