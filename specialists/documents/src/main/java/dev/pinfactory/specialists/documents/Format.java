package dev.pinfactory.specialists.documents;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.tika.detect.DefaultDetector;
import org.apache.tika.detect.Detector;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MediaType;

/** What a file is, told by its bytes; what its sender calls it decides only between kinds of text. */
enum Format {
    PDF,
    /** Word, Excel, PowerPoint, RTF. */
    OFFICE,
    /** RFC 822 or Outlook. */
    MAIL,
    HTML,
    TEXT,
    IMAGE;

    static final Detector DETECTOR = new DefaultDetector();

    private static final Map<String, Format> BY_TYPE = Map.ofEntries(
            Map.entry("application/pdf", PDF),
            Map.entry("application/msword", OFFICE),
            Map.entry("application/rtf", OFFICE),
            Map.entry("application/vnd.ms-excel", OFFICE),
            Map.entry("application/vnd.ms-powerpoint", OFFICE),
            Map.entry("application/vnd.openxmlformats-officedocument.wordprocessingml.document", OFFICE),
            Map.entry("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", OFFICE),
            Map.entry("application/vnd.openxmlformats-officedocument.presentationml.presentation", OFFICE),
            Map.entry("application/vnd.ms-outlook", MAIL),
            Map.entry("message/rfc822", MAIL),
            Map.entry("text/html", HTML),
            Map.entry("application/xhtml+xml", HTML),
            Map.entry("image/png", IMAGE),
            Map.entry("image/jpeg", IMAGE),
            Map.entry("image/tiff", IMAGE),
            Map.entry("image/gif", IMAGE),
            Map.entry("image/bmp", IMAGE));

    private static final MediaType MAIL_TYPE = MediaType.parse("message/rfc822");

    /** More of a name than any field of a mail has. */
    private static final int LONGEST_FIELD = 40;

    /**
     * A file and what it is.
     *
     * @param mediaType as detected
     */
    record Detected(Format format, MediaType mediaType) {}

    /** @throws UnreadableDocumentException when it is of a kind that nobody here reads */
    static Detected of(ByteString file, String declared) throws UnreadableDocumentException {
        MediaType type = detect(file, declared);
        String name = type.getBaseType().toString();
        Optional<Format> known = Optional.ofNullable(BY_TYPE.get(name));
        if (known.isEmpty() && type.getType().equals("text")) {
            known = Optional.of(TEXT);
        }
        if (known.isEmpty()) {
            throw new UnreadableDocumentException(
                    "a file of type " + name.toLowerCase(Locale.ROOT)
                            + " can't be read; expected PDF, Word, Excel, PowerPoint, RTF, HTML, e-mail (eml, msg), text or an image (png, jpeg, tiff, gif, bmp)");
        }
        return new Detected(known.get(), type);
    }

    private static MediaType detect(ByteString file, String declared) throws UnreadableDocumentException {
        if (looksLikeMail(file, declared)) {
            return MAIL_TYPE;
        }
        Metadata metadata = new Metadata();
        if (MediaType.parse(declared) != null) {
            metadata.set(Metadata.CONTENT_TYPE, declared);
        }
        try (TikaInputStream stream = TikaInputStream.get(file.toByteArray())) {
            return DETECTOR.detect(stream, metadata);
        } catch (IOException | RuntimeException e) {
            throw new UnreadableDocumentException("the file is broken", e);
        }
    }

    /** Said to be a mail and begins with a field: Tika would say so as well, after hundreds of patterns, in half of the time that reading a small mail takes. */
    private static boolean looksLikeMail(ByteString file, String declared) {
        if (!declared.equals(MAIL_TYPE.toString())) {
            return false;
        }
        for (int i = 0; i < Math.min(file.size(), LONGEST_FIELD); i++) {
            byte letter = file.byteAt(i);
            if (letter == ':') {
                return i > 0;
            }
            if (letter != '-' && !Character.isLetter(letter)) {
                return false;
            }
        }
        return false;
    }
}
