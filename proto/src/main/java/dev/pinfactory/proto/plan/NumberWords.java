package dev.pinfactory.proto.plan;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Numbers as people write them: 1,000 and 2.5, and English words up to the thousands. */
final class NumberWords {
    private static final Pattern PLAIN = Pattern.compile("[-+]?[0-9]{1,18}(\\.[0-9]{1,18})?");
    private static final Pattern GROUPED = Pattern.compile("[-+]?[0-9]{1,3}(,[0-9]{3}){1,5}(\\.[0-9]{1,18})?");
    private static final Map<String, Integer> SMALL = small();

    private NumberWords() {}

    static Optional<Long> integer(String words) {
        return decimal(words)
                .filter(number -> number.stripTrailingZeros().scale() <= 0)
                .map(BigDecimal::longValueExact);
    }

    static Optional<BigDecimal> decimal(String words) {
        if (PLAIN.matcher(words).matches()) {
            return Optional.of(new BigDecimal(words));
        }
        if (GROUPED.matcher(words).matches()) {
            return Optional.of(new BigDecimal(words.replace(",", "")));
        }
        return spelled(words).map(BigDecimal::valueOf);
    }

    /** "two hundred and five", "twenty-one", "a dozen". */
    private static Optional<Long> spelled(String words) {
        String[] tokens = words.toLowerCase(Locale.ROOT).split("[\\s-]+");
        if (tokens.length == 0 || tokens.length > 12) {
            return Optional.empty();
        }
        long total = 0;
        long current = 0;
        boolean number = false;
        int below = Integer.MAX_VALUE;
        for (int i = 0; i < tokens.length; i++) {
            String token = tokens[i];
            Integer small = SMALL.get(token);
            if (token.equals("and") && number && i < tokens.length - 1) {
                continue;
            }
            if (token.equals("a") && i == 0 && tokens.length > 1) {
                current = 1;
                below = 0;
            } else if (small != null && small < below) {
                current += small;
                // After a ten comes a unit, after a unit nothing.
                below = small >= 20 ? 10 : 0;
            } else if (token.equals("hundred") && current >= 1 && current <= 9) {
                current *= 100;
                below = 100;
            } else if (token.equals("thousand") && current >= 1 && total == 0) {
                total = current * 1_000;
                current = 0;
                below = Integer.MAX_VALUE;
            } else if (token.equals("dozen") && current <= 9 && tokens.length <= 2) {
                current = Math.max(1, current) * 12;
                below = 0;
            } else {
                return Optional.empty();
            }
            number = true;
        }
        boolean articleAlone = tokens[0].equals("a") && total + current == 1;
        return number && !articleAlone ? Optional.of(total + current) : Optional.empty();
    }

    private static Map<String, Integer> small() {
        String[] units = {
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen"
        };
        String[] tens = {"twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"};
        Map<String, Integer> small = new HashMap<>();
        for (int i = 0; i < units.length; i++) {
            small.put(units[i], i);
        }
        for (int i = 0; i < tens.length; i++) {
            small.put(tens[i], 20 + 10 * i);
        }
        return Map.copyOf(small);
    }
}
