package dev.pinfactory.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OpenLoopTest {
    private static final OpenLoop LOAD = new OpenLoop(500, Duration.ofSeconds(1), 7);

    @Test
    void requestsComeAtTheirRateHoweverTheyAreAnswered() throws InterruptedException {
        AtomicInteger sent = new AtomicInteger();
        Measured measured =
                LOAD.run(() -> CompletableFuture.completedStage(Answer.values()[sent.getAndIncrement() % 3]));
        assertThat(sent.get()).isCloseTo(500, within(100));
        assertThat(measured.count(Answer.GOOD) + measured.count(Answer.REFUSED) + measured.count(Answer.FAILED))
                .isEqualTo(sent.get());
        assertThat(measured.goodput()).isCloseTo(sent.get() / 3.0, within(1.0));
    }

    @Test
    void aServiceThatStandsStillIsSeenByAllWhoCameMeanwhile() throws InterruptedException {
        CompletableFuture<Void> wakesUp = new CompletableFuture<>();
        wakesUp.completeOnTimeout(null, 900, TimeUnit.MILLISECONDS);
        Measured measured = LOAD.run(() -> wakesUp.thenApply(awake -> Answer.GOOD));
        assertThat(measured.p50(Answer.GOOD)).isGreaterThan(200);
    }

    @Test
    void aSenderThatIsHeldUpCountsFromWhenItShouldHaveSent() throws InterruptedException {
        AtomicInteger sent = new AtomicInteger();
        Measured measured = LOAD.run(() -> {
            if (sent.getAndIncrement() == 0) {
                CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS))
                        .join();
            }
            return CompletableFuture.completedStage(Answer.GOOD);
        });
        assertThat(measured.good().getMaxValue()).isGreaterThan(400_000);
        assertThat(measured.p99(Answer.GOOD)).isGreaterThan(100);
    }

    @Test
    void whatGoesWrongIsAFailedAnswer() throws InterruptedException {
        CompletionStage<Answer> broken = CompletableFuture.failedStage(new IllegalStateException());
        assertThat(LOAD.run(() -> broken).count(Answer.GOOD)).isZero();
        Measured thrown = LOAD.run(() -> {
            throw new IllegalStateException();
        });
        assertThat(thrown.count(Answer.FAILED)).isGreaterThan(300);
    }

    @Test
    void aLoadHasARateAndALength() {
        assertThatThrownBy(() -> new OpenLoop(0, Duration.ofSeconds(1), 1)).hasMessageContaining("rate");
        assertThatThrownBy(() -> new OpenLoop(1, Duration.ZERO, 1)).hasMessageContaining("length");
    }
}
