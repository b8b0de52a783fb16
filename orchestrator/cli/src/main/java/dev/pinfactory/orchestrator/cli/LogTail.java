package dev.pinfactory.orchestrator.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why a process ended, read from its log: a port that somebody took, else its last warnings and errors in words. */
final class LogTail {
    private static final int MOST_LINES = 5;
    private static final Pattern TAKEN =
            Pattern.compile("Failed to bind to address \\S*:(\\d+)|[Pp]ort (\\d+) was already in use");
    private static final Pattern CAUSE = Pattern.compile("(?m)^Caused by: (.*)$");

    private final List<String> lines;

    private LogTail(List<String> lines) {
        this.lines = lines;
    }

    static LogTail of(Path log) {
        try {
            return new LogTail(Files.readAllLines(log));
        } catch (IOException e) {
            return new LogTail(List.of("(the log can't be read)"));
        }
    }

    /** The port that was taken when the process wanted it, if it ended for that. */
    Optional<Integer> takenPort() {
        for (String line : lines.reversed()) {
            Matcher taken = TAKEN.matcher(line);
            if (taken.find()) {
                return Optional.of(Integer.valueOf(taken.group(1) != null ? taken.group(1) : taken.group(2)));
            }
        }
        return Optional.empty();
    }

    /** For a person: of a structured log the warnings and errors alone, each with what caused it. */
    String inWords() {
        List<String> said = new ArrayList<>();
        for (String line : lines) {
            said.addAll(words(line));
        }
        return String.join("\n", said.subList(Math.max(0, said.size() - MOST_LINES), said.size()));
    }

    private static List<String> words(String line) {
        Struct.Builder entry = Struct.newBuilder();
        try {
            JsonFormat.parser().merge(line, entry);
        } catch (InvalidProtocolBufferException e) {
            return line.isBlank() ? List.of() : List.of(line);
        }
        String level = text(entry, "level");
        if (!level.equals("WARN") && !level.equals("ERROR")) {
            return List.of();
        }
        String cause = "";
        Matcher causes = CAUSE.matcher(text(entry, "stack_trace"));
        while (causes.find()) {
            cause = " (" + causes.group(1) + ")";
        }
        return List.of("  " + level + " " + text(entry, "message").strip() + cause);
    }

    private static String text(Struct.Builder entry, String field) {
        return entry.getFieldsOrDefault(field, Value.getDefaultInstance()).getStringValue();
    }
}
