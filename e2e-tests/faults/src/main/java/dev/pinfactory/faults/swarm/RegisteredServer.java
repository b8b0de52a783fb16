package dev.pinfactory.faults.swarm;

import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.proto.v1.Endpoint;
import dev.pinfactory.proto.v1.Version;
import dev.pinfactory.registry.client.Channels;
import dev.pinfactory.registry.client.Registration;
import io.grpc.BindableService;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** A server of the specialist that gives a text back, registered as every host is. */
final class RegisteredServer implements AutoCloseable {
    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Server server;
    private final Channels channels = new Channels();
    private final Registration registration;

    /**
     * @param registry its address
     * @param instance unique for the server
     */
    RegisteredServer(BindableService service, String registry, String instance, String... versions)
            throws IOException, InterruptedException {
        this.server = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .addService(service)
                .build()
                .start();
        this.registration = Registration.start(
                channels,
                registry,
                cards(versions),
                Endpoint.newBuilder()
                        .setAddress("127.0.0.1:" + server.getPort())
                        .setInstance(instance)
                        .build(),
                LEASE);
        if (!registration.awaitRegistered(PATIENCE)) {
            throw new IllegalStateException("the registry did not take the specialist");
        }
    }

    private static List<Card> cards(String... versions) {
        return Stream.of(versions)
                .map(version -> Card.newBuilder()
                        .setContract(EchoSpecialist.CONTRACT)
                        .setVersion(Version.newBuilder().setNumber(version))
                        .build())
                .toList();
    }

    @Override
    public void close() {
        registration.close();
        channels.close();
        server.shutdownNow();
    }
}
