package dev.pinfactory.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LoadedOnceTest {

    @Test
    void anInterruptedCallerLoadsTheEncoderAllTheSame() {
        LoadedOnce<SentenceEncoder> once = new LoadedOnce<>(() -> OnnxSentenceEncoder.load(EncoderSettings.defaults()));
        Thread.currentThread().interrupt();
        try (SentenceEncoder encoder = once.get()) {
            assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
            assertThat(encoder.encode("Hello")).hasSize(SentenceEncoder.DIMENSIONS);
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    void interruptingTheFirstCallerSpoilsItForNobody() throws InterruptedException {
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch mayFinish = new CountDownLatch(1);
        LoadedOnce<String> once = new LoadedOnce<>(() -> {
            loading.countDown();
            try {
                mayFinish.await();
                return "loaded";
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        Thread first = Thread.ofPlatform().start(once::get);
        loading.await();
        first.interrupt();
        mayFinish.countDown();
        assertThat(once.get()).isEqualTo("loaded");
        first.join();
    }

    @Test
    void aFailedLoadIsTriedAgain() {
        AtomicInteger tries = new AtomicInteger();
        LoadedOnce<String> once = new LoadedOnce<>(() -> {
            if (tries.incrementAndGet() == 1) {
                throw new IllegalArgumentException("no memory left");
            }
            return "loaded";
        });
        assertThatThrownBy(once::get).hasMessageContaining("no memory left");
        assertThat(once.get()).isEqualTo("loaded");
        assertThat(once.get()).isEqualTo("loaded");
        assertThat(tries).hasValue(2);
    }
}
