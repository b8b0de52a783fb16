package dev.pinfactory.router.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.pinfactory.proto.v1.PlanRequest;
import dev.pinfactory.proto.v1.RouterServiceGrpc;
import dev.pinfactory.registry.client.RegistryClient;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Who runs the swarm finds a task's plan in the router's log, by the ids that the orchestrator's log has. */
class FollowedTaskTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final long PATIENCE_SECONDS = 30;

    @TempDir
    Path directory;

    /** What one logger writes, with the ids as they were in the thread that wrote. */
    private static final class Lines extends AppenderBase<ILoggingEvent> implements AutoCloseable {
        private final BlockingQueue<ILoggingEvent> events = new LinkedBlockingQueue<>();
        private final Logger logger = (Logger) LoggerFactory.getLogger(RouterGrpcService.class);

        Lines() {
            start();
            logger.addAppender(this);
        }

        @Override
        protected void append(ILoggingEvent event) {
            event.prepareForDeferredProcessing();
            events.add(event);
        }

        ILoggingEvent next() throws InterruptedException {
            return java.util.Objects.requireNonNull(events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS), "no line came");
        }

        @Override
        public void close() {
            logger.detachAppender(this);
        }
    }

    @Test
    void everyPlanIsALineWithTheCallersTraceAndTask() throws Exception {
        try (var registry = new TestingRegistry("registry-followed", List.of());
                var context = RouterApplication.builder()
                        .run(
                                "--spring.grpc.server.inprocess.name=router-followed",
                                "--pinfactory.router.registry-address=inprocess:registry-followed",
                                "--pinfactory.data-dir=" + directory);
                Lines lines = new Lines()) {
            assertThat(context.getBean(RegistryClient.class).awaitFirst(Duration.ofSeconds(PATIENCE_SECONDS)))
                    .isTrue();
            ManagedChannel channel =
                    InProcessChannelBuilder.forName("router-followed").build();
            try {
                Metadata headers = new Metadata();
                headers.put(
                        Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER),
                        "00-" + TRACE + "-00f067aa0ba902b7-01");
                var calls = RouterServiceGrpc.newBlockingStub(channel)
                        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                        .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS);
                PlanRequest request = PlanRequest.newBuilder()
                        .setInstruction("Weigh Mr Smith.")
                        .setTaskId("task-1")
                        .build();

                assertThat(calls.plan(request).hasRefusal()).isTrue();
                assertIsOurs(lines.next(), "refused NO_SPECIALIST in \\d+ ms");

                assertThatThrownBy(() -> calls.plan(
                                request.toBuilder().setInstruction(" ").build()))
                        .isInstanceOf(StatusRuntimeException.class);
                assertIsOurs(lines.next(), "not planned: INVALID_ARGUMENT");
            } finally {
                channel.shutdownNow();
            }
        }
    }

    private static void assertIsOurs(ILoggingEvent line, String pattern) {
        assertThat(line.getFormattedMessage()).matches(pattern);
        assertThat(line.getMDCPropertyMap())
                .containsEntry("traceId", TRACE)
                .containsEntry("taskId", "task-1")
                .containsKey("spanId");
    }
}
