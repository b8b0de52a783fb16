package dev.pinfactory.registry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pinfactory.proto.v1.AuditEntry;
import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.proto.v1.ListAuditRequest;
import dev.pinfactory.proto.v1.RegisterRequest;
import dev.pinfactory.proto.v1.ReportOutcomesRequest;
import dev.pinfactory.proto.v1.Version.State;
import dev.pinfactory.registry.client.Channels;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** Two whole registries with one database, both of which look every second. */
@Tag("long")
class TwoRegistriesTest {
    private final Channels channels = new Channels();
    private final List<ConfigurableApplicationContext> registries = new ArrayList<>();
    private final List<RolloutActions> swarm = new ArrayList<>();
    private EmbeddedPostgres postgres;

    @TempDir
    private Path data;

    @BeforeEach
    void start() throws Exception {
        postgres = EmbeddedPostgres.start();
        for (String name : List.of("one", "two")) {
            String address = name + "-" + data.getFileName();
            registries.add(RegistryApplication.builder()
                    .run(
                            "--pinfactory.data-dir=" + data.resolve(name),
                            "--spring.datasource.url=" + postgres.getJdbcUrl("postgres", "postgres"),
                            "--spring.datasource.username=postgres",
                            "--spring.grpc.server.inprocess.name=" + address,
                            "--pinfactory.registry.rollout.shadow-calls=0",
                            "--pinfactory.registry.rollout.canary-calls=10",
                            "--pinfactory.registry.rollout.shortest=0s"));
            swarm.add(new RolloutActions(channels, "inprocess:" + address));
        }
    }

    @AfterEach
    void stop() throws Exception {
        channels.close();
        registries.forEach(ConfigurableApplicationContext::close);
        postgres.close();
    }

    @Test
    void aVersionMovesOnceAtEachStepWhicheverOfThemIsTold() throws Exception {
        RolloutActions one = swarm.getFirst();
        RolloutActions two = swarm.getLast();
        one.champion();
        two.publish("2.0.0");
        two.stub()
                .register(RegisterRequest.newBuilder()
                        .addCards(Card.newBuilder()
                                .setContract(TestingCards.contract("mood"))
                                .setVersion(RolloutActions.version("2.0.0")))
                        .setEndpoint(TestingCards.endpoint("host"))
                        .setLease(com.google.protobuf.Duration.newBuilder().setSeconds(300))
                        .build());
        one.judge("2.0.0", true);

        awaitStep(two, State.CANARY, 5);
        // Repeated to the other one, as after a lost answer.
        assertThat(report(one, 1)).isTrue();
        assertThat(report(two, 1)).isFalse();
        awaitStep(two, State.CANARY, 25);
        assertThat(report(two, 2)).isTrue();
        awaitStep(one, State.CHAMPION, 0);

        assertThat(two.stub()
                        .listAudit(ListAuditRequest.getDefaultInstance())
                        .getEntriesList()
                        .reversed())
                .filteredOn(entry -> entry.getVersion().equals("2.0.0"))
                .extracting(AuditEntry::getTo)
                .containsExactly(State.SHADOW, State.CANARY, State.CANARY, State.CHAMPION);
    }

    private static void awaitStep(RolloutActions registry, State state, int weight) {
        await().atMost(RolloutActions.SOON)
                .until(() -> registry.stage("2.0.0").getState() == state
                        && registry.stage("2.0.0").getWeightPercent() == weight);
    }

    private static boolean report(RolloutActions registry, long sequence) {
        return registry.stub()
                .reportOutcomes(ReportOutcomesRequest.newBuilder()
                        .setReporter("orchestrator-1")
                        .setSequence(sequence)
                        .addOutcomes(RolloutActions.counters("1.0.0", 100, 1))
                        .addOutcomes(RolloutActions.counters("2.0.0", 10, 0))
                        .build())
                .getCounted();
    }
}
