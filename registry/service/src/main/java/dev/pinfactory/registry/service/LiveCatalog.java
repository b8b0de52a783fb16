package dev.pinfactory.registry.service;

import dev.pinfactory.registry.service.catalog.CatalogStore;
import dev.pinfactory.registry.service.catalog.CatalogView;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * This replica's view of the catalogue, read from the store: after each change of its own, and now and then for those of others. The store
 * is the truth; nothing is told to anybody before it is committed there.
 */
final class LiveCatalog {
    private final CatalogStore store;
    private final List<Consumer<CatalogView>> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock refreshing = new ReentrantLock();
    private volatile CatalogView view = CatalogView.empty();

    LiveCatalog(CatalogStore store) {
        this.store = store;
    }

    /** As of the last refresh. */
    CatalogView view() {
        return view;
    }

    /** The catalogue as it is committed now. */
    CatalogView refresh() {
        refreshing.lock();
        try {
            CatalogView before = view;
            var changes = store.changesAfter(before.revision());
            if (changes.revision() == before.revision()) {
                return before;
            }
            CatalogView after = before.with(changes);
            view = after;
            listeners.forEach(listener -> listener.accept(after));
            return after;
        } finally {
            refreshing.unlock();
        }
    }

    void listen(Consumer<CatalogView> listener) {
        listeners.add(listener);
    }
}
