package dev.pinfactory.registry.service.catalog;

import dev.pinfactory.proto.v1.Counters;

/**
 * What became of the calls of one version.
 *
 * @param calls whose result was meant to be used
 * @param compared calls beside the champion's that were answered
 * @param agreed of these, those that said the same
 * @param wrong results that a person found wrong
 * @param correctable the calls that such findings, which come late, may be about
 */
public record Outcomes(
        long calls,
        long failures,
        long abstentions,
        Latencies latency,
        long compared,
        long agreed,
        long shadowFailures,
        Latencies shadowLatency,
        long wrong,
        long right,
        long correctable) {
    public static final Outcomes NONE = new Outcomes(0, 0, 0, Latencies.NONE, 0, 0, 0, Latencies.NONE, 0, 0, 0);

    /** As stored. */
    public static Outcomes of(Counters counters) {
        return new Outcomes(
                counters.getCalls(),
                counters.getFailures(),
                counters.getAbstentions(),
                new Latencies(counters.getLatencyList()),
                counters.getCompared(),
                counters.getAgreed(),
                counters.getShadowFailures(),
                new Latencies(counters.getShadowLatencyList()),
                counters.getConfirmedWrong(),
                counters.getConfirmedRight(),
                counters.getCorrectable());
    }

    public Counters toMessage() {
        return Counters.newBuilder()
                .setCalls(calls)
                .setFailures(failures)
                .setAbstentions(abstentions)
                .addAllLatency(latency.counts())
                .setCompared(compared)
                .setAgreed(agreed)
                .setShadowFailures(shadowFailures)
                .addAllShadowLatency(shadowLatency.counts())
                .setConfirmedWrong(wrong)
                .setConfirmedRight(right)
                .setCorrectable(correctable)
                .build();
    }

    public Outcomes plus(Outcomes other) {
        return new Outcomes(
                Math.addExact(calls, other.calls),
                Math.addExact(failures, other.failures),
                Math.addExact(abstentions, other.abstentions),
                latency.plus(other.latency),
                Math.addExact(compared, other.compared),
                Math.addExact(agreed, other.agreed),
                Math.addExact(shadowFailures, other.shadowFailures),
                shadowLatency.plus(other.shadowLatency),
                Math.addExact(wrong, other.wrong),
                Math.addExact(right, other.right),
                Math.addExact(correctable, other.correctable));
    }

    /** What the next stage of a version in use begins with. Corrections come late and are few: they are kept, with the calls that they may be about. */
    Outcomes carriedOver() {
        return new Outcomes(0, 0, 0, Latencies.NONE, 0, 0, 0, Latencies.NONE, wrong, right, correctable);
    }

    /** Calls beside the champion's, answered or not. */
    public long shadowed() {
        return compared + shadowFailures;
    }
}
