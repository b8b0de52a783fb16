package dev.pinfactory.faults.security.contract;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A request in bytes.
 *
 * @param operation that it asks for; empty where it may ask for none that there is
 * @param head whether the answer has no body whatever it says
 * @param hangUp whether the sending half is closed afterwards
 */
@SuppressWarnings("ArrayRecordComponent") // sent once
record RestRequest(Optional<RestContract.Operation> operation, boolean head, boolean hangUp, byte[] bytes) {
    private static final int SHOWN = 600;

    /** Its beginning, in letters. */
    @Override
    public String toString() {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return text.substring(0, Math.min(SHOWN, text.length()))
                .replaceAll("(?i)(authorization: bearer )\\S+", "$1…")
                .replace("\r", "")
                .replaceAll("[^\\n\\x20-\\x7e]", "?")
                .replace("\n", " | ");
    }
}
