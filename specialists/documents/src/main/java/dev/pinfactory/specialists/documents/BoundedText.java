package dev.pinfactory.specialists.documents;

import java.util.Set;
import java.util.function.BooleanSupplier;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Collects characters until there are too many, or nobody waits for them any longer. A row of a table becomes a line, with tabs between its cells, if wanted;
 * on web pages and in mails, where tables are mostly layout, each cell keeps its lines.
 */
final class BoundedText extends DefaultHandler {
    private static final Set<String> CELLS = Set.of("td", "th");

    private final boolean rows;
    private final BooleanSupplier cancelled;
    private int openTables;
    private int openCells;
    private boolean opensRow;
    private boolean opensCell;
    private final StringBuilder text = new StringBuilder();

    BoundedText(boolean rows, BooleanSupplier cancelled) {
        this.rows = rows;
        this.cancelled = cancelled;
    }

    /** Thrown out of the middle of a document. */
    static final class Stopped extends SAXException {
        private static final long serialVersionUID = 1;

        Stopped(String why) {
            super(why);
        }
    }

    @Override
    public void startElement(String uri, String name, String qualifiedName, Attributes attributes) throws SAXException {
        if (!rows) {
            return;
        }
        if (name.equals("table")) {
            openTables++;
        } else if (name.equals("tr") && openCells == 0) {
            opensRow = true;
        } else if (CELLS.contains(name)) {
            if (openCells == 0) {
                append(opensRow ? "" : "\t");
                opensRow = false;
                opensCell = true;
            }
            openCells++;
        } else if (name.equals("p") && openCells > 0 && !opensCell) {
            append(" ");
        }
    }

    @Override
    public void endElement(String uri, String name, String qualifiedName) throws SAXException {
        if (rows && name.equals("table")) {
            openTables = Math.max(0, openTables - 1);
        } else if (rows && CELLS.contains(name)) {
            openCells = Math.max(0, openCells - 1);
        } else if (rows && name.equals("tr") && openCells == 0) {
            opensRow = false;
            append("\n");
        }
    }

    private void append(String blanks) throws SAXException {
        add(blanks.toCharArray(), 0, blanks.length());
    }

    @Override
    public void characters(char[] signs, int start, int length) throws SAXException {
        if (openCells == 0) {
            add(signs, start, length);
            return;
        }
        char[] inOneLine =
                new String(signs, start, length).replaceAll("[\\r\\n\\t]+", " ").toCharArray();
        opensCell &= inOneLine.length == 0;
        add(inOneLine, 0, inOneLine.length);
    }

    private void add(char[] signs, int start, int length) throws SAXException {
        if (text.length() + length > Limits.CHARACTERS) {
            throw new Stopped("it has more than %,d characters".formatted(Limits.CHARACTERS));
        }
        if (cancelled.getAsBoolean()) {
            throw new Stopped("cancelled");
        }
        text.append(signs, start, length);
    }

    /** Tika's line breaks and tabs. */
    @Override
    public void ignorableWhitespace(char[] signs, int start, int length) throws SAXException {
        if (openTables == 0) {
            add(signs, start, length);
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
