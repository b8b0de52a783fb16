package dev.pinfactory.faults.security;

import com.google.protobuf.util.Values;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.CallContext;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.proto.v1.SpecialistServiceGrpc;
import dev.pinfactory.specialists.sdk.grant.Grant;
import dev.pinfactory.specialists.sdk.grant.GrantKeys;
import dev.pinfactory.specialists.sdk.grant.GrantSigner;
import dev.pinfactory.specialists.sdk.serving.GrantInterceptor;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Calls a specialist with grants that are none, or for another call, or over. */
final class GrantAttacks implements AutoCloseable {
    private static final Duration VALID = Duration.ofMinutes(1);
    private static final int KINDS = 16;

    private final GrantSigner orchestrator;
    private final GrantSigner stranger = new GrantSigner(GrantKeys.generate().getPrivate());
    private final ManagedChannel door;

    GrantAttacks(GrantSigner orchestrator, String door) {
        this.orchestrator = orchestrator;
        this.door = Grpc.newChannelBuilder(door, InsecureChannelCredentials.create())
                .build();
    }

    /** What was let in; also when the rightful call was not. */
    List<String> letIn(int count, Random random) {
        List<String> failures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            InferRequest request = request(random);
            byte[] grant = orchestrator.sign(Grant.of(request, Instant.now().plus(VALID)));
            int kind = i % KINDS;
            String refused = attack(kind, request, grant, random);
            if (!refused.isEmpty()) {
                failures.add(refused);
            }
        }
        return failures;
    }

    private static InferRequest request(Random random) {
        String mark = Long.toHexString(random.nextLong());
        return InferRequest.newBuilder()
                .setSpecialist("archive")
                .setVersion("1.0.0")
                .setContext(CallContext.newBuilder()
                        .setTenant("local")
                        .setTaskId("forged-" + mark)
                        .setStep("s1")
                        .setItem(1))
                .addInputs(text("thing", "thing " + mark))
                .addInputs(text("other", "other " + mark))
                .putParameters("address", Values.of("somebody@example.org"))
                .build();
    }

    private static InferRequest in(InferRequest request, CallContext.Builder context) {
        return request.toBuilder().setContext(context).build();
    }

    private static Artifact text(String name, String text) {
        return Artifact.newBuilder().setName(name).setType("text").setText(text).build();
    }

    /** Empty when it was refused as it has to be. */
    private String attack(int kind, InferRequest request, byte[] grant, Random random) {
        InferRequest.Builder other = request.toBuilder();
        return switch (kind) {
            case 0 -> refusedWith(request, new byte[0], "no grant");
            case 1 -> refusedWith(request, stranger.sign(Grant.of(request, later())), "another key's");
            case 2 -> refusedWith(request, flipped(grant, random), "one with a flipped bit");
            case 3 -> refusedWith(request, unsigned(grant), "one without a signature");
            case 4 -> refusedWith(request, algorithmNone(grant), "one of algorithm none");
            case 5 ->
                refusedWith(
                        request,
                        orchestrator.sign(Grant.of(request, Instant.now().minusSeconds(6))),
                        "one that is over");
            case 6 ->
                refusedWith(
                        in(request, request.getContext().toBuilder().setTaskId("another")), grant, "another task's");
            case 7 -> refusedWith(in(request, request.getContext().toBuilder().setStep("s2")), grant, "another step's");
            case 8 -> refusedWith(in(request, request.getContext().toBuilder().setItem(2)), grant, "another item's");
            case 9 -> refusedWith(in(request, request.getContext().toBuilder().clearItem()), grant, "an item's");
            case 10 ->
                refusedWith(
                        in(request, request.getContext().toBuilder().setTenant("another")), grant, "another tenant's");
            case 11 -> refusedWith(other.setSpecialist("send").build(), grant, "another specialist's");
            case 12 -> refusedWith(other.setVersion("2.0.0").build(), grant, "another version's");
            case 13 ->
                refusedWith(other.setInputs(0, text("thing", "something else")).build(), grant, "one for other inputs");
            case 14 -> swapped(request);
            default ->
                refusedWith(
                        other.putParameters("address", Values.of("attacker@evil.example"))
                                .build(),
                        grant,
                        "one for other parameters");
        };
    }

    /** A request that names one port twice must not open the door for other inputs of that name. */
    private String swapped(InferRequest request) {
        InferRequest twice =
                request.toBuilder().addInputs(text("thing", "once more")).build();
        try {
            byte[] grant = orchestrator.sign(Grant.of(twice, later()));
            InferRequest other = twice.toBuilder()
                    .setInputs(0, text("thing", "something else"))
                    .build();
            return refusedWith(other, grant, "one for a port that is there twice");
        } catch (IllegalArgumentException e) {
            // Not even signed.
            return "";
        }
    }

    private static Instant later() {
        return Instant.now().plus(VALID);
    }

    private String refusedWith(InferRequest request, byte[] grant, String what) {
        Metadata metadata = new Metadata();
        metadata.put(GrantInterceptor.GRANT, grant);
        try {
            SpecialistServiceGrpc.newBlockingStub(door)
                    .withDeadlineAfter(10, TimeUnit.SECONDS)
                    .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata))
                    .infer(request);
            return "a call was let in with " + what;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode() == Status.Code.PERMISSION_DENIED
                    ? ""
                    : "with " + what + " a call ended as " + e.getStatus();
        }
    }

    private static byte[] flipped(byte[] grant, Random random) {
        String[] parts = new String(grant, StandardCharsets.US_ASCII).split("\\.");
        int changed = random.nextInt(3);
        byte[] part = Base64.getUrlDecoder().decode(parts[changed]);
        part[random.nextInt(part.length)] ^= (byte) (1 << random.nextInt(8));
        parts[changed] = Base64.getUrlEncoder().withoutPadding().encodeToString(part);
        return String.join(".", parts).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] unsigned(byte[] grant) {
        String text = new String(grant, StandardCharsets.US_ASCII);
        return text.substring(0, text.lastIndexOf('.') + 1).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] algorithmNone(byte[] grant) {
        String text = new String(grant, StandardCharsets.US_ASCII);
        String header = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"none\",\"typ\":\"pinfactory-grant\"}".getBytes(StandardCharsets.US_ASCII));
        return (header + text.substring(text.indexOf('.'), text.lastIndexOf('.') + 1))
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        door.shutdownNow();
    }
}
