package dev.pinfactory.orchestrator.service.plan;

import dev.pinfactory.proto.v1.Entry;
import dev.pinfactory.proto.v1.ListSpecialistsResponse;
import dev.pinfactory.proto.v1.SpecialistSummary;
import dev.pinfactory.proto.v1.Version;
import dev.pinfactory.proto.v1.VersionEntry;
import dev.pinfactory.proto.v1.VersionSummary;
import dev.pinfactory.registry.client.CatalogSnapshot;
import java.util.function.Supplier;

/** The specialists as callers see them: no addresses. */
public final class Specialists {
    private final Supplier<CatalogSnapshot> catalog;

    public Specialists(Supplier<CatalogSnapshot> catalog) {
        this.catalog = catalog;
    }

    public ListSpecialistsResponse list() {
        CatalogSnapshot snapshot = catalog.get();
        ListSpecialistsResponse.Builder list = ListSpecialistsResponse.newBuilder()
                .setCatalogDigest(snapshot.contracts().digest());
        snapshot.entries().stream()
                .filter(CatalogSnapshot::isRoutable)
                .map(Specialists::summary)
                .forEach(list::addSpecialists);
        return list.build();
    }

    private static SpecialistSummary summary(Entry entry) {
        SpecialistSummary.Builder summary = SpecialistSummary.newBuilder()
                .setContract(entry.getContract())
                .setContractDigest(entry.getContractDigest());
        for (VersionEntry version : entry.getVersionsList()) {
            summary.addVersions(VersionSummary.newBuilder()
                    .setVersion(version.getVersion())
                    .setState(version.getState())
                    .setWeightPercent(version.getWeightPercent())
                    .setLiveEndpoints(version.getEndpointsCount()));
            boolean served = version.getState() == Version.State.CHAMPION || version.getState() == Version.State.CANARY;
            if (served && version.getEndpointsCount() > 0) {
                summary.setAvailable(true);
            }
        }
        return summary.build();
    }
}
