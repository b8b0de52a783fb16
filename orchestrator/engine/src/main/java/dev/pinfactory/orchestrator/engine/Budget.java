package dev.pinfactory.orchestrator.engine;

import dev.pinfactory.proto.v1.CostCeiling;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What an execution may spend. A call that would exceed it, by its cost hint, is not made.
 *
 * @param maxCalls calls of specialists, fallbacks included
 * @param maxInputBytes of the inputs of all calls together, content that they refer to included
 * @param cpuSeconds processor seconds of specialists
 * @param llm money for large language models
 * @param llmCurrency ISO 4217 code of {@code llm}; empty when there is none
 */
public record Budget(
        long maxCalls, long maxInputBytes, OptionalDouble cpuSeconds, Optional<BigDecimal> llm, String llmCurrency) {
    /** Enough for ten for_each steps at their cap. */
    private static final long DEFAULT_MAX_CALLS = 10_000;
    /** Each of a thousand pages as an image of 4 MB once. */
    private static final long DEFAULT_MAX_INPUT_BYTES = 4L << 30;

    public Budget {
        if (maxCalls < 0 || maxInputBytes < 0) {
            throw new IllegalArgumentException("maxCalls and maxInputBytes are not negative");
        }
    }

    public static Budget unlimited() {
        return of(DEFAULT_MAX_CALLS, DEFAULT_MAX_INPUT_BYTES);
    }

    /** No limit on what is paid. */
    public static Budget of(long maxCalls, long maxInputBytes) {
        return new Budget(maxCalls, maxInputBytes, OptionalDouble.empty(), Optional.empty(), "");
    }

    /**
     * This budget with a caller's ceiling.
     *
     * @throws NumberFormatException when the amount is not a decimal string; request validation has refused that before
     */
    public Budget with(CostCeiling ceiling) {
        OptionalDouble cpu = ceiling.getCpuSeconds() > 0 ? OptionalDouble.of(ceiling.getCpuSeconds()) : cpuSeconds;
        if (!ceiling.hasLlm()) {
            return new Budget(maxCalls, maxInputBytes, cpu, llm, llmCurrency);
        }
        BigDecimal amount = new BigDecimal(ceiling.getLlm().getValue());
        return new Budget(
                maxCalls,
                maxInputBytes,
                cpu,
                Optional.of(amount),
                ceiling.getLlm().getCurrency());
    }
}
