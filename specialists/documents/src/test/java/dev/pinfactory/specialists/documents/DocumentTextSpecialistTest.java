package dev.pinfactory.specialists.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.LeafNote;
import dev.pinfactory.proto.v1.Segment;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.InferenceResult.Abstained;
import dev.pinfactory.specialists.sdk.InferenceResult.Answered;
import dev.pinfactory.specialists.sdk.InferenceResult.Failed;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import dev.pinfactory.specialists.testkit.SpecialistBeanContract;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

class DocumentTextSpecialistTest extends SpecialistBeanContract {
    private static final SpecialistModel NOTHING_TO_SEE = batch ->
            batch.stream().map(one -> InferenceResult.abstained("nothing")).toList();

    @Override
    protected Object specialist() {
        return new DocumentTextSpecialist(NOTHING_TO_SEE);
    }

    private static InferenceResult read(SpecialistModel ocr, String mediaType, ByteString file) {
        return new DocumentTextSpecialist(ocr)
                .infer(List.of(Inference.of(Artifact.newBuilder()
                        .setName("document")
                        .setType("document")
                        .setMediaType(mediaType)
                        .setData(file)
                        .build())))
                .getFirst();
    }

    private static Artifact text(String mediaType, ByteString file) {
        return ((Answered) read(NOTHING_TO_SEE, mediaType, file)).outputs().getFirst();
    }

    private static String failure(ByteString file) {
        return ((Failed) read(NOTHING_TO_SEE, "", file)).detail();
    }

    private static String slice(Artifact text, Segment segment) {
        return text.getText().substring(segment.getStart(), segment.getEnd());
    }

    @Test
    void aPdfIsReadLineByLineWithPlaces() {
        Artifact text = text("application/pdf", Made.pdf("The pump is late.\nCoffee\t3.50", "Second page here"));
        assertThat(text.getText()).isEqualTo("The pump is late.\nCoffee  3.50\n\nSecond page here\n");
        assertThat(text.getSegmentsList())
                .extracting(segment -> slice(text, segment))
                .containsExactly("The pump is late.", "Coffee", "3.50", "Second page here");
        assertThat(text.getSegmentsList()).extracting(Segment::getPage).containsExactly(1, 1, 1, 2);
        Segment coffee = text.getSegments(1);
        Segment price = text.getSegments(2);
        assertThat(coffee.getBox().getRight()).isLessThan(price.getBox().getLeft());
        assertThat(coffee.getBox().getTop())
                .isGreaterThan(text.getSegments(0).getBox().getBottom());
        assertThat(text.getConfidence()).isEqualTo(1);
    }

    @Test
    void aPageWithoutTextIsLookedAt() {
        SpecialistModel ocr = batch -> batch.stream()
                .map(one -> {
                    assertThat(one.input("image").getMediaType()).isEqualTo("image/bmp");
                    return InferenceResult.answered(Artifact.newBuilder()
                            .setName("text")
                            .setType("text")
                            .setText("TOTAL  9.00\n")
                            .setConfidence(0.5)
                            .addSegments(Segment.newBuilder().setEnd(5).setPage(1))
                            .addSegments(
                                    Segment.newBuilder().setStart(7).setEnd(11).setPage(1))
                            .addLeaves(LeafNote.newBuilder()
                                    .setPointer("/segments/1")
                                    .setConfidence(0.4))
                            .build());
                })
                .toList();
        InferenceResult result = read(ocr, "application/pdf", Made.pdf("A page with text", "", "7"));
        Artifact text = ((Answered) result).outputs().getFirst();
        assertThat(text.getText()).isEqualTo("A page with text\n\nTOTAL  9.00\n\nTOTAL  9.00\n");
        assertThat(text.getSegmentsList())
                .extracting(segment -> slice(text, segment))
                .containsExactly("A page with text", "TOTAL", "9.00", "TOTAL", "9.00");
        assertThat(text.getSegmentsList()).extracting(Segment::getPage).containsExactly(1, 2, 2, 3, 3);
        assertThat(text.getLeavesList()).extracting(LeafNote::getPointer).containsExactly("/segments/2", "/segments/4");
        assertThat(text.getConfidence()).isBetween(0.5, 0.9);
    }

    @Test
    void aPageOnWhichNothingIsSeenKeepsItsFewSigns() {
        assertThat(text("", Made.pdf("7")).getText()).isEqualTo("7\n");
    }

    @Test
    void anEmptyPdfIsNoAnswer() {
        assertThat(read(NOTHING_TO_SEE, "", Made.pdf(""))).isInstanceOf(Abstained.class);
    }

    @Test
    void officeFilesAreReadWithTheirTables() {
        String[][] table = {{"Item", "Cost"}, {"Coffee", "3.50"}};
        assertThat(text("", Made.docx("We bought:", table)).getText())
                .contains("We bought:")
                .contains("Item\tCost")
                .contains("Coffee\t3.50");
        assertThat(text("application/octet-stream", Made.xlsx(table)).getText())
                .contains("Item\tCost")
                .contains("Coffee\t3.50");
    }

    @Test
    void whatCannotBeReadIsNamed() {
        Artifact bill = Artifact.newBuilder()
                .setName("document")
                .setType("document")
                .setMediaType("application/pdf")
                .setFileName("bill.pdf")
                .setData(ByteString.copyFromUtf8("%PDF-1.7 and no more"))
                .build();
        InferenceResult result = new DocumentTextSpecialist(NOTHING_TO_SEE)
                .infer(List.of(Inference.of(bill)))
                .getFirst();
        assertThat(((Failed) result).detail()).startsWith("inputs[document]: ").endsWith(" ('bill.pdf')");
    }

    @Test
    void aMailIsReadWithItsHeadAndWithoutWhatIsAttached() {
        ByteString mail =
                Made.eml("Dinner", "Please find the bill.", Map.of("bill.txt", ByteString.copyFromUtf8("Soup 7.00")));
        for (String mediaType : List.of("message/rfc822", "application/octet-stream", "")) {
            assertThat(text(mediaType, mail).getText())
                    .contains("From: Anna Berg <anna@example.com>")
                    .contains("Subject: Dinner")
                    .contains("Please find the bill.")
                    .doesNotContain("Soup");
        }
    }

    @Test
    void anOutlookMessageIsRead() {
        ByteString mail = Made.msg("Dinner", "Please find the bill.", "bill.txt", ByteString.copyFromUtf8("Soup"));
        assertThat(text("", mail).getText())
                .contains("Subject: Dinner")
                .contains("Please find the bill.")
                .doesNotContain("Soup");
    }

    @Test
    void webPagesAndPlainTextAreRead() {
        assertThat(text("text/html", ByteString.copyFromUtf8("<html><body><p>Open <b>daily</b></p></body></html>"))
                        .getText())
                .isEqualTo("Open daily\n");
        assertThat(text("text/plain", ByteString.copyFromUtf8("Grüße aus Köln 😀"))
                        .getText())
                .isEqualTo("Grüße aus Köln 😀\n");
    }

    @Test
    void whatNobodyReadsIsSaid() {
        assertThat(failure(ByteString.copyFrom(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0})))
                .contains("inputs[document]", "can't be read; expected PDF");
        assertThat(failure(ByteString.EMPTY)).contains("the file is empty");
    }

    @Test
    void aLockedFileIsSaidToBeLocked() {
        assertThat(failure(Made.lockedPdf("secret"))).contains("locked by a password");
    }

    @Test
    void aPdfThatIsOnlyLockedForChangesIsRead() {
        assertThat(text("", Made.lockedPdf("")).getText()).isEqualTo("Secret plans\n");
    }

    @Test
    void brokenFilesAreSaidToBeBroken() {
        ByteString pdf = Made.pdf("Some text");
        assertThat(failure(pdf.substring(0, 60))).contains("broken");
        ByteString docx = Made.docx("text", new String[][] {{"a"}});
        assertThat(failure(docx.substring(0, docx.size() / 2))).contains("inputs[document]");
    }

    @Test
    void aPdfThatUnpacksToGigabytesIsRefused() throws IOException {
        byte[] packed = zeros(400);
        assertThat(failure(stream(packed, "/FlateDecode"))).contains("unpacks to more than");
    }

    @Test
    void aPdfThatIsPackedTwiceIsRefused() throws IOException {
        ByteArrayOutputStream twice = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(twice)) {
            out.write(zeros(400));
        }
        assertThat(failure(stream(twice.toByteArray(), "[/FlateDecode /FlateDecode]")))
                .contains("unpacks to more than");
    }

    private static byte[] zeros(int megabytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
            for (int i = 0; i < megabytes; i++) {
                out.write(new byte[1 << 20]);
            }
        }
        return packed.toByteArray();
    }

    private static ByteString stream(byte[] content, String filter) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(
                ("%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\n"
                                + "endobj\n3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>\nendobj\n4 0 obj\n<</Length "
                                + content.length + "/Filter " + filter + ">>\nstream\n")
                        .getBytes(StandardCharsets.US_ASCII));
        out.write(content);
        out.write("\nendstream\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF".getBytes(StandardCharsets.US_ASCII));
        return ByteString.copyFrom(out.toByteArray());
    }

    @Test
    void tooManyPagesAreRefused() {
        String[] pages =
                IntStream.range(0, Limits.PAGES + 1).mapToObj(page -> "p").toArray(String[]::new);
        assertThat(failure(Made.pdf(pages))).contains("at most 300 are read");
    }

    @Test
    void readingEndsWhenNobodyWaits() {
        Artifact document = Artifact.newBuilder()
                .setName("document")
                .setType("document")
                .setData(Made.pdf("One", "Two"))
                .build();
        Inference abandoned = new Inference(Map.of("document", document), Map.of(), () -> true);
        assertThat(new DocumentTextSpecialist(NOTHING_TO_SEE)
                        .infer(List.of(abandoned))
                        .getFirst())
                .isInstanceOf(Abstained.class);
    }
}
