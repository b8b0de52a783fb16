package dev.pinfactory.registry.service.rollout;

import dev.pinfactory.registry.service.catalog.Latencies;
import dev.pinfactory.registry.service.catalog.Outcomes;
import dev.pinfactory.registry.service.catalog.Stage;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A version beside the one that it is compared with, in all respects that count in its stage. */
final class Comparison {
    /** The respects of a version in use, errors twice: relative to the champion's and as such. Each is tested at this part of the level. */
    static final int TESTS = 6;

    /** By the definition of the 99th percentile. */
    private static final double SLOWER = 0.01;

    /** With fewer calls of the champion its share says nothing; then this many failures are too many whatever the champion would do. */
    private static final int FEW = 20;

    private static final double MOST_ERRORS = 0.2;

    private static final double P99 = 0.99;
    private static final MathContext THREE_DIGITS = new MathContext(3);

    private final RolloutPolicy policy;
    private final Outcomes own;
    private final Outcomes beside;

    Comparison(RolloutPolicy policy, Stage stage) {
        this.policy = policy;
        this.own = stage.own();
        this.beside = stage.beside();
    }

    /** Of a version that is called beside the champion. */
    List<Finding> ofShadow() {
        Share disagreed = new Share(own.compared() - own.agreed(), own.compared());
        double most = 1 - policy.minAgreement();
        return List.of(
                errors(new Share(own.shadowFailures(), own.shadowed())),
                finding(
                        "disagreed with the champion on " + disagreed + " calls, at most " + percent(most),
                        Evidence.above(disagreed, most),
                        disagreed.rate() <= most),
                latency(own.shadowLatency()));
    }

    /** Of a version that is in use. */
    List<Finding> ofUse() {
        Share abstained = new Share(own.abstentions(), own.calls());
        Share champion = new Share(beside.abstentions(), beside.calls());
        return List.of(
                errors(new Share(own.failures(), own.calls())),
                versus("abstained", abstained, champion, policy.abstentionMargin()),
                latency(own.latency()),
                versus(
                        "was found wrong of what people looked at",
                        new Share(own.wrong(), own.wrong() + own.right()),
                        new Share(beside.wrong(), beside.wrong() + beside.right()),
                        policy.correctionMargin()),
                versus(
                        "was found wrong",
                        Share.capped(own.wrong(), own.correctable()),
                        Share.capped(beside.wrong(), beside.correctable()),
                        policy.correctionMargin()));
    }

    private Finding errors(Share failed) {
        Share champion = new Share(beside.failures(), beside.calls());
        if (champion.all() >= FEW) {
            return versus("failed", failed, champion, policy.errorMargin());
        }
        return finding(
                "failed " + failed + " calls, at most " + percent(MOST_ERRORS),
                Evidence.above(failed, MOST_ERRORS),
                failed.rate() <= MOST_ERRORS);
    }

    private Finding latency(Latencies took) {
        Optional<Duration> champion =
                beside.latency().quantile(P99).filter(p99 -> beside.latency().total() >= FEW);
        if (champion.isEmpty()) {
            return new Finding("no latency to compare with", 0, true);
        }
        Duration scaled = Duration.ofNanos(Math.round(champion.orElseThrow().toNanos() * policy.latencyRatio()));
        Duration limit = scaled.compareTo(policy.latencyFloor()) > 0 ? scaled : policy.latencyFloor();
        return versus(
                "took longer than " + limit.toMillis() + " ms",
                new Share(took.above(limit), took.total()),
                new Share(beside.latency().above(limit), beside.latency().total()),
                SLOWER);
    }

    private static Finding versus(String verb, Share version, Share champion, double margin) {
        return finding(
                verb + " " + version + " times, the champion " + champion + ", margin " + percent(margin),
                Evidence.above(version, champion, margin),
                champion.all() == 0 || version.rate() <= champion.rate() + margin);
    }

    private static Finding finding(String what, double evidence, boolean good) {
        return new Finding(what, evidence, good);
    }

    private static String percent(double share) {
        return BigDecimal.valueOf(share * 100)
                        .round(THREE_DIGITS)
                        .stripTrailingZeros()
                        .toPlainString() + " %";
    }
}
