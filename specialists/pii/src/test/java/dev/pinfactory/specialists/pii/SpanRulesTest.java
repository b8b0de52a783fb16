package dev.pinfactory.specialists.pii;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpanRulesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    PERSON         | Mr Haverkamp               | TITLE Mr, PERSON Haverkamp
                    PERSON         | Mrs. Philippa Thorne       | TITLE Mrs., PERSON Philippa Thorne
                    GPE            | CEO Harriet Blomqvist      | TITLE CEO, PERSON Harriet Blomqvist
                    PERSON         | Nurse Fiona                | PERSON Fiona
                    PERSON         | Dunne. Apologies           | PERSON Dunne
                    PERSON         | Frida Kahlo                | PERSON Frida Kahlo
                    GPE            | Falkner Optik GmbH         | ORGANIZATION Falkner Optik GmbH
                    STREET_ADDRESS | 14 Linden Grove, Sheffield | STREET_ADDRESS 14 Linden Grove, Sheffield
                    """)
    void whatIsSaidOfASpanIsMended(String type, String text, String expected) {
        assertThat(String.join(", ", applied(text, new PersonalDatum(type, 0, text.length(), 0.8))))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "PERSON, Dear Sir",
        "PERSON, Madam",
        "PHONE_NUMBER, 189.00 378.00",
        "PHONE_NUMBER, 4539",
        "IBAN_CODE, 1488 0343 6468",
        "IP_ADDRESS, .4.300",
        "US_SSN, 978-3-16-148410"
    })
    void whatCantBeOfItsTypeIsLeftOut(String type, String text) {
        assertThat(applied(text, new PersonalDatum(type, 0, text.length(), 0.8)))
                .isEmpty();
    }

    @Test
    void anAddressHasItsHouseNumberAndItsPostcode() {
        assertThat(applied("Home: 8 rue des Tanneurs", new PersonalDatum("STREET_ADDRESS", 8, 24, 0.8)))
                .containsExactly("STREET_ADDRESS 8 rue des Tanneurs");
        assertThat(applied("212 Wharf Road, Nottingham NG2 3AB; ask", new PersonalDatum("STREET_ADDRESS", 0, 29, 0.8)))
                .containsExactly("STREET_ADDRESS 212 Wharf Road, Nottingham NG2 3AB");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    a 46-year-old teacher            | AGE 46
                    Pt is 71 y/o                     | AGE 71
                    Zip: 73301                       | ZIP_CODE 73301
                    holder of passport 19CV44120, my | PASSPORT_NUMBER 19CV44120
                    the warranty is 3 years          | ''
                    zip file 73301                   | ''
                    """)
    void valuesAreKnownByTheWordsNextToThem(String text, String expected) {
        assertThat(String.join(
                        ", ",
                        LabelledValue.find(text, 0.9).stream()
                                .map(datum -> shown(text, datum))
                                .toList()))
                .isEqualTo(expected);
    }

    @Test
    void timeGrowsWithTheTextOnly() {
        String text = "passport no. 1 year ".repeat(20_000) + "7".repeat(100_000) + "driver license 1-".repeat(20_000);
        long start = System.nanoTime();

        LabelledValue.find(text, 0.9);
        SpanRules.apply(text, new PersonalDatum("PERSON", 0, text.length(), 0.8));
        SpanRules.apply(text, new PersonalDatum("STREET_ADDRESS", 0, text.length(), 0.8));

        assertThat((System.nanoTime() - start) / 1_000_000_000).isLessThan(20);
    }

    private static List<String> applied(String text, PersonalDatum datum) {
        return SpanRules.apply(text, datum).stream()
                .map(part -> shown(text, part))
                .toList();
    }

    private static String shown(String text, PersonalDatum datum) {
        return datum.type() + " " + text.substring(datum.start(), datum.end());
    }
}
