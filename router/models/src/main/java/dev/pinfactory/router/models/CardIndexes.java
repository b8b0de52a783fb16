package dev.pinfactory.router.models;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.v1.Contract;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Vectors of contracts by their digest, and catalogues by theirs; both bounded, oldest out first. A card is encoded once, however
 * often the catalogue around it changes. For a trial there are others on top of these: they read what is known here and keep what is new to themselves.
 */
final class CardIndexes {
    private static final int MAX_CARDS = 20_000;
    private static final int MAX_CATALOGUES = 32;

    /** From this size on a part of a known catalogue gets no index of its own: that takes seconds for ten thousand cards. */
    private static final int LARGE = 500;

    private final SentenceEncoder encoder;
    private final Optional<TokenReader> reader;
    private final Optional<CardIndexes> below;
    private final Map<String, CardVectors> vectors = bounded(known -> known.size() > MAX_CARDS);
    private final Map<String, Known> catalogues = bounded(CardIndexes::tooLarge);

    /**
     * A catalogue that is there.
     *
     * @param positions of its cards, by their digests
     */
    private record Known(Catalogue catalogue, Map<String, Integer> positions) {}

    CardIndexes(SentenceEncoder encoder) {
        this(encoder, Optional.empty());
    }

    CardIndexes(SentenceEncoder encoder, Optional<TokenReader> reader) {
        this(encoder, reader, Optional.empty());
    }

    private CardIndexes(SentenceEncoder encoder, Optional<TokenReader> reader, Optional<CardIndexes> below) {
        this.encoder = encoder;
        this.reader = reader;
        this.below = below;
    }

    /** The one that gives the cards their tuned vectors. */
    Optional<TokenReader> reader() {
        return reader;
    }

    /** Others that push nothing out of these, however many cards they see. */
    CardIndexes forTrial() {
        return new CardIndexes(encoder, reader, Optional.of(this));
    }

    /** Encodes what is not known yet, card by card, until the thread is interrupted. */
    void prepare(Contracts contracts) {
        for (Contract contract : contracts.all()) {
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            vectors(contract, contracts.digestOf(contract.getId()).orElseThrow());
        }
        of(contracts);
    }

    /** Encodes what is not known yet. */
    Catalogue of(Contracts contracts) {
        return knownCatalogue(contracts.digest()).orElseGet(() -> {
            List<Contract> all = List.copyOf(contracts.all());
            List<CardVectors> cards = new ArrayList<>();
            Map<String, Integer> positions = HashMap.newHashMap(all.size());
            for (Contract contract : all) {
                String digest = contracts.digestOf(contract.getId()).orElseThrow();
                positions.put(digest, cards.size());
                cards.add(vectors(contract, digest));
            }
            Catalogue catalogue = new Catalogue(all, cards);
            put(catalogues, contracts.digest(), new Known(catalogue, positions));
            return catalogue;
        });
    }

    /** Encodes what is not known yet; but a large part of a catalogue that is known is found in it. */
    Choice choice(Contracts contracts) {
        if (contracts.size() < LARGE || knownCatalogue(contracts.digest()).isPresent()) {
            return Choice.of(of(contracts));
        }
        return partOfKnown(contracts).orElseGet(() -> Choice.of(of(contracts)));
    }

    private Optional<Choice> partOfKnown(Contracts contracts) {
        List<Known> larger;
        synchronized (catalogues) {
            larger = List.copyOf(catalogues.values());
        }
        return larger.stream()
                .filter(known -> known.catalogue().size() > contracts.size())
                .flatMap(known -> part(known, contracts).stream())
                .findFirst()
                .or(() -> below.flatMap(one -> one.partOfKnown(contracts)));
    }

    /** Both are in the order of their ids. */
    private static Optional<Choice> part(Known known, Contracts contracts) {
        int[] cards = new int[contracts.size()];
        int count = 0;
        for (Contract contract : contracts.all()) {
            Integer position =
                    known.positions().get(contracts.digestOf(contract.getId()).orElseThrow());
            if (position == null) {
                return Optional.empty();
            }
            cards[count++] = position;
        }
        return Optional.of(new Choice(known.catalogue(), cards));
    }

    private Optional<Catalogue> knownCatalogue(String digest) {
        return Optional.ofNullable(get(catalogues, digest))
                .map(Known::catalogue)
                .or(() -> below.flatMap(one -> one.knownCatalogue(digest)));
    }

    /** Of one card, encoded where they are not known. */
    CardVectors vectors(Contract contract, String digest) {
        return knownVectors(digest).orElseGet(() -> {
            CardVectors card = CardVectors.of(contract, encoder, reader);
            put(vectors, digest, card);
            return card;
        });
    }

    private Optional<CardVectors> knownVectors(String digest) {
        return Optional.ofNullable(get(vectors, digest)).or(() -> below.flatMap(one -> one.knownVectors(digest)));
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
    private static boolean tooLarge(Map<String, Known> known) {
        int cards =
                known.values().stream().mapToInt(one -> one.catalogue().size()).sum();
        return known.size() > MAX_CATALOGUES || known.size() > 1 && cards > MAX_CARDS;
    }
}
