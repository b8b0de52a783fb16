package dev.pinfactory.orchestrator.cli;

import com.google.protobuf.util.Timestamps;
import dev.pinfactory.proto.v1.AuditEntry;
import dev.pinfactory.proto.v1.Counters;
import dev.pinfactory.proto.v1.Entry;
import dev.pinfactory.proto.v1.Gate;
import dev.pinfactory.proto.v1.Judgement;
import dev.pinfactory.proto.v1.RolloutStage;
import dev.pinfactory.proto.v1.Version;
import dev.pinfactory.proto.v1.VersionEntry;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;

/** Versions on their way, for a terminal. */
final class RolloutView {
    private static final int LINE = 160;

    private RolloutView() {}

    /** Two or three lines: where it stands and since when, what is known, what it waits for. */
    static void print(RolloutStage stage, PrintWriter out) {
        out.println(name(stage.getSpecialist()) + " " + line(stage.getVersion()) + "  "
                + state(stage.getState(), stage.getWeightPercent()) + " since "
                + Timestamps.toString(stage.getSince()));
        String rival = stage.getRival().isEmpty() ? "" : "; " + line(stage.getRival()) + ": " + said(stage.getBeside());
        out.println("  " + said(stage.getOwn()) + rival);
        if (!stage.getWaitsFor().isEmpty()) {
            out.println(
                    (stage.getWaitsForPerson() ? "  a person has to: " : "  waits for ") + line(stage.getWaitsFor()));
        }
    }

    static void print(AuditEntry entry, PrintWriter out) {
        out.println(Timestamps.toString(entry.getTime()) + "  " + name(entry.getSpecialist()) + " "
                + line(entry.getVersion()) + "  " + state(entry.getFrom(), 0) + " → "
                + state(entry.getTo(), entry.getWeightPercent()) + "  by " + line(entry.getActor())
                + (entry.getReason().isEmpty() ? "" : ": " + line(entry.getReason())));
    }

    static void print(Judgement judgement, PrintWriter out) {
        out.println((judgement.getPassed() ? "passed" : "not passed") + ", against " + line(judgement.getChampion())
                + ", by " + line(judgement.getJudge()) + " at " + Timestamps.toString(judgement.getJudgedAt()));
        out.println("  " + line(judgement.getSummary()));
        for (Gate gate : judgement.getGatesList()) {
            out.printf(
                    Locale.ROOT,
                    "  %-4s %10.4f  bound %10.4f  %s%n",
                    gate.getPassed() ? "ok" : "no",
                    gate.getValue(),
                    gate.getBound(),
                    line(gate.getName()));
        }
    }

    /** All versions of a specialist as they are now. */
    static void print(Entry entry, PrintWriter out) {
        for (VersionEntry version : entry.getVersionsList()) {
            out.println(name(entry.getContract().getId()) + " "
                    + line(version.getVersion().getNumber()) + "  "
                    + state(version.getState(), version.getWeightPercent()));
        }
        out.flush();
    }

    private static String said(Counters counters) {
        List<String> said = new ArrayList<>();
        said.add(counters.getCalls() + " calls");
        add(said, counters.getFailures(), "failed");
        add(said, counters.getAbstentions(), "abstained");
        if (counters.getCompared() > 0) {
            said.add(String.format(
                    Locale.ROOT,
                    "%.1f %% of %d compared agree",
                    100.0 * counters.getAgreed() / counters.getCompared(),
                    counters.getCompared()));
        }
        add(said, counters.getShadowFailures(), "failed beside the champion");
        add(said, counters.getConfirmedWrong(), "found wrong");
        add(said, counters.getConfirmedRight(), "found right");
        return String.join(", ", said);
    }

    private static void add(List<String> said, long count, String what) {
        if (count > 0) {
            said.add(count + " " + what);
        }
    }

    private static String state(Version.State state, int percent) {
        return state.name().toLowerCase(Locale.ROOT) + (percent > 0 ? " " + percent + " %" : "");
    }

    private static String name(String specialist) {
        return Ansi.AUTO.string("@|bold,cyan " + PlanView.escaped(specialist) + "|@");
    }

    private static String line(String text) {
        return PlanView.line(text, LINE);
    }
}
