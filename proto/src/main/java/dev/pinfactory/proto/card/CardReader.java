package dev.pinfactory.proto.card;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.Card;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one reader of cards: a single card, a list of cards, or a tool list in the benchmark format; YAML or JSON (which YAML includes).
 * Untrusted input: bounded, and refused with CARD_INVALID and all that is wrong with it.
 */
public final class CardReader {
    private static final int MAX_CARDS = 10_000;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private CardReader() {}

    /** The cards in a text of any of the formats, checked. */
    public static List<Card> read(String text) {
        Object root = SafeYaml.read(text, Card.getDescriptor());
        if (ToolList.isToolList(root)) {
            return checked(ToolList.cards((List<?>) root), CardValidator.relaxed());
        }
        List<?> entries = root instanceof List<?> list ? list : List.of(root);
        if (entries.isEmpty() || entries.size() > MAX_CARDS) {
            throw invalid("", entries.size() + " cards; 1 to " + MAX_CARDS + " are expected");
        }
        List<Card> cards = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            cards.add(card(entries.get(i), root instanceof List<?> ? "cards[" + i + "]" : ""));
        }
        return checked(cards, CardValidator.strict());
    }

    public static List<Card> read(Path file) {
        try {
            if (Files.size(file) > SafeYaml.MAX_BYTES) {
                throw invalid("", "the file has " + Files.size(file) + " bytes; at most " + SafeYaml.MAX_BYTES);
            }
            return read(Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A text that holds exactly one card. */
    public static Card readOne(String text) {
        List<Card> cards = read(text);
        if (cards.size() != 1) {
            throw invalid("", cards.size() + " cards; exactly one is expected");
        }
        return cards.getFirst();
    }

    private static Card card(Object entry, String at) {
        if (!(entry instanceof Map<?, ?>)) {
            throw invalid(at, "a card is a mapping with 'contract' and 'version'");
        }
        List<FieldViolation> unknown = UnknownFields.in(entry, Card.getDescriptor(), at);
        if (!unknown.isEmpty()) {
            throw invalid(unknown);
        }
        try {
            Card.Builder card = Card.newBuilder();
            JsonFormat.parser().merge(JSON.writeValueAsString(entry), card);
            return card.build();
        } catch (InvalidProtocolBufferException e) {
            throw invalid(at, String.valueOf(e.getMessage()));
        }
    }

    private static List<Card> checked(List<Card> cards, CardValidator validator) {
        List<FieldViolation> violations = validator.validateAll(cards);
        if (!violations.isEmpty()) {
            throw invalid(violations);
        }
        return List.copyOf(cards);
    }

    static PinfactoryException invalid(String field, String message) {
        return invalid(List.of(new FieldViolation(field, message)));
    }

    static PinfactoryException invalid(List<FieldViolation> violations) {
        return PinfactoryException.of(ErrorCode.CARD_INVALID, violations);
    }
}
