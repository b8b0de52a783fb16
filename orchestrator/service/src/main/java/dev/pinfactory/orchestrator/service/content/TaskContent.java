package dev.pinfactory.orchestrator.service.content;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.type.SemanticTypes;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.ContentRef;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.proto.v1.Task;
import dev.pinfactory.registry.client.Channels;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The content that a task refers to: checked when the task comes in, read when somebody needs the words or the bytes. */
public final class TaskContent {
    /** A text is held in memory for as long as its task runs. */
    private static final int MAX_TEXT_BYTES = 4 * 1024 * 1024;

    private final ContentStore store;
    private final ContentLimits limits;

    public TaskContent(ContentStore store, ContentLimits limits) {
        this.store = store;
        this.limits = limits;
    }

    /**
     * The task with references completed from what is stored.
     *
     * @throws PinfactoryException INVALID_ARGUMENT that names the inputs whose content is not there
     */
    public Task resolve(String tenant, Task task) {
        List<FieldViolation> violations = new ArrayList<>();
        Task.Builder resolved = task.toBuilder();
        for (int i = 0; i < task.getInputsCount(); i++) {
            String field = "inputs[" + i + "].ref";
            resolved.setInputs(i, each(task.getInputs(i), artifact -> known(tenant, artifact, field, violations)));
        }
        if (!violations.isEmpty()) {
            throw new PinfactoryException(
                    ErrorCode.INVALID_ARGUMENT,
                    violations.get(0).field() + ": " + violations.get(0).description(),
                    violations);
        }
        return resolved.build();
    }

    private Artifact known(String tenant, Artifact artifact, String field, List<FieldViolation> violations) {
        if (!artifact.hasRef()) {
            return artifact;
        }
        ContentRef ref = artifact.getRef();
        var found = store.find(tenant, ref.getDigest());
        if (found.isEmpty()) {
            violations.add(new FieldViolation(field, "there is no content with this digest; upload it first"));
            return artifact;
        }
        ContentRef.Builder complete = ref.toBuilder().setSizeBytes(found.get().getSizeBytes());
        if (ref.getMediaType().isEmpty()) {
            complete.setMediaType(found.get().getMediaType());
        }
        return artifact.toBuilder().setRef(complete).build();
    }

    /** The task with large inline bytes moved into the store, for a task that is written down. */
    public Task externalize(String tenant, Task task) {
        Task.Builder small = task.toBuilder();
        for (int i = 0; i < task.getInputsCount(); i++) {
            small.setInputs(i, each(task.getInputs(i), artifact -> {
                if (!artifact.hasData()
                        || artifact.getData().size() <= limits.inline().toBytes()) {
                    return artifact;
                }
                ContentRef ref = store.put(tenant, artifact.getMediaType(), artifact.getData());
                return artifact.toBuilder().setRef(ref).build();
            }));
        }
        return small.build();
    }

    /** Digests of all content that a task refers to. */
    public static Set<String> references(Task task) {
        Set<String> digests = new HashSet<>();
        task.getInputsList()
                .forEach(input -> each(input, artifact -> {
                    if (artifact.hasRef()) {
                        digests.add(artifact.getRef().getDigest());
                    }
                    return artifact;
                }));
        return digests;
    }

    /** The inputs with texts and values inline, which bindings and evidence point into. Documents and images stay references. */
    public List<Artifact> readable(String tenant, List<Artifact> inputs) {
        return inputs.stream()
                .map(input -> each(
                        input,
                        artifact -> !artifact.hasRef() || isBytes(artifact.getType())
                                ? artifact
                                : inline(tenant, artifact)))
                .toList();
    }

    /** The request as a specialist gets it: with content in place of references. */
    public InferRequest complete(String tenant, InferRequest request) {
        InferRequest.Builder complete = request.toBuilder();
        for (int i = 0; i < request.getInputsCount(); i++) {
            complete.setInputs(
                    i, each(request.getInputs(i), artifact -> artifact.hasRef() ? inline(tenant, artifact) : artifact));
        }
        InferRequest built = complete.build();
        if (built.getSerializedSize() > Channels.MAX_MESSAGE_BYTES) {
            throw new PinfactoryException(
                    ErrorCode.SPECIALIST_INPUT_INVALID,
                    "the step's inputs have " + built.getSerializedSize() + " bytes, more than a call can carry ("
                            + Channels.MAX_MESSAGE_BYTES + ")");
        }
        return built;
    }

    private Artifact inline(String tenant, Artifact artifact) {
        ContentRef ref = artifact.getRef();
        if (ref.getSizeBytes() > Channels.MAX_MESSAGE_BYTES) {
            throw new PinfactoryException(
                    ErrorCode.SPECIALIST_INPUT_INVALID,
                    "content of " + ref.getSizeBytes() + " bytes is more than a call can carry");
        }
        ByteString bytes = store.read(tenant, ref.getDigest());
        Artifact.Builder inline = artifact.toBuilder();
        if (inline.getMediaType().isEmpty()) {
            inline.setMediaType(ref.getMediaType());
        }
        if (isBytes(artifact.getType())) {
            return inline.setData(bytes).build();
        }
        if (bytes.size() > MAX_TEXT_BYTES) {
            throw new PinfactoryException(
                    ErrorCode.SPECIALIST_INPUT_INVALID,
                    "input '" + artifact.getName() + "' has " + bytes.size() + " bytes; a text or value has at most "
                            + MAX_TEXT_BYTES);
        }
        return isText(artifact.getType())
                ? inline.setText(text(artifact, bytes)).build()
                : inline.setJson(json(artifact, bytes)).build();
    }

    private static String text(Artifact artifact, ByteString bytes) {
        if (!bytes.isValidUtf8()) {
            throw new PinfactoryException(
                    ErrorCode.SPECIALIST_INPUT_INVALID, "input '" + artifact.getName() + "' is no UTF-8 text");
        }
        return bytes.toStringUtf8();
    }

    private static Value json(Artifact artifact, ByteString bytes) {
        Value.Builder value = Value.newBuilder();
        try {
            JsonFormat.parser().merge(text(artifact, bytes), value);
        } catch (InvalidProtocolBufferException e) {
            throw new PinfactoryException(
                    ErrorCode.SPECIALIST_INPUT_INVALID, "input '" + artifact.getName() + "' is no JSON", e);
        }
        return value.build();
    }

    private static boolean isBytes(String type) {
        return type.equals(SemanticTypes.DOCUMENT) || type.equals(SemanticTypes.IMAGE);
    }

    private static boolean isText(String type) {
        return type.equals(SemanticTypes.TEXT);
    }

    /** Lists are one level deep. */
    private static Artifact each(Artifact artifact, UnaryOperator<Artifact> change) {
        if (!artifact.hasItems()) {
            return change.apply(artifact);
        }
        Artifact.Builder list = artifact.toBuilder();
        for (int i = 0; i < artifact.getItems().getItemsCount(); i++) {
            list.getItemsBuilder().setItems(i, change.apply(artifact.getItems().getItems(i)));
        }
        return list.build();
    }
}
