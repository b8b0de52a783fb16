package dev.pinfactory.registry.service.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.AuditEntry;
import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.proto.v1.Counters;
import dev.pinfactory.proto.v1.Gate;
import dev.pinfactory.proto.v1.Judgement;
import dev.pinfactory.proto.v1.RolloutStage;
import dev.pinfactory.proto.v1.Version;
import dev.pinfactory.proto.v1.Version.State;
import dev.pinfactory.proto.v1.VersionCounters;
import dev.pinfactory.proto.v1.VersionEntry;
import dev.pinfactory.registry.service.ManualClock;
import dev.pinfactory.registry.service.TestingCards;
import dev.pinfactory.registry.service.catalog.Candidates;
import dev.pinfactory.registry.service.catalog.Catalog;
import dev.pinfactory.registry.service.catalog.CatalogRules;
import dev.pinfactory.registry.service.catalog.CatalogView;
import dev.pinfactory.registry.service.catalog.OutcomeCounting;
import dev.pinfactory.registry.service.catalog.Outcomes;
import dev.pinfactory.registry.service.catalog.Stage;
import dev.pinfactory.registry.service.catalog.Verdict;
import dev.pinfactory.registry.service.catalog.VersionMove;
import dev.pinfactory.registry.service.rollout.RolloutController;
import dev.pinfactory.registry.service.rollout.RolloutPolicies;
import dev.pinfactory.registry.service.rollout.RolloutPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** What publishing, judging, counting and rolling back promise, on every database. */
abstract class RolloutContract {
    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final byte[] MODEL = {1, 2, 3};
    private static final RolloutPolicies POLICIES = new RolloutPolicies(
            new RolloutPolicy(
                    true,
                    true,
                    Set.of(),
                    0.01,
                    Duration.ZERO,
                    20,
                    0.8,
                    List.of(5, 25),
                    20,
                    0.01,
                    0.05,
                    2,
                    Duration.ofMillis(20),
                    0.02,
                    Duration.ofHours(1)),
            Map.of());

    private final ManualClock clock = new ManualClock();
    private JdbcClient jdbc;
    private JdbcTransactionManager transactions;
    private JdbcCatalogStore store;
    private JdbcRolloutReader reader;
    private Catalog catalog;
    private Candidates candidates;
    private OutcomeCounting outcomes;

    @TempDir
    private Path directory;

    abstract DataSource database();

    @BeforeEach
    void emptyDatabase() {
        DataSource database = database();
        Flyway flyway = flyway("latest");
        flyway.clean();
        flyway.migrate();
        jdbc = JdbcClient.create(database);
        transactions = new JdbcTransactionManager(database);
        store = new JdbcCatalogStore(jdbc, transactions);
        reader = new JdbcRolloutReader(jdbc);
        CatalogRules rules = new CatalogRules(
                true, LEASE, Duration.ofSeconds(1), Duration.ofMinutes(5), LEASE, Duration.ofDays(30), 100);
        catalog = new Catalog(store, rules, clock);
        candidates = new Candidates(store, clock);
        outcomes = new OutcomeCounting(store, clock);
    }

    @Test
    void whatWasTriedOrInUseBeforeHasAStageAfterTheMigration() {
        Flyway before = flyway("1");
        before.clean();
        before.migrate();
        jdbc.sql("insert into specialist (id, revision) values ('mood', 1)").update();
        for (State state : List.of(State.CHAMPION, State.SHADOW, State.RETIRED)) {
            jdbc.sql("insert into version (specialist, number, version, contract, contract_digest, state,"
                            + " weight_percent, absent, published_at, last_seen)"
                            + " values ('mood', ?, ?, ?, '', ?, 0, false, current_timestamp, current_timestamp)")
                    .params(state.name(), new byte[0], new byte[0], state.name())
                    .update();
        }

        flyway("latest").migrate();

        List<Stage> stages = store.change(change -> change.rollout().stages("mood"));
        assertThat(stages)
                .extracting(Stage::number, Stage::rival, Stage::own)
                .containsExactly(
                        tuple("CHAMPION", Optional.empty(), Outcomes.NONE),
                        tuple("SHADOW", Optional.of("CHAMPION"), Outcomes.NONE));
    }

    private Flyway flyway(String target) {
        return Flyway.configure()
                .dataSource(database())
                .locations("classpath:db/registry")
                .target(target)
                .cleanDisabled(false)
                .load();
    }

    @Test
    void aNewVersionIsACandidateThatIsAliveNowhere() throws Exception {
        champion();
        putModel();

        var first = candidates.publish("mood", contractDigest(), version("2.0.0"));
        var again = candidates.publish("mood", contractDigest(), version("2.0.0"));

        assertThat(first.existed()).isFalse();
        assertThat(again.existed()).isTrue();
        assertThat(again.revision()).isEqualTo(first.revision());
        VersionEntry entry = entry("2.0.0");
        assertThat(entry.getState()).isEqualTo(State.CANDIDATE);
        assertThat(entry.getEndpointsCount()).isZero();
        assertThat(entry.getAbsent()).isTrue();
        assertThat(entry.getVersion()).isEqualTo(version("2.0.0"));
    }

    @Test
    void anotherContentUnderTheSameNumberIsRefused() throws Exception {
        champion();
        putModel();
        candidates.publish("mood", contractDigest(), version("2.0.0"));

        Version otherSeed = version("2.0.0").toBuilder()
                .setLineage(version("2.0.0").getLineage().toBuilder().setSeed(8))
                .build();

        assertRefused(
                () -> candidates.publish("mood", contractDigest(), otherSeed),
                ErrorCode.ALREADY_EXISTS,
                "version.lineage");
    }

    @Test
    void aVersionNeedsItsModelAndAContractThatIsKnown() throws Exception {
        champion();

        assertRefused(
                () -> candidates.publish("mood", contractDigest(), version("2.0.0")),
                ErrorCode.FAILED_PRECONDITION,
                "version.model_digest");
        putModel();
        assertRefused(
                () -> candidates.publish(
                        "mood",
                        contractDigest(),
                        version("2.0.0").toBuilder().setModelBytes(4).build()),
                ErrorCode.FAILED_PRECONDITION,
                "version.model_bytes");
        assertRefused(
                () -> candidates.publish(
                        "mood",
                        contractDigest(),
                        version("2.0.0").toBuilder().clearModelDigest().build()),
                ErrorCode.FAILED_PRECONDITION,
                "version.model_digest");
        assertRefused(
                () -> candidates.publish("mood", "sha256:other", version("2.0.0")),
                ErrorCode.FAILED_PRECONDITION,
                "contract_digest");
        assertRefused(
                () -> candidates.publish("mood", contractDigest(), version("no number")),
                ErrorCode.CARD_INVALID,
                "version.number");
        assertThatThrownBy(() -> candidates.publish("nobody", contractDigest(), version("2.0.0")))
                .hasMessageContaining("no specialist 'nobody'");
        assertThat(view().find("mood").orElseThrow().getVersionsCount()).isOne();
    }

    @Test
    void aJudgementIsKeptWithItsPage() throws Exception {
        candidate("2.0.0");
        String page = "<p>" + "ä".repeat(600_000) + "</p>";

        var judged = candidates.judge("mood", "2.0.0", judgement(true), page);

        assertThat(judged.state()).isEqualTo(State.CANDIDATE);
        assertThat(reader.judgement("mood", "2.0.0", true)).hasValueSatisfying(kept -> {
            assertThat(kept.getJudgement()).isEqualTo(judgement(true));
            assertThat(kept.getReportHtml()).isEqualTo(page);
        });
        assertThat(reader.judgement("mood", "2.0.0", false).orElseThrow().getReportHtml())
                .isEmpty();
        assertThat(reader.judgement("mood", "1.0.0", true)).isEmpty();
    }

    @Test
    void whoFailsIsRejectedWithTheReasonOnce() throws Exception {
        candidate("2.0.0");

        for (int i = 0; i < 2; i++) {
            assertThat(candidates.judge("mood", "2.0.0", judgement(false), "").state())
                    .isEqualTo(State.REJECTED);
        }

        assertThat(entry("2.0.0").getState()).isEqualTo(State.REJECTED);
        AuditEntry last = reader.audit("mood", Long.MAX_VALUE, 1).getFirst();
        assertThat(last.getActor()).isEqualTo("learner-1");
        assertThat(last.getReason()).contains("macro-f1").contains("0.7").contains("0.8");
        assertThat(reader.audit("mood", Long.MAX_VALUE, 100)).hasSize(2);
        assertThatThrownBy(() -> candidates.judge("mood", "2.0.0", judgement(true), ""))
                .hasMessageContaining("is REJECTED");
    }

    @Test
    void aJudgementAgainstAFormerChampionOrOfOneInUseIsRefused() throws Exception {
        candidate("2.0.0");
        candidate("3.0.0");
        catalog.move("mood", "3.0.0", State.CHAMPION, 0, "ada", "by hand");

        assertRefused(
                () -> candidates.judge("mood", "2.0.0", judgement(true), ""),
                ErrorCode.FAILED_PRECONDITION,
                "judgement.champion");
        assertThatThrownBy(() -> candidates.judge("mood", "3.0.0", judgement(true), ""))
                .hasMessageContaining("is CHAMPION");
        assertThatThrownBy(() -> candidates.judge("mood", "9", judgement(true), ""))
                .hasMessageContaining("no version '9'");
    }

    @Test
    void aJudgementSaysWhatItsGatesSayAndHasBounds() throws Exception {
        candidate("2.0.0");

        assertRefused(
                () -> candidates.judge(
                        "mood",
                        "2.0.0",
                        judgement(false).toBuilder().setPassed(true).build(),
                        ""),
                ErrorCode.INVALID_ARGUMENT,
                "judgement.gates[0].passed");
        assertRefused(
                () -> candidates.judge(
                        "mood",
                        "2.0.0",
                        judgement(true).toBuilder().clearGates().build(),
                        ""),
                ErrorCode.INVALID_ARGUMENT,
                "judgement.gates");
        assertThatThrownBy(() -> candidates.judge("mood", "2.0.0", judgement(true), "x".repeat((4 << 20) + 1)))
                .asInstanceOf(type(PinfactoryException.class))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_LARGE));
    }

    @Test
    void outcomesAreCountedOnceForTheVersionAndForWhoIsComparedWithIt() throws Exception {
        candidate("2.0.0");
        catalog.move("mood", "2.0.0", State.CANARY, 10, "ada", "try");
        VersionCounters own = counters("2.0.0", 10, 5);
        VersionCounters champion = counters("1.0.0", 90, 1);

        assertThat(outcomes.report("orchestrator-1", 1, List.of(own, champion))).isTrue();
        assertThat(outcomes.report("orchestrator-1", 1, List.of(own, champion))).isFalse();
        assertThat(outcomes.report("orchestrator-2", 7, List.of(own, champion))).isTrue();
        assertThat(outcomes.report("orchestrator-2", 6, List.of(own, champion))).isFalse();

        Stage canary = stage("2.0.0");
        assertThat(canary.rival()).contains("1.0.0");
        assertThat(canary.own().calls()).isEqualTo(20);
        assertThat(canary.own().failures()).isEqualTo(10);
        assertThat(canary.own().correctable()).isEqualTo(20);
        assertThat(canary.beside().calls()).isEqualTo(180);
        assertThat(canary.beside().latency().total()).isEqualTo(180);
        assertThat(stage("1.0.0").own().calls()).isEqualTo(180);
    }

    @Test
    void aWiderCanaryBeginsAnewButKeepsItsCorrections() throws Exception {
        candidate("2.0.0");
        catalog.move("mood", "2.0.0", State.CANARY, 5, "ada", "try");
        report(1, counters("2.0.0", 10, 5), wrong("2.0.0", 3), wrong("1.0.0", 2), counters("1.0.0", 90, 1));
        clock.advance(Duration.ofMinutes(1));

        catalog.move("mood", "2.0.0", State.CANARY, 25, "ada", "more");

        Stage wider = stage("2.0.0");
        assertThat(wider.startedAt()).isEqualTo(clock.instant());
        assertThat(wider.own().calls()).isZero();
        assertThat(wider.own().wrong()).isEqualTo(3);
        assertThat(wider.own().correctable()).isEqualTo(10);
        assertThat(wider.beside().wrong()).isEqualTo(2);
        AuditEntry entry = reader.audit("mood", Long.MAX_VALUE, 1).getFirst();
        assertThat(entry.getStage().getState()).isEqualTo(State.CANARY);
        assertThat(entry.getStage().getOwn().getFailures()).isEqualTo(5);
        assertThat(entry.getStage().getBeside().getCalls()).isEqualTo(90);
    }

    @Test
    void aNewChampionIsComparedWithItsForerunnersLastFiguresAndCanGoBack() throws Exception {
        candidate("2.0.0");
        catalog.move("mood", "2.0.0", State.CANARY, 5, "ada", "try");
        report(1, counters("2.0.0", 10, 0), counters("1.0.0", 90, 1));
        catalog.move("mood", "2.0.0", State.CHAMPION, 0, "ada", "good");

        assertThat(stage("2.0.0").rival()).contains("1.0.0");
        assertThat(stage("2.0.0").beside().calls()).isEqualTo(90);
        report(2, counters("2.0.0", 50, 25));
        catalog.rollBack("mood", "", "ada", "half of it fails");

        assertThat(entry("1.0.0").getState()).isEqualTo(State.CHAMPION);
        assertThat(entry("2.0.0").getState()).isEqualTo(State.REJECTED);
        assertThat(stage("1.0.0").rival()).isEmpty();
        List<AuditEntry> audit = reader.audit("mood", Long.MAX_VALUE, 2);
        assertThat(audit).extracting(AuditEntry::getVersion).containsExactly("1.0.0", "2.0.0");
        assertThat(audit.getLast().getStage().getOwn().getFailures()).isEqualTo(25);
        assertThatThrownBy(() -> catalog.rollBack("mood", "", "ada", "again"))
                .hasMessageContaining("follows no version");
    }

    @Test
    void whatIsTriedIsRolledBackAloneAndTheRestNot() throws Exception {
        candidate("2.0.0");
        catalog.move("mood", "2.0.0", State.SHADOW, 0, "ada", "try");

        catalog.rollBack("mood", "2.0.0", "ada", "no");

        assertThat(entry("2.0.0").getState()).isEqualTo(State.REJECTED);
        assertThat(entry("1.0.0").getState()).isEqualTo(State.CHAMPION);
        assertThatThrownBy(() -> catalog.rollBack("mood", "2.0.0", "ada", "again"))
                .hasMessageContaining("is REJECTED");
        assertThatThrownBy(() -> catalog.rollBack("mood", "9", "ada", "?")).hasMessageContaining("'9'");
    }

    @Test
    void whatIsTriedIsComparedWithTheChampionOfNow() throws Exception {
        candidate("2.0.0");
        candidate("3.0.0");
        catalog.move("mood", "2.0.0", State.SHADOW, 0, "ada", "try");
        report(1, counters("1.0.0", 90, 1));
        catalog.move("mood", "3.0.0", State.CHAMPION, 0, "ada", "by hand");

        assertThat(stage("2.0.0").rival()).contains("3.0.0");
        assertThat(stage("2.0.0").beside().calls()).isZero();
        assertThat(stage("3.0.0").beside().calls()).as("no canary before").isEqualTo(90);
    }

    @Test
    void aCandidateThatStartsAgainIsJudgedAgain() throws Exception {
        candidate("2.0.0");
        candidates.judge("mood", "2.0.0", judgement(true), "page");
        catalog.move("mood", "2.0.0", State.SHADOW, 0, "ada", "try");
        catalog.rollBack("mood", "2.0.0", "ada", "no");
        catalog.move("mood", "2.0.0", State.CANDIDATE, 0, "ada", "one more chance");

        assertThat(verdict("2.0.0").counts()).isFalse();
        assertThat(candidates.judge("mood", "2.0.0", judgement(true), "page").state())
                .isEqualTo(State.CANDIDATE);
        assertThat(verdict("2.0.0").speaksFor("1.0.0")).isTrue();
    }

    @Test
    void aGoodVersionGoesAllTheWayByItself() throws Exception {
        candidate("2.0.0");
        RolloutController controller = controller();
        assertThat(controller.onTheWay()).isEmpty();
        candidates.judge("mood", "2.0.0", judgement(true), "page");
        assertThat(controller.onTheWay()).containsExactly("mood");

        assertMove(controller, State.SHADOW, 0);
        assertThat(waitsFor(controller, "2.0.0")).isEqualTo("calls: compared 0 of 20");
        host("2.0.0");
        report(1, shadowed("2.0.0", 20, 19), counters("1.0.0", 100, 1));
        assertMove(controller, State.CANARY, 5);
        report(2, counters("2.0.0", 20, 0), counters("1.0.0", 100, 1));
        assertMove(controller, State.CANARY, 25);
        report(3, counters("2.0.0", 20, 0), counters("1.0.0", 100, 1));
        assertMove(controller, State.CHAMPION, 0);

        assertThat(entry("1.0.0").getState()).isEqualTo(State.RETIRED);
        assertThat(waitsFor(controller, "2.0.0")).startsWith("on probation until");
        clock.advance(Duration.ofHours(2));
        assertThat(controller.onTheWay()).isEmpty();
        assertThat(controller.move("mood")).isEmpty();
        List<AuditEntry> audit = reader.audit("mood", Long.MAX_VALUE, 100);
        assertThat(audit).hasSize(6).first().satisfies(last -> {
            assertThat(last.getActor()).isEqualTo("registry");
            assertThat(last.getStage().getOwn().getCalls()).isEqualTo(20);
            assertThat(last.getStage().getBeside().getCalls()).isEqualTo(100);
        });
    }

    @Test
    void aFreshChampionThatFailsGivesItsPlaceBack() throws Exception {
        candidate("2.0.0");
        catalog.move("mood", "2.0.0", State.CANARY, 10, "ada", "try");
        report(1, counters("2.0.0", 5, 0), counters("1.0.0", 100, 1));
        catalog.move("mood", "2.0.0", State.CHAMPION, 0, "ada", "forced in");
        report(2, counters("2.0.0", 30, 15));

        List<VersionMove> moves = controller().move("mood");

        assertThat(moves).extracting(VersionMove::to).containsExactly(State.REJECTED, State.CHAMPION);
        assertThat(moves.getFirst().reason()).contains("failed 15 of 30 times, the champion 1 of 100");
        assertThat(entry("1.0.0").getState()).isEqualTo(State.CHAMPION);
        assertThat(controller().move("mood")).isEmpty();
    }

    @Test
    void whatFailsGoesBeforeWhatGoesOn() throws Exception {
        candidate("2.0.0");
        candidate("3.0.0");
        candidates.judge("mood", "3.0.0", judgement(true), "page");
        catalog.move("mood", "2.0.0", State.CANARY, 10, "ada", "try");
        report(1, counters("2.0.0", 30, 15), counters("1.0.0", 300, 1));

        assertThat(controller().move("mood")).extracting(VersionMove::to).containsExactly(State.REJECTED);
        assertThat(controller().move("mood")).extracting(VersionMove::to).containsExactly(State.SHADOW);
    }

    @Test
    void ofTwoRegistriesOneMovesAVersion() throws Exception {
        candidate("2.0.0");
        host("2.0.0");
        candidates.judge("mood", "2.0.0", judgement(true), "page");
        report(1, counters("1.0.0", 100, 1));
        List<Callable<List<VersionMove>>> rounds = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            DataSource own = database();
            RolloutController replica = new RolloutController(
                    new JdbcCatalogStore(JdbcClient.create(own), new JdbcTransactionManager(own)), POLICIES, clock);
            rounds.add(() -> replica.move("mood"));
        }

        List<VersionMove> moves = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (Future<List<VersionMove>> round : threads.invokeAll(rounds)) {
                moves.addAll(round.get());
            }
        }

        assertThat(moves).extracting(VersionMove::to).containsExactly(State.SHADOW);
        assertThat(reader.audit("mood", Long.MAX_VALUE, 100)).hasSize(2);
        assertThat(jdbc.sql("select count(*) from outbox").query(Integer.class).single())
                .isEqualTo(2);
    }

    @Test
    void aHostThatComesBackWithItsOwnVersionDoesNotUndoAPromotion() throws Exception {
        candidate("2.0.0");
        host("2.0.0");
        catalog.move("mood", "2.0.0", State.CHAMPION, 0, "ada", "better");
        clock.advance(LEASE.plusSeconds(1));
        catalog.sweep();

        champion();

        assertThat(entry("1.0.0").getState()).isEqualTo(State.RETIRED);
        assertThat(entry("2.0.0").getState()).isEqualTo(State.CHAMPION);
    }

    @Test
    void reportsThatCannotBeAreRefusedWhole() throws Exception {
        candidate("2.0.0");
        VersionCounters impossible = counters("1.0.0", 5, 6);

        assertRefused(
                () -> outcomes.report("a", 1, List.of(counters("1.0.0", 5, 1), impossible)),
                ErrorCode.INVALID_ARGUMENT,
                "outcomes[1].counters.failures");
        assertRefused(() -> outcomes.report("", 1, List.of()), ErrorCode.INVALID_ARGUMENT, "reporter");
        assertRefused(() -> outcomes.report("a", 0, List.of()), ErrorCode.INVALID_ARGUMENT, "sequence");
        VersionCounters slow = VersionCounters.newBuilder()
                .setSpecialist("mood")
                .setVersion("1.0.0")
                .setCounters(Counters.newBuilder().setCalls(1).addLatency(2))
                .build();
        assertRefused(
                () -> outcomes.report("a", 1, List.of(slow)),
                ErrorCode.INVALID_ARGUMENT,
                "outcomes[0].counters.latency");

        assertThat(stage("1.0.0").own().calls()).isZero();
        assertThat(outcomes.report("a", 1, List.of(counters("unknown", 5, 1)))).isTrue();
    }

    @Test
    void reportsAtTheSameTimeAreAllCounted() throws Exception {
        candidate("2.0.0");
        List<Callable<Boolean>> reports = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String reporter = "orchestrator-" + i % 4;
            long sequence = 1 + i / 8;
            // Each twice.
            reports.add(() -> outcomes.report(reporter + "-" + sequence, sequence, List.of(counters("1.0.0", 10, 1))));
        }
        int counted = 0;
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (Future<Boolean> report : threads.invokeAll(reports)) {
                counted += report.get() ? 1 : 0;
            }
        }

        assertThat(counted).isEqualTo(20);
        assertThat(stage("1.0.0").own().calls()).isEqualTo(200);
    }

    @Test
    void theAuditLogIsReadInPages() throws Exception {
        candidate("2.0.0");
        catalog.move("mood", "2.0.0", State.SHADOW, 0, "ada", "one");
        catalog.move("mood", "2.0.0", State.CANARY, 5, "ada", "two");

        AuditEntry newest = reader.audit("", Long.MAX_VALUE, 1).getFirst();
        List<AuditEntry> rest = reader.audit("mood", newest.getSequence(), 100);

        assertThat(newest.getReason()).isEqualTo("two");
        assertThat(newest.getWeightPercent()).isEqualTo(5);
        assertThat(rest).extracting(AuditEntry::getTo).containsExactly(State.SHADOW, State.CHAMPION);
        assertThat(reader.audit("other", Long.MAX_VALUE, 100)).isEmpty();
    }

    @Test
    void pagesOfWhatIsOverGoAfterTheirTime() throws Exception {
        candidate("2.0.0");
        candidate("3.0.0");
        candidates.judge("mood", "2.0.0", judgement(false), "page");
        candidates.judge("mood", "3.0.0", judgement(true), "page");
        clock.advance(Duration.ofDays(2));
        JdbcRetention retention = new JdbcRetention(jdbc, transactions);

        assertThat(retention.expireReports(clock.instant().minus(Duration.ofDays(1))))
                .isOne();

        assertThat(reader.judgement("mood", "2.0.0", true).orElseThrow().getReportHtml())
                .isEmpty();
        assertThat(reader.judgement("mood", "3.0.0", true).orElseThrow().getReportHtml())
                .isEqualTo("page");
        outcomes.report("a", 1, List.of());
        assertThat(retention.expireReporters(clock.instant())).isZero();
        clock.advance(Duration.ofMillis(1));
        assertThat(retention.expireReporters(clock.instant())).isOne();
    }

    private void champion() {
        catalog.register(List.of(TestingCards.card("mood", "1.0.0")), TestingCards.endpoint("a"), LEASE);
    }

    /** A host follows the rollout. */
    private void host(String number) {
        Card card = Card.newBuilder()
                .setContract(TestingCards.contract("mood"))
                .setVersion(version(number))
                .build();
        catalog.register(List.of(card), TestingCards.endpoint("host"), LEASE);
    }

    private RolloutController controller() {
        return new RolloutController(store, POLICIES, clock);
    }

    private static void assertMove(RolloutController controller, State to, int weight) {
        assertThat(controller.move("mood")).last().satisfies(move -> {
            assertThat(move.number()).isEqualTo("2.0.0");
            assertThat(move.to()).isEqualTo(to);
            assertThat(move.weightPercent()).isEqualTo(weight);
        });
        assertThat(controller.move("mood")).as("it waits for calls").isEmpty();
    }

    private static String waitsFor(RolloutController controller, String number) {
        return controller.stages("mood").stream()
                .filter(stage -> stage.getVersion().equals(number))
                .map(RolloutStage::getWaitsFor)
                .findFirst()
                .orElseThrow();
    }

    private static VersionCounters shadowed(String number, long compared, long agreed) {
        return VersionCounters.newBuilder()
                .setSpecialist("mood")
                .setVersion(number)
                .setCounters(Counters.newBuilder().setCompared(compared).setAgreed(agreed))
                .build();
    }

    private void candidate(String number) throws Exception {
        champion();
        putModel();
        candidates.publish("mood", contractDigest(), version(number));
    }

    private void putModel() throws Exception {
        new JdbcModelStore(jdbc, transactions, clock)
                .put(Digests.of(MODEL), Files.write(directory.resolve("model"), MODEL));
    }

    private static String contractDigest() {
        return Digests.of(TestingCards.contract("mood"));
    }

    private static Version version(String number) {
        Card card = TestingCards.card("mood", number);
        return card.getVersion().toBuilder()
                .setModelDigest(Digests.of(MODEL))
                .setModelBytes(MODEL.length)
                .setLineage(dev.pinfactory.proto.v1.Lineage.newBuilder()
                        .addDataDigests("sha256:data")
                        .setSeed(7))
                .build();
    }

    private static Judgement judgement(boolean passed) {
        return Judgement.newBuilder()
                .setChampion("1.0.0")
                .setPassed(passed)
                .setJudge("learner-1")
                .addGates(Gate.newBuilder()
                        .setName("macro-f1")
                        .setValue(passed ? 0.9 : 0.7)
                        .setBound(0.8)
                        .setPassed(passed))
                .build();
    }

    private void report(long sequence, VersionCounters... counters) {
        assertThat(outcomes.report("orchestrator-1", sequence, List.of(counters)))
                .isTrue();
    }

    private static VersionCounters counters(String number, long calls, long failures) {
        return VersionCounters.newBuilder()
                .setSpecialist("mood")
                .setVersion(number)
                .setCounters(Counters.newBuilder()
                        .setCalls(calls)
                        .setFailures(failures)
                        .addLatency(calls))
                .build();
    }

    private static VersionCounters wrong(String number, long wrong) {
        return VersionCounters.newBuilder()
                .setSpecialist("mood")
                .setVersion(number)
                .setCounters(Counters.newBuilder().setConfirmedWrong(wrong))
                .build();
    }

    private Stage stage(String number) {
        return store.change(change -> change.rollout().stages("mood")).stream()
                .filter(stage -> stage.number().equals(number))
                .findFirst()
                .orElseThrow();
    }

    private Verdict verdict(String number) {
        return store.change(change -> change.rollout().verdict("mood", number)).orElseThrow();
    }

    private CatalogView view() {
        return CatalogView.empty().with(store.changesAfter(0));
    }

    private VersionEntry entry(String number) {
        return view().find("mood").orElseThrow().getVersionsList().stream()
                .filter(version -> version.getVersion().getNumber().equals(number))
                .findFirst()
                .orElseThrow();
    }

    private static void assertRefused(Callable<?> call, ErrorCode code, String field) {
        assertThatThrownBy(call::call)
                .asInstanceOf(type(PinfactoryException.class))
                .satisfies(e -> {
                    assertThat(e.code()).as(e.getMessage()).isEqualTo(code);
                    assertThat(e.violations().getFirst().field()).isEqualTo(field);
                });
    }
}
