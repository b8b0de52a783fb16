package dev.pinfactory.router.llm.language;

import com.google.protobuf.Value;
import dev.pinfactory.proto.plan.Normalizers;
import dev.pinfactory.proto.type.CodePoints;
import dev.pinfactory.proto.v1.InstructionSpan.Normalizer;
import dev.pinfactory.proto.v1.Parameter;
import dev.pinfactory.proto.v1.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds what a model quotes in the instruction. What is not there, word for word or by a normalizer's reading, is the model's invention. One thread;
 * readings are counted, because each walks over the whole instruction.
 */
final class InstructionWords {
    private static final Pattern WORD = Pattern.compile("\\S+");
    private static final Pattern EDGES = Pattern.compile("^[\"'“”‘’(\\[{]+|[\"'“”‘’)\\]},;:!?.]+$");
    private static final int MAX_WINDOW = 6;
    private static final int MAX_READINGS = 48;
    private static final Set<Character.UnicodeScript> WITHOUT_SPACES = Set.of(
            Character.UnicodeScript.HAN,
            Character.UnicodeScript.HIRAGANA,
            Character.UnicodeScript.KATAKANA,
            Character.UnicodeScript.THAI,
            Character.UnicodeScript.LAO,
            Character.UnicodeScript.KHMER,
            Character.UnicodeScript.MYANMAR);

    private final String instruction;
    private final List<Place> words = new ArrayList<>();
    private int readings;

    /** A stretch of the instruction in UTF-16 units. */
    private record Place(int start, int end) {}

    InstructionWords(String instruction) {
        this.instruction = instruction;
        Matcher matcher = WORD.matcher(instruction);
        while (matcher.find()) {
            trimmed(matcher.start(), matcher.end()).ifPresent(words::add);
        }
    }

    private Optional<Place> trimmed(int start, int end) {
        String word = instruction.substring(start, end);
        Matcher edges = EDGES.matcher(word);
        int from = 0;
        int to = word.length();
        while (edges.find()) {
            if (edges.start() == 0) {
                from = edges.end();
            } else {
                to = edges.start();
            }
        }
        return from < to ? Optional.of(new Place(start + from, start + to)) : Optional.empty();
    }

    /** Where the quote stands word for word; of several places the first inside the preferred words. */
    Optional<Span> exact(String quote, Optional<Span> preferred) {
        List<Span> places = exact(quote);
        return places.stream()
                .filter(place -> preferred.isPresent()
                        && place.getStart() >= preferred.get().getStart()
                        && place.getEnd() <= preferred.get().getEnd())
                .findFirst()
                .or(() -> places.stream().findFirst());
    }

    private List<Span> exact(String quote) {
        List<Span> places = new ArrayList<>();
        if (quote.isBlank()) {
            return places;
        }
        for (int at = instruction.indexOf(quote); at >= 0; at = instruction.indexOf(quote, at + 1)) {
            if (!cuts(at) && !cuts(at + quote.length())) {
                places.add(span(at, at + quote.length()));
            }
        }
        return places;
    }

    /** Whether an edge here would cut a word or a number in two: "5" is not a quote of "15" or "1.5". */
    private boolean cuts(int edge) {
        if (edge == 0 || edge == instruction.length()) {
            return false;
        }
        int before = instruction.codePointBefore(edge);
        int after = instruction.codePointAt(edge);
        if (Character.isDigit(before) && isPoint(after)) {
            return edge + 1 < instruction.length() && Character.isDigit(instruction.codePointAt(edge + 1));
        }
        if (isPoint(before) && Character.isDigit(after)) {
            return edge >= 2 && Character.isDigit(instruction.codePointBefore(edge - 1));
        }
        if (Character.isDigit(before) && Character.isDigit(after)) {
            return true;
        }
        return Character.isLetter(before)
                && Character.isLetter(after)
                && !WITHOUT_SPACES.contains(Character.UnicodeScript.of(before));
    }

    private static boolean isPoint(int codePoint) {
        return codePoint == '.' || codePoint == ',';
    }

    /** The shortest words that are read as the literal: "3 May 2026" for "2026-05-03", "German" for "de". */
    Optional<Span> readAs(String literal, Normalizer normalizer, Parameter parameter) {
        if (normalizer == Normalizer.NORMALIZER_UNSPECIFIED || ++readings > MAX_READINGS) {
            return Optional.empty();
        }
        Set<Value> wanted = new HashSet<>();
        wanted.add(Value.newBuilder().setStringValue(literal).build());
        Normalizers.normalize(normalizer, parameter, literal).ifPresent(wanted::add);
        for (int length = 1; length <= MAX_WINDOW; length++) {
            for (int first = 0; first + length <= words.size(); first++) {
                int start = words.get(first).start();
                int end = words.get(first + length - 1).end();
                Optional<Value> read = Normalizers.normalize(normalizer, parameter, instruction.substring(start, end));
                if (read.filter(wanted::contains).isPresent()) {
                    return Optional.of(span(start, end));
                }
            }
        }
        return Optional.empty();
    }

    private Span span(int start, int end) {
        int from = CodePoints.length(instruction.substring(0, start));
        return Span.newBuilder()
                .setStart(from)
                .setEnd(from + CodePoints.length(instruction.substring(start, end)))
                .build();
    }

    String at(Span span) {
        return CodePoints.slice(instruction, span.getStart(), span.getEnd()).orElse("");
    }
}
