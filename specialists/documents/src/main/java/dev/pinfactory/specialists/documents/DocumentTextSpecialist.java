package dev.pinfactory.specialists.documents;

import com.google.protobuf.ByteString;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.specialists.ocr.OcrSpecialist;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.Specialist;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import java.io.InputStream;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.tika.extractor.EmbeddedDocumentExtractor;
import org.apache.tika.metadata.Metadata;
import org.xml.sax.ContentHandler;

/** Reads the text of a file: PDF, office files, mails, web pages, and what is only to be seen in it. Safe for concurrent use. */
@Specialist
public final class DocumentTextSpecialist implements SpecialistModel {
    static final String DOCUMENT = "document";
    private static final String TEXT = "text";

    /** Attachments and pictures are not read with the text that they are attached to. */
    private static final EmbeddedDocumentExtractor LEFT_OUT = new EmbeddedDocumentExtractor() {
        @Override
        public boolean shouldParseEmbedded(Metadata metadata) {
            return false;
        }

        @Override
        public void parseEmbedded(InputStream stream, ContentHandler handler, Metadata metadata, boolean outputHtml) {}
    };

    private final SpecialistModel ocr;
    private final Pictures pictures;

    public DocumentTextSpecialist() {
        this(new OcrSpecialist());
    }

    /** @param ocr from image to text; closed with this */
    DocumentTextSpecialist(SpecialistModel ocr) {
        this.ocr = ocr;
        this.pictures = new Pictures(ocr);
    }

    /** A document takes long; nothing is gained by waiting for another. */
    @Override
    public int maxBatchSize() {
        return 1;
    }

    @Override
    public List<InferenceResult> infer(List<Inference> batch) {
        return batch.stream().map(this::infer).toList();
    }

    private InferenceResult infer(Inference inference) {
        Artifact document = inference.input(DOCUMENT);
        String name = FileName.shown(document.getFileName());
        try {
            ReadText text = read(Files.checked(document), document.getMediaType(), inference::cancelled);
            return text.isBlank()
                    ? InferenceResult.abstained("there is no text in the document that can be read"
                            + (name.isEmpty() ? "" : " ('" + name + "')"))
                    : InferenceResult.answered(text.artifact(TEXT));
        } catch (UnreadableDocumentException e) {
            return InferenceResult.inputInvalid(e.of(name));
        }
    }

    private ReadText read(ByteString file, String declared, BooleanSupplier cancelled)
            throws UnreadableDocumentException {
        Format.Detected detected = Format.of(file, declared);
        return switch (detected.format()) {
            case PDF -> new PdfPages(pictures).read(file, cancelled);
            case IMAGE -> {
                ReadText text = new ReadText();
                var recognized = pictures.recognize(file, detected.mediaType().toString(), cancelled);
                if (recognized.isPresent()) {
                    text.append(recognized.get());
                }
                yield text;
            }
            case MAIL -> {
                Tika.Parsed mail = Tika.parse(file, detected.mediaType(), false, LEFT_OUT, cancelled);
                yield plain(MailHead.of(mail.metadata()) + mail.text());
            }
            case OFFICE, HTML, TEXT ->
                plain(Tika.parse(file, detected.mediaType(), detected.format() == Format.OFFICE, LEFT_OUT, cancelled)
                        .text());
        };
    }

    /** Without the blank lines that layout makes. */
    private static ReadText plain(String raw) throws UnreadableDocumentException {
        ReadText text = new ReadText();
        text.append(raw.replace("\r\n", "\n")
                        .replaceAll("[ \\t]+\\n", "\n")
                        .replaceAll("\\n{3,}", "\n\n")
                        .strip() + "\n");
        return text;
    }

    @Override
    public void close() {
        ocr.close();
    }
}
