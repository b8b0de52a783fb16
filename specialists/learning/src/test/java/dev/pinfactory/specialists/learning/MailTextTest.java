package dev.pinfactory.specialists.learning;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailTextTest {
    private static final String HEAD = "From: Anna <anna@example.com>\nTo: office@example.com\nSubject: Dinner\n\n";

    @Test
    void theBodyIsWhatStandsBelowTheHead() {
        assertThat(MailText.body(HEAD + "Hello,\n\nFrom: here on it was cold."))
                .isEqualTo("Hello,\n\nFrom: here on it was cold.");
        assertThat(MailText.body(HEAD.replace("\n", "\r\n") + "Hello")).isEqualTo("Hello");
    }

    @Test
    void theSubjectIsKeptWhereItIsAskedFor() {
        assertThat(MailText.subjectAndBody(HEAD + "Hello")).isEqualTo("Dinner\n\nHello");
        assertThat(MailText.subjectAndBody("From: Anna\n\nSubject: none")).isEqualTo("Subject: none");
        assertThat(MailText.subjectAndBody("no mail")).isEqualTo("no mail");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "From: the first day on it rained. We left.",
                "Subject: the heating.\nIt was broken.\n\nNever again.",
                "Note: this is no head.\n\nIt was cold.",
                HEAD,
                ""
            })
    void aTextWithoutAHeadOrWithoutALetterStaysAsItIs(String text) {
        assertThat(MailText.body(text)).isEqualTo(text);
    }
}
