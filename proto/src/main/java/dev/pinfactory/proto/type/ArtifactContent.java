package dev.pinfactory.proto.type;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.Artifact;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** An artifact's content as the bytes that a reference names, and back: data as it is, a text as UTF-8, a value as JSON. */
public final class ArtifactContent {
    private static final JsonFormat.Printer JSON = JsonFormat.printer().omittingInsignificantWhitespace();

    private ArtifactContent() {}

    /** Empty for what has no content of its own to refer to: a reference, a list, or nothing. */
    public static Optional<ByteString> bytes(Artifact artifact) {
        return switch (artifact.getContentCase()) {
            case DATA -> Optional.of(artifact.getData());
            case TEXT -> Optional.of(artifact.getTextBytes());
            case JSON -> Optional.of(json(artifact.getJson()));
            case REF, ITEMS, CONTENT_NOT_SET -> Optional.empty();
        };
    }

    /**
     * The artifact with these bytes in place of its reference.
     *
     * @param types tell in which form a value of the artifact's type travels
     * @throws PinfactoryException SPECIALIST_INPUT_INVALID when the bytes don't have that form
     */
    public static Artifact inline(Artifact reference, ByteString bytes, SemanticTypes types) {
        Artifact.Builder inline = reference.toBuilder();
        if (inline.getMediaType().isEmpty()) {
            inline.setMediaType(reference.getRef().getMediaType());
        }
        return switch (types.root(reference.getType())) {
            case SemanticTypes.DOCUMENT, SemanticTypes.IMAGE ->
                inline.setData(bytes).build();
            case SemanticTypes.TEXT -> inline.setText(text(reference, bytes)).build();
            default -> inline.setJson(value(reference, bytes)).build();
        };
    }

    /** The artifact, or each item of its list, changed. Lists are one level deep. */
    public static Artifact each(Artifact artifact, UnaryOperator<Artifact> change) {
        if (!artifact.hasItems()) {
            return change.apply(artifact);
        }
        Artifact.Builder list = artifact.toBuilder();
        for (int i = 0; i < artifact.getItems().getItemsCount(); i++) {
            list.getItemsBuilder().setItems(i, change.apply(artifact.getItems().getItems(i)));
        }
        return list.build();
    }

    private static ByteString json(Value value) {
        try {
            return ByteString.copyFromUtf8(JSON.print(value));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("a value that JSON can't write", e);
        }
    }

    private static String text(Artifact artifact, ByteString bytes) {
        if (!bytes.isValidUtf8()) {
            throw new PinfactoryException(
                    ErrorCode.SPECIALIST_INPUT_INVALID, "input '" + artifact.getName() + "' is no UTF-8 text");
        }
        return bytes.toStringUtf8();
    }

    private static Value value(Artifact artifact, ByteString bytes) {
        Value.Builder value = Value.newBuilder();
        try {
            JsonFormat.parser().merge(text(artifact, bytes), value);
        } catch (InvalidProtocolBufferException e) {
            throw new PinfactoryException(
                    ErrorCode.SPECIALIST_INPUT_INVALID, "input '" + artifact.getName() + "' is no JSON", e);
        }
        return value.build();
    }
}
