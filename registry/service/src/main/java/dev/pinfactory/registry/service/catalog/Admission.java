package dev.pinfactory.registry.service.catalog;

import static dev.pinfactory.proto.error.ErrorCode.ALREADY_EXISTS;
import static dev.pinfactory.proto.error.ErrorCode.CARD_INVALID;

import dev.pinfactory.proto.card.CardValidator;
import dev.pinfactory.proto.card.Compatibility;
import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Decides whether a card may join the catalogue. A published number keeps its model and its interface for ever; only words and figures may change. */
final class Admission {
    private static final int MAX_CARDS = 256;
    private static final int MAX_CARD_BYTES = 256 * 1024;
    private static final Pattern NUMBER = Pattern.compile("[0-9A-Za-z][0-9A-Za-z.+_-]{0,63}");
    private static final Pattern MODEL_DIGEST = Pattern.compile("(sha256:[0-9a-f]{64})?");

    private final CardValidator validator = CardValidator.strict();

    /** Checks what the cards say by themselves. */
    void check(List<Card> cards) {
        List<FieldViolation> violations = new ArrayList<>();
        if (cards.isEmpty() || cards.size() > MAX_CARDS) {
            violations.add(new FieldViolation("cards", "are " + cards.size() + ", expected 1 to " + MAX_CARDS));
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < Math.min(cards.size(), MAX_CARDS); i++) {
            String at = "cards[" + i + "].";
            Card card = cards.get(i);
            violations.addAll(violations(card, at));
            if (!seen.add(card.getContract().getId() + '\n' + card.getVersion().getNumber())) {
                violations.add(new FieldViolation(at + "version.number", "is there twice for this id"));
            }
        }
        refuse(violations);
    }

    /** Checks what one card says by itself; fields are named from the card on. */
    void check(Card card) {
        refuse(violations(card, ""));
    }

    private static void refuse(List<FieldViolation> violations) {
        if (!violations.isEmpty()) {
            throw new PinfactoryException(CARD_INVALID, "the cards break " + violations.size() + " rules", violations);
        }
    }

    private List<FieldViolation> violations(Card card, String at) {
        Version version = card.getVersion();
        if (card.getSerializedSize() > MAX_CARD_BYTES) {
            return List.of(new FieldViolation(
                    at + "contract",
                    "has " + card.getSerializedSize() + " bytes with its version, at most " + MAX_CARD_BYTES));
        }
        List<FieldViolation> violations = new ArrayList<>();
        validator
                .validate(card)
                .forEach(violation ->
                        violations.add(new FieldViolation(at + violation.field(), violation.description())));
        if (!NUMBER.matcher(version.getNumber()).matches()) {
            violations.add(new FieldViolation(
                    at + "version.number", "'" + version.getNumber() + "' is no version, expected such as 1.4.0"));
        }
        if (!MODEL_DIGEST.matcher(version.getModelDigest()).matches()) {
            violations.add(
                    new FieldViolation(at + "version.model_digest", "expected sha256: and 64 hex digits, or nothing"));
        }
        return violations;
    }

    /** The specialist with this card's version in it, a CANDIDATE if it is new. */
    Specialist admit(Specialist specialist, Card card, String at, Instant now) {
        Contract contract = card.getContract();
        Version version = card.getVersion();
        String digest = Digests.of(contract);
        return specialist
                .find(version.getNumber())
                .map(published -> specialist.with(republish(specialist, published, card, digest, at)))
                .orElseGet(() -> {
                    specialist.promised().ifPresent(promised -> checkKept(promised, contract, at));
                    return specialist.with(new PublishedVersion(
                            version, contract, digest, Version.State.CANDIDATE, 0, false, now, now));
                });
    }

    private static PublishedVersion republish(
            Specialist specialist, PublishedVersion published, Card card, String digest, String at) {
        String name = "version " + published.number() + " of '" + specialist.id() + "'";
        String modelBefore = published.version().getModelDigest();
        String modelNow = card.getVersion().getModelDigest();
        if (!modelBefore.equals(modelNow)) {
            throw new PinfactoryException(
                    ALREADY_EXISTS,
                    name + " is published with another model; give the new model a new version number",
                    List.of(new FieldViolation(
                            at + "version.model_digest", "was '" + modelBefore + "', is '" + modelNow + "'")));
        }
        if (!Compatibility.sameInterface(published.contract(), card.getContract())) {
            List<FieldViolation> differences =
                    new ArrayList<>(Compatibility.broken(published.contract(), card.getContract()));
            differences.addAll(Compatibility.broken(card.getContract(), published.contract()));
            throw new PinfactoryException(
                    ALREADY_EXISTS,
                    name + " is published with another interface; give the new one a new version number",
                    differences);
        }
        return published.presentedBy(card.getVersion(), card.getContract(), digest);
    }

    private static void checkKept(Contract promised, Contract contract, String at) {
        List<FieldViolation> broken = Compatibility.broken(promised, contract).stream()
                .map(violation -> new FieldViolation(at + violation.field(), violation.description()))
                .toList();
        if (!broken.isEmpty()) {
            throw new PinfactoryException(
                    ALREADY_EXISTS,
                    "'" + contract.getId() + "' is in service with a contract that this one does not keep;"
                            + " give the new contract a new id",
                    broken);
        }
    }
}
