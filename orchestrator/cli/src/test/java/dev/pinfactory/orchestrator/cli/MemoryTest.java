package dev.pinfactory.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryTest {
    private static final List<String> MEMINFO =
            List.of("MemTotal:        8000000 kB", "MemFree:          100000 kB", "MemAvailable:    4000000 kB");

    @Test
    void linuxSaysWhatIsAvailable() {
        assertThat(Memory.inMeminfo(MEMINFO, 8_000_000L << 10)).hasValue(4_000_000L << 10);
    }

    /** The machine's figure says nothing about a container with a limit. */
    @Test
    void aContainerHasLessThanItsMachine() {
        assertThat(Memory.inMeminfo(MEMINFO, 1L << 30)).isEmpty();
    }

    @Test
    void macOsCountsPages() {
        List<String> lines = List.of(
                "Mach Virtual Memory Statistics: (page size of 16384 bytes)",
                "Pages free:                               10.",
                "Pages active:                         200000.",
                "Pages inactive:                           20.",
                "Pages speculative:                         3.",
                "Pages wired down:                      90000.",
                "Pages purgeable:                           1.");
        assertThat(Memory.inVmStat(lines)).hasValue(34 * 16_384);
        assertThat(Memory.inVmStat(List.of())).isEmpty();
    }

    @Test
    void thisMachineHasSome() {
        Memory memory = Memory.ofThisMachine();
        assertThat(memory.available()).isPositive().isLessThanOrEqualTo(memory.total());
    }
}
