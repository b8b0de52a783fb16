package dev.pinfactory.faults.swarm;

import dev.pinfactory.registry.service.RegistryApplication;
import java.nio.file.Path;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.grpc.server.lifecycle.GrpcServerLifecycle;

/** The registry as it is, in this process, on a free port; what registers first becomes champion. */
public final class TestedRegistry implements AutoCloseable {
    private final ConfigurableApplicationContext context;

    public TestedRegistry(Path data) {
        context = RegistryApplication.builder()
                .run(
                        "--pinfactory.data-dir=" + data,
                        "--spring.grpc.server.port=0",
                        "--logging.threshold.console=OFF",
                        "--logging.file.name=" + data.resolve("registry.log"));
    }

    public String address() {
        return "127.0.0.1:" + context.getBean(GrpcServerLifecycle.class).getPort();
    }

    @Override
    public void close() {
        context.close();
    }
}
