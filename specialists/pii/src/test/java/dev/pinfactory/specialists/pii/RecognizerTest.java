package dev.pinfactory.specialists.pii;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecognizerTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    write to jane.doe+x@mail.example.co.uk.    | EMAIL_ADDRESS | jane.doe+x@mail.example.co.uk
                    see https://example.org/a?b=c, please      | DOMAIN_NAME   | https://example.org/a?b=c
                    from 192.168.0.255 today                   | IP_ADDRESS    | 192.168.0.255
                    host 2001:db8::ff00:42 is up               | IP_ADDRESS    | 2001:db8::ff00:42
                    IBAN DE89 3704 0044 0532 0130 00           | IBAN_CODE     | DE89 3704 0044 0532 0130 00
                    card 4539 1488 0343 6467 declined          | CREDIT_CARD   | 4539 1488 0343 6467
                    ssn 536-22-8145                            | US_SSN        | 536-22-8145
                    """)
    void certainFormsAreFoundWhole(String text, String type, String found) {
        assertThat(certain(text)).containsExactly(type + " " + found);
    }

    @ParameterizedTest
    @CsvSource({
        "IBAN DE88 3704 0044 0532 0130 00", // check digits
        "card 4539 1488 0343 6468", // check digit
        "host 192.168.0.256", // no byte
        "ssn 000-22-8145", // never issued
        "version 1.2.3",
        "at 12:30:45"
    })
    void whatOnlyLooksLikeItIsLeftToTheModel(String text) {
        assertThat(certain(text)).isEmpty();
    }

    @Test
    void timeGrowsWithTheTextOnly() {
        String text = "1-".repeat(50_000) + "a@".repeat(20_000) + "1:".repeat(20_000) + "aaaa.".repeat(20_000);
        long start = System.nanoTime();

        Recognizer.find(text);

        assertThat((System.nanoTime() - start) / 1_000_000_000).isLessThan(20);
    }

    private static List<String> certain(String text) {
        return Recognizer.find(text).stream()
                .filter(hit -> hit.by().certain())
                .map(hit -> hit.by().type() + " " + text.substring(hit.start(), hit.end()))
                .toList();
    }
}
