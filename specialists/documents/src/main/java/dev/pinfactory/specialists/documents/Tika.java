package dev.pinfactory.specialists.documents;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.poi.util.IOUtils;
import org.apache.tika.detect.Detector;
import org.apache.tika.exception.EncryptedDocumentException;
import org.apache.tika.exception.TikaException;
import org.apache.tika.extractor.EmbeddedDocumentExtractor;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MediaTypeRegistry;
import org.apache.tika.parser.CompositeParser;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.apache.tika.parser.html.JSoupParser;
import org.apache.tika.parser.mail.RFC822Parser;
import org.apache.tika.parser.microsoft.OfficeParser;
import org.apache.tika.parser.microsoft.OfficeParserConfig;
import org.apache.tika.parser.microsoft.ooxml.OOXMLParser;
import org.apache.tika.parser.microsoft.rtf.RTFParser;
import org.apache.tika.parser.txt.TXTParser;
import org.apache.tika.sax.BodyContentHandler;
import org.apache.tika.sax.SecureContentHandler;
import org.xml.sax.SAXException;

/** Apache Tika with the parsers for office files, mails and plain text alone. Safe for concurrent use. */
final class Tika {
    private static final Parser PARSER = new CompositeParser(
            MediaTypeRegistry.getDefaultRegistry(),
            List.of(
                    new TXTParser(),
                    new JSoupParser(),
                    new RTFParser(),
                    new OfficeParser(),
                    new OOXMLParser(),
                    new RFC822Parser()));

    /** What POI takes beforehand for a part whose length it was told; more only as it comes. By itself it believes any length, and three kilobytes take gigabytes. */
    private static final int TAKEN_BEFOREHAND = 64 * 1024;

    static {
        IOUtils.setMaxByteArrayInitSize(TAKEN_BEFOREHAND);
    }

    private Tika() {}

    /**
     * What a file holds.
     *
     * @param text with tabs between the cells of a table, and a line for each paragraph
     * @param metadata such as the head of a mail
     */
    record Parsed(String text, Metadata metadata) {}

    /**
     * @param rows whether rows of tables are lines
     * @param parts gets the files that are put into this one
     * @throws UnreadableDocumentException when it is broken, locked, or larger than what is read
     */
    static Parsed parse(
            ByteString file, MediaType type, boolean rows, EmbeddedDocumentExtractor parts, BooleanSupplier cancelled)
            throws UnreadableDocumentException {
        Metadata metadata = new Metadata();
        metadata.set(Metadata.CONTENT_TYPE, type.toString());
        BoundedText text = new BoundedText(rows, cancelled);
        try (TikaInputStream stream = TikaInputStream.get(file.toByteArray())) {
            SecureContentHandler secure = new SecureContentHandler(new BodyContentHandler(text), stream);
            PARSER.parse(stream, secure, metadata, context(parts));
        } catch (BoundedText.Stopped e) {
            throw new UnreadableDocumentException(String.valueOf(e.getMessage()), e);
        } catch (EncryptedDocumentException e) {
            throw new UnreadableDocumentException("it is locked by a password", e);
        } catch (IOException | SAXException | TikaException | RuntimeException e) {
            if (stopped(e) instanceof BoundedText.Stopped why) {
                throw new UnreadableDocumentException(String.valueOf(why.getMessage()), e);
            }
            throw new UnreadableDocumentException("it is broken, or unpacks to more than it should", e);
        }
        return new Parsed(text.toString(), metadata);
    }

    private static ParseContext context(EmbeddedDocumentExtractor parts) {
        ParseContext context = new ParseContext();
        context.set(Parser.class, PARSER);
        context.set(EmbeddedDocumentExtractor.class, parts);
        // Without one, each mail would set up Tika's own with all its services anew.
        context.set(Detector.class, Format.DETECTOR);
        OfficeParserConfig office = new OfficeParserConfig();
        office.setExtractMacros(false);
        office.setIncludeDeletedContent(false);
        office.setIncludeHeadersAndFooters(true);
        context.set(OfficeParserConfig.class, office);
        return context;
    }

    private static Throwable stopped(Throwable from) {
        Throwable at = from;
        for (int i = 0; i < 10 && at.getCause() != null && !(at instanceof BoundedText.Stopped); i++) {
            at = at.getCause();
        }
        return at;
    }
}
