package dev.pinfactory.registry.service.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.events.v1.Event;
import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.proto.v1.Change;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Entry;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.proto.v1.TypeDeclaration;
import dev.pinfactory.proto.v1.Version.State;
import dev.pinfactory.proto.v1.VersionEntry;
import dev.pinfactory.proto.v1.WatchResponse;
import dev.pinfactory.registry.service.ManualClock;
import dev.pinfactory.registry.service.TestingCards;
import dev.pinfactory.registry.service.catalog.Catalog;
import dev.pinfactory.registry.service.catalog.Catalog.Registered;
import dev.pinfactory.registry.service.catalog.CatalogRules;
import dev.pinfactory.registry.service.catalog.CatalogView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
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

/** What the catalogue and its store promise, on every database. */
abstract class CatalogContract {
    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Duration ABSENCE = Duration.ofMinutes(1);
    private static final Duration FORGET = Duration.ofDays(30);

    private final ManualClock clock = new ManualClock();
    private JdbcClient jdbc;
    private JdbcTransactionManager transactions;
    private JdbcCatalogStore store;
    private Catalog careful;
    private Catalog development;

    abstract DataSource database();

    @BeforeEach
    void emptyDatabase() {
        DataSource database = database();
        Flyway flyway = Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/registry")
                .cleanDisabled(false)
                .load();
        flyway.clean();
        flyway.migrate();
        jdbc = JdbcClient.create(database);
        transactions = new JdbcTransactionManager(database);
        store = new JdbcCatalogStore(jdbc, transactions);
        careful = new Catalog(store, rules(false, 100), clock);
        development = new Catalog(store, rules(true, 100), clock);
    }

    @Test
    void aNewIdStartsAsCandidateAndIsSeenByAnotherReplica() {
        Registered registered = register(careful, "a", TestingCards.card("mood", "1.0.0"));

        CatalogView replica = CatalogView.empty().with(new JdbcCatalogStore(jdbc, transactions).changesAfter(0));

        assertThat(replica.revision()).isEqualTo(registered.revision());
        VersionEntry version = onlyVersion(replica.find("mood").orElseThrow());
        assertThat(version.getState()).isEqualTo(State.CANDIDATE);
        assertThat(version.getEndpointsList())
                .singleElement()
                .satisfies(alive -> assertThat(alive.getEndpoint().getAddress()).isEqualTo("inprocess:a"));
    }

    @Test
    void inDevelopmentTheFirstIsChampionAndASecondWaitsWhileItLives() {
        Registered first = register(development, "a", TestingCards.card("mood", "1.0.0"));
        register(development, "b", TestingCards.card("mood", "1.1.0"));
        assertThat(states("mood")).containsExactly(State.CHAMPION, State.CANDIDATE);

        development.deregister(first.lease().id());
        register(development, "c", TestingCards.card("mood", "1.2.0"));

        assertThat(states("mood")).containsExactly(State.RETIRED, State.CANDIDATE, State.CHAMPION);
        assertThat(jdbc.sql("select count(*) from audit where actor = 'registry'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(3);
    }

    @Test
    void inDevelopmentAHostThatRegistersAgainMovesNoneOfItsVersions() {
        register(development, "a", TestingCards.card("mood", "1.0.0"));
        register(development, "b", TestingCards.card("mood", "2.0.0"), TestingCards.card("mood", "3.0.0"));
        development.move("mood", "2.0.0", State.SHADOW, 0, "ada", "try");
        development.move("mood", "3.0.0", State.CHAMPION, 0, "ada", "better");
        List<State> before = states("mood");
        assertThat(before).containsExactly(State.RETIRED, State.SHADOW, State.CHAMPION);

        for (int i = 0; i < 2; i++) {
            register(
                    development,
                    "b",
                    TestingCards.card("mood", "1.0.0"),
                    TestingCards.card("mood", "2.0.0"),
                    TestingCards.card("mood", "3.0.0"));
            assertThat(states("mood")).isEqualTo(before);
        }
    }

    @Test
    void cardsJoinAllOrNone() {
        Contract typed = withType("acme/mood", "string");
        register(careful, "a", TestingCards.card(typed, "1.0.0"));
        long before = view().revision();

        Card clash = TestingCards.card(
                withType("acme/mood", "number").toBuilder().setId("other").build(), "1.0.0");
        assertThatThrownBy(() -> register(careful, "b", TestingCards.card("fine", "1.0.0"), clash))
                .isInstanceOfSatisfying(PinfactoryException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.ALREADY_EXISTS);
                    assertThat(e.violations().getFirst().field()).isEqualTo("cards[1].contract.types[0]");
                });

        assertThat(view().revision()).isEqualTo(before);
        assertThat(view().find("fine")).isEmpty();
        assertThat(view().find("other")).isEmpty();
    }

    @Test
    void aPublishedNumberKeepsItsModelAndItsInterface() {
        register(careful, "a", TestingCards.card("mood", "1.0.0"));
        Card otherModel = TestingCards.card("mood", "1.0.0").toBuilder()
                .mergeVersion(TestingCards.card("mood", "9").getVersion().toBuilder()
                        .setNumber("1.0.0")
                        .build())
                .build();
        Card otherPort = TestingCards.card(withInput("author", true), "1.0.0");

        assertThatThrownBy(() -> register(careful, "b", otherModel)).hasMessageContaining("another model");
        assertThatThrownBy(() -> register(careful, "b", otherPort)).hasMessageContaining("another interface");
    }

    @Test
    void wordsOfAPublishedCardMayBeMended() {
        register(careful, "a", TestingCards.card("mood", "1.0.0"));
        Contract clearer = TestingCards.contract("mood").toBuilder()
                .setSummary("Says how the writer feels")
                .build();

        register(careful, "a", TestingCards.card(clearer, "1.0.0"));

        assertThat(view().find("mood").orElseThrow().getContract().getSummary()).isEqualTo("Says how the writer feels");
    }

    @Test
    void aContractInServiceIsKeptAndTheNextOneShowsOnlyWhenItIsPromoted() {
        register(careful, "a", TestingCards.card("mood", "1.0.0"));
        careful.move("mood", "1.0.0", State.CHAMPION, 0, "ada", "first");

        assertThatThrownBy(() -> register(careful, "b", TestingCards.card(withInput("author", false), "2.0.0")))
                .hasMessageContaining("give the new contract a new id");

        register(careful, "b", TestingCards.card(withInput("author", true), "1.1.0"));
        assertThat(view().find("mood").orElseThrow().getContract().getInputsCount())
                .isEqualTo(1);
        careful.move("mood", "1.1.0", State.CHAMPION, 0, "ada", "better");
        assertThat(view().find("mood").orElseThrow().getContract().getInputsCount())
                .isEqualTo(2);
    }

    @Test
    void theSameInstanceReplacesItsLease() {
        Registered first = register(careful, "a", TestingCards.card("mood", "1.0.0"));
        register(careful, "a", TestingCards.card("tone", "1.0.0"));

        assertThat(onlyVersion(view().find("mood").orElseThrow()).getEndpointsCount())
                .isZero();
        assertThat(onlyVersion(view().find("tone").orElseThrow()).getEndpointsCount())
                .isEqualTo(1);
        assertThatThrownBy(() -> careful.keepAlive(first.lease().id()))
                .isInstanceOfSatisfying(
                        PinfactoryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
    }

    @Test
    void aLeaseHoldsWhileItIsRenewedAndThenEnds() {
        Registered registered = register(careful, "a", TestingCards.card("mood", "1.0.0"));
        clock.advance(LEASE.minusSeconds(1));
        assertThat(careful.keepAlive(registered.lease().id())).isEqualTo(LEASE);
        clock.advance(LEASE.minusSeconds(1));
        careful.sweep();
        assertThat(onlyVersion(view().find("mood").orElseThrow()).getEndpointsCount())
                .isEqualTo(1);

        long before = view().revision();
        clock.advance(Duration.ofSeconds(1));
        careful.sweep();

        assertThat(onlyVersion(view().find("mood").orElseThrow()).getEndpointsCount())
                .isZero();
        assertThat(view().revision()).isGreaterThan(before);
        assertThatThrownBy(() -> careful.keepAlive(registered.lease().id())).isInstanceOf(PinfactoryException.class);
    }

    @Test
    void leasesThatRanOutWhileTheRegistryWasDownGetAnotherChance() {
        Registered registered = register(careful, "a", TestingCards.card("mood", "1.0.0"));
        clock.advance(Duration.ofHours(1));

        careful.forgiveLeases();
        careful.sweep();

        assertThat(careful.keepAlive(registered.lease().id())).isEqualTo(LEASE);
    }

    @Test
    void aVersionIsAbsentOnlyAfterALongerWhileAndForgottenIfItNeverServed() {
        Registered registered = register(careful, "a", TestingCards.card("mood", "1.0.0"));
        careful.deregister(registered.lease().id());
        clock.advance(ABSENCE);
        careful.sweep();
        assertThat(onlyVersion(view().find("mood").orElseThrow()).getAbsent()).isFalse();

        clock.advance(Duration.ofMillis(1));
        careful.sweep();
        assertThat(onlyVersion(view().find("mood").orElseThrow()).getAbsent()).isTrue();

        CatalogView before = view();
        clock.advance(FORGET);
        careful.sweep();
        assertThat(view().find("mood")).isEmpty();
        assertThat(before.with(store.changesAfter(before.revision())).after(before.revision(), false))
                .extracting(WatchResponse::getChange)
                .extracting(Change::getRemoved)
                .containsExactly("mood");
    }

    @Test
    void aMoveIsInTheAuditLogAndInTheOutboxOrNowhere() throws Exception {
        register(careful, "a", TestingCards.card("mood", "1.0.0"));
        careful.move("mood", "1.0.0", State.CANARY, 5, "ada", "looks good");

        assertThat(jdbc.sql("select actor, reason, state_before, state_after from audit")
                        .query((row, n) ->
                                List.of(row.getString(1), row.getString(2), row.getString(3), row.getString(4)))
                        .single())
                .containsExactly("ada", "looks good", "CANDIDATE", "CANARY");
        Event event = Event.parseFrom(jdbc.sql("select event from outbox")
                .query((row, n) -> row.getBytes(1))
                .single());
        assertThat(event.getVersionMoved().getTo()).isEqualTo(State.CANARY);
        assertThat(event.getVersionMoved().getWeightPercent()).isEqualTo(5);

        assertThatThrownBy(() -> careful.move("mood", "1.0.0", State.CANDIDATE, 0, "ada", "no way back"))
                .isInstanceOf(PinfactoryException.class);
        assertThat(jdbc.sql("select count(*) from outbox").query(Integer.class).single())
                .isEqualTo(1);
    }

    @Test
    void aWatcherThatResumesEndsWhereASnapshotIs() {
        register(careful, "a", TestingCards.card("mood", "1.0.0"), TestingCards.card("tone", "1.0.0"));
        CatalogView early = view();
        register(careful, "b", TestingCards.card("mood", "1.0.0"));
        careful.move("tone", "1.0.0", State.CHAMPION, 0, "ada", "good");
        CatalogView late = early.with(store.changesAfter(early.revision()));

        assertThat(late.snapshot(true)).isEqualTo(view().snapshot(true));
        assertThat(late.after(early.revision(), true)).hasSize(2);
        // An endpoint came: nothing that a watcher without endpoints sees.
        assertThat(late.after(early.revision(), false))
                .hasSize(1)
                .allSatisfy(response -> assertThat(
                                response.getChange().getUpdated().getContract().getId())
                        .isEqualTo("tone"));
        assertThat(late.after(1, true)).hasSize(1).allMatch(WatchResponse::hasSnapshot);
        assertThat(late.after(late.revision() + 1, true)).hasSize(1).allMatch(WatchResponse::hasSnapshot);
    }

    @Test
    void theCatalogueHasALimit() {
        Catalog small = new Catalog(store, rules(false, 2), clock);
        register(small, "a", TestingCards.card("one", "1"), TestingCards.card("two", "1"));

        assertThatThrownBy(() -> register(small, "b", TestingCards.card("three", "1")))
                .hasMessageContaining("limit");
        register(small, "b", TestingCards.card("two", "2"));
    }

    @Test
    void changesAtTheSameTimeGetRevisionsOfTheirOwnAndOneChampion() throws Exception {
        List<Card> cards = List.of(TestingCards.card("mood", "1"), TestingCards.card("mood", "2"));
        register(careful, "a", cards.toArray(Card[]::new));
        List<Callable<Long>> changes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String instance = "instance-" + i;
            String id = "tone-" + i % 3;
            changes.add(() ->
                    register(careful, instance, TestingCards.card(id, "1")).revision());
        }
        for (String number : List.of("1", "2")) {
            changes.add(() -> careful.move("mood", number, State.CHAMPION, 0, "ada", "race"));
        }
        List<Long> revisions = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (Future<Long> change : threads.invokeAll(changes)) {
                revisions.add(change.get());
            }
        }

        assertThat(revisions).doesNotHaveDuplicates();
        assertThat(states("mood")).containsExactlyInAnyOrder(State.CHAMPION, State.RETIRED);
        assertThat(view().find("tone-0").orElseThrow().getVersions(0).getEndpointsCount())
                .isEqualTo(7);
    }

    @Test
    void aModelIsStoredOnceAndComesBackInChunks(@TempDir Path directory) throws Exception {
        JdbcModelStore models = new JdbcModelStore(jdbc, transactions, clock);
        byte[] bytes = new byte[JdbcModelStore.CHUNK_BYTES * 2 + 17];
        new java.util.Random(7).nextBytes(bytes);
        Path file = Files.write(directory.resolve("model"), bytes);
        String digest = "sha256:" + HexFormat.of().formatHex(new byte[32]);

        assertThat(models.put(digest, file)).isTrue();
        assertThat(models.put(digest, file)).isFalse();

        assertThat(models.size(digest)).hasValue(bytes.length);
        byte[] back = new byte[bytes.length];
        int at = 0;
        for (int number = 0; models.chunk(digest, number).isPresent(); number++) {
            byte[] chunk = models.chunk(digest, number).orElseThrow();
            System.arraycopy(chunk, 0, back, at, chunk.length);
            at += chunk.length;
        }
        assertThat(back).isEqualTo(bytes);
    }

    @Test
    void eventsAndMovesGoAfterTheirTime() {
        register(development, "a", TestingCards.card("mood", "1.0.0"));
        clock.advance(Duration.ofDays(2));
        register(development, "b", TestingCards.card("tone", "1.0.0"));
        JdbcRetention retention = new JdbcRetention(jdbc, transactions);
        Instant yesterday = clock.instant().minus(Duration.ofDays(1));

        assertThat(retention.expireEvents(yesterday)).isOne();
        assertThat(retention.expireAudit(yesterday)).isOne();

        assertThat(jdbc.sql("select specialist from audit").query(String.class).list())
                .containsExactly("tone");
        assertThat(jdbc.sql("select count(*) from outbox").query(Integer.class).single())
                .isOne();
    }

    @Test
    void onlyModelsThatNobodyWillAskForGo(@TempDir Path directory) throws Exception {
        JdbcModelStore models = new JdbcModelStore(jdbc, transactions, clock);
        Path bytes = Files.write(directory.resolve("model"), new byte[] {1, 2, 3});
        Card retired = TestingCards.card("mood", "1.0.0");
        Card champion = TestingCards.card("mood", "1.1.0");
        for (String digest : List.of(digest(retired), digest(champion), "sha256:orphan", "sha256:again")) {
            models.put(digest, bytes);
        }
        register(development, "a", retired);
        clock.advance(LEASE.plusSeconds(1));
        development.sweep();
        register(development, "b", champion);
        development.move("mood", "1.1.0", State.CHAMPION, 0, "ada", "better");
        assertThat(states("mood")).containsExactly(State.RETIRED, State.CHAMPION);
        JdbcRetention retention = new JdbcRetention(jdbc, transactions);

        clock.advance(Duration.ofDays(2));
        models.put("sha256:again", bytes);
        assertThat(retention.expireModels(clock.instant().minus(Duration.ofDays(3))))
                .isZero();
        assertThat(retention.expireModels(clock.instant().minus(Duration.ofDays(1))))
                .isEqualTo(2);

        assertThat(models.size(digest(champion))).hasValue(3);
        assertThat(models.size("sha256:again")).hasValue(3);
        assertThat(models.size(digest(retired))).isEmpty();
        assertThat(jdbc.sql("select count(*) from model_chunk")
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);
    }

    private static String digest(Card card) {
        return card.getVersion().getModelDigest();
    }

    private Registered register(Catalog catalog, String instance, Card... cards) {
        return catalog.register(List.of(cards), TestingCards.endpoint(instance), LEASE);
    }

    private CatalogView view() {
        return CatalogView.empty().with(store.changesAfter(0));
    }

    private List<State> states(String id) {
        return view().find(id).orElseThrow().getVersionsList().stream()
                .map(VersionEntry::getState)
                .toList();
    }

    private static VersionEntry onlyVersion(Entry entry) {
        assertThat(entry.getVersionsCount()).isEqualTo(1);
        return entry.getVersions(0);
    }

    private static Contract withInput(String name, boolean optional) {
        return TestingCards.contract("mood").toBuilder()
                .addInputs(Port.newBuilder().setName(name).setType("text").setOptional(optional))
                .build();
    }

    private static Contract withType(String name, String jsonType) {
        return TestingCards.contract("mood").toBuilder()
                .addTypes(TypeDeclaration.newBuilder()
                        .setName(name)
                        .setParent("record")
                        .setJsonSchema(Struct.newBuilder()
                                .putFields(
                                        "type",
                                        Value.newBuilder()
                                                .setStringValue(jsonType)
                                                .build())))
                .build();
    }

    private static CatalogRules rules(boolean admitAtOnce, int maxSpecialists) {
        return new CatalogRules(
                admitAtOnce, LEASE, Duration.ofSeconds(1), Duration.ofMinutes(5), ABSENCE, FORGET, maxSpecialists);
    }
}
