package dev.pinfactory.specialists.sdk.autoconfigure;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.GetModelRequest;
import dev.pinfactory.proto.v1.GetModelResponse;
import dev.pinfactory.proto.v1.RegistryServiceGrpc;
import dev.pinfactory.registry.client.Channels;
import dev.pinfactory.specialists.sdk.ModelSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Gets models by digest: from disk where they have been fetched before, else from the registry. What comes is verified in both cases. */
final class ModelFetcher {
    private static final Pattern DIGEST = Pattern.compile("sha256:([0-9a-f]{64})");
    private static final int LARGEST_MODEL_BYTES = 256 << 20;
    private static final long DEADLINE_SECONDS = 120;

    private final Channels channels;
    private final String registry;
    private final Path directory;

    ModelFetcher(Channels channels, String registry, Path directory) {
        this.channels = channels;
        this.registry = registry;
        this.directory = directory;
    }

    /**
     * @throws PinfactoryException FAILED_PRECONDITION when what the registry sent is not what the digest names
     * @throws io.grpc.StatusRuntimeException when the registry does not have it or is away
     */
    ModelSource fetch(String digest) throws IOException {
        var hex = DIGEST.matcher(digest);
        if (!hex.matches()) {
            throw new PinfactoryException(ErrorCode.FAILED_PRECONDITION, "the model digest is not sha256:…");
        }
        Path file = directory.resolve(hex.group(1));
        if (Files.isRegularFile(file)) {
            ModelSource kept = ModelSource.of(file);
            if (kept.digest().equals(digest)) {
                return kept;
            }
        }
        ModelSource fetched = ModelSource.of(download(digest)).verified(digest);
        keep(fetched, file);
        return fetched;
    }

    private byte[] download(String digest) {
        Iterator<GetModelResponse> chunks = RegistryServiceGrpc.newBlockingStub(channels.channel(registry))
                .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .getModel(GetModelRequest.newBuilder().setDigest(digest).build());
        ByteArrayOutputStream model = new ByteArrayOutputStream();
        while (chunks.hasNext()) {
            model.writeBytes(chunks.next().getChunk().toByteArray());
            if (model.size() > LARGEST_MODEL_BYTES) {
                throw new PinfactoryException(
                        ErrorCode.TOO_LARGE, "the model has more than " + LARGEST_MODEL_BYTES + " bytes");
            }
        }
        return model.toByteArray();
    }

    /** Written beside and moved, so that a half-written model is never found under its digest. */
    private void keep(ModelSource model, Path file) throws IOException {
        Files.createDirectories(directory);
        Path part = Files.createTempFile(directory, "model", ".part");
        try {
            Files.write(part, model.bytes());
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
