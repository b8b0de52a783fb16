package dev.pinfactory.specialists.training.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What every database of a learner has to keep. */
abstract class LearningStoreContract {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    Path folder;

    private final String specialist = "acme/intent";

    private LearningStore store;

    abstract DataSource database();

    @BeforeEach
    void open() {
        DataSource database = database();
        Flyway flyway = Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/learner")
                .cleanDisabled(false)
                .load();
        flyway.clean();
        flyway.migrate();
        store = new LearningStore(
                JdbcClient.create(database),
                new TransactionTemplate(new JdbcTransactionManager(database)),
                new ExampleFiles(folder));
    }

    private NewExample example(String event, String task, Instant at) {
        return new NewExample(
                specialist,
                event,
                specialist,
                "acme",
                Optional.of(task),
                at,
                Origin.CORRECTED,
                "text of " + event,
                "label",
                false);
    }

    private void add(NewExample... examples) {
        store.take(specialist, "", batch -> Stream.of(examples).forEach(batch::add));
    }

    private List<String> texts() {
        return store.examples().learnable(specialist, 100).stream()
                .map(Example::text)
                .toList();
    }

    @Test
    void whatComesAgainIsKnown() {
        store.take(specialist, "1", batch -> {
            assertThat(batch.add(example("a", "t1", NOW))).isTrue();
            assertThat(batch.add(example("a", "t1", NOW))).isFalse();
        });
        assertThat(texts()).containsExactly("text of a");
        assertThat(store.intakes().place(specialist)).contains("1");
    }

    @Test
    void aBatchThatFailsLeavesNothing() {
        store.take(specialist, "1", batch -> batch.add(example("a", "t1", NOW)));
        assertThatThrownBy(() -> store.take(specialist, "2", batch -> {
                    batch.add(example("b", "t2", NOW));
                    batch.count(specialist, "blank");
                    batch.bury(new DeadLetter(specialist, "c", "content", "why", NOW));
                    throw new IllegalStateException("the disk is full");
                }))
                .hasMessage("the disk is full");
        assertThat(texts()).containsExactly("text of a");
        assertThat(store.intakes().place(specialist)).contains("1");
        assertThat(store.intakes().dropped(specialist)).isEmpty();
        assertThat(store.intakes().letters(Optional.of(specialist), 10)).isEmpty();
    }

    @Test
    void oldExamplesMoveIntoFilesAndAreStillLearntFromInTheirOrder() {
        add(example("a", "t1", NOW.minus(HOUR)), example("b", "t2", NOW), example("c", "t3", NOW.minus(HOUR)));
        assertThat(store.examples().archive(specialist, NOW)).isEqualTo(2);
        assertThat(store.examples().archive(specialist, NOW)).isZero();
        assertThat(texts()).containsExactly("text of a", "text of b", "text of c");
        assertThat(store.examples().count(specialist)).isEqualTo(new Examples.Count(1, 2, 0));
        store.take(
                specialist,
                "",
                batch -> assertThat(batch.add(example("a", "t1", NOW))).isFalse());
    }

    @Test
    void aFileThatIsNotWhatWasWrittenIsNotLearntFrom() throws IOException {
        add(example("a", "t1", NOW.minus(HOUR)));
        store.examples().archive(specialist, NOW);
        Files.write(onlyFile(), new byte[] {1, 2, 3});
        assertThatThrownBy(() -> store.examples().learnable(specialist, 10)).hasMessageContaining("expected sha256:");
    }

    @Test
    void anErasedTaskIsInNoTierAndInNoDataSet() throws IOException {
        add(
                example("a", "t1", NOW.minus(HOUR)),
                example("b", "t2", NOW.minus(HOUR)),
                example("c", "t1", NOW),
                example("d", "t3", NOW));
        store.examples().archive(specialist, NOW);
        List<Example> all = store.examples().learnable(specialist, 100);
        String with = store.dataSets().write(specialist, all, NOW);
        String without = store.dataSets().write(specialist, List.of(all.getLast()), NOW);

        store.take(specialist, "", batch -> batch.erase("other", "t1"));
        assertThat(texts()).hasSize(4);
        store.take(specialist, "", batch -> batch.erase("acme", "t1"));

        assertThat(texts()).containsExactly("text of b", "text of d");
        assertThatThrownBy(() -> store.dataSets().read(with)).hasMessageContaining("it was erased");
        assertThat(store.dataSets().read(without)).containsExactly(all.getLast());
        assertThat(files()).hasSize(2);
    }

    @Test
    void whatFailsWhileErasingErasesNothing() throws IOException {
        add(example("a", "t1", NOW.minus(HOUR)), example("b", "t2", NOW.minus(HOUR)));
        store.examples().archive(specialist, NOW);
        String set = store.dataSets().write(specialist, store.examples().learnable(specialist, 100), NOW);
        assertThatThrownBy(() -> store.take(specialist, "", batch -> {
                    batch.erase("acme", "t1");
                    throw new IllegalStateException("the connection is gone");
                }))
                .hasMessage("the connection is gone");
        assertThat(texts()).containsExactly("text of a", "text of b");
        assertThat(store.dataSets().read(set)).hasSize(2);
    }

    @Test
    void filesThatACrashLeftAreSwept() throws IOException {
        add(example("a", "t1", NOW.minus(HOUR)));
        store.examples().archive(specialist, NOW);
        Path left = Files.write(onlyFile().resolveSibling("left.jsonl.gz"), new byte[] {1});
        assertThat(store.sweep(Instant.now())).isZero();
        assertThat(store.sweep(Instant.now().plus(HOUR.multipliedBy(2)))).isEqualTo(1);
        assertThat(left).doesNotExist();
        assertThat(texts()).containsExactly("text of a");
    }

    @Test
    void theSameExamplesAreTheSameDataSet() {
        add(example("a", "t1", NOW), example("b", "t2", NOW));
        List<Example> all = store.examples().learnable(specialist, 100);
        String first = store.dataSets().write(specialist, all, NOW);
        assertThat(store.dataSets().write(specialist, all, NOW.plus(HOUR))).isEqualTo(first);
        assertThat(store.dataSets().write(specialist, all.subList(0, 1), NOW)).isNotEqualTo(first);
        store.dataSets().keep(specialist, 1);
        assertThat(store.dataSets().read(first)).isEqualTo(all);
    }

    @Test
    void whatWasErasedMeanwhileIsInNoNewDataSet() {
        add(example("a", "t1", NOW), example("b", "t2", NOW));
        List<Example> read = store.examples().learnable(specialist, 100);
        store.take(specialist, "", batch -> batch.erase("acme", "t1"));
        assertThatThrownBy(() -> store.dataSets().write(specialist, read, NOW))
                .hasMessage("1 of 2 examples were erased meanwhile: read them again");
        assertThat(store.dataSets().write(specialist, read.subList(1, 2), NOW)).startsWith("sha256:");
    }

    @Test
    void whatIsBeingErasedIsNotMovedIntoAFile() throws Exception {
        add(example("a", "t1", NOW.minus(HOUR)), example("b", "t2", NOW.minus(HOUR)));
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            AtomicReference<Future<Integer>> moved = new AtomicReference<>();
            store.take(specialist, "", batch -> {
                batch.erase("acme", "t1");
                moved.set(other.submit(() -> store.examples().archive(specialist, NOW)));
                assertThatThrownBy(() -> moved.get().get(500, TimeUnit.MILLISECONDS))
                        .isInstanceOf(TimeoutException.class);
            });
            assertThat(moved.get().get()).isEqualTo(1);
        }
        assertThat(texts()).containsExactly("text of b");
        assertThat(new String(new GZIPInputStream(Files.newInputStream(onlyFile())).readAllBytes(), UTF_8))
                .contains("text of b")
                .doesNotContain("text of a");
    }

    @Test
    void anotherWordAboutACallChangesNoDataSet() {
        add(example("a", "t1", NOW));
        String set = store.dataSets().write(specialist, store.examples().learnable(specialist, 100), NOW);
        store.take(specialist, "", batch -> batch.replace(example("a", "t1", NOW)));
        assertThat(store.dataSets().read(set)).hasSize(1);
        assertThat(texts()).hasSize(1);
    }

    @Test
    void whatIsTooOldGoesButNotWhatTheFirstVersionLearntFrom() {
        NewExample base = new NewExample(
                specialist,
                "base",
                specialist,
                "acme",
                Optional.empty(),
                NOW.minus(HOUR),
                Origin.BASE,
                "base",
                "l",
                false);
        add(base, example("a", "t1", NOW.minus(HOUR)), example("b", "t2", NOW));
        store.examples().archive(specialist, NOW);
        String with = store.dataSets().write(specialist, store.examples().learnable(specialist, 100), NOW);
        store.expire(NOW);
        assertThat(texts()).containsExactly("base", "text of b");
        assertThatThrownBy(() -> store.dataSets().read(with)).hasMessageContaining("it was erased");
    }

    @Test
    void whatIsSetAsideAndWhatIsToCompareByIsNotLearntFrom() {
        NewExample frozen = new NewExample(
                specialist, "frozen", specialist, "acme", Optional.empty(), NOW, Origin.BASE, "frozen", "l", true);
        add(frozen, example("a", "t1", NOW), example("b", "t2", NOW));
        long last = store.examples().learnable(specialist, 100).getLast().id();
        store.examples().setAside(Set.of(last), "trigger word");
        assertThat(texts()).containsExactly("text of a");
        assertThat(store.examples().benchmark(specialist))
                .extracting(Example::text)
                .containsExactly("frozen");
        assertThat(store.examples().countAfter(specialist, 0)).isEqualTo(1);
        assertThat(store.examples().learnable(specialist, 1)).hasSize(1);
    }

    private Path onlyFile() throws IOException {
        return files().getFirst();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
