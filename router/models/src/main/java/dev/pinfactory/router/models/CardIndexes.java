package dev.pinfactory.router.models;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.v1.Contract;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Vectors of contracts by their digest, and catalogues by theirs; both bounded, oldest out first. A card is encoded once, however
 * often the catalogue around it changes.
 */
final class CardIndexes {
    private static final int MAX_CARDS = 20_000;
    private static final int MAX_CATALOGUES = 8;
    private static final int SMALL = 200;

    private final SentenceEncoder encoder;
    private final Map<String, CardVectors> vectors = bounded(MAX_CARDS);
    private final Map<String, Catalogue> catalogues = bounded(MAX_CATALOGUES);
    private final Map<String, CardIndex> indexes = bounded(MAX_CATALOGUES);

    CardIndexes(SentenceEncoder encoder) {
        this.encoder = encoder;
    }

    /**
     * The index of a catalogue, or, when it is large, of a short list of it.
     *
     * @param shortList picks positions
     */
    CardIndex of(Contracts contracts, Function<Catalogue, int[]> shortList) {
        Catalogue catalogue = catalogue(contracts);
        if (catalogue.size() > SMALL) {
            return new CardIndex(catalogue, shortList.apply(catalogue));
        }
        CardIndex known = get(indexes, contracts.digest());
        if (known == null) {
            known = CardIndex.all(catalogue);
            put(indexes, contracts.digest(), known);
        }
        return known;
    }

    /** Encodes what is not known yet, so that no request has to wait for it. */
    void prepare(Contracts contracts) {
        catalogue(contracts);
    }

    private Catalogue catalogue(Contracts contracts) {
        Catalogue known = get(catalogues, contracts.digest());
        if (known != null) {
            return known;
        }
        List<Contract> all = List.copyOf(contracts.all());
        List<CardVectors> cards = new ArrayList<>();
        for (Contract contract : all) {
            String digest = contracts.digestOf(contract.getId()).orElseThrow();
            CardVectors card = get(vectors, digest);
            if (card == null) {
                card = CardVectors.of(contract, encoder);
                put(vectors, digest, card);
            }
            cards.add(card);
        }
        Catalogue catalogue = new Catalogue(all, cards);
        put(catalogues, contracts.digest(), catalogue);
        return catalogue;
    }

    private static <T> @org.jspecify.annotations.Nullable T get(Map<String, T> map, String key) {
        synchronized (map) {
            return map.get(key);
        }
    }

    private static <T> void put(Map<String, T> map, String key, T value) {
        synchronized (map) {
            map.put(key, value);
        }
    }

    private static <T> Map<String, T> bounded(int max) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
                return size() > max;
            }
        };
    }
}
