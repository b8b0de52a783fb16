package dev.pinfactory.orchestrator.cli;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import dev.pinfactory.proto.v1.StepReport;
import dev.pinfactory.proto.v1.TaskResult;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;

/** When each step ran, as bars on one scale. */
final class TimelineView {
    private static final int WIDTH = 40;

    private final Ansi ansi;

    TimelineView(Ansi ansi) {
        this.ansi = ansi;
    }

    void print(TaskResult result, PrintWriter out) {
        if (result.getStepsCount() == 0) {
            return;
        }
        long origin = Timestamps.toMicros(result.getStartedAt());
        long total = Math.max(1, Timestamps.toMicros(result.getEndedAt()) - origin);
        int names = Math.max(
                "planning".length(),
                result.getStepsList().stream()
                        .mapToInt(step -> step.getStep().length())
                        .max()
                        .orElse(0));
        out.println(ansi.string("@|bold Timeline|@") + "  " + millis(total));
        long planning = Durations.toMicros(result.getPlanningTime());
        line(out, names, "planning", 0, planning, total, "");
        for (StepReport step : result.getStepsList()) {
            if (step.hasStartedAt()) {
                long start = since(step.getStartedAt(), origin);
                line(out, names, step.getStep(), start, since(step.getEndedAt(), origin) - start, total, note(step));
            } else {
                out.println(String.format("  %-" + names + "s  %s", step.getStep(), note(step)));
            }
        }
        out.println();
    }

    private static void line(PrintWriter out, int names, String name, long start, long took, long total, String note) {
        int from = (int) Math.clamp(start * WIDTH / total, 0, WIDTH - 1);
        int length = (int) Math.clamp(Math.ceilDiv(took * WIDTH, total), 1, WIDTH - from);
        String bar = " ".repeat(from) + "█".repeat(length) + " ".repeat(WIDTH - from - length);
        out.println(String.format("  %-" + names + "s  %s %10s  %s", name, bar, millis(took), note)
                .stripTrailing());
    }

    private static String note(StepReport step) {
        String detail = step.getCode().isEmpty() ? "" : " " + step.getCode();
        return step.getOutcome() == StepReport.Outcome.SUCCEEDED
                ? ""
                : step.getOutcome().name().toLowerCase(Locale.ROOT)
                        + detail
                        + (step.getDetail().isEmpty() ? "" : ": " + step.getDetail());
    }

    private static long since(Timestamp time, long origin) {
        return Timestamps.toMicros(time) - origin;
    }

    private static String millis(long micros) {
        return String.format(Locale.ROOT, "%.1f ms", micros / 1000.0);
    }
}
