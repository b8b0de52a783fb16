package dev.pinfactory.orchestrator.service.dispatch;

import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.specialists.sdk.grant.Grant;
import dev.pinfactory.specialists.sdk.grant.GrantKeys;
import dev.pinfactory.specialists.sdk.grant.GrantSigner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Grants signed with this orchestrator's key. */
public record SignedGrants(GrantSigner signer) implements StepGrants {
    /** @throws IllegalArgumentException when the file has no Ed25519 private key */
    public static SignedGrants with(Path privateKeyFile) {
        try {
            return new SignedGrants(new GrantSigner(GrantKeys.privateKey(Files.readString(privateKeyFile))));
        } catch (IOException e) {
            throw new UncheckedIOException("the key for grants can't be read", e);
        }
    }

    @Override
    public Optional<byte[]> sign(InferRequest request, Instant deadline) {
        return Optional.of(signer.sign(Grant.of(request, deadline)));
    }
}
