package dev.pinfactory.proto.card;

import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.proto.type.SemanticTypes;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.TypeDeclaration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The contracts that a plan is made and checked against, by id, with the types that they declare. Immutable. */
public final class Contracts {
    /** In the order of their ids. */
    private final Map<String, Contract> byId = new LinkedHashMap<>();

    private final SemanticTypes types;
    /** Worked out when first asked for: a run of a plan never asks. Two threads may both do it, with the same result. */
    private volatile @Nullable CatalogDigests digests;

    private volatile @Nullable Contracts withoutLanguageModels;

    private record CatalogDigests(Map<String, String> byId, String all) {}

    private Contracts(Collection<Contract> contracts) {
        List<TypeDeclaration> declarations = new ArrayList<>();
        List<Contract> sorted =
                contracts.stream().sorted(Comparator.comparing(Contract::getId)).toList();
        for (Contract contract : sorted) {
            if (byId.putIfAbsent(contract.getId(), contract) != null) {
                throw new IllegalArgumentException("two contracts have the id '" + contract.getId() + "'");
            }
            declarations.addAll(contract.getTypesList());
        }
        types = SemanticTypes.with(declarations);
    }

    /**
     * @throws IllegalArgumentException when an id or a type is declared twice with different content
     */
    public static Contracts of(Collection<Contract> contracts) {
        return new Contracts(contracts);
    }

    public static Contracts of(Contract... contracts) {
        return new Contracts(List.of(contracts));
    }

    /**
     * These with one more, or with another in the place of the one of its id. No other contract's digest is computed anew.
     *
     * @throws IllegalArgumentException when it declares a type that is declared with different content
     */
    public Contracts with(Contract contract) {
        Map<String, Contract> all = new LinkedHashMap<>(byId);
        all.put(contract.getId(), contract);
        Contracts more = new Contracts(all.values());
        Map<String, String> each = new HashMap<>(digests().byId);
        each.put(contract.getId(), Digests.of(contract));
        more.digests = new CatalogDigests(each, Digests.ofCatalog(each.values()));
        return more;
    }

    public Optional<Contract> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The digest of one contract, if it is here. */
    public Optional<String> digestOf(String id) {
        return Optional.ofNullable(digests().byId.get(id));
    }

    /** In the order of their ids. */
    public Collection<Contract> all() {
        return java.util.Collections.unmodifiableCollection(byId.values());
    }

    /** Those that are no language models: what most plans are made from, so it is worked out once. */
    public Contracts withoutLanguageModels() {
        Contracts known = withoutLanguageModels;
        if (known == null) {
            known = only(contract -> contract.getKind() != Contract.Kind.LLM);
            withoutLanguageModels = known;
        }
        return known;
    }

    /** Those that a test keeps; these themselves where it keeps all. No contract's digest is computed anew. */
    public Contracts only(Predicate<Contract> test) {
        List<Contract> kept = byId.values().stream().filter(test).toList();
        if (kept.size() == size()) {
            return this;
        }
        Contracts part = new Contracts(kept);
        Map<String, String> each = HashMap.newHashMap(kept.size());
        CatalogDigests all = digests();
        part.byId.keySet().forEach(id -> each.put(id, all.byId.get(id)));
        part.digests = new CatalogDigests(each, Digests.ofCatalog(each.values()));
        return part;
    }

    public SemanticTypes types() {
        return types;
    }

    /** The digest of the whole set. */
    public String digest() {
        return digests().all;
    }

    private CatalogDigests digests() {
        CatalogDigests known = digests;
        if (known == null) {
            Map<String, String> each = HashMap.newHashMap(size());
            byId.forEach((id, contract) -> each.put(id, Digests.of(contract)));
            known = new CatalogDigests(each, Digests.ofCatalog(each.values()));
            digests = known;
        }
        return known;
    }

    public int size() {
        return byId.size();
    }
}
