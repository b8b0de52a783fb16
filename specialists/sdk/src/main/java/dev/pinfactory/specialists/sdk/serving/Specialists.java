package dev.pinfactory.specialists.sdk.serving;

import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The specialists that this process serves, and the threads that they compute on. */
public final class Specialists implements AutoCloseable {
    private final Map<String, ServedSpecialist> byId = new LinkedHashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    // Bounded by the sum of the specialists' workers; idle threads end.
    private final ExecutorService workers = Executors.newCachedThreadPool(
            Thread.ofPlatform().name("specialist-", 0).daemon().factory());

    private Specialists() {}

    /**
     * Loads and warms every specialist.
     *
     * @throws IllegalArgumentException when an id is there twice
     * @throws dev.pinfactory.proto.error.PinfactoryException when one does not work
     */
    public static Specialists load(Collection<Definition> definitions, ServingSettings settings, MeterRegistry meters) {
        Specialists specialists = new Specialists();
        try {
            definitions.forEach(definition -> specialists.add(definition, settings, meters));
        } catch (RuntimeException e) {
            specialists.close();
            throw e;
        }
        return specialists;
    }

    public Optional<ServedSpecialist> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    public Collection<ServedSpecialist> all() {
        return List.copyOf(byId.values());
    }

    /** A card for each version of each specialist. */
    public List<Card> cards() {
        return byId.values().stream()
                .flatMap(specialist -> specialist.cards().stream())
                .toList();
    }

    /** Runs whenever the set of versions has changed. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** Answers the calls that are here and closes the models. */
    @Override
    public void close() {
        byId.values().forEach(ServedSpecialist::close);
        workers.shutdown();
    }

    private void add(Definition definition, ServingSettings settings, MeterRegistry meters) {
        ServedSpecialist specialist =
                new ServedSpecialist(definition, (card, model) -> serve(card, model, settings, meters), this::changed);
        if (byId.putIfAbsent(specialist.id(), specialist) != null) {
            throw new IllegalArgumentException("two specialists have the id '" + specialist.id() + "'");
        }
        specialist.loadOwn();
    }

    private ServedVersion serve(Card card, SpecialistModel model, ServingSettings settings, MeterRegistry meters) {
        return new ServedVersion(card, model, settings, meters, workers);
    }

    private void changed() {
        listeners.forEach(Runnable::run);
    }
}
