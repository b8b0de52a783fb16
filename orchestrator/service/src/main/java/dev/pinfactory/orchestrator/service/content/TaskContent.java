package dev.pinfactory.orchestrator.service.content;

import static dev.pinfactory.proto.type.ArtifactContent.each;

import com.google.protobuf.ByteString;
import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.type.ArtifactContent;
import dev.pinfactory.proto.type.SemanticTypes;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.ContentRef;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.proto.v1.Task;
import dev.pinfactory.registry.client.Channels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The content that a task refers to: checked when the task comes in, read when somebody needs the words or the bytes. */
public final class TaskContent {
    /** A text is held in memory for as long as its task runs. */
    private static final int MAX_TEXT_BYTES = 4 * 1024 * 1024;
    /** Of one request's contents together; what is more is referred to, however small. */
    private static final int MAX_CARRIED_BYTES = 4 * 1024 * 1024;

    private final ContentStore store;
    private final ContentLimits limits;

    public TaskContent(ContentStore store, ContentLimits limits) {
        this.store = store;
        this.limits = limits;
    }

    /**
     * The task with references completed from what is stored.
     *
     * @throws PinfactoryException INVALID_ARGUMENT that names the inputs whose content is not there, or is a text or a value that is too large
     */
    public Task resolve(String tenant, Task task, SemanticTypes types) {
        List<FieldViolation> violations = new ArrayList<>();
        Task.Builder resolved = task.toBuilder();
        for (int i = 0; i < task.getInputsCount(); i++) {
            String field = "inputs[" + i + "].ref";
            resolved.setInputs(
                    i, each(task.getInputs(i), artifact -> known(tenant, artifact, types, field, violations)));
        }
        if (!violations.isEmpty()) {
            throw new PinfactoryException(
                    ErrorCode.INVALID_ARGUMENT,
                    violations.get(0).field() + ": " + violations.get(0).description(),
                    violations);
        }
        return resolved.build();
    }

    private Artifact known(
            String tenant, Artifact artifact, SemanticTypes types, String field, List<FieldViolation> violations) {
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
        if (!isBytes(artifact, types) && complete.getSizeBytes() > MAX_TEXT_BYTES) {
            violations.add(new FieldViolation(field, tooLarge(complete.getSizeBytes())));
        }
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
    public List<Artifact> readable(String tenant, List<Artifact> inputs, SemanticTypes types) {
        return inputs.stream()
                .map(input -> each(
                        input,
                        artifact -> !artifact.hasRef() || isBytes(artifact, types)
                                ? artifact
                                : inline(tenant, artifact, types)))
                .toList();
    }

    /** The request as it is sent: references for what is large, whether it came so or not, and content for what is small. */
    public PreparedCall prepare(String tenant, InferRequest request, SemanticTypes types) {
        return new Preparation(tenant, types).prepare(request);
    }

    private Artifact inline(String tenant, Artifact artifact, SemanticTypes types) {
        long size = artifact.getRef().getSizeBytes();
        if (!isBytes(artifact, types) && size > MAX_TEXT_BYTES) {
            throw new PinfactoryException(
                    ErrorCode.SPECIALIST_INPUT_INVALID, "input '" + artifact.getName() + "' " + tooLarge(size));
        }
        return ArtifactContent.inline(
                artifact, store.read(tenant, artifact.getRef().getDigest()), types);
    }

    private static String tooLarge(long bytes) {
        return "has %,d bytes; a text or value that is referred to has at most %,d. A document may have more"
                .formatted(bytes, MAX_TEXT_BYTES);
    }

    private static boolean isBytes(Artifact artifact, SemanticTypes types) {
        String root = types.root(artifact.getType());
        return root.equals(SemanticTypes.DOCUMENT) || root.equals(SemanticTypes.IMAGE);
    }

    /** Sorts one request's contents into those that it carries and those that it refers to. */
    private final class Preparation {
        private final String tenant;
        private final SemanticTypes types;
        private final Map<String, Content> referred = new HashMap<>();
        private long carried;

        Preparation(String tenant, SemanticTypes types) {
            this.tenant = tenant;
            this.types = types;
        }

        PreparedCall prepare(InferRequest request) {
            InferRequest.Builder sent = request.toBuilder();
            for (int i = 0; i < request.getInputsCount(); i++) {
                sent.setInputs(i, each(request.getInputs(i), this::sort));
            }
            InferRequest built = sent.build();
            if (built.getSerializedSize() > Channels.MAX_MESSAGE_BYTES) {
                throw new PinfactoryException(
                        ErrorCode.SPECIALIST_INPUT_INVALID,
                        "the step's inputs have " + built.getSerializedSize()
                                + " bytes beside their content, more than a message can carry ("
                                + Channels.MAX_MESSAGE_BYTES + ")");
            }
            return new PreparedCall(built, referred, types);
        }

        private Artifact sort(Artifact artifact) {
            boolean carried = isCarried(size(artifact));
            if (artifact.hasRef()) {
                return carried
                        ? inline(tenant, artifact, types)
                        : refer(artifact, store.locate(tenant, artifact.getRef().getDigest()));
            }
            return carried
                    ? artifact
                    : ArtifactContent.bytes(artifact)
                            .map(bytes -> referTo(artifact, bytes))
                            .orElse(artifact);
        }

        /** Of what would have to be carried; a value's is near enough to its JSON's. */
        private static long size(Artifact artifact) {
            return switch (artifact.getContentCase()) {
                case DATA -> artifact.getData().size();
                case TEXT -> artifact.getTextBytes().size();
                case JSON -> artifact.getJson().getSerializedSize();
                case REF -> artifact.getRef().getSizeBytes();
                case ITEMS, CONTENT_NOT_SET -> 0;
            };
        }

        /** Many small ones together would not fit into a message either. */
        private boolean isCarried(long size) {
            if (size > limits.inline().toBytes() || carried + size > MAX_CARRIED_BYTES) {
                return false;
            }
            carried += size;
            return true;
        }

        private Artifact referTo(Artifact artifact, ByteString bytes) {
            ContentRef ref = ContentRef.newBuilder()
                    .setDigest(Digests.of(bytes.toByteArray()))
                    .setMediaType(artifact.getMediaType())
                    .setSizeBytes(bytes.size())
                    .build();
            return refer(artifact.toBuilder().setRef(ref).build(), Content.of(bytes));
        }

        private Artifact refer(Artifact artifact, Content content) {
            referred.put(artifact.getRef().getDigest(), content);
            return artifact;
        }
    }
}
