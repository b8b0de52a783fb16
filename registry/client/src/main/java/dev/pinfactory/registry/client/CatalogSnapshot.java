package dev.pinfactory.registry.client;

import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.v1.Change;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Endpoint;
import dev.pinfactory.proto.v1.Entry;
import dev.pinfactory.proto.v1.LiveEndpoint;
import dev.pinfactory.proto.v1.Snapshot;
import dev.pinfactory.proto.v1.Version;
import dev.pinfactory.proto.v1.VersionEntry;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The registry's catalogue at one revision. Immutable; a task that holds one sees nothing change. */
public final class CatalogSnapshot {
    private static final CatalogSnapshot EMPTY =
            new CatalogSnapshot(0, Collections.emptySortedMap(), Contracts.of(List.of()));

    private final long revision;
    private final SortedMap<String, Entry> entries;
    private final Contracts contracts;

    private CatalogSnapshot(long revision, SortedMap<String, Entry> entries, Contracts contracts) {
        this.revision = revision;
        this.entries = entries;
        this.contracts = contracts;
    }

    /** Nothing, at revision 0: what a client has before the registry's first word. */
    public static CatalogSnapshot empty() {
        return EMPTY;
    }

    public static CatalogSnapshot of(Snapshot snapshot) {
        SortedMap<String, Entry> entries = new TreeMap<>();
        snapshot.getEntriesList()
                .forEach(entry -> entries.put(entry.getContract().getId(), entry));
        return EMPTY.replacedBy(snapshot.getRevision(), entries);
    }

    /** This catalogue after one change. */
    CatalogSnapshot with(Change change) {
        SortedMap<String, Entry> changed = new TreeMap<>(entries);
        switch (change.getKindCase()) {
            case UPDATED -> changed.put(change.getUpdated().getContract().getId(), change.getUpdated());
            case REMOVED -> changed.remove(change.getRemoved());
            // A kind of change that this client does not know yet: only the revision moves.
            case KIND_NOT_SET -> {}
        }
        return replacedBy(change.getRevision(), changed);
    }

    /** The same entries at a later revision. */
    CatalogSnapshot at(long laterRevision) {
        return new CatalogSnapshot(laterRevision, entries, contracts);
    }

    private CatalogSnapshot replacedBy(long newRevision, SortedMap<String, Entry> newEntries) {
        List<Contract> routable = newEntries.values().stream()
                .filter(CatalogSnapshot::isRoutable)
                .map(Entry::getContract)
                .toList();
        // Leases come and go far more often than contracts change, and digesting all contracts anew is not free.
        Contracts same = routable.equals(List.copyOf(contracts.all())) ? contracts : Contracts.of(routable);
        return new CatalogSnapshot(newRevision, Collections.unmodifiableSortedMap(newEntries), same);
    }

    public long revision() {
        return revision;
    }

    /** All specialists, also those that get no tasks, in the order of their ids. */
    public Collection<Entry> entries() {
        return entries.values();
    }

    public Optional<Entry> find(String specialist) {
        return Optional.ofNullable(entries.get(specialist));
    }

    public Optional<VersionEntry> version(String specialist, String number) {
        return find(specialist)
                .flatMap(entry -> entry.getVersionsList().stream()
                        .filter(version -> version.getVersion().getNumber().equals(number))
                        .findFirst());
    }

    /** Where a version is alive; empty too when the watch leaves endpoints out. */
    public List<Endpoint> endpoints(String specialist, String version) {
        return version(specialist, version)
                .map(found -> found.getEndpointsList().stream()
                        .map(LiveEndpoint::getEndpoint)
                        .toList())
                .orElse(List.of());
    }

    /** The contracts that a plan may use: those with a champion or a canary that has been alive lately. */
    public Contracts contracts() {
        return contracts;
    }

    /** The entries that do the same, in the order of their ids. */
    public List<Entry> withCapability(String capability) {
        return entries.values().stream()
                .filter(entry -> entry.getContract().getCapability().equals(capability))
                .toList();
    }

    /** Whether plans may use this specialist. */
    public static boolean isRoutable(Entry entry) {
        return entry.getVersionsList().stream().anyMatch(CatalogSnapshot::isRoutable);
    }

    /** Whether this version gets tasks. */
    static boolean isRoutable(VersionEntry version) {
        boolean served = version.getState() == Version.State.CHAMPION || version.getState() == Version.State.CANARY;
        return served && !version.getAbsent();
    }

    public Snapshot toMessage() {
        return Snapshot.newBuilder()
                .setRevision(revision)
                .addAllEntries(entries.values())
                .build();
    }
}
