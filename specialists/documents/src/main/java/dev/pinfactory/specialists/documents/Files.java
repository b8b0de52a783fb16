package dev.pinfactory.specialists.documents;

import com.google.protobuf.ByteString;
import dev.pinfactory.proto.v1.Artifact;

/** The bytes of documents. */
final class Files {
    private Files() {}

    /** @throws UnreadableDocumentException when there are none, or too many */
    static ByteString checked(Artifact document) throws UnreadableDocumentException {
        ByteString file = document.getData();
        if (file.isEmpty()) {
            throw new UnreadableDocumentException("the file is empty");
        }
        if (file.size() > Limits.BYTES) {
            throw new UnreadableDocumentException(
                    "it has %,d bytes; at most %,d are read".formatted(file.size(), Limits.BYTES));
        }
        return file;
    }
}
