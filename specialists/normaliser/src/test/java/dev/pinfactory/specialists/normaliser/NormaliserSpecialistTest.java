package dev.pinfactory.specialists.normaliser;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.InferenceResult.Abstained;
import dev.pinfactory.specialists.sdk.InferenceResult.Answered;
import dev.pinfactory.specialists.sdk.InferenceResult.Failed;
import dev.pinfactory.specialists.testkit.SpecialistBeanContract;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NormaliserSpecialistTest extends SpecialistBeanContract {
    @Override
    protected Object specialist() {
        return new NormaliserSpecialist();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    Die Summe ist 1.234,56 €           ; amount     ; 1234.56    ; EUR
                    The sum is $1,234.56               ; amount     ; 1234.56    ; USD
                    le total de 1 234,56 €             ; amount     ; 1234.56    ; EUR
                    They raised £2.5bn                 ; amount     ; 2500000000 ; GBP
                    vom 3. März 2025                   ; date       ; 2025-03-03 ; ''
                    Signed on March 3rd, 2025          ; date       ; 2025-03-03 ; ''
                    es wiegt das 1.250 kg                ; measure    ; 1250       ; kg
                    it weighs 1.250 kg of the total    ; measure    ; 1.250      ; kg
                    und das sind 7,5 Prozent           ; percentage ; 7.5        ; ''
                    the rate of 5 ‰                    ; percentage ; 0.5        ; ''
                    """)
    void writesInStandardForm(String text, String type, String value, String unit) {
        Struct found = values(((Answered) infer(text, "")).outputs().getFirst()).getFirst();
        assertThat(found.getFieldsOrThrow("type").getStringValue()).isEqualTo(type);
        assertThat(found.getFieldsOrThrow("value").getStringValue()).isEqualTo(value);
        String member = type.equals("amount") ? "currency" : "unit";
        assertThat(found.getFieldsOrDefault(member, Value.getDefaultInstance()).getStringValue())
                .isEqualTo(unit);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Version 2.4.10 of the server",
                "call 020 7946 0958",
                "the 31/02/2025 is no day",
                "see ISO 9001:2015, section 3.1",
                "you may 5 times",
                "flight 2025 at 10:30",
            })
    void whatIsNoneIsLeft(String text) {
        assertThat(values(((Answered) infer(text, "")).outputs().getFirst())).isEmpty();
    }

    @Test
    void aDateThatCanBeReadInTwoWaysHasBothReadingsAndNoValue() {
        Abstained abstained = (Abstained) infer("Met on 03/04/2025.", "");
        Artifact guess = abstained.bestGuess().getFirst();
        Struct date = values(guess).getFirst();
        assertThat(date.getFieldsOrThrow("value").hasNullValue()).isTrue();
        assertThat(date.getFieldsOrThrow("readings").getListValue().getValuesList())
                .extracting(Value::getStringValue)
                .containsExactly("2025-04-03", "2025-03-04");
        assertThat(guess.getLeaves(0).getConfidence()).isLessThan(0.5);
    }

    @Test
    void theCallerTheLanguageOrAnotherDateOfTheTextDecides() {
        assertThat(first("Met on 03/04/2025.", "MDY")).isEqualTo("2025-03-04");
        assertThat(first("Met on 03/04/2025.", "DMY")).isEqualTo("2025-04-03");
        assertThat(first("Réunion du 03/04/2025 à la mairie", "")).isEqualTo("2025-04-03");
        assertThat(first("From 03/04/2025 to 05/30/2025.", "")).isEqualTo("2025-03-04");
    }

    @Test
    void placesCountCodePoints() {
        Artifact answer = ((Answered) infer("😀😀 of 20 kg", "")).outputs().getFirst();
        assertThat(answer.getLeaves(0).getEvidence(0).getSpan().getStart()).isEqualTo(6);
        assertThat(answer.getLeaves(0).getEvidence(0).getSpan().getEnd()).isEqualTo(11);
    }

    @Test
    void anUnknownOrderIsTheCallersFault() {
        Failed failed = (Failed) infer("on 03/04/2025", "YDM");
        assertThat(failed.detail()).contains("'dateOrder'");
    }

    @Test
    void aTextMadeToBeSlowIsReadQuickly() {
        for (String piece : List.of("1 111 ", "1.11,", "3. ", "11/11/", "of de ", "€", "1'111'")) {
            String text = piece.repeat(190_000 / piece.length());
            Assertions.assertTimeout(Duration.ofSeconds(5), () -> infer(text, ""), piece);
        }
    }

    private static String first(String text, String order) {
        return values(((Answered) infer(text, order)).outputs().getFirst())
                .getFirst()
                .getFieldsOrThrow("value")
                .getStringValue();
    }

    private static InferenceResult infer(String text, String order) {
        Inference inference = Inference.ofText("text", text);
        Map<String, Value> parameters =
                Map.of("dateOrder", Value.newBuilder().setStringValue(order).build());
        return new NormaliserSpecialist()
                .infer(List.of(new Inference(inference.inputs(), parameters, () -> false)))
                .getFirst();
    }

    private static List<Struct> values(Artifact answer) {
        return answer.getJson().getListValue().getValuesList().stream()
                .map(Value::getStructValue)
                .toList();
    }
}
