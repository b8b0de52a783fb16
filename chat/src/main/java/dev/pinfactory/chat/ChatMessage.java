package dev.pinfactory.chat;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** One message of the conversation. */
public record ChatMessage(Role role, String content) {
    /** Length of all contents in UTF-8. */
    public static long bytes(List<ChatMessage> messages) {
        return messages.stream()
                .mapToLong(message -> message.content().getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }

    /** Who speaks. */
    public enum Role {
        SYSTEM("system"),
        USER("user"),
        ASSISTANT("assistant");

        private final String wire;

        Role(String wire) {
            this.wire = wire;
        }

        public String wire() {
            return wire;
        }
    }
}
