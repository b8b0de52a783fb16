package dev.pinfactory.specialists.documents;

import dev.pinfactory.proto.v1.Box;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

/**
 * Lines of text with their places, page by page, in units of the rendered page. Where a gap in a line is wide, as between columns, the line has pieces, two
 * blanks apart and with a place each. One use for each document.
 */
final class PdfText extends PDFTextStripper {
    /** Drawing operators of one page. Plans and maps have some hundred thousand. */
    private static final int MOST_OPERATORS = 5_000_000;

    /** In blanks of the font. */
    private static final double WIDE_GAP = 2.5;

    /** How wide a blank usually is, in sizes of the font. */
    private static final double BLANK_OF_SIZE = 0.25;

    private final BooleanSupplier cancelled;
    private ReadText text = new ReadText();
    private final StringBuilder piece = new StringBuilder();
    private boolean opensLine = true;
    private Bounds bounds = Bounds.NONE;
    private int page;
    private int operators;

    PdfText(BooleanSupplier cancelled) {
        this.cancelled = cancelled;
        setSortByPosition(true);
    }

    /** What was drawn until now, rather than where. */
    private record Bounds(double left, double top, double right, double bottom) {
        static final Bounds NONE = new Bounds(
                Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY);

        Bounds with(TextPosition sign) {
            double right = sign.getXDirAdj() + sign.getWidthDirAdj();
            double top = sign.getYDirAdj() - sign.getHeightDir();
            return new Bounds(
                    Math.min(left, sign.getXDirAdj()),
                    Math.min(this.top, top),
                    Math.max(this.right, right),
                    Math.max(bottom, sign.getYDirAdj()));
        }

        Box box() {
            return Box.newBuilder()
                    .setLeft(left * PdfPages.SCALE)
                    .setTop(top * PdfPages.SCALE)
                    .setRight(right * PdfPages.SCALE)
                    .setBottom(bottom * PdfPages.SCALE)
                    .build();
        }
    }

    /** Thrown out of the middle of a page. */
    static final class Stopped extends IOException {
        private static final long serialVersionUID = 1;

        Stopped(String why) {
            super(why);
        }
    }

    /** @param number of the page, from 1 */
    ReadText page(PDDocument document, int number) throws IOException {
        text = new ReadText();
        page = number;
        operators = 0;
        setStartPage(number);
        setEndPage(number);
        writeText(document, Writer.nullWriter());
        endLine();
        return text;
    }

    @Override
    protected void processOperator(Operator operator, List<COSBase> operands) throws IOException {
        operators++;
        if (operators > MOST_OPERATORS) {
            throw new Stopped("page " + page + " has more than " + MOST_OPERATORS + " drawing operators");
        }
        if (operators % 1_000 == 0 && cancelled.getAsBoolean()) {
            throw new Stopped("cancelled");
        }
        super.processOperator(operator, operands);
    }

    @Override
    protected void writeString(String word, List<TextPosition> signs) throws IOException {
        if (!signs.isEmpty()) {
            TextPosition first = signs.getFirst();
            if (!piece.isEmpty() && first.getXDirAdj() - bounds.right() > WIDE_GAP * blank(first)) {
                endPiece();
            }
        }
        piece.append(word);
        for (TextPosition sign : signs) {
            bounds = bounds.with(sign);
        }
    }

    /** Some fonts have none, or do not say how wide it is. */
    private static double blank(TextPosition sign) {
        double width = sign.getWidthOfSpace();
        return width > 0 && Double.isFinite(width) ? width : BLANK_OF_SIZE * sign.getFontSizeInPt();
    }

    @Override
    protected void writeWordSeparator() {
        piece.append(' ');
    }

    @Override
    protected void writeLineSeparator() throws IOException {
        endLine();
    }

    private void endLine() throws IOException {
        endPiece();
        append("\n");
        opensLine = true;
    }

    private void endPiece() throws IOException {
        String words = piece.toString().strip();
        if (!words.isEmpty() && bounds.left() <= bounds.right()) {
            if (!opensLine) {
                append("  ");
            }
            try {
                text.append(words, page, bounds.box());
            } catch (UnreadableDocumentException e) {
                throw new IOException(e);
            }
            opensLine = false;
        }
        piece.setLength(0);
        bounds = Bounds.NONE;
    }

    private void append(String blanks) throws IOException {
        try {
            text.append(blanks);
        } catch (UnreadableDocumentException e) {
            throw new IOException(e);
        }
    }
}
