package dev.pinfactory.orchestrator.service;

import dev.pinfactory.registry.client.CatalogSnapshot;
import java.util.Set;
import java.util.stream.Collectors;

/** Where specialists listen. */
final class Endpoints {
    private Endpoints() {}

    static Set<String> of(CatalogSnapshot snapshot) {
        return snapshot.entries().stream()
                .flatMap(entry -> entry.getVersionsList().stream())
                .flatMap(version -> version.getEndpointsList().stream())
                .map(live -> live.getEndpoint().getAddress())
                .collect(Collectors.toSet());
    }
}
