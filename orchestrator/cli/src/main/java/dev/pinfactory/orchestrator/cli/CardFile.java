package dev.pinfactory.orchestrator.cli;

import dev.pinfactory.proto.card.CardReader;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.Card;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** A file with one card, as {@code card.yaml} of a specialist. */
final class CardFile {
    private CardFile() {}

    static Card read(Path file) {
        try {
            return CardReader.readOne(TaskOptions.readText(file));
        } catch (PinfactoryException e) {
            String wrong = e.violations().stream()
                    .map(violation -> violation.field().isEmpty()
                            ? violation.description()
                            : violation.field() + ": " + violation.description())
                    .collect(Collectors.joining("\n  "));
            throw new UsageException("'" + file + "' is not a card:\n  " + (wrong.isEmpty() ? e.getMessage() : wrong));
        }
    }
}
