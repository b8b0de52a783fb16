package dev.pinfactory.specialists.ocr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Segment;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.InferenceResult.Abstained;
import dev.pinfactory.specialists.sdk.InferenceResult.Answered;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OcrSpecialistTest {
    private static final String INVOICE = "HARBOUR BOOKS\nInvoice 4471 of 14/03/2024\nCopy paper  9.80\nTOTAL  22.30\n";

    private static OcrSpecialist specialist;

    @BeforeAll
    static void make() {
        specialist = new OcrSpecialist(new OcrSettings(1, 1));
    }

    @AfterAll
    static void close() {
        specialist.close();
    }

    @Test
    void readsRowByRowWithThePlaceOfEachPiece() {
        Artifact text = read(TestImages.png(TestImages.invoice()));

        assertThat(text.getText()).isEqualTo(INVOICE);
        assertThat(text.getSegmentsList())
                .extracting(segment -> piece(text, segment))
                .containsExactly("HARBOUR BOOKS", "Invoice 4471 of 14/03/2024", "Copy paper", "9.80", "TOTAL", "22.30");
        Segment total = text.getSegments(5);
        assertThat(total.getPage()).isEqualTo(1);
        assertThat(total.getBox().getLeft()).isCloseTo(318, within(8.0));
        assertThat(total.getBox().getTop()).isCloseTo(147, within(8.0));
        assertThat(total.getBox().getRight()).isCloseTo(375, within(8.0));
        assertThat(total.getBox().getBottom()).isCloseTo(163, within(8.0));
    }

    @Test
    void saysHowSureItIsOfEachPieceAndOfAll() {
        Artifact text = read(TestImages.png(TestImages.invoice()));

        assertThat(text.getConfidence()).isBetween(0.8, 1.0);
        assertThat(text.getLeavesList()).hasSize(6).allSatisfy(leaf -> {
            assertThat(leaf.getConfidence()).isBetween(0.7, 1.0);
            assertThat(leaf.getEvidence(0).getPlace().getBox())
                    .isEqualTo(
                            text.getSegments(Integer.parseInt(leaf.getPointer().replaceAll("\\D", "")))
                                    .getBox());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg", "tiff", "gif", "bmp"})
    void readsEveryFormat(String format) {
        BufferedImage plain = TestImages.copy(TestImages.invoice(), BufferedImage.TYPE_INT_RGB, Color.WHITE, 0);

        assertThat(read(TestImages.artifact(TestImages.encode(plain, format), "image/" + format))
                        .getText())
                .isEqualTo(INVOICE);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                BufferedImage.TYPE_BYTE_GRAY,
                BufferedImage.TYPE_USHORT_GRAY,
                BufferedImage.TYPE_BYTE_BINARY,
                BufferedImage.TYPE_BYTE_INDEXED,
                BufferedImage.TYPE_INT_ARGB
            })
    void readsEveryKindOfPixel(int type) {
        BufferedImage image = TestImages.copy(TestImages.invoice(), type, Color.WHITE, 0);

        assertThat(read(TestImages.png(image)).getText()).isEqualTo(INVOICE);
    }

    @Test
    void whatIsTransparentIsPaper() {
        BufferedImage ink = new BufferedImage(420, 190, BufferedImage.TYPE_INT_ARGB);
        BufferedImage drawn = TestImages.invoice();
        for (int y = 0; y < 190; y++) {
            for (int x = 0; x < 420; x++) {
                ink.setRGB(x, y, 255 - (drawn.getRGB(x, y) & 0xff) << 24);
            }
        }

        assertThat(read(TestImages.png(ink)).getText()).isEqualTo(INVOICE);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-4, 3})
    void readsAScanThatIsSlightlyTurned(double degrees) {
        BufferedImage turned = TestImages.copy(TestImages.invoice(), BufferedImage.TYPE_INT_RGB, Color.WHITE, degrees);

        assertThat(WordCount.of(INVOICE, read(TestImages.png(turned)).getText()))
                .isEqualTo(new WordCount(15, 15, 15));
    }

    @Test
    void pagesOfATiffAreNumbered() throws IOException {
        Artifact text = read(TestImages.artifact(tiff(2), "image/tiff"));

        assertThat(text.getText()).isEqualTo(INVOICE + "\n" + INVOICE);
        assertThat(text.getSegmentsList())
                .extracting(Segment::getPage)
                .startsWith(1, 1)
                .endsWith(2, 2)
                .hasSize(12);
        assertThat(piece(text, text.getSegments(6))).isEqualTo("HARBOUR BOOKS");
    }

    @Test
    void abstainsWhereNothingIsWritten() {
        BufferedImage empty = new BufferedImage(300, 200, BufferedImage.TYPE_INT_RGB);

        assertThat(infer(TestImages.png(empty))).isInstanceOf(Abstained.class);
    }

    @Test
    void readsTheSameAgain() {
        Artifact image = TestImages.png(TestImages.invoice());

        assertThat(read(image)).isEqualTo(read(image));
    }

    @Test
    void stopsWhenNobodyWaits() {
        AtomicInteger asked = new AtomicInteger();
        Inference leaving = new Inference(
                Map.of("image", TestImages.png(TestImages.invoice())), Map.of(), () -> asked.incrementAndGet() > 1);

        assertThat(specialist.infer(List.of(leaving)).getFirst()).isEqualTo(InferenceResult.abstained("cancelled"));
    }

    private static byte[] tiff(int pages) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.prepareWriteSequence(null);
            for (int page = 0; page < pages; page++) {
                writer.writeToSequence(new IIOImage(TestImages.invoice(), null, null), null);
            }
            writer.endWriteSequence();
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static Artifact read(Artifact image) {
        Artifact text = ((Answered) infer(image)).outputs().getFirst();
        // In this font a capital I and a small l are the same stroke.
        return text.toBuilder()
                .setText(text.getText().replace("lnvoice", "Invoice"))
                .build();
    }

    private static InferenceResult infer(Artifact image) {
        return specialist.infer(List.of(Inference.of(image))).getFirst();
    }

    private static String piece(Artifact text, Segment segment) {
        return text.getText().substring(segment.getStart(), segment.getEnd());
    }
}
