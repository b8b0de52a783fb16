package dev.pinfactory.load;

import java.time.Duration;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * What a load met. Latencies count from when a request was meant to be sent, so that a service that stands still does not hide the requests that came meanwhile.
 *
 * @param length for which requests were sent
 * @param good latencies of good answers, in microseconds
 * @param refused the same of refusals
 * @param failed the same of failures
 */
public record Measured(Duration length, Histogram good, Histogram refused, Histogram failed) {
    private static final double TO_MILLIS = 1_000.0;

    /** Latencies of an answer, in microseconds. */
    public Histogram of(Answer answer) {
        return switch (answer) {
            case GOOD -> good;
            case REFUSED -> refused;
            case FAILED -> failed;
        };
    }

    public long count(Answer answer) {
        return of(answer).getTotalCount();
    }

    /** Good answers a second. */
    public double goodput() {
        return count(Answer.GOOD) / (length.toNanos() / 1e9);
    }

    /** Milliseconds; 0 where there was no such answer. */
    public double p50(Answer answer) {
        return of(answer).getValueAtPercentile(50) / TO_MILLIS;
    }

    /** Milliseconds; 0 where there was no such answer. */
    public double p99(Answer answer) {
        return of(answer).getValueAtPercentile(99) / TO_MILLIS;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%.0f good a second (p50 %.0f ms, p99 %.0f ms), %d refused (p99 %.0f ms), %d failed",
                goodput(),
                p50(Answer.GOOD),
                p99(Answer.GOOD),
                count(Answer.REFUSED),
                p99(Answer.REFUSED),
                count(Answer.FAILED));
    }
}
