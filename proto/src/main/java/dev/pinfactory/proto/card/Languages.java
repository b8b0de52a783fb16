package dev.pinfactory.proto.card;

import dev.pinfactory.proto.v1.Contract;

/** The languages of the texts that a specialist understands. */
public final class Languages {
    private Languages() {}

    /** @param language BCP 47; "de-AT" is understood where "de" is */
    public static boolean understands(Contract contract, String language) {
        return contract.getLanguagesCount() == 0
                || contract.getLanguagesList().stream()
                        .anyMatch(known -> language.equals(known) || language.startsWith(known + "-"));
    }
}
