package dev.pinfactory.registry.service.catalog;

import dev.pinfactory.proto.v1.Change;
import dev.pinfactory.proto.v1.Entry;
import dev.pinfactory.proto.v1.Snapshot;
import dev.pinfactory.proto.v1.WatchResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The whole catalogue at one revision, as watchers are told it. What changed after a revision is found by the revision of each entry, so there is no
 * log to keep and a slow watcher costs nothing: it skips what was overwritten meanwhile. Immutable.
 */
public final class CatalogView {
    /** A snapshot that would be larger goes on as changes, so that no message passes the limit. */
    private static final int SNAPSHOT_BYTES = 4 * 1024 * 1024;

    private final long revision;
    private final long horizon;
    private final Map<String, Shown> entries;
    private final Map<String, Long> removed;

    private CatalogView(long revision, long horizon, Map<String, Shown> entries, Map<String, Long> removed) {
        this.revision = revision;
        this.horizon = horizon;
        this.entries = entries;
        this.removed = removed;
    }

    /** An entry with and without its endpoints, each with the revision at which that form changed last. */
    private record Shown(Entry full, long revision, Entry bare, long bareRevision) {
        Entry entry(boolean endpoints) {
            return endpoints ? full : bare;
        }

        long revision(boolean endpoints) {
            return endpoints ? revision : bareRevision;
        }
    }

    public static CatalogView empty() {
        return new CatalogView(0, 0, Map.of(), Map.of());
    }

    public CatalogView with(CatalogChanges changes) {
        Map<String, Shown> shown = changes.complete() ? new TreeMap<>() : new TreeMap<>(entries);
        Map<String, Long> gone = changes.complete() ? new HashMap<>() : new HashMap<>(removed);
        changes.removed().forEach(removal -> {
            shown.remove(removal.specialist());
            gone.put(removal.specialist(), removal.revision());
        });
        changes.updated().forEach(update -> {
            String id = update.entry().getContract().getId();
            Entry bare = withoutEndpoints(update.entry());
            Shown before = entries.get(id);
            long bareRevision =
                    before != null && before.bare().equals(bare) ? before.bareRevision() : update.revision();
            shown.put(id, new Shown(update.entry(), update.revision(), bare, bareRevision));
            gone.remove(id);
        });
        gone.values().removeIf(at -> at <= changes.horizon());
        return new CatalogView(changes.revision(), changes.horizon(), shown, gone);
    }

    public long revision() {
        return revision;
    }

    public int size() {
        return entries.size();
    }

    public Snapshot snapshot(boolean endpoints) {
        Snapshot.Builder snapshot = Snapshot.newBuilder().setRevision(revision);
        entries.values().forEach(shown -> snapshot.addEntries(shown.entry(endpoints)));
        return snapshot.build();
    }

    /** The entry of this id, with its endpoints. */
    public Optional<Entry> find(String specialist) {
        return Optional.ofNullable(entries.get(specialist)).map(Shown::full);
    }

    /** What brings a watcher from a revision to this one: a snapshot for 0 and where the revision can't be resumed, otherwise changes in order. */
    public List<WatchResponse> after(long known, boolean endpoints) {
        if (known == 0 || known < horizon || known > revision) {
            return begin(endpoints);
        }
        Stream<Change> updates = entries.values().stream()
                .filter(shown -> shown.revision(endpoints) > known)
                .map(shown -> Change.newBuilder()
                        .setRevision(shown.revision(endpoints))
                        .setUpdated(shown.entry(endpoints))
                        .build());
        Stream<Change> removals = removed.entrySet().stream()
                .filter(removal -> removal.getValue() > known)
                .map(removal -> Change.newBuilder()
                        .setRevision(removal.getValue())
                        .setRemoved(removal.getKey())
                        .build());
        return Stream.concat(updates, removals)
                .sorted(Comparator.comparingLong(Change::getRevision))
                .map(change -> WatchResponse.newBuilder().setChange(change).build())
                .toList();
    }

    private List<WatchResponse> begin(boolean endpoints) {
        List<Shown> inOrder = entries.values().stream()
                .sorted(Comparator.comparingLong(shown -> shown.revision(endpoints)))
                .toList();
        Snapshot.Builder snapshot = Snapshot.newBuilder().setRevision(revision);
        List<WatchResponse> rest = new ArrayList<>();
        long bytes = 0;
        for (Shown shown : inOrder) {
            Entry entry = shown.entry(endpoints);
            bytes += entry.getSerializedSize();
            if (bytes <= SNAPSHOT_BYTES || snapshot.getEntriesCount() == 0) {
                snapshot.addEntries(entry);
                continue;
            }
            if (rest.isEmpty()) {
                // In the order of revisions, so whoever is cut off here resumes here.
                snapshot.setRevision(shown.revision(endpoints) - 1);
            }
            rest.add(WatchResponse.newBuilder()
                    .setChange(Change.newBuilder()
                            .setRevision(shown.revision(endpoints))
                            .setUpdated(entry))
                    .build());
        }
        rest.addFirst(WatchResponse.newBuilder().setSnapshot(snapshot).build());
        return rest;
    }

    private static Entry withoutEndpoints(Entry entry) {
        Entry.Builder bare = entry.toBuilder();
        bare.getVersionsBuilderList().forEach(version -> version.clearEndpoints());
        return bare.build();
    }
}
