package dev.pinfactory.orchestrator.engine;

import dev.pinfactory.proto.v1.Amount;
import dev.pinfactory.proto.v1.Cost;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** Adds up costs. What a specialist reports is untrusted: negative, infinite or unreadable figures count as nothing. */
public final class Costs {
    /** Bounded, because a decimal such as 1e999999999 would fill the memory when it is written out. */
    private static final Pattern AMOUNT = Pattern.compile("\\d{1,12}(\\.\\d{1,9})?");

    private Costs() {}

    /** @param a a sum so far */
    static Cost plus(Cost a, Cost b) {
        if (b.equals(Cost.getDefaultInstance())) {
            return a;
        }
        Cost.Builder sum = Cost.newBuilder()
                .setCpuSeconds(seconds(a) + seconds(b))
                .setBytesIn(count(a.getBytesIn()) + count(b.getBytesIn()))
                .setBytesOut(count(a.getBytesOut()) + count(b.getBytesOut()))
                .setCalls(count(a.getCalls()) + count(b.getCalls()))
                .setLlmTokens(count(a.getLlmTokens()) + count(b.getLlmTokens()));
        String currency = a.hasLlm() ? a.getLlm().getCurrency() : b.getLlm().getCurrency();
        if (a.hasLlm() || b.hasLlm()) {
            BigDecimal llm = llm(a, currency).add(llm(b, currency));
            sum.setLlm(Amount.newBuilder().setValue(llm.toPlainString()).setCurrency(currency));
        }
        return sum.build();
    }

    /** Processor seconds, at least 0. */
    public static double seconds(Cost cost) {
        double seconds = cost.getCpuSeconds();
        return Double.isFinite(seconds) && seconds > 0 ? seconds : 0;
    }

    /** What was spent in this currency; amounts in another one can't be added to it and count as nothing. */
    public static BigDecimal llm(Cost cost, String currency) {
        boolean same = cost.hasLlm() && cost.getLlm().getCurrency().equals(currency);
        return same ? amount(cost.getLlm()).orElse(BigDecimal.ZERO) : BigDecimal.ZERO;
    }

    /** The value of an amount; empty for what is no decimal of at most 12 and 9 digits. */
    public static Optional<BigDecimal> amount(Amount amount) {
        String value = amount.getValue();
        return AMOUNT.matcher(value).matches() ? Optional.of(new BigDecimal(value)) : Optional.empty();
    }

    private static long count(long count) {
        return Math.max(0, Math.min(count, Long.MAX_VALUE / 4));
    }
}
