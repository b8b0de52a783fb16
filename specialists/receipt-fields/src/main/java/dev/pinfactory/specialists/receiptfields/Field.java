package dev.pinfactory.specialists.receiptfields;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A field of a receipt: its name in the output, and how its source text becomes its value. */
public enum Field {
    COMPANY {
        @Override
        public Optional<String> normalise(List<String> source) {
            return Normaliser.words(source);
        }
    },
    DATE {
        @Override
        public Optional<String> normalise(List<String> source) {
            return source.size() == 1 ? Normaliser.date(source.getFirst()) : Optional.empty();
        }
    },
    ADDRESS {
        @Override
        public Optional<String> normalise(List<String> source) {
            return Normaliser.words(source);
        }
    },
    TOTAL {
        @Override
        public Optional<String> normalise(List<String> source) {
            return source.size() == 1 ? Normaliser.amount(source.getFirst()) : Optional.empty();
        }
    };

    /** The value of a field whose evidence consists of these pieces of the source; empty when they are no such value. */
    public abstract Optional<String> normalise(List<String> source);

    /** The key in the output. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
