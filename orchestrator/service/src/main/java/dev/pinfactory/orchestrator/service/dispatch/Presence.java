package dev.pinfactory.orchestrator.service.dispatch;

import dev.pinfactory.registry.client.Channels;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import java.time.Duration;
import java.util.concurrent.ExecutionException;

/**
 * Asks endpoints whether they are there, over the connection that their calls use: a specialist that works for long is told from one that nothing comes from any
 * more. Any answer is one, also that it does not know the question.
 */
final class Presence {
    private final Channels channels;
    private final Duration timeout;

    Presence(Channels channels, Duration timeout) {
        this.channels = channels;
        this.timeout = timeout;
    }

    boolean of(String address) throws InterruptedException {
        var answer = HealthGrpc.newFutureStub(channels.channel(address))
                .withDeadlineAfter(timeout)
                .check(HealthCheckRequest.getDefaultInstance());
        try {
            answer.get();
            return true;
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            Status.Code code = Status.fromThrowable(e).getCode();
            return code != Status.Code.UNAVAILABLE && code != Status.Code.DEADLINE_EXCEEDED;
        }
    }
}
