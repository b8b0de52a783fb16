package dev.pinfactory.specialists.training.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class SpecialistMonitorTest {
    private static final MonitorSettings SETTINGS = new MonitorSettings(1_000, 200, 20, 1.0 / 20_000);

    private final Random random = new Random(3);

    private Observation usual() {
        return observation(random.nextDouble() < 0.7 ? "a" : "b", 1 - random.nextDouble() / 2, random.nextGaussian());
    }

    private static Observation observation(String label, double confidence, double number) {
        return new Observation(new float[0], Map.of("number", number), label, confidence);
    }

    private SpecialistMonitor watching() {
        SpecialistMonitor monitor = new SpecialistMonitor(SETTINGS, 1);
        for (int i = 0; i < SETTINGS.reference(); i++) {
            assertThat(monitor.watches()).isFalse();
            monitor.observe(usual());
        }
        assertThat(monitor.watches()).isTrue();
        for (int i = 0; i < 1_000; i++) {
            assertThat(monitor.observe(usual())).isEmpty();
        }
        return monitor;
    }

    @Test
    void labelsThatChangePlacesAreNoticed() {
        SpecialistMonitor monitor = watching();
        Alarm alarm = until(monitor, () -> {
            Observation one = usual();
            return observation(
                    one.label().equals("a") ? "b" : "a",
                    one.confidence(),
                    one.features().get("number"));
        });
        assertThat(alarm.monitor()).isEqualTo(Alarm.Monitor.LABELS);
        assertThat(alarm.event()).isBetween(2_000L, 2_500L);
        assertThat(alarm.value()).isGreaterThan(alarm.threshold());
    }

    @Test
    void aNumberThatMovesIsNoticedByItsName() {
        SpecialistMonitor monitor = watching();
        Alarm alarm = until(monitor, () -> {
            Observation one = usual();
            return observation(one.label(), one.confidence(), one.features().get("number") + 1);
        });
        assertThat(alarm.monitor()).isEqualTo(Alarm.Monitor.FEATURES);
        assertThat(alarm.field()).isEqualTo("number");
    }

    @Test
    void moreDoubtIsNoticed() {
        SpecialistMonitor monitor = watching();
        Alarm alarm = until(monitor, () -> {
            Observation one = usual();
            return observation(
                    one.label(),
                    random.nextDouble() < 0.1 ? 0.3 : one.confidence(),
                    one.features().get("number"));
        });
        assertThat(alarm.monitor()).isEqualTo(Alarm.Monitor.CONFIDENCE);
    }

    @Test
    void errorsAndDisagreementThatRiseAreNoticedAndThoseThatFallAreNot() {
        SpecialistMonitor monitor = new SpecialistMonitor(SETTINGS, 1);
        for (int i = 0; i < 500; i++) {
            assertThat(monitor.judged(random.nextDouble() < 0.5)).isEmpty();
        }
        for (int i = 0; i < 500; i++) {
            assertThat(monitor.judged(true)).isEmpty();
        }
        Optional<Alarm> alarm = Optional.empty();
        for (int i = 0; i < 200 && alarm.isEmpty(); i++) {
            alarm = monitor.judged(false);
        }
        assertThat(alarm.orElseThrow().monitor()).isEqualTo(Alarm.Monitor.ERRORS);
        monitor.relearn();
        for (int i = 0; i < 300; i++) {
            assertThat(monitor.compared(true)).isEmpty();
        }
        alarm = Optional.empty();
        for (int i = 0; i < 200 && alarm.isEmpty(); i++) {
            alarm = monitor.compared(false);
        }
        assertThat(alarm.orElseThrow().monitor()).isEqualTo(Alarm.Monitor.DISAGREEMENT);
    }

    @Test
    void afterAnAlarmItIsSilentUntilItLearnsAnew() {
        SpecialistMonitor monitor = watching();
        until(monitor, () -> observation("c", 0.9, 0));
        for (int i = 0; i < 500; i++) {
            assertThat(monitor.observe(observation("c", 0.9, 0))).isEmpty();
        }
        monitor.relearn();
        for (int i = 0; i < SETTINGS.reference() + 1_000; i++) {
            assertThat(monitor.observe(usual())).isEmpty();
        }
        assertThat(monitor.watches()).isTrue();
    }

    @Test
    void whatItCantCompareIsRefused() {
        SpecialistMonitor monitor = new SpecialistMonitor(SETTINGS, 1);
        monitor.observe(usual());
        assertThatThrownBy(() -> monitor.observe(new Observation(new float[3], Map.of(), "a", 1)))
                .hasMessageContaining("3 dimensions, expected 0");
        assertThatThrownBy(() -> observation("a", 1.5, 0)).hasMessageContaining("confidence is 1.5");
        assertThatThrownBy(() -> observation("a", 1, Double.NaN)).hasMessageContaining("'number' is NaN");
        assertThatThrownBy(() -> new MonitorSettings(1_000, 600, 20, 0.1)).hasMessageContaining("window is 600");
    }

    private static Alarm until(SpecialistMonitor monitor, Supplier<Observation> stream) {
        for (int i = 0; i < 500; i++) {
            Optional<Alarm> alarm = monitor.observe(stream.get());
            if (alarm.isPresent()) {
                return alarm.get();
            }
        }
        throw new AssertionError("nothing was noticed in 500 calls");
    }
}
