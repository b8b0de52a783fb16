package dev.pinfactory.specialists.receiptfields;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.LeafNote;
import dev.pinfactory.proto.v1.Segment;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.InferenceResult.Abstained;
import dev.pinfactory.specialists.sdk.InferenceResult.Answered;
import dev.pinfactory.specialists.sdk.InferenceResult.Failed;
import dev.pinfactory.specialists.sdk.ModelSource;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceiptFieldsSpecialistTest {
    private static SpecialistModel specialist;

    @BeforeAll
    static void load() throws IOException {
        try (InputStream stream =
                Objects.requireNonNull(ReceiptFieldsSpecialist.class.getResourceAsStream("model.bin"))) {
            specialist = new ReceiptFieldsSpecialist().load(ModelSource.of(stream));
        }
    }

    @Test
    void theSourceAtEachFieldsPlaceNormalisesToItsValue() {
        int fields = 0;
        for (LabelledReceipt receipt : ReceiptData.read(Path.of("data", "dev.jsonl.gz"))) {
            for (Artifact text : List.of(receipt.text(), ReceiptTraining.asPlainText(receipt.text()))) {
                Artifact read = ((Answered) infer(text)).outputs().getFirst();
                for (LeafNote note : read.getLeavesList()) {
                    String key = note.getPointer().substring(1);
                    List<String> quotes = note.getEvidenceList().stream()
                            .map(evidence -> slice(
                                    text.getText(),
                                    evidence.getSpan().getStart(),
                                    evidence.getSpan().getEnd()))
                            .toList();
                    assertThat(Field.valueOf(key.toUpperCase(Locale.ROOT)).normalise(quotes))
                            .contains(value(read, key));
                    fields++;
                }
            }
        }
        assertThat(fields).isGreaterThan(350);
    }

    @Test
    void readsAnInvoiceThatSomebodyPasted() {
        Artifact read = ((Answered) infer(plain("""
                        NORTHWIND STATIONERY LTD
                        12 Mill Road, Cambridge CB1 2AD
                        Tel: 01223 555012

                        INVOICE 4471
                        Date: 14/03/2024

                        2 x Copy paper A4        9.80
                        1 x Stapler             12.50

                        TOTAL                   22.30
                        CASH                    25.00
                        CHANGE                   2.70
                        """))).outputs().getFirst();

        assertThat(value(read, "date")).isEqualTo("2024-03-14");
        assertThat(value(read, "total")).isEqualTo("22.30");
    }

    @Test
    void theTotalOfAHotelBillIsNotItsBreakfast() {
        Artifact read = ((Answered) infer(plain("""
                        HARBOUR LIGHTS HOTEL LTD
                        14 QUAY STREET, WHITBY YO21 3PU
                        DATE 12/05/2024
                        ROOM 204, 2 NIGHTS 190.00
                        BREAKFAST 24.00
                        TOTAL GBP 214.00
                        """))).outputs().getFirst();

        assertThat(value(read, "company")).isEqualTo("HARBOUR LIGHTS HOTEL LTD");
        assertThat(value(read, "total")).isEqualTo("214.00");
    }

    @Test
    void madeUpBillsHoldWhatTheySay() {
        assertThat(MadeUpBills.make(300, 42)).allSatisfy(bill -> {
            String text = bill.text().getText().replace('\n', ' ').toUpperCase(Locale.ROOT);
            for (Field field : List.of(Field.COMPANY, Field.DATE, Field.ADDRESS)) {
                assertThat(text).contains(bill.raw(field).toUpperCase(Locale.ROOT));
            }
            assertThat(Normaliser.date(bill.raw(Field.DATE))).isPresent();
            assertThat(CandidateFinder.of(Field.TOTAL).find(Receipt.of(bill.text())))
                    .extracting(Candidate::value)
                    .contains(bill.raw(Field.TOTAL));
        });
        assertThat(MadeUpBills.make(20, 42)).isEqualTo(MadeUpBills.make(20, 42)).isNotEqualTo(MadeUpBills.make(20, 43));
    }

    @Test
    void abstainsWhereNothingIsToBeRead() {
        assertThat(infer(plain(" \n "))).isInstanceOf(Abstained.class);
    }

    @Test
    void refusesSegmentsBeyondTheText() {
        Artifact broken = plain("TOTAL 1.00").toBuilder()
                .addSegments(Segment.newBuilder()
                        .setStart(0)
                        .setEnd(900)
                        .setPage(1)
                        .setBox(dev.pinfactory.proto.v1.Box.newBuilder().setRight(1)))
                .build();

        assertThat(infer(broken)).isInstanceOf(Failed.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DATE  | 14/03/2024     | 2024-03-14",
                "DATE  | 12-28-17       | 2017-12-28",
                "DATE  | 5 MAR 18       | 2018-03-05",
                "DATE  | March 5, 2018  | 2018-03-05",
                "DATE  | 2018-3-5       | 2018-03-05",
                "TOTAL | RM 1,007.50    | 1007.50",
                "TOTAL | 1.234,56       | 1234.56",
                "TOTAL | $ 0.90         | 0.90",
                "TOTAL | 12. 50         | 12.50"
            })
    void writesDatesAndAmountsInOneForm(Field field, String source, String value) {
        assertThat(field.normalise(List.of(source))).contains(value);
    }

    @ParameterizedTest
    @CsvSource({"DATE,31/02/2024", "DATE,99/99/2024", "TOTAL,6.00%", "TOTAL,12:30", "TOTAL,abc"})
    void refusesWhatIsNone(Field field, String source) {
        assertThat(field.normalise(List.of(source))).isEmpty();
    }

    private static InferenceResult infer(Artifact text) {
        return specialist.infer(List.of(Inference.of(text))).getFirst();
    }

    private static Artifact plain(String text) {
        return Artifact.newBuilder()
                .setName("text")
                .setType("text")
                .setText(text)
                .build();
    }

    private static String value(Artifact fields, String key) {
        return fields.getJson().getStructValue().getFieldsOrThrow(key).getStringValue();
    }

    private static String slice(String text, int start, int end) {
        return text.substring(text.offsetByCodePoints(0, start), text.offsetByCodePoints(0, end));
    }
}
