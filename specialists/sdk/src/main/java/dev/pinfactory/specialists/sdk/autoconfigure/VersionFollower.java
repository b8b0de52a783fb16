package dev.pinfactory.specialists.sdk.autoconfigure;

import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.proto.v1.Entry;
import dev.pinfactory.proto.v1.Version;
import dev.pinfactory.proto.v1.VersionEntry;
import dev.pinfactory.registry.client.CatalogSnapshot;
import dev.pinfactory.registry.client.RegistryClient;
import dev.pinfactory.specialists.sdk.serving.ServedSpecialist;
import dev.pinfactory.specialists.sdk.serving.Specialists;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the versions that the rollout wants: fetches the model of a version that becomes shadow, canary or champion, and lets one go that is rejected, or
 * retired and not the last of those: a champion that disappoints gives its place back to that one, which then has to be there. Only for the very contract that this process serves, and only where the model can be exchanged.
 */
final class VersionFollower implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(VersionFollower.class);
    private static final Set<Version.State> WANTED =
            EnumSet.of(Version.State.SHADOW, Version.State.CANARY, Version.State.CHAMPION);
    private static final Set<Version.State> OVER = EnumSet.of(Version.State.RETIRED, Version.State.REJECTED);

    private final Specialists specialists;
    private final ModelFetcher models;
    private final RegistryClient registry;
    private final Runnable endListening;
    // The watch must not wait for a download. Only the newest catalogue matters, so there is no queue of them.
    private final AtomicReference<CatalogSnapshot> newest = new AtomicReference<>(CatalogSnapshot.empty());
    private final ExecutorService worker = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("version-follower").daemon().factory());

    VersionFollower(Specialists specialists, ModelFetcher models, RegistryClient registry) {
        this.specialists = specialists;
        this.models = models;
        this.registry = registry;
        this.endListening = registry.listen(this::changed);
    }

    private void changed(CatalogSnapshot snapshot) {
        if (newest.getAndSet(snapshot) != snapshot && !worker.isShutdown()) {
            worker.execute(() -> follow(newest.get()));
        }
    }

    private void follow(CatalogSnapshot snapshot) {
        for (ServedSpecialist specialist : specialists.all()) {
            if (specialist.isReloadable()) {
                snapshot.find(specialist.id())
                        .filter(entry -> entry.getContractDigest().equals(Digests.of(specialist.contract())))
                        .ifPresent(entry -> follow(specialist, entry));
            }
        }
    }

    private void follow(ServedSpecialist specialist, Entry entry) {
        for (VersionEntry version : entry.getVersionsList()) {
            if (WANTED.contains(version.getState()) && !isServed(specialist, version)) {
                load(specialist, version.getVersion());
            }
        }
        for (VersionEntry version : entry.getVersionsList()) {
            boolean last = specialist.cards().size() == 1;
            boolean over = OVER.contains(version.getState()) && !isReserve(specialist, entry, version);
            if (over && isServed(specialist, version) && !last) {
                log.info(
                        "letting go of {} {}",
                        specialist.id(),
                        version.getVersion().getNumber());
                specialist.retire(version.getVersion().getNumber());
            }
        }
    }

    /** Versions stand in the order of their publication. */
    private static boolean isReserve(ServedSpecialist specialist, Entry entry, VersionEntry version) {
        return entry.getVersionsList().stream()
                .filter(other -> other.getState() == Version.State.RETIRED && isServed(specialist, other))
                .reduce((earlier, later) -> later)
                .filter(version::equals)
                .isPresent();
    }

    private void load(ServedSpecialist specialist, Version version) {
        if (version.getModelDigest().isEmpty()) {
            return;
        }
        try {
            specialist.load(version, models.fetch(version.getModelDigest()));
            log.info("serving {} {}", specialist.id(), version.getNumber());
        } catch (IOException | RuntimeException e) {
            // Tried again with the next change of the catalogue; what is served goes on.
            log.warn("{} {} can't be served: {}", specialist.id(), version.getNumber(), e.getMessage());
        }
    }

    private static boolean isServed(ServedSpecialist specialist, VersionEntry version) {
        return specialist.cards().stream()
                .anyMatch(card -> card.getVersion()
                        .getNumber()
                        .equals(version.getVersion().getNumber()));
    }

    @Override
    public void close() {
        endListening.run();
        registry.close();
        worker.shutdownNow();
    }
}
