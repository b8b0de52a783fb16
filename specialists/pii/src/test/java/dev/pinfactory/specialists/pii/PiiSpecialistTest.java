package dev.pinfactory.specialists.pii;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Value;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.OffsetRun;
import dev.pinfactory.proto.v1.Segment;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult.Answered;
import dev.pinfactory.specialists.sdk.ModelSource;
import dev.pinfactory.specialists.sdk.SpecialistLoader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PiiSpecialistTest {
    private static final String COMPLAINT = """
            Dear Sir or Madam, 😀
            my name is Hannah Fletcher and I live at 14 Mill Lane, Bristol. I ordered a kettle and it never arrived.
            Please refund card 4539 1488 0343 6467 or call +44 7911 123456; my e-mail is hannah.fletcher@example.org.
            """;

    @Test
    void eachEntityQuotesItsPlaceInTheText() throws IOException {
        for (LabelledText text : PiiData.labelled(Path.of("data", "handwritten-development.jsonl"))) {
            for (Value entity : entities("😀 " + text.text())) {
                var fields = entity.getStructValue().getFieldsMap();
                int start = (int) Objects.requireNonNull(fields.get("start")).getNumberValue();
                int end = (int) Objects.requireNonNull(fields.get("end")).getNumberValue();
                assertThat(slice("😀 " + text.text(), start, end))
                        .isEqualTo(Objects.requireNonNull(fields.get("text")).getStringValue());
            }
        }
    }

    @Test
    void findsWhatAComplaintTellsOfItsWriter() throws IOException {
        assertThat(entities(COMPLAINT))
                .extracting(entity -> Objects.requireNonNull(
                                entity.getStructValue().getFieldsMap().get("type"))
                        .getStringValue())
                .contains("PERSON", "CREDIT_CARD", "PHONE_NUMBER", "EMAIL_ADDRESS");
    }

    @Test
    void redactedTextHoldsNothingOfTheCertainData() throws IOException {
        String redacted = redact(text(COMPLAINT)).getText();

        assertThat(redacted)
                .doesNotContain("4539", "hannah.fletcher@", "Fletcher")
                .contains("[CREDIT_CARD]", "[EMAIL_ADDRESS]");
    }

    @Test
    void offsetsOfTheRedactedTextMapBackToTheSource() throws IOException {
        for (LabelledText labelled : PiiData.labelled(Path.of("data", "handwritten-development.jsonl"))) {
            String source = "😀 " + labelled.text();
            Artifact redacted = redact(text(source));
            int at = 0;
            int sourceAt = 0;
            for (OffsetRun run : redacted.getOffsetMapList()) {
                assertThat(run.getStart()).isEqualTo(at);
                assertThat(run.getSourceStart()).isEqualTo(sourceAt);
                String piece = slice(redacted.getText(), run.getStart(), run.getEnd());
                String original = slice(source, run.getSourceStart(), run.getSourceEnd());
                assertThat(piece.equals(original) || piece.matches("\\[[A-Z_]+]"))
                        .isTrue();
                at = run.getEnd();
                sourceAt = run.getSourceEnd();
            }
            assertThat(at)
                    .isEqualTo(redacted.getText()
                            .codePointCount(0, redacted.getText().length()));
            assertThat(sourceAt).isEqualTo(source.codePointCount(0, source.length()));
        }
    }

    @Test
    void segmentsStayInOrderAndWithinTheText() throws IOException {
        Artifact.Builder source = text(COMPLAINT).toBuilder();
        int length = COMPLAINT.codePointCount(0, COMPLAINT.length());
        for (int start = 0; start < length; start += 7) {
            source.addSegments(Segment.newBuilder()
                    .setStart(start)
                    .setEnd(Math.min(length, start + 7))
                    .setPage(1));
        }
        Artifact redacted = redact(source.build());

        int behind = 0;
        for (Segment segment : redacted.getSegmentsList()) {
            assertThat(segment.getStart()).isGreaterThanOrEqualTo(behind);
            assertThat(segment.getEnd()).isGreaterThanOrEqualTo(segment.getStart());
            behind = segment.getEnd();
        }
        assertThat(behind)
                .isEqualTo(
                        redacted.getText().codePointCount(0, redacted.getText().length()));
        assertThat(redacted.getSegmentsCount()).isEqualTo(source.getSegmentsCount());
    }

    @Test
    void textsWithoutPersonalDataStayAsTheyAre() throws IOException {
        for (String text : List.of("", " \n", "The pump ran at 4 bar for 30 minutes and did not leak.")) {
            assertThat(redact(text(text)).getText()).isEqualTo(text);
        }
    }

    private static List<Value> entities(String text) throws IOException {
        return answer(new PiiSpecialist(), text(text)).getJson().getListValue().getValuesList();
    }

    private static Artifact redact(Artifact text) throws IOException {
        return answer(new PiiRedactSpecialist(), text);
    }

    private static Artifact answer(SpecialistLoader specialist, Artifact text) throws IOException {
        try (InputStream stream = Objects.requireNonNull(PiiSpecialist.class.getResourceAsStream("model.bin"))) {
            var result = specialist
                    .load(ModelSource.of(stream))
                    .infer(List.of(Inference.of(text)))
                    .getFirst();
            return ((Answered) result).outputs().getFirst();
        }
    }

    private static Artifact text(String text) {
        return Artifact.newBuilder()
                .setName("text")
                .setType("text")
                .setText(text)
                .build();
    }

    private static String slice(String text, int start, int end) {
        return text.substring(text.offsetByCodePoints(0, start), text.offsetByCodePoints(0, end));
    }
}
