package dev.pinfactory.orchestrator.service.content;

import com.google.protobuf.ByteString;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.type.ArtifactContent;
import dev.pinfactory.proto.type.SemanticTypes;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.registry.client.Channels;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * A request as it is sent: what is large is a reference in it.
 *
 * @param content by digest, all that the request refers to and nothing else
 * @param types of the inputs
 */
public record PreparedCall(InferRequest request, Map<String, Content> content, SemanticTypes types) {
    public PreparedCall {
        content = Map.copyOf(content);
    }

    /**
     * The request with everything in it, for a specialist that takes no references.
     *
     * @throws PinfactoryException SPECIALIST_INPUT_INVALID when one message can't carry it
     */
    public InferRequest inline() {
        long size = request.getSerializedSize()
                + content.values().stream().mapToLong(Content::size).sum();
        if (size > Channels.MAX_MESSAGE_BYTES) {
            throw new PinfactoryException(
                    ErrorCode.SPECIALIST_INPUT_INVALID,
                    "specialist '" + request.getSpecialist()
                            + "' takes no content by reference, and the step's inputs have " + size
                            + " bytes, more than a message can carry (" + Channels.MAX_MESSAGE_BYTES + ")");
        }
        InferRequest.Builder inline = request.toBuilder();
        for (int i = 0; i < request.getInputsCount(); i++) {
            inline.setInputs(i, ArtifactContent.each(request.getInputs(i), this::inline));
        }
        return inline.build();
    }

    private Artifact inline(Artifact artifact) {
        Content bytes = content.get(artifact.getRef().getDigest());
        if (bytes == null) {
            return artifact;
        }
        try (InputStream in = bytes.open()) {
            return ArtifactContent.inline(artifact, ByteString.readFrom(in), types);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
