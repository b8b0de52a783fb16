package dev.pinfactory.specialists.adapters;

import static org.awaitility.Awaitility.await;

import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.inprocess.InProcessChannelBuilder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadinessWatchTest {
    private static final String NAME = "readiness-watch-test";

    @TempDir
    Path directory;

    @Test
    void healthFollowsTheModelsReadiness() throws Exception {
        try (TestingModelServer server = new TestingModelServer();
                var host = AdaptersApplication.builder()
                        .properties(
                                "spring.grpc.server.inprocess.name=" + NAME,
                                "pinfactory.host.register=false",
                                "pinfactory.adapters.readiness-interval=20ms",
                                "pinfactory.adapters.directory=" + TestingFolder.write(directory, server.address()))
                        .run()) {
            var channel = InProcessChannelBuilder.forName(NAME).build();
            var health = HealthGrpc.newBlockingStub(channel);
            var length = HealthCheckRequest.newBuilder().setService("length").build();
            await().until(() -> health.check(length).getStatus() == ServingStatus.SERVING);
            server.ready = false;
            await().until(() -> health.check(length).getStatus() == ServingStatus.NOT_SERVING);
            server.ready = true;
            await().until(() -> health.check(length).getStatus() == ServingStatus.SERVING);
            channel.shutdownNow();
        }
    }
}
