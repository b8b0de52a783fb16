package dev.pinfactory.router.models;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.v1.Contract;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Vectors of contracts by their digest, and catalogues by theirs; both bounded, oldest out first. A card is encoded once, however
 * often the catalogue around it changes.
 */
final class CardIndexes {
    private static final int MAX_CARDS = 20_000;
    private static final int MAX_CATALOGUES = 8;

    private final SentenceEncoder encoder;
    private final Map<String, CardVectors> vectors = bounded(known -> known.size() > MAX_CARDS);
    private final Map<String, Catalogue> catalogues = bounded(CardIndexes::tooLarge);

    CardIndexes(SentenceEncoder encoder) {
        this.encoder = encoder;
    }

    /** Encodes what is not known yet. */
    Catalogue of(Contracts contracts) {
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

    private static <T> Map<String, T> bounded(Predicate<Map<String, T>> tooLarge) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
                return tooLarge.test(this);
            }
        };
    }

    /** Small catalogues come in numbers, one for each set of constraints; a large one takes the room of many. */
    private static boolean tooLarge(Map<String, Catalogue> known) {
        int cards = known.values().stream().mapToInt(Catalogue::size).sum();
        return known.size() > MAX_CATALOGUES || known.size() > 1 && cards > MAX_CARDS;
    }
}
