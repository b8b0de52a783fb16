package dev.pinfactory.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.orchestrator.merge.MergeResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The benchmark compares the same with the same. Times are not asserted here: they mean something only on a quiet machine. */
class ContestantsTest {
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final Ticker ticker = new Ticker();

    @AfterEach
    void stop() {
        executor.close();
        ticker.close();
    }

    @ParameterizedTest
    @EnumSource
    void allContestantsGiveTheSameResult(Shape shape) {
        String byHand = Entry.BY_HAND.build(shape, executor, ticker).run();

        assertThat(byHand).startsWith("e[c[a[]]").contains("b[]");
        for (Entry entry : Entry.values()) {
            assertThat(entry.build(shape, executor, ticker).run()).isEqualTo(byHand);
            assertThat(entry.build(shape.withoutWork(), executor, ticker).run()).isEqualTo(byHand);
        }
    }

    @Test
    void pinfactoryGivesProvenanceForTheResult() {
        MergeResult result = new Pinfactory(Shape.N, executor, ticker).merged();

        assertThat(result.provenance().get("/result").getSources(0).getStep()).isEqualTo("e");
        assertThat(result.provenance().get("/result").getSources(0).getEvidenceList())
                .isNotEmpty()
                .allSatisfy(evidence -> assertThat(evidence.getInput()).isEqualTo("letter"));
    }

    @Test
    void idealIsTheLongestChain() {
        assertThat(Shape.UNEVEN.idealMillis()).isEqualTo(70);
        assertThat(Shape.N.idealMillis()).isEqualTo(70);
        assertThat(Shape.FIVE_NO_OPS.idealMillis()).isZero();
    }

    @Test
    void pageHasARowForEachGraph() {
        List<Report.Measured> measured = new ArrayList<>();
        for (Shape shape : Shape.values()) {
            for (Entry entry : Entry.values()) {
                measured.add(new Report.Measured(shape, entry, (11 - entry.ordinal()) * 1_000, 99_000));
            }
        }

        assertThat(Report.page(measured))
                .contains("| five no ops | 0 | 11.000 ms (99.000) | 10.000 ms (99.000) |")
                .contains("-1.000 ms |")
                .contains("| N | 70 ms |")
                .contains("0.143 × ideal");
    }
}
