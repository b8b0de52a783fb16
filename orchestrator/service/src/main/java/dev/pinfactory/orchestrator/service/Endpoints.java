package dev.pinfactory.orchestrator.service;

import dev.pinfactory.proto.v1.Endpoint;
import dev.pinfactory.proto.v1.LiveEndpoint;
import dev.pinfactory.registry.client.CatalogSnapshot;
import java.util.Set;
import java.util.stream.Collectors;

/** Where specialists listen. */
final class Endpoints {
    private Endpoints() {}

    static Set<Endpoint> of(CatalogSnapshot snapshot) {
        return snapshot.entries().stream()
                .flatMap(entry -> entry.getVersionsList().stream())
                .flatMap(version -> version.getEndpointsList().stream())
                .map(LiveEndpoint::getEndpoint)
                .collect(Collectors.toSet());
    }
}
