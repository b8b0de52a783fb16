package dev.pinfactory.proto.plan;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.pinfactory.proto.type.CodePoints;
import dev.pinfactory.proto.v1.InstructionSpan;
import dev.pinfactory.proto.v1.InstructionSpan.Normalizer;
import dev.pinfactory.proto.v1.Parameter;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads words of an instruction as the value of a parameter. Pure, and the same when a plan is validated and when it runs; words that could mean
 * two things are not read at all.
 */
public final class Normalizers {
    private static final int MAX_WORDS = 2_000;
    private static final Set<String> TRUE = Set.of("true", "yes", "on", "enabled", "with");
    private static final Set<String> FALSE = Set.of("false", "no", "off", "disabled", "without");
    private static final Pattern FILE_NAME = Pattern.compile("[^/\\\\\\p{Cntrl}]{1,255}");

    private Normalizers() {}

    /** Whether a normalizer makes values of a kind. */
    public static boolean fits(Normalizer normalizer, Parameter.Kind kind) {
        return switch (kind) {
            case KIND_UNSPECIFIED, STRING, FILE_NAME, URL -> normalizer == Normalizer.NORMALIZER_UNSPECIFIED;
            case INTEGER -> normalizer == Normalizer.INTEGER;
            case NUMBER -> normalizer == Normalizer.NUMBER || normalizer == Normalizer.INTEGER;
            case BOOLEAN -> normalizer == Normalizer.BOOLEAN;
            case DATE -> normalizer == Normalizer.DATE;
            case AMOUNT -> normalizer == Normalizer.AMOUNT;
            case LANGUAGE -> normalizer == Normalizer.LANGUAGE;
            case ENUM -> normalizer == Normalizer.ENUM;
            case UNRECOGNIZED -> false;
        };
    }

    /** The normalizer that makes values of a kind. */
    public static Normalizer forKind(Parameter.Kind kind) {
        return switch (kind) {
            case KIND_UNSPECIFIED, STRING, FILE_NAME, URL, UNRECOGNIZED -> Normalizer.NORMALIZER_UNSPECIFIED;
            case INTEGER -> Normalizer.INTEGER;
            case NUMBER -> Normalizer.NUMBER;
            case BOOLEAN -> Normalizer.BOOLEAN;
            case DATE -> Normalizer.DATE;
            case AMOUNT -> Normalizer.AMOUNT;
            case LANGUAGE -> Normalizer.LANGUAGE;
            case ENUM -> Normalizer.ENUM;
        };
    }

    /** The value of a parameter that is bound to a span; empty where the span is not in the instruction or its words can't be read. */
    public static Optional<Value> normalize(String instruction, InstructionSpan span, Parameter parameter) {
        return CodePoints.slice(instruction, span.getStart(), span.getEnd())
                .flatMap(words -> normalize(span.getNormalizer(), parameter, words));
    }

    /** The value that words stand for; empty where they can't be read so, or where the normalizer does not make the parameter's kind. */
    public static Optional<Value> normalize(Normalizer normalizer, Parameter parameter, String words) {
        if (words.isBlank() || words.length() > MAX_WORDS || !fits(normalizer, parameter.getKind())) {
            return Optional.empty();
        }
        String trimmed = words.strip();
        return switch (normalizer) {
            case NORMALIZER_UNSPECIFIED -> asTheyStand(parameter.getKind(), words);
            case INTEGER -> NumberWords.integer(trimmed).map(Normalizers::integer);
            case NUMBER -> NumberWords.decimal(trimmed).map(number -> number(number.doubleValue()));
            case BOOLEAN -> bool(trimmed);
            case DATE -> DateWords.isoDate(trimmed).map(date -> string(date.toString()));
            case AMOUNT -> AmountWords.amount(trimmed).map(Normalizers::amount);
            case LANGUAGE -> LanguageNames.code(trimmed).map(Normalizers::string);
            case ENUM -> allowed(parameter.getAllowedValuesList(), trimmed).map(Normalizers::string);
            case UNRECOGNIZED -> Optional.empty();
        };
    }

    private static Optional<Value> asTheyStand(Parameter.Kind kind, String words) {
        boolean readable = switch (kind) {
            case FILE_NAME ->
                FILE_NAME.matcher(words).matches() && !words.strip().matches("\\.{1,2}");
            case URL -> isUrl(words.strip());
            default -> true;
        };
        return readable ? Optional.of(string(kind == Parameter.Kind.URL ? words.strip() : words)) : Optional.empty();
    }

    private static boolean isUrl(String text) {
        try {
            URI uri = new URI(text);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            return (scheme.equals("http") || scheme.equals("https")) && uri.getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static Optional<Value> bool(String words) {
        String word = words.toLowerCase(Locale.ROOT);
        if (!TRUE.contains(word) && !FALSE.contains(word)) {
            return Optional.empty();
        }
        return Optional.of(Value.newBuilder().setBoolValue(TRUE.contains(word)).build());
    }

    /** The one allowed value that the words are, or else the one that stands among them. */
    private static Optional<String> allowed(List<String> values, String words) {
        String plain = plain(words);
        List<String> equal =
                values.stream().filter(value -> plain(value).equals(plain)).toList();
        if (!equal.isEmpty()) {
            return equal.size() == 1 ? Optional.of(equal.getFirst()) : Optional.empty();
        }
        List<String> within =
                values.stream().filter(value -> holds(plain, plain(value))).toList();
        // "very long" also holds "long": the one that holds all others is meant.
        List<String> longest = within.stream()
                .filter(value -> within.stream().allMatch(other -> holds(plain(value), plain(other))))
                .toList();
        return longest.size() == 1 ? Optional.of(longest.getFirst()) : Optional.empty();
    }

    private static boolean holds(String words, String value) {
        return !value.isEmpty() && (" " + words + " ").contains(" " + value + " ");
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
    }

    private static Value integer(long integer) {
        // A Struct number is a double; beyond 2^53 an integer travels as a string.
        return Math.abs(integer) <= 1L << 53 ? number(integer) : string(Long.toString(integer));
    }

    private static Value amount(AmountWords.Money money) {
        Struct amount = Struct.newBuilder()
                .putFields("value", string(money.value().toPlainString()))
                .putFields("currency", string(money.currency()))
                .build();
        return Value.newBuilder().setStructValue(amount).build();
    }

    private static Value number(double number) {
        return Value.newBuilder().setNumberValue(number).build();
    }

    private static Value string(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }
}
