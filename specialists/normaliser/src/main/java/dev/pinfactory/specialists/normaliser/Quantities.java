package dev.pinfactory.specialists.normaliser;

import dev.pinfactory.specialists.normaliser.FoundValue.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;

/** Numbers with a currency, a unit or a percent sign beside them. A number without is nothing that could be normalised. */
final class Quantities {
    /** ISO codes that are also words which people write in capitals. */
    private static final Set<String> WORDS = Set.of("ALL", "TOP", "TRY", "CUP", "PEN", "MOP", "LAK");

    /** Units whose names other languages use for something else. */
    private static final Set<String> FRENCH_ONLY = Set.of("an", "Go", "To", "Mo", "Ko", "ko", "degrés");

    private static final Names CURRENCIES = currencies();
    private static final Names UNITS = Names.read("units.tsv");
    private static final Names SCALES = Names.read("scales.tsv");
    private static final Names PERCENT = Names.read("percent.tsv");
    private static final String DASHES = "-–—";
    private static final String MINUS = "-−–";
    private static final double SURE = 0.97;
    private static final double LIKELY = 0.85;

    private Quantities() {}

    static List<FoundValue> find(String text, Writing writing) {
        List<FoundValue> found = new ArrayList<>();
        Matcher numbers = Numeral.PATTERN.matcher(text);
        while (numbers.find()) {
            List<String> readings = Numeral.readings(numbers.group(), writing.mark());
            if (!readings.isEmpty()) {
                read(text, numbers.start(), numbers.end(), readings, writing).ifPresent(found::add);
            }
        }
        return found;
    }

    private static Optional<FoundValue> read(String text, int start, int end, List<String> readings, Writing writing) {
        boolean signed = start > 0 && MINUS.indexOf(text.charAt(start - 1)) >= 0 && isFree(text, start - 2);
        boolean plus = start > 0 && text.charAt(start - 1) == '+' && isFree(text, start - 2);
        int left = signed || plus ? start - 1 : start;
        Optional<Names.Match> percent = PERCENT.after(text, end);
        if (percent.isPresent()) {
            List<String> values =
                    scaled(readings, signed, Integer.parseInt(percent.get().code()));
            return Optional.of(
                    new FoundValue(Type.PERCENTAGE, left, percent.get().end(), values, Optional.empty(), SURE));
        }
        Optional<FoundValue> amount = amount(text, left, end, signed, readings);
        return amount.isPresent() ? amount : measure(text, left, end, signed, readings, writing);
    }

    private static Optional<FoundValue> amount(String text, int start, int end, boolean signed, List<String> readings) {
        int right = roundedOff(text, end);
        Optional<Names.Match> scale = SCALES.after(text, right);
        int scaledEnd = scale.map(match -> afterOf(text, match.end())).orElse(right);
        Optional<Names.Match> after = CURRENCIES.after(text, scaledEnd);
        if (after.isEmpty() && scaledEnd > right) {
            scaledEnd = scale.orElseThrow().end();
        }
        Optional<Names.Match> before = after.isPresent() ? Optional.empty() : CURRENCIES.before(text, start);
        Names.Match currency = after.or(() -> before).orElse(null);
        if (currency == null
                || before.filter(match -> WORDS.contains(match.code())).isPresent()) {
            return Optional.empty();
        }
        int power = scale.map(match -> Integer.parseInt(match.code())).orElse(0);
        boolean negative = signed;
        int left = start;
        int to = after.map(Names.Match::end).orElse(scaledEnd);
        if (before.isPresent()) {
            left = currency.start();
            if (left > 0 && MINUS.indexOf(text.charAt(left - 1)) >= 0 && isFree(text, left - 2)) {
                left--;
                negative = true;
            }
            if (scale.isEmpty()
                    && to < text.length()
                    && isFree(text, to + 1)
                    && "kKmMbB".indexOf(text.charAt(to)) >= 0) {
                power = switch (text.charAt(to)) {
                    case 'k', 'K' -> 3;
                    case 'm', 'M' -> 6;
                    default -> 9;
                };
                to++;
            }
        }
        String code = currency.code();
        boolean hundredth = code.startsWith("%");
        boolean likely = code.startsWith("?");
        String iso = hundredth || likely ? code.substring(1) : code;
        List<String> values = scaled(readings, negative, hundredth ? -2 : power);
        return Optional.of(new FoundValue(
                Type.AMOUNT,
                left,
                to,
                values,
                Optional.of(iso).filter(known -> !known.isEmpty()),
                likely ? LIKELY : SURE));
    }

    private static Optional<FoundValue> measure(
            String text, int start, int end, boolean signed, List<String> readings, Writing writing) {
        Optional<Names.Match> scale = SCALES.after(text, end);
        int scaledEnd = scale.map(Names.Match::end).orElse(end);
        Names.Match unit =
                UNITS.after(text, scaledEnd).or(() -> hyphenated(text, end)).orElse(null);
        if (unit == null) {
            return pounds(text, start, end, signed, readings);
        }
        String name = text.substring(unit.start(), unit.end());
        if (FRENCH_ONLY.contains(name) && !writing.tongue().equals(Optional.of(Tongue.FRENCH))) {
            return Optional.empty();
        }
        int power = scale.map(match -> Integer.parseInt(match.code())).orElse(0);
        List<String> values = scaled(readings, signed, power);
        double confidence = name.length() == 1 ? LIKELY : SURE;
        return Optional.of(
                new FoundValue(Type.MEASURE, start, unit.end(), values, Optional.of(unit.code()), confidence));
    }

    /** {@code 5-year}, which a symbol is never written as: {@code 20-m} is not metres. */
    private static Optional<Names.Match> hyphenated(String text, int end) {
        if (end >= text.length() || text.charAt(end) != '-') {
            return Optional.empty();
        }
        return UNITS.after(text, end + 1).filter(match -> match.start() == end + 1 && match.end() - end > 3);
    }

    /** Money or weight: only the reader knows. */
    private static Optional<FoundValue> pounds(String text, int start, int end, boolean signed, List<String> readings) {
        if (readings.size() != 1 || !text.startsWith(" pounds", end) || !isFree(text, end + 7)) {
            return Optional.empty();
        }
        String value = scaled(readings, signed, 0).getFirst();
        return Optional.of(new FoundValue(
                Type.MEASURE, start, end + 7, List.of(value + " GBP", value + " [lb_av]"), Optional.empty(), SURE));
    }

    /** Behind the dash of a round sum: {@code 100,-}. */
    private static int roundedOff(String text, int end) {
        if (end + 1 >= text.length()
                || ",.".indexOf(text.charAt(end)) < 0
                || DASHES.indexOf(text.charAt(end + 1)) < 0) {
            return end;
        }
        return end + 2 < text.length() && DASHES.indexOf(text.charAt(end + 2)) >= 0 ? end + 3 : end + 2;
    }

    /** Behind the little word of {@code 4 millions d'euros}. */
    private static int afterOf(String text, int end) {
        for (String of : List.of(" de", " d'", " d’")) {
            if (text.startsWith(of, end)) {
                return end + of.length();
            }
        }
        return end;
    }

    private static boolean isFree(String text, int at) {
        return at < 0 || at >= text.length() || !Character.isLetterOrDigit(text.charAt(at));
    }

    private static List<String> scaled(List<String> readings, boolean negative, int power) {
        return readings.stream()
                .map(reading -> {
                    BigDecimal value = new BigDecimal(reading).scaleByPowerOfTen(power);
                    BigDecimal shown = power > 0 ? value.stripTrailingZeros() : value;
                    return (negative ? shown.negate() : shown).toPlainString();
                })
                .toList();
    }

    private static Names currencies() {
        Names names = Names.read("currencies.tsv");
        for (Currency currency : Currency.getAvailableCurrencies()) {
            if (currency.getDefaultFractionDigits() >= 0) {
                names.add(currency.getCurrencyCode(), currency.getCurrencyCode());
            }
        }
        return names;
    }
}
