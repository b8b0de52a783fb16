package dev.pinfactory.specialists.documents;

import com.google.protobuf.ByteString;
import dev.pinfactory.proto.v1.Artifact;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentNameDictionary;
import org.apache.pdfbox.pdmodel.PDEmbeddedFilesNameTreeNode;
import org.apache.pdfbox.pdmodel.common.PDNameTreeNode;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;
import org.apache.pdfbox.pdmodel.common.filespecification.PDEmbeddedFile;
import org.apache.tika.extractor.EmbeddedDocumentExtractor;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.jspecify.annotations.Nullable;
import org.xml.sax.ContentHandler;

/** Collects what is attached to a document. Not safe for concurrent use. */
final class Attached implements EmbeddedDocumentExtractor {
    private static final int DEEPEST = 5;

    private final List<Artifact> files = new ArrayList<>();
    private int bytes;

    /** A file could not be taken, which the libraries must not swallow. */
    private Optional<UnreadableDocumentException> failure = Optional.empty();

    /** In their order. */
    static List<Artifact> of(ByteString file, Format.Detected detected, BooleanSupplier cancelled)
            throws UnreadableDocumentException {
        Attached attached = new Attached();
        switch (detected.format()) {
            case MAIL -> Tika.parse(file, detected.mediaType(), false, attached, cancelled);
            case PDF -> attached.ofPdf(file);
            case OFFICE, HTML, TEXT, IMAGE -> {
                // Nothing is attached to these; pictures in a text are a part of it.
            }
        }
        if (attached.failure.isPresent()) {
            throw attached.failure.get();
        }
        return attached.files;
    }

    @Override
    public boolean shouldParseEmbedded(Metadata metadata) {
        return failure.isEmpty();
    }

    @Override
    public void parseEmbedded(InputStream stream, ContentHandler handler, Metadata metadata, boolean outputHtml)
            throws IOException {
        String kind = metadata.get(TikaCoreProperties.EMBEDDED_RESOURCE_TYPE);
        String type = Optional.ofNullable(metadata.get(Metadata.CONTENT_TYPE)).orElse("");
        boolean decorates =
                TikaCoreProperties.EmbeddedResourceType.INLINE.toString().equals(kind)
                        && type.toLowerCase(Locale.ROOT).startsWith("image/");
        if (!decorates) {
            add(stream, type, metadata.get(TikaCoreProperties.RESOURCE_NAME_KEY));
        }
    }

    private void add(InputStream stream, String mediaType, @Nullable String name) throws IOException {
        byte[] content = stream.readNBytes(Limits.ATTACHED_BYTES - bytes + 1);
        bytes += content.length;
        if (bytes > Limits.ATTACHED_BYTES) {
            failure = Optional.of(new UnreadableDocumentException(
                    "its attachments have more than %,d bytes".formatted(Limits.ATTACHED_BYTES)));
            return;
        }
        if (files.size() == Limits.ATTACHMENTS) {
            failure = Optional.of(
                    new UnreadableDocumentException("it has more than %d attachments".formatted(Limits.ATTACHMENTS)));
            return;
        }
        if (content.length > 0) {
            String type = mediaType.replaceFirst(";.*", "").strip();
            files.add(Artifact.newBuilder()
                    .setType("document")
                    .setMediaType(type.isEmpty() ? "application/octet-stream" : type)
                    .setData(ByteString.copyFrom(content))
                    .setFileName(FileName.shown(name))
                    .setConfidence(1)
                    .build());
        }
    }

    private void ofPdf(ByteString file) throws UnreadableDocumentException {
        try (PDDocument document = PdfPages.open(file)) {
            PDEmbeddedFilesNameTreeNode tree =
                    new PDDocumentNameDictionary(document.getDocumentCatalog()).getEmbeddedFiles();
            if (tree != null) {
                ofTree(tree, 0);
            }
        } catch (IOException | RuntimeException e) {
            throw new UnreadableDocumentException("the PDF is broken", e);
        }
    }

    private void ofTree(PDNameTreeNode<PDComplexFileSpecification> node, int depth) throws IOException {
        if (node.getNames() != null) {
            for (PDComplexFileSpecification specification : node.getNames().values()) {
                PDEmbeddedFile embedded = specification.getEmbeddedFile();
                if (embedded != null && failure.isEmpty()) {
                    try (InputStream stream = embedded.createInputStream()) {
                        add(stream, Optional.ofNullable(embedded.getSubtype()).orElse(""), specification.getFilename());
                    }
                }
            }
        }
        if (node.getKids() != null && depth < DEEPEST) {
            for (PDNameTreeNode<PDComplexFileSpecification> kid : node.getKids()) {
                ofTree(kid, depth + 1);
            }
        }
    }
}
