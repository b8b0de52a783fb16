package dev.pinfactory.specialists.sdk.serving;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Version;
import dev.pinfactory.specialists.sdk.ModelSource;
import dev.pinfactory.specialists.sdk.SpecialistLoader;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** A specialist and the versions of it that this process serves. The newest one loaded is preferred; older ones stand beside it until they are retired. */
public final class ServedSpecialist {
    private final Definition definition;
    private final BiFunction<Card, SpecialistModel, ServedVersion> serve;
    private final Runnable changed;
    // Replaced as a whole, so that calls look it up without a lock. The last entry is the preferred version.
    private volatile Map<String, ServedVersion> versions = Map.of();

    ServedSpecialist(Definition definition, BiFunction<Card, SpecialistModel, ServedVersion> serve, Runnable changed) {
        this.definition = definition;
        this.serve = serve;
        this.changed = changed;
    }

    public Contract contract() {
        return definition.card().getContract();
    }

    public String id() {
        return contract().getId();
    }

    /** Whether other versions can be loaded. */
    public boolean isReloadable() {
        return definition.loader() != null;
    }

    /** A card for each version served, the preferred one last. */
    public List<Card> cards() {
        return versions.values().stream().map(ServedVersion::card).toList();
    }

    /** The version that came with the code. */
    void loadOwn() {
        SpecialistLoader loader = definition.loader();
        if (loader == null) {
            put(definition.card(), definition.requireModel());
            return;
        }
        ModelSource source = definition
                .requireSource()
                .verified(definition.card().getVersion().getModelDigest());
        Version version = definition.card().getVersion().toBuilder()
                .setModelDigest(source.digest())
                .setModelBytes(source.size())
                .build();
        put(withVersion(version), load(loader, source));
    }

    /**
     * Loads another version beside those that are served; it is warm when this returns, and preferred from then on.
     *
     * @throws PinfactoryException FAILED_PRECONDITION when the model can't be exchanged, its digest is not the version's, or it does not work;
     *     ALREADY_EXISTS when the number is served with another model
     */
    public void load(Version version, ModelSource source) {
        SpecialistLoader loader = definition.loader();
        if (loader == null) {
            throw new PinfactoryException(
                    ErrorCode.FAILED_PRECONDITION, "specialist '" + id() + "' has no model that can be exchanged");
        }
        if (version.getNumber().isEmpty() || version.getModelDigest().isEmpty()) {
            throw new PinfactoryException(
                    ErrorCode.INVALID_ARGUMENT, "a version needs a number and a model digest to be loaded");
        }
        ServedVersion served = versions.get(version.getNumber());
        if (served != null) {
            if (served.card().getVersion().getModelDigest().equals(version.getModelDigest())) {
                return;
            }
            throw new PinfactoryException(
                    ErrorCode.ALREADY_EXISTS,
                    "version " + version.getNumber() + " of '" + id() + "' is served with another model");
        }
        put(withVersion(version), load(loader, source.verified(version.getModelDigest())));
        changed.run();
    }

    /**
     * Takes a version out: new calls don't reach it, those that it has are answered.
     *
     * @throws PinfactoryException FAILED_PRECONDITION for the last one
     */
    public void retire(String number) {
        ServedVersion retired;
        synchronized (this) {
            retired = versions.get(number);
            if (retired == null) {
                return;
            }
            if (versions.size() == 1) {
                throw new PinfactoryException(
                        ErrorCode.FAILED_PRECONDITION, "version " + number + " is the last one of '" + id() + "'");
            }
            Map<String, ServedVersion> rest = new LinkedHashMap<>(versions);
            rest.remove(number);
            versions = rest;
        }
        retired.retire();
        changed.run();
    }

    void close() {
        Collection<ServedVersion> all;
        synchronized (this) {
            all = versions.values();
            versions = Map.of();
        }
        all.forEach(ServedVersion::retire);
    }

    /** The version with this number, or the preferred one where it is empty. */
    Optional<ServedVersion> find(String number) {
        Map<String, ServedVersion> now = versions;
        return number.isEmpty()
                ? now.values().stream().reduce((first, second) -> second)
                : Optional.ofNullable(now.get(number));
    }

    private Card withVersion(Version version) {
        return definition.card().toBuilder().setVersion(version).build();
    }

    private void put(Card card, SpecialistModel model) {
        ServedVersion version = serve.apply(card, model);
        try {
            version.warmUp(definition.samples());
        } catch (RuntimeException e) {
            version.retire();
            throw new PinfactoryException(
                    ErrorCode.FAILED_PRECONDITION,
                    "version " + version.number() + " of '" + id() + "' does not work: " + e.getMessage(),
                    e);
        }
        synchronized (this) {
            Map<String, ServedVersion> all = new LinkedHashMap<>(versions);
            all.put(version.number(), version);
            versions = all;
        }
    }

    private SpecialistModel load(SpecialistLoader loader, ModelSource source) {
        try {
            return loader.load(source);
        } catch (IOException e) {
            throw new PinfactoryException(
                    ErrorCode.FAILED_PRECONDITION, "model of '" + id() + "' can't be read: " + e.getMessage(), e);
        }
    }
}
