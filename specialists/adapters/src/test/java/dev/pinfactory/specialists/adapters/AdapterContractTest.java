package dev.pinfactory.specialists.adapters;

import dev.pinfactory.specialists.testkit.SpecialistContract;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** The application with a folder of files, its server over the wire. */
class AdapterContractTest extends SpecialistContract {
    private static final String NAME = "adapter-contract-test";

    @TempDir
    Path directory;

    private @Nullable TestingModelServer server;
    private @Nullable ConfigurableApplicationContext host;

    @Override
    protected String address() throws Exception {
        server = new TestingModelServer();
        host = AdaptersApplication.builder()
                .properties(
                        "spring.grpc.server.inprocess.name=" + NAME,
                        "pinfactory.host.register=false",
                        "pinfactory.adapters.directory=" + TestingFolder.write(directory, server.address()))
                .run();
        return "inprocess:" + NAME;
    }

    @AfterEach
    void stop() {
        if (host != null) {
            host.close();
        }
        if (server != null) {
            server.close();
        }
    }
}
