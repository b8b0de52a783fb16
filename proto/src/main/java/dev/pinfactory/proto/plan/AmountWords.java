package dev.pinfactory.proto.plan;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Amounts of money as people write them: €12.50, USD 1,200, 20 dollars. Without a currency it is a number and not an amount. */
final class AmountWords {
    record Money(BigDecimal value, String currency) {}

    private static final Map<String, String> SYMBOLS = Map.ofEntries(
            Map.entry("€", "EUR"),
            Map.entry("$", "USD"),
            Map.entry("us$", "USD"),
            Map.entry("£", "GBP"),
            Map.entry("¥", "JPY"),
            Map.entry("₹", "INR"),
            Map.entry("euro", "EUR"),
            Map.entry("euros", "EUR"),
            Map.entry("dollar", "USD"),
            Map.entry("dollars", "USD"),
            Map.entry("pound", "GBP"),
            Map.entry("pounds", "GBP"),
            Map.entry("yen", "JPY"),
            Map.entry("rupees", "INR"),
            Map.entry("francs", "CHF"));
    private static final Set<String> CODES = Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toSet());
    private static final Pattern NUMBER = Pattern.compile("[0-9][0-9.,]{0,30}");
    /** 1.234,50: dots group and the comma is the decimal one, as in most of Europe. */
    private static final Pattern COMMA_DECIMAL =
            Pattern.compile("[0-9]{1,3}(\\.[0-9]{3})*,[0-9]{2}|[0-9]{1,18},[0-9]{2}");

    private static final Pattern PLAIN = Pattern.compile("[0-9]{1,18}(\\.[0-9]{1,4})?");
    private static final Pattern GROUPED = Pattern.compile("[0-9]{1,3}(,[0-9]{3}){1,5}(\\.[0-9]{1,4})?");

    private AmountWords() {}

    static Optional<Money> amount(String words) {
        Matcher number = NUMBER.matcher(words);
        if (!number.find()) {
            return spelled(words);
        }
        String before = words.substring(0, number.start()).strip();
        String after = words.substring(number.end()).strip();
        boolean negative = before.startsWith("-");
        String mark = negative ? before.substring(1).strip() : before;
        if (mark.isEmpty() == after.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> currency = currency(mark.isEmpty() ? after : mark);
        Optional<BigDecimal> value = value(number.group());
        if (currency.isEmpty() || value.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Money(negative ? value.get().negate() : value.get(), currency.get()));
    }

    /** "twenty euros". */
    private static Optional<Money> spelled(String words) {
        int last = words.lastIndexOf(' ');
        if (last < 0) {
            return Optional.empty();
        }
        Optional<String> currency = currency(words.substring(last + 1));
        return NumberWords.decimal(words.substring(0, last))
                .flatMap(value -> currency.map(code -> new Money(value, code)));
    }

    private static Optional<String> currency(String mark) {
        String code = mark.toUpperCase(Locale.ROOT);
        return CODES.contains(code)
                ? Optional.of(code)
                : Optional.ofNullable(SYMBOLS.get(mark.toLowerCase(Locale.ROOT)));
    }

    private static Optional<BigDecimal> value(String number) {
        if (COMMA_DECIMAL.matcher(number).matches()) {
            return Optional.of(new BigDecimal(number.replace(".", "").replace(',', '.')));
        }
        if (PLAIN.matcher(number).matches() || GROUPED.matcher(number).matches()) {
            return Optional.of(new BigDecimal(number.replace(",", "")));
        }
        return Optional.empty();
    }
}
