package dev.pinfactory.faults.security.contract;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.pinfactory.faults.swarm.EchoRouter;
import dev.pinfactory.faults.swarm.EchoSpecialist;
import dev.pinfactory.faults.swarm.TestedOrchestrator;
import dev.pinfactory.proto.events.v1.EventServiceGrpc;
import dev.pinfactory.proto.v1.SwarmServiceGrpc;
import io.grpc.BindableService;
import io.grpc.ServiceDescriptor;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A real orchestrator on real sockets, with or without authentication, with a specialist and a router that always answer. */
final class FuzzedOrchestrator implements AutoCloseable {
    private static final String ISSUER = "https://issuer.example";

    private final EchoSpecialist specialist = new EchoSpecialist(EchoSpecialist::echo);
    private final EchoRouter router = new EchoRouter();
    private final TestedOrchestrator orchestrator;
    private final Optional<String> token;

    /**
     * Starts one.
     *
     * @param authenticated whether it asks for tokens
     * @param blabs whether it has the seeded bug
     */
    FuzzedOrchestrator(Path folder, boolean authenticated, boolean blabs) throws IOException {
        List<String> properties = new ArrayList<>(List.of(
                "pinfactory.orchestrator.registry-address=" + specialist.address(),
                "pinfactory.orchestrator.router.address=" + router.address(),
                "pinfactory.orchestrator.tasks.default-timeout=1s",
                "pinfactory.orchestrator.tasks.max-timeout=2s",
                "pinfactory.orchestrator.content.max-upload=1MB"));
        if (authenticated) {
            Files.createDirectories(folder);
            Path keys = folder.resolve("keys.json");
            token = Optional.of(token(keys));
            properties.add("pinfactory.orchestrator.authentication.jwk-set-file=" + keys);
            properties.add("pinfactory.orchestrator.authentication.issuer=" + ISSUER);
        } else {
            token = Optional.empty();
        }
        orchestrator =
                TestedOrchestrator.start(folder, blabs ? Map.of("blabber", new Blabber()) : Map.of(), properties);
    }

    private static String token(Path keys) throws IOException {
        try {
            // Of all signatures the one that is checked fastest: this is no test of tokens.
            RSAKey key = new RSAKeyGenerator(2048).keyID("k").generate();
            Files.writeString(keys, new JWKSet(key.toPublicJWK()).toString());
            SignedJWT signed = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k").build(),
                    new JWTClaimsSet.Builder()
                            .issuer(ISSUER)
                            .expirationTime(Date.from(Instant.now().plus(Duration.ofHours(1))))
                            .claim("tenant", "acme")
                            .claim("roles", List.of("caller", "reviewer", "platform", "operator"))
                            .build());
            signed.sign(new RSASSASigner(key));
            return signed.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One with all roles; empty where none is asked for. */
    Optional<String> token() {
        return token;
    }

    int restPort() {
        return URI.create(orchestrator.restAddress()).getPort();
    }

    int grpcPort() {
        return Integer.parseInt(orchestrator.address().replaceFirst(".*:", ""));
    }

    /** The published description of REST. */
    RestContract contract() throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(orchestrator.restAddress() + "/v1/openapi.json"))
                    .build();
            return new RestContract(
                    client.send(request, BodyHandlers.ofString()).body());
        }
    }

    /** Every service that it has. */
    List<ServiceDescriptor> services() {
        List<ServiceDescriptor> known = List.of(
                SwarmServiceGrpc.getServiceDescriptor(),
                EventServiceGrpc.getServiceDescriptor(),
                HealthGrpc.getServiceDescriptor(),
                ServerReflectionGrpc.getServiceDescriptor(),
                firstReflection());
        Set<String> served = orchestrator.beans(BindableService.class).stream()
                .map(service -> service.bindService().getServiceDescriptor().getName())
                .collect(Collectors.toSet());
        Set<String> named = known.stream().map(ServiceDescriptor::getName).collect(Collectors.toSet());
        if (!named.equals(served)) {
            throw new IllegalStateException("services are served that nobody fuzzes: " + served + ", fuzzed: " + named);
        }
        return known;
    }

    @SuppressWarnings("deprecation") // for the version, which is served
    private static ServiceDescriptor firstReflection() {
        return io.grpc.reflection.v1alpha.ServerReflectionGrpc.getServiceDescriptor();
    }

    @Override
    public void close() {
        orchestrator.close();
        router.close();
        specialist.close();
    }
}
