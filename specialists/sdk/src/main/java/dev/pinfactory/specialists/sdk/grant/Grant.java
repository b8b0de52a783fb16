package dev.pinfactory.specialists.sdk.grant;

import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.CallContext;
import dev.pinfactory.proto.v1.InferRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Leave to make one call: this step of this task, on this version of this specialist, with exactly these inputs, until then. See
 * {@code docs/decisions} for the format.
 *
 * @param item index of the {@code for_each} item
 * @param inputDigests by port: SHA-256 over the RFC 8785 JSON of the artifact
 * @param parametersDigest SHA-256 over the RFC 8785 JSON of a request that holds only the parameters
 */
public record Grant(
        String task,
        String step,
        OptionalInt item,
        String tenant,
        String specialist,
        String version,
        Map<String, String> inputDigests,
        String parametersDigest,
        Instant expiresAt) {
    public Grant {
        inputDigests = Map.copyOf(inputDigests);
    }

    /**
     * The grant for a request that is about to be sent. Its version has to be set.
     *
     * @throws IllegalArgumentException for two inputs of one port: it could not say which of them it is for
     */
    public static Grant of(InferRequest request, Instant expiresAt) {
        CallContext context = request.getContext();
        return new Grant(
                context.getTaskId(),
                context.getStep(),
                context.hasItem() ? OptionalInt.of(context.getItem()) : OptionalInt.empty(),
                context.getTenant(),
                request.getSpecialist(),
                request.getVersion(),
                digests(request.getInputsList()),
                digestOfParameters(request),
                expiresAt);
    }

    /** Whether this grant is for the request, whatever the time is. */
    boolean covers(InferRequest request, String servedVersion) {
        if (request.getInputsList().stream().map(Artifact::getName).distinct().count() < request.getInputsCount()) {
            return false;
        }
        InferRequest resolved = request.toBuilder().setVersion(servedVersion).build();
        return of(resolved, expiresAt).equals(this);
    }

    private static Map<String, String> digests(List<Artifact> inputs) {
        Map<String, String> digests = new TreeMap<>();
        for (Artifact input : inputs) {
            if (digests.put(input.getName(), Digests.of(input)) != null) {
                throw new IllegalArgumentException("input '" + input.getName() + "' is there twice");
            }
        }
        return digests;
    }

    private static String digestOfParameters(InferRequest request) {
        return Digests.of(InferRequest.newBuilder()
                .putAllParameters(request.getParametersMap())
                .build());
    }
}
