package dev.pinfactory.orchestrator.cli;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts one process for each role, and returns when tasks are accepted. */
final class RoleProcesses {
    private static final int CONNECT_MILLIS = 500;

    /** Spring looks at a service's health five seconds after its start, unless told otherwise. */
    private static final List<String> HEALTH_AT_ONCE = List.of(
            "--spring.grpc.server.health.schedule.delay=100ms", "--spring.grpc.server.health.schedule.period=1s");

    static final String JSON_LOGS = "--logging.structured.format.console=logstash";

    private final Home home;
    private final Ports ports;
    private final PrintWriter out;
    private final Startup startup;

    RoleProcesses(Home home, Ports ports, Startup startup, PrintWriter out) {
        this.home = home;
        this.ports = ports;
        this.startup = startup;
        this.out = out;
    }

    /** @param issuer properties of the orchestrator that say whom it trusts; none for everybody on this machine */
    RunFile start(List<String> issuer) {
        String registry = "127.0.0.1:" + ports.registry();
        String router = "127.0.0.1:" + ports.router();
        String host = "127.0.0.1:" + ports.host();
        String grpc = "127.0.0.1:" + ports.grpc();
        String rest = "http://127.0.0.1:" + ports.rest();
        role(
                        "registry",
                        "registry/service",
                        "-Xmx256m",
                        grpcPort(ports.registry()),
                        "--server.port=" + ports.registryMetrics())
                .awaitReady(() -> healthy(registry));
        // The others need nothing but the registry to become ready, so they start side by side.
        Startup.Started specialists = role(
                "host",
                "specialists/host",
                "-Xmx512m",
                grpcPort(ports.host()),
                "--pinfactory.host.registry-address=" + registry);
        Startup.Started planner = role(
                "router",
                "router/service",
                "-Xmx512m",
                grpcPort(ports.router()),
                "--server.port=" + ports.routerMetrics(),
                "--pinfactory.router.registry-address=" + registry);
        List<String> orchestrating = new ArrayList<>(List.of(
                grpcPort(ports.grpc()),
                "--server.port=" + ports.rest(),
                "--pinfactory.orchestrator.registry-address=" + registry,
                "--pinfactory.orchestrator.router.address=" + router));
        issuer.forEach(property -> orchestrating.add("--" + property));
        Startup.Started orchestrator =
                role("orchestrator", "orchestrator/service", "-Xmx512m", orchestrating.toArray(String[]::new));
        Startup.Started gateway = role(
                "gateway",
                "orchestrator/gateway",
                "-Xmx256m",
                "--server.port=" + ports.gateway(),
                "--pinfactory.gateway.rest=" + rest,
                "--pinfactory.gateway.grpc=http://" + grpc);
        specialists.awaitReady(() -> healthy(host));
        planner.awaitReady(() -> healthy(router));
        orchestrator.awaitReady(() -> healthy(grpc));
        gateway.awaitReady(() -> listens(ports.gateway()));
        return new RunFile(grpc, rest, registry, "https://localhost:" + ports.gateway(), startup.started());
    }

    private Startup.Started role(String name, String module, String heap, String... arguments) {
        out.println("Starting the " + name + ".");
        out.flush();
        List<String> command = home.role(module, List.of(heap));
        command.add("--pinfactory.data-dir=" + home.data());
        command.addAll(HEALTH_AT_ONCE);
        command.add(JSON_LOGS);
        command.addAll(List.of(arguments));
        return startup.start(name, command);
    }

    private static String grpcPort(int port) {
        return "--spring.grpc.server.port=" + port;
    }

    private static boolean healthy(String address) {
        return healthy(address, 1);
    }

    /** @param seconds how long the answer may take, the connection included */
    static boolean healthy(String address, long seconds) {
        ManagedChannel channel = Grpc.newChannelBuilder(address, InsecureChannelCredentials.create())
                .build();
        try {
            return HealthGrpc.newBlockingStub(channel)
                            .withDeadlineAfter(seconds, TimeUnit.SECONDS)
                            .check(HealthCheckRequest.getDefaultInstance())
                            .getStatus()
                    == ServingStatus.SERVING;
        } catch (StatusRuntimeException e) {
            return false;
        } finally {
            channel.shutdownNow();
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
