package dev.pinfactory.orchestrator.service.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.pinfactory.proto.v1.RegistryServiceGrpc;
import dev.pinfactory.proto.v1.ReportOutcomesRequest;
import dev.pinfactory.proto.v1.ReportOutcomesResponse;
import dev.pinfactory.registry.client.Channels;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What is logged while the registry refuses what it is told each second. */
class RefusedReportsTest {
    private static final String REGISTRY = "registry-that-refuses";

    private final Logger logger = (Logger) LoggerFactory.getLogger(OutcomeReporter.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Channels channels = new Channels();
    private final VersionOutcomes outcomes = new VersionOutcomes();
    private Server server;
    private Optional<Status> refusal = Optional.empty();
    private OutcomeReporter reporter;

    @BeforeEach
    void start() throws IOException {
        log.start();
        logger.addAppender(log);
        server = InProcessServerBuilder.forName(REGISTRY)
                .addService(new RegistryServiceGrpc.RegistryServiceImplBase() {
                    @Override
                    public void reportOutcomes(
                            ReportOutcomesRequest request, StreamObserver<ReportOutcomesResponse> observer) {
                        if (refusal.isPresent()) {
                            observer.onError(refusal.get().asRuntimeException());
                            return;
                        }
                        observer.onNext(ReportOutcomesResponse.getDefaultInstance());
                        observer.onCompleted();
                    }
                })
                .directExecutor()
                .build()
                .start();
        reporter = new OutcomeReporter(outcomes, channels, Channels.IN_PROCESS + REGISTRY);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(log);
        channels.close();
        server.shutdownNow();
    }

    private void report(Optional<Status> answer) {
        refusal = answer;
        outcomes.answered("tickets", "1.0.0", false, Duration.ofMillis(3));
        reporter.report();
    }

    private long warnings() {
        return log.list.stream().filter(event -> event.getLevel() == Level.WARN).count();
    }

    @Test
    void aRegistryThatRefusesForGoodIsNamedOnceUntilItTakesReportsAgain() {
        Optional<Status> denied = Optional.of(Status.PERMISSION_DENIED);
        report(denied);
        report(denied);
        report(denied);
        assertThat(warnings()).isEqualTo(1);
        report(Optional.of(Status.UNIMPLEMENTED));
        assertThat(warnings()).isEqualTo(2);
        report(denied);
        report(Optional.of(Status.UNIMPLEMENTED));
        assertThat(warnings()).as("two registries that take turns").isEqualTo(2);
        report(Optional.empty());
        report(denied);
        assertThat(warnings()).isEqualTo(3);
    }
}
