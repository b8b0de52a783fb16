package dev.pinfactory.specialists.documents;

import java.io.IOException;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.graphics.PDXObject;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;

/** The images on a page of a PDF, whose sizes are looked at before the page is rendered, for rendering decodes them whole. */
final class PageImages {
    private static final int DEEPEST = 5;
    private static final int MOST = 2_000;

    private int seen;

    private PageImages() {}

    /** @throws UnreadableDocumentException when one is too large, or there are too many */
    static void requireBounded(PDPage page, int number) throws IOException, UnreadableDocumentException {
        new PageImages().require(page.getResources(), number, 0);
    }

    private void require(PDResources resources, int page, int depth) throws IOException, UnreadableDocumentException {
        if (resources == null) {
            return;
        }
        for (COSName name : resources.getXObjectNames()) {
            if (++seen > MOST || depth > DEEPEST) {
                throw new UnreadableDocumentException(
                        "page %d has too many or too deeply nested images".formatted(page));
            }
            PDXObject object = resources.getXObject(name);
            if (object instanceof PDImageXObject image) {
                long pixels = (long) image.getWidth() * image.getHeight();
                if (pixels > Limits.PIXELS) {
                    throw new UnreadableDocumentException("page %d has an image of %,d pixels; at most %,d are read"
                            .formatted(page, pixels, Limits.PIXELS));
                }
            } else if (object instanceof PDFormXObject form) {
                require(form.getResources(), page, depth + 1);
            }
        }
    }
}
