package dev.pinfactory.e2e;

import io.grpc.Channel;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.util.concurrent.TimeUnit;

/** What a process says of its own health. */
final class Health {
    private Health() {}

    /** False also where nobody answers. */
    static boolean isServing(String address) {
        ManagedChannel probe = Grpc.newChannelBuilder(address, InsecureChannelCredentials.create())
                .build();
        try {
            return isServing(probe);
        } finally {
            probe.shutdownNow();
        }
    }

    /** False also where nobody answers. */
    static boolean isServing(Channel channel) {
        try {
            return HealthGrpc.newBlockingStub(channel)
                            .withDeadlineAfter(1, TimeUnit.SECONDS)
                            .check(HealthCheckRequest.getDefaultInstance())
                            .getStatus()
                    == ServingStatus.SERVING;
        } catch (StatusRuntimeException e) {
            return false;
        }
    }
}
