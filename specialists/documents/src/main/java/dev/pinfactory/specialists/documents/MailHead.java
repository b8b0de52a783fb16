package dev.pinfactory.specialists.documents;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.tika.metadata.Message;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.Property;
import org.apache.tika.metadata.TikaCoreProperties;

/** The head of a mail, as a reader sees it: who wrote to whom, when, and what about. */
final class MailHead {
    private MailHead() {}

    /** Lines such as {@code Subject: …}, with an empty one behind; empty when there is nothing to say. */
    static String of(Metadata metadata) {
        Map<String, Optional<String>> lines = new LinkedHashMap<>();
        lines.put("From", joined(metadata, Message.MESSAGE_FROM));
        lines.put("To", joined(metadata, Message.MESSAGE_TO));
        lines.put("Cc", joined(metadata, Message.MESSAGE_CC));
        lines.put("Date", Optional.ofNullable(metadata.get(TikaCoreProperties.CREATED)));
        lines.put(
                "Subject",
                Optional.ofNullable(metadata.get(TikaCoreProperties.SUBJECT))
                        .or(() -> Optional.ofNullable(metadata.get(TikaCoreProperties.TITLE))));
        StringBuilder head = new StringBuilder();
        lines.forEach((name, value) -> value.map(MailHead::inOneLine)
                .filter(words -> !words.isEmpty())
                .ifPresent(words -> head.append(name).append(": ").append(words).append('\n')));
        return head.isEmpty() ? "" : head.append('\n').toString();
    }

    private static Optional<String> joined(Metadata metadata, String name) {
        return Optional.of(String.join(", ", metadata.getValues(name)));
    }

    private static Optional<String> joined(Metadata metadata, Property name) {
        return Optional.of(String.join(", ", metadata.getValues(name)));
    }

    private static String inOneLine(String value) {
        return value.replaceAll("\\s+", " ").strip();
    }
}
