package dev.pinfactory.registry.service.catalog;

import dev.pinfactory.proto.v1.Entry;
import java.util.List;

/**
 * What a reader has to know to be at a revision.
 *
 * @param complete whether these are all entries, instead of those that changed
 * @param horizon revisions before it can't be resumed
 */
public record CatalogChanges(
        long revision, long horizon, boolean complete, List<Updated> updated, List<Removed> removed) {
    public CatalogChanges {
        updated = List.copyOf(updated);
        removed = List.copyOf(removed);
    }

    public record Updated(Entry entry, long revision) {}

    public record Removed(String specialist, long revision) {}
}
