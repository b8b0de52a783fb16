package dev.pinfactory.specialists.sdk.serving;

import com.google.protobuf.ByteString;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.type.ArtifactContent;
import dev.pinfactory.proto.type.SemanticTypes;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.ContentChunk;
import dev.pinfactory.proto.v1.ContentRef;
import dev.pinfactory.proto.v1.InferRequest;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The contents that one request refers to: which are missing, what has come of the current one, and the request with all of them in place. */
final class References {
    private final InferRequest request;
    private final Map<String, ContentRef> missing = new LinkedHashMap<>();
    private final Map<String, ByteString> complete = new HashMap<>();
    private final long size;
    private @Nullable ContentRef current;
    private ByteString received = ByteString.EMPTY;
    private MessageDigest digest = sha256();

    References(InferRequest request) {
        this.request = request;
        request.getInputsList().forEach(input -> ArtifactContent.each(input, this::note));
        this.size =
                missing.values().stream().mapToLong(ContentRef::getSizeBytes).sum();
    }

    private Artifact note(Artifact artifact) {
        if (artifact.hasRef()) {
            if (artifact.getRef().getSizeBytes() < 0) {
                throw invalid("a reference of input '" + artifact.getName() + "' has a negative size");
            }
            missing.putIfAbsent(artifact.getRef().getDigest(), artifact.getRef());
        }
        return artifact;
    }

    /** As it came. */
    InferRequest request() {
        return request;
    }

    /** What all of them say that they have. */
    long size() {
        return size;
    }

    /** The digest to ask for next; empty when everything is here. */
    Optional<String> next() {
        var first = missing.values().iterator();
        if (!first.hasNext()) {
            return Optional.empty();
        }
        current = first.next();
        first.remove();
        received = ByteString.EMPTY;
        digest = sha256();
        return Optional.of(current.getDigest());
    }

    /**
     * Takes a piece of the content that was asked for.
     *
     * @return whether that content is complete
     * @throws PinfactoryException SPECIALIST_INPUT_INVALID when it is not what the reference says
     */
    boolean add(ContentChunk chunk) {
        ContentRef wanted = current;
        if (wanted == null) {
            throw invalid("content came that was not asked for");
        }
        if (received.size() + (long) chunk.getData().size() > wanted.getSizeBytes()) {
            throw invalid("content " + wanted.getDigest() + " is longer than the reference says");
        }
        // Pieces are strung together, not copied: what the model gets is what came over the wire.
        received = received.concat(chunk.getData());
        chunk.getData().asReadOnlyByteBufferList().forEach((ByteBuffer bytes) -> digest.update(bytes));
        if (!chunk.getLast()) {
            return false;
        }
        String is = "sha256:" + HexFormat.of().formatHex(digest.digest());
        if (received.size() != wanted.getSizeBytes() || !is.equals(wanted.getDigest())) {
            throw invalid("content " + wanted.getDigest() + " came with other bytes");
        }
        complete.put(wanted.getDigest(), received);
        current = null;
        return true;
    }

    /** The request as a model sees it. */
    InferRequest resolved(SemanticTypes types) {
        InferRequest.Builder resolved = request.toBuilder();
        for (int i = 0; i < request.getInputsCount(); i++) {
            resolved.setInputs(i, ArtifactContent.each(request.getInputs(i), artifact -> inline(artifact, types)));
        }
        return resolved.build();
    }

    private Artifact inline(Artifact artifact, SemanticTypes types) {
        ByteString bytes = complete.get(artifact.getRef().getDigest());
        return bytes == null ? artifact : ArtifactContent.inline(artifact, bytes, types);
    }

    private static PinfactoryException invalid(String message) {
        return new PinfactoryException(ErrorCode.SPECIALIST_INPUT_INVALID, message);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
