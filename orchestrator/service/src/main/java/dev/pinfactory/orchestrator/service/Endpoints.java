package dev.pinfactory.orchestrator.service;

import dev.pinfactory.orchestrator.service.dispatch.ServedVersion;
import dev.pinfactory.proto.v1.Entry;
import dev.pinfactory.registry.client.CatalogSnapshot;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where specialists listen. */
final class Endpoints {
    private Endpoints() {}

    static Set<ServedVersion> of(CatalogSnapshot snapshot) {
        return snapshot.entries().stream().flatMap(Endpoints::of).collect(Collectors.toSet());
    }

    private static Stream<ServedVersion> of(Entry entry) {
        return entry.getVersionsList().stream()
                .flatMap(version -> version.getEndpointsList().stream()
                        .map(live -> new ServedVersion(
                                entry.getContract().getId(),
                                version.getVersion().getNumber(),
                                live.getEndpoint())));
    }
}
