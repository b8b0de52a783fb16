package dev.pinfactory.specialists.documents;

import com.google.protobuf.ByteString;
import dev.pinfactory.proto.v1.Artifact;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;

/** Reads a PDF: the text that it holds, and what is to be seen on pages that hold none. */
final class PdfPages {
    private static final float DPI = 150;

    /** Of a point (1/72 inch) in units of the rendered page. */
    static final double SCALE = DPI / 72;

    /** Letters and digits; a scanned page may have a number or a stamp that is text. */
    private static final int LEAST_SIGNS = 10;

    /** Of a rendered page; a poster is rendered smaller. */
    private static final double LONGEST_SIDE = 2_600;

    private final Pictures pictures;

    PdfPages(Pictures pictures) {
        this.pictures = pictures;
    }

    /** @throws UnreadableDocumentException when it is broken, locked, or larger than what is read */
    static PDDocument open(ByteString file) throws UnreadableDocumentException {
        PackedStreams.check(file);
        try {
            PDDocument document = Loader.loadPDF(file.toByteArray());
            if (document.getNumberOfPages() > Limits.PAGES) {
                int pages = document.getNumberOfPages();
                document.close();
                throw new UnreadableDocumentException(
                        "it has %,d pages; at most %,d are read".formatted(pages, Limits.PAGES));
            }
            return document;
        } catch (InvalidPasswordException e) {
            throw new UnreadableDocumentException("the PDF is locked by a password", e);
        } catch (IOException | RuntimeException e) {
            throw broken(e);
        }
    }

    /** The text of all pages; what has been read until then when nobody waits for it any longer. */
    ReadText read(ByteString file, BooleanSupplier cancelled) throws UnreadableDocumentException {
        try (PDDocument document = open(file)) {
            ReadText all = new ReadText();
            PdfText lines = new PdfText(cancelled);
            int scanned = 0;
            for (int page = 1; page <= document.getNumberOfPages() && !cancelled.getAsBoolean(); page++) {
                Artifact text = lines.page(document, page).artifact("text");
                if (signs(text.getText()) < LEAST_SIGNS) {
                    Optional<Artifact> seen = recognize(document, page, cancelled);
                    scanned += seen.isPresent() ? 1 : 0;
                    if (scanned > Limits.SCANNED_PAGES) {
                        throw new UnreadableDocumentException(
                                "more than %d of its pages are scanned".formatted(Limits.SCANNED_PAGES));
                    }
                    text = seen.orElse(text);
                }
                if (!text.getText().isBlank()) {
                    all.separatePages();
                    all.append(text, page);
                }
            }
            return all;
        } catch (IOException | RuntimeException e) {
            // Its parsers throw all kinds of runtime exceptions at broken files.
            throw broken(e);
        }
    }

    private Optional<Artifact> recognize(PDDocument document, int number, BooleanSupplier cancelled)
            throws IOException, UnreadableDocumentException {
        PDPage page = document.getPage(number - 1);
        PageImages.requireBounded(page, number);
        PDRectangle box = page.getCropBox();
        double longest = Math.max(box.getWidth(), box.getHeight()) * SCALE;
        double shrink = Math.min(1, LONGEST_SIDE / longest);
        PDFRenderer renderer = new PDFRenderer(document);
        renderer.setSubsamplingAllowed(true);
        BufferedImage image = renderer.renderImageWithDPI(number - 1, (float) (DPI * shrink), ImageType.RGB);
        return pictures.recognize(image, cancelled);
    }

    private static long signs(String text) {
        return text.codePoints()
                .filter(Character::isLetterOrDigit)
                .limit(LEAST_SIGNS)
                .count();
    }

    private static UnreadableDocumentException broken(Exception cause) {
        if (cause.getCause() instanceof UnreadableDocumentException known) {
            return known;
        }
        return new UnreadableDocumentException(
                cause instanceof PdfText.Stopped stopped ? String.valueOf(stopped.getMessage()) : "the PDF is broken",
                cause);
    }
}
