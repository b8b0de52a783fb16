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
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Starts one process for each role, each when those that it needs are ready. */
final class RoleProcesses {
    private static final int CONNECT_MILLIS = 500;

    /** Spring looks at a service's health five seconds after its start, unless told otherwise. */
    private static final List<String> HEALTH_AT_ONCE = List.of(
            "--spring.grpc.server.health.schedule.delay=100ms", "--spring.grpc.server.health.schedule.period=1s");

    static final String JSON_LOGS = "--logging.structured.format.console=logstash";

    private final Home home;
    private final Ports ports;
    private final PrintWriter out;
    private final List<RunFile.Running> started = new ArrayList<>();

    RoleProcesses(Home home, Ports ports, PrintWriter out) {
        this.home = home;
        this.ports = ports;
        this.out = out;
    }

    /**
     * Ports on loopback. The roles behind the gateway take the ones after the registry's.
     *
     * @param rest the orchestrator's REST port
     * @param grpc the orchestrator's gRPC port
     * @param registry the registry's gRPC port
     * @param gateway the gateway's TLS port
     */
    record Ports(int rest, int grpc, int registry, int gateway) {
        int router() {
            return registry + 1;
        }

        int host() {
            return registry + 2;
        }

        void checkFree(boolean processes) {
            List<Integer> wanted = new ArrayList<>(List.of(rest, grpc, registry));
            if (processes) {
                wanted.addAll(List.of(router(), host(), gateway));
            }
            for (int port : wanted) {
                if (!isFree(port)) {
                    throw new UsageException(
                            "port " + port + " is taken; stop what uses it, or choose others (see 'pin help up')");
                }
            }
        }
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    RunFile start() {
        String registry = "127.0.0.1:" + ports.registry();
        String router = "127.0.0.1:" + ports.router();
        String host = "127.0.0.1:" + ports.host();
        String grpc = "127.0.0.1:" + ports.grpc();
        String rest = "http://127.0.0.1:" + ports.rest();
        try {
            role("registry", "registry/service", "-Xmx256m", () -> healthy(registry), grpcPort(ports.registry()));
            role(
                    "host",
                    "specialists/host",
                    "-Xmx512m",
                    () -> healthy(host),
                    grpcPort(ports.host()),
                    "--pinfactory.host.registry-address=" + registry);
            role(
                    "router",
                    "router/service",
                    "-Xmx512m",
                    () -> healthy(router),
                    grpcPort(ports.router()),
                    "--pinfactory.router.registry-address=" + registry);
            role(
                    "orchestrator",
                    "orchestrator/service",
                    "-Xmx512m",
                    () -> healthy(grpc),
                    grpcPort(ports.grpc()),
                    "--server.port=" + ports.rest(),
                    "--pinfactory.orchestrator.registry-address=" + registry,
                    "--pinfactory.orchestrator.router.address=" + router);
            role(
                    "gateway",
                    "orchestrator/gateway",
                    "-Xmx256m",
                    () -> listens(ports.gateway()),
                    "--server.port=" + ports.gateway(),
                    "--pinfactory.gateway.rest=" + rest,
                    "--pinfactory.gateway.grpc=http://" + grpc);
        } catch (RuntimeException e) {
            started.reversed()
                    .forEach(process -> ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroy));
            throw e;
        }
        RunFile running = new RunFile(grpc, rest, registry, "https://localhost:" + ports.gateway(), started);
        running.write(home.runFile());
        return running;
    }

    private void role(String name, String module, String heap, BooleanSupplier ready, String... arguments) {
        out.println("Starting the " + name + ".");
        out.flush();
        Path log = home.logs().resolve(name + ".log");
        List<String> command = home.role(module, List.of(heap));
        command.add("--pinfactory.data-dir=" + home.data());
        command.addAll(HEALTH_AT_ONCE);
        command.add(JSON_LOGS);
        command.addAll(List.of(arguments));
        Process process = Launch.start(command, log, false);
        started.add(new RunFile.Running(name, process.pid()));
        Launch.awaitReady("the " + name, process, log, ready);
    }

    private static String grpcPort(int port) {
        return "--spring.grpc.server.port=" + port;
    }

    static boolean healthy(String address) {
        ManagedChannel channel = Grpc.newChannelBuilder(address, InsecureChannelCredentials.create())
                .build();
        try {
            return HealthGrpc.newBlockingStub(channel)
                            .withDeadlineAfter(1, TimeUnit.SECONDS)
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
