package dev.pinfactory.faults.swarm;

import dev.pinfactory.faults.network.ChaosProxy;
import dev.pinfactory.proto.v1.Contract;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Executors;

/** Two specialists that give a text back, one of them behind a network that can be made a black hole, and a registry that knows both. */
public final class HoledSwarm implements AutoCloseable {
    /** The one whose network can be made worse. */
    static final Contract HOLED = EchoSpecialist.CONTRACT.toBuilder()
            .setId("holed")
            .setCapability("test.holed")
            .build();

    private final EchoSpecialist well;
    private final EchoSpecialist behind;
    private final ChaosProxy network;
    private final Server registry;

    public HoledSwarm() throws IOException {
        well = new EchoSpecialist(EchoSpecialist::echo);
        behind = new EchoSpecialist(EchoSpecialist::echo);
        int port = Integer.parseInt(behind.address().substring(behind.address().lastIndexOf(':') + 1));
        network = new ChaosProxy(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        registry = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .addService(new FixedRegistry(() -> List.of(
                        new FixedRegistry.Listed(EchoSpecialist.CONTRACT, List.of(well.address())),
                        new FixedRegistry.Listed(HOLED, List.of("127.0.0.1:" + network.port())))))
                .build()
                .start();
    }

    public String registryAddress() {
        return "127.0.0.1:" + registry.getPort();
    }

    /** What the names of the guards of the specialist behind the network begin with. */
    public String holed() {
        return HOLED.getId();
    }

    /** From now on connections to it are accepted and nothing comes back, on those that are open neither. */
    public void swallow() {
        network.blackHole(true);
    }

    /** As before; connections that have lost something are gone. */
    public void heal() {
        network.blackHole(false).reset();
    }

    @Override
    public void close() throws IOException {
        network.close();
        registry.shutdownNow();
        behind.close();
        well.close();
    }
}
