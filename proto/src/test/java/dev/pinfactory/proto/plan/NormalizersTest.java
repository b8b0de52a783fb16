package dev.pinfactory.proto.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Value;
import dev.pinfactory.proto.v1.InstructionSpan.Normalizer;
import dev.pinfactory.proto.v1.Parameter;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NormalizersTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3|3",
                "-12|-12",
                "1,000|1000",
                "three|3",
                "Twenty-one|21",
                "two hundred and five|205",
                "a dozen|12",
                "two dozen|24",
                "a hundred|100",
                "twelve thousand three hundred|12300",
                "zero|0",
                "2.0|2"
            })
    void integersAreRead(String words, long expected) {
        assertThat(read(Parameter.Kind.INTEGER, words).map(Value::getNumberValue))
                .contains((double) expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2.5", "a", "and", "twenty twenty", "five three", "1,00", "ten percent", "3 lines", "", "hundred"
            })
    void otherWordsAreNotIntegers(String words) {
        assertThat(read(Parameter.Kind.INTEGER, words)).isEmpty();
    }

    @Test
    void integersThatADoubleCanNotHoldStayStrings() {
        assertThat(read(Parameter.Kind.INTEGER, "9007199254740993").map(Value::getStringValue))
                .contains("9007199254740993");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2024-03-05|2024-03-05",
                "5 March 2024|2024-03-05",
                "March 5th, 2024|2024-03-05",
                "the 3rd of February 2023|2023-02-03",
                "5.3.2024|2024-03-05",
                "25/12/2024|2024-12-25",
                "12/25/2024|2024-12-25",
                "Sept 1, 2024|2024-09-01",
                "05-Mar-2024|2024-03-05",
                "4/4/2024|2024-04-04"
            })
    void datesAreRead(String words, String expected) {
        assertThat(read(Parameter.Kind.DATE, words).map(Value::getStringValue)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"05/03/2024", "30 February 2024", "tomorrow", "March", "5 Mai 2024", "2024-13-01", "5 March 24"})
    void datesThatAreUnclearOrImpossibleAreNotRead(String words) {
        assertThat(read(Parameter.Kind.DATE, words)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "€12.50|12.50|EUR", "12,50 €|12.50|EUR", "USD 1,234.56|1234.56|USD", "1.234,56 EUR|1234.56|EUR",
                "20 dollars|20|USD", "twenty euros|20|EUR", "-£5|-5|GBP", "100 CHF|100|CHF"
            })
    void amountsAreRead(String words, String value, String currency) {
        var amount = read(Parameter.Kind.AMOUNT, words)
                .orElseThrow()
                .getStructValue()
                .getFieldsMap();
        assertThat(new BigDecimal(amount.get("value").getStringValue())).isEqualByComparingTo(value);
        assertThat(amount.get("currency").getStringValue()).isEqualTo(currency);
    }

    @ParameterizedTest
    @ValueSource(strings = {"12.50", "€", "12 apples", "EUR 5 USD", "1.2.3 EUR", "euros"})
    void withoutACurrencyOrANumberItIsNoAmount(String words) {
        assertThat(read(Parameter.Kind.AMOUNT, words)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "German,de",
        "german,de",
        "Deutsch,de",
        "FR,fr",
        "pt-br,pt-BR",
        "Brazilian Portuguese,pt-BR",
        "IT,it",
        "Traditional Chinese,zh-Hant",
        "Hebrew,he"
    })
    void languagesAreRead(String words, String expected) {
        assertThat(read(Parameter.Kind.LANGUAGE, words).map(Value::getStringValue))
                .contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"it", "to", "Klingonese", "the language", "12"})
    void wordsThatAreNoLanguageAreNotRead(String words) {
        assertThat(read(Parameter.Kind.LANGUAGE, words)).isEmpty();
    }

    @Test
    void anEnumHasTheOneAllowedValueThatTheWordsName() {
        assertThat(readEnum("SHORT")).contains("short");
        assertThat(readEnum("a very-long one")).contains("very long");
        assertThat(readEnum("short or long")).isEmpty();
        assertThat(readEnum("shorter")).isEmpty();
    }

    @Test
    void fileNamesAndUrlsAreNotPathsOrScripts() {
        assertThat(read(Parameter.Kind.FILE_NAME, "report.pdf")).isPresent();
        assertThat(read(Parameter.Kind.FILE_NAME, "../etc/passwd")).isEmpty();
        assertThat(read(Parameter.Kind.FILE_NAME, "..")).isEmpty();
        assertThat(read(Parameter.Kind.URL, "https://example.com/a?b=c")).isPresent();
        assertThat(read(Parameter.Kind.URL, "file:///etc/passwd")).isEmpty();
        assertThat(read(Parameter.Kind.URL, "javascript:alert(1)")).isEmpty();
    }

    @Test
    void everyDateIsReadBackFromEachOfItsForms() {
        Random random = seeded();
        List<DateTimeFormatter> forms = List.of(
                DateTimeFormatter.ISO_LOCAL_DATE,
                DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH),
                DateTimeFormatter.ofPattern("MMMM d, uuuu", Locale.ENGLISH),
                DateTimeFormatter.ofPattern("MMM d uuuu", Locale.ENGLISH),
                DateTimeFormatter.ofPattern("dd.MM.uuuu", Locale.ENGLISH));
        for (int i = 0; i < 2_000; i++) {
            LocalDate date = LocalDate.of(1900, 1, 1).plusDays(random.nextInt(73_000));
            for (DateTimeFormatter form : forms) {
                assertThat(read(Parameter.Kind.DATE, form.format(date)).map(Value::getStringValue))
                        .as(form.format(date))
                        .contains(date.toString());
            }
        }
    }

    @Test
    void everyNumberIsReadBackFromEachOfItsForms() {
        Random random = seeded();
        for (int i = 0; i < 2_000; i++) {
            int number = random.nextInt(-2_000_000, 2_000_000);
            for (String form : List.of(Integer.toString(number), String.format(Locale.ENGLISH, "%,d", number))) {
                assertThat(read(Parameter.Kind.INTEGER, form).map(Value::getNumberValue))
                        .as(form)
                        .contains((double) number);
            }
            BigDecimal cents = BigDecimal.valueOf(random.nextInt(1, 10_000_000), 2);
            for (String form : List.of(
                    cents + " EUR",
                    String.format(Locale.ENGLISH, "€%,.2f", cents),
                    String.format(Locale.GERMANY, "%,.2f EUR", cents))) {
                var amount = read(Parameter.Kind.AMOUNT, form).orElseThrow(() -> new AssertionError(form));
                assertThat(new BigDecimal(amount.getStructValue()
                                .getFieldsOrThrow("value")
                                .getStringValue()))
                        .isEqualByComparingTo(cents);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(value = Normalizer.class, mode = EnumSource.Mode.EXCLUDE, names = "UNRECOGNIZED")
    void randomWordsNeverThrow(Normalizer normalizer) {
        Random random = seeded();
        String alphabet = "0123456789.,-/ €$aemrtuyEURst\u0660\u00e9\ud83d\ude00";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder words = new StringBuilder();
            int length = random.nextInt(24);
            for (int c = 0; c < length; c++) {
                words.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            for (Parameter.Kind kind : Parameter.Kind.values()) {
                if (kind != Parameter.Kind.UNRECOGNIZED) {
                    Parameter parameter = Parameter.newBuilder()
                            .setKind(kind)
                            .addAllowedValues("a")
                            .build();
                    assertThat(Normalizers.normalize(normalizer, parameter, words.toString()))
                            .isNotNull();
                }
            }
        }
    }

    private static Random seeded() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed " + seed);
        return new Random(seed);
    }

    private static Optional<Value> read(Parameter.Kind kind, String words) {
        Parameter parameter = Parameter.newBuilder().setKind(kind).build();
        return Normalizers.normalize(Normalizers.forKind(kind), parameter, words);
    }

    private static Optional<String> readEnum(String words) {
        Parameter parameter = Parameter.newBuilder()
                .setKind(Parameter.Kind.ENUM)
                .addAllAllowedValues(List.of("short", "long", "very long"))
                .build();
        return Normalizers.normalize(Normalizer.ENUM, parameter, words).map(Value::getStringValue);
    }
}
