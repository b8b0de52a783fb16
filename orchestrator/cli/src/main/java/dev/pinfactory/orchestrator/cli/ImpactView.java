package dev.pinfactory.orchestrator.cli;

import com.google.protobuf.util.Timestamps;
import dev.pinfactory.proto.plan.PinReference;
import dev.pinfactory.proto.type.CodePoints;
import dev.pinfactory.proto.v1.CardDifference;
import dev.pinfactory.proto.v1.CardImpact;
import dev.pinfactory.proto.v1.ChangedRequest;
import dev.pinfactory.proto.v1.GoldenTaskImpact;
import dev.pinfactory.proto.v1.PinnedPlanImpact;
import dev.pinfactory.proto.v1.PlanChange;
import dev.pinfactory.proto.v1.RecentImpact;
import dev.pinfactory.proto.v1.SimilarSpecialist;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;

/** What a card would change, for people. */
final class ImpactView {
    private static final int SHOWN = 100;

    private final Ansi ansi;

    ImpactView(Ansi ansi) {
        this.ansi = ansi;
    }

    /** Whether anybody has to look: what was refused until now and becomes possible is what a new card is for. */
    static boolean changesWhatWorks(CardImpact impact) {
        RecentImpact recent = impact.getRecent();
        return impact.getIncompatibleCount() > 0
                || impact.getSurroundings().getNearestList().stream().anyMatch(SimilarSpecialist::getNearlyTheSame)
                || impact.getPinnedPlansList().stream().anyMatch(ImpactView::loses)
                || impact.getGoldenTasksList().stream()
                        .anyMatch(golden -> golden.getAsPinnedBefore() && !golden.getAsPinnedAfter())
                || recent.getOtherPlan() + recent.getNewlyRefused() + recent.getNotPlanned() > 0;
    }

    private static boolean loses(PinnedPlanImpact pinned) {
        return (pinned.getRunsBefore() && !pinned.getRunsAfter())
                || switch (pinned.getReplanned()) {
                    case OTHER_PLAN, NEWLY_REFUSED, NOT_PLANNED -> true;
                    case UNCHANGED, NEWLY_PLANNED, KIND_UNSPECIFIED, UNRECOGNIZED -> false;
                };
    }

    void print(CardImpact impact, PrintWriter out) {
        out.println(ansi.string("@|bold,cyan " + PlanView.escaped(impact.getSpecialist()) + "|@")
                + (impact.getSurroundings().getReplaces()
                        ? "  in the place of the one that takes traffic"
                        : "  would be new"));
        impact.getIncompatibleList().forEach(difference -> out.println("  not compatible: " + said(difference)));
        nearest(impact.getSurroundings().getNearestList(), out);
        pinned(impact, out);
        golden(impact, out);
        recent(impact.getRecent(), out);
        if (!changesWhatWorks(impact)) {
            out.println("It changes nothing that works today.");
        }
    }

    private void nearest(List<SimilarSpecialist> nearest, PrintWriter out) {
        heading("Nearest specialists", nearest.isEmpty() ? "none" : "", out);
        int width = nearest.stream()
                .mapToInt(similar -> similar.getSpecialist().length())
                .max()
                .orElse(0);
        nearest.forEach(similar -> out.println(String.format(
                        Locale.ROOT,
                        "  %-" + width + "s  %.2f  %s types",
                        similar.getSpecialist(),
                        similar.getSimilarity(),
                        similar.getSameTypes() ? "same" : "other")
                + (similar.getNearlyTheSame() ? ansi.string("  @|bold,yellow nearly the same|@") : "")));
    }

    private void pinned(CardImpact impact, PrintWriter out) {
        heading("Pinned plans", changed(impact.getPinnedPlansCount(), impact.getPinnedPlansSeen(), "affected"), out);
        for (PinnedPlanImpact pinned : impact.getPinnedPlansList()) {
            out.println("  " + PinReference.of(pinned.getName(), pinned.getVersion()) + "  "
                    + String.join("; ", verdicts(pinned)));
            if (pinned.getRunsBefore() != pinned.getRunsAfter()) {
                pinned.getBrokenList().forEach(broken -> out.println("     " + said(broken)));
            }
            lines(pinned.getDifferencesList(), out);
        }
    }

    private static List<String> verdicts(PinnedPlanImpact pinned) {
        List<String> verdicts = new ArrayList<>();
        if (pinned.getRunsAfter()) {
            verdicts.add(pinned.getRunsBefore() ? "runs as before" : "could run again");
        } else {
            verdicts.add(pinned.getRunsBefore() ? "could not run any more" : "can't run as it is");
        }
        if (pinned.getReplanned() != PlanChange.Kind.KIND_UNSPECIFIED) {
            verdicts.add("planned anew: " + words(pinned.getReplanned()));
        }
        return verdicts;
    }

    private void golden(CardImpact impact, PrintWriter out) {
        if (impact.getGoldenTasksSeen() == 0) {
            return;
        }
        long changed = impact.getGoldenTasksList().stream()
                .filter(golden -> golden.getAsPinnedBefore() != golden.getAsPinnedAfter())
                .count();
        heading("Golden tasks", changed(changed, impact.getGoldenTasksSeen(), "would change"), out);
        for (GoldenTaskImpact golden : impact.getGoldenTasksList()) {
            out.println("  " + (golden.getIndex() + 1) + "  " + golden.getPinnedAs() + "  " + verdict(golden));
            lines(golden.getDifferencesList(), out);
        }
    }

    private static String verdict(GoldenTaskImpact golden) {
        if (golden.getAsPinnedAfter()) {
            return "differs today, and would be as pinned";
        }
        return golden.getAsPinnedBefore() ? "would differ" : "differs today already";
    }

    private void recent(RecentImpact recent, PrintWriter out) {
        int changed = recent.getOtherPlan() + recent.getNewlyPlanned() + recent.getNewlyRefused();
        String tasks = changed == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        " (%.0f %%), %d of %d tasks",
                        100.0 * changed / recent.getRequests(),
                        recent.getTasksChanged(),
                        recent.getTasks());
        String since = recent.hasSince() ? " since " + Timestamps.toString(recent.getSince()) : "";
        heading("Recent requests", changed(changed, recent.getRequests(), "would change") + tasks + since, out);
        count(recent.getOtherPlan(), PlanChange.Kind.OTHER_PLAN, out);
        count(recent.getNewlyRefused(), PlanChange.Kind.NEWLY_REFUSED, out);
        count(recent.getNewlyPlanned(), PlanChange.Kind.NEWLY_PLANNED, out);
        count(recent.getNotPlanned(), PlanChange.Kind.NOT_PLANNED, out);
        for (ChangedRequest example : recent.getExamplesList()) {
            out.println("  \"" + oneLine(example.getInstruction()) + "\"  " + words(example.getKind())
                    + (example.getTasks() == 1 ? "" : ", " + example.getTasks() + " tasks"));
            lines(example.getDifferencesList(), out);
        }
    }

    private static void count(int requests, PlanChange.Kind kind, PrintWriter out) {
        if (requests > 0) {
            out.println("  " + requests + " " + words(kind));
        }
    }

    private void heading(String what, String how, PrintWriter out) {
        out.println(ansi.string("@|bold " + what + "|@") + (how.isEmpty() ? "" : "  " + how));
    }

    private static String changed(long changed, int all, String how) {
        return all == 0 ? "none" : (changed == 0 ? "none" : changed) + " of " + all + " " + how;
    }

    private static String words(PlanChange.Kind kind) {
        return switch (kind) {
            case UNCHANGED -> "the same plan";
            case OTHER_PLAN -> "another plan";
            case NEWLY_PLANNED -> "refused until now";
            case NEWLY_REFUSED -> "refused from now on";
            case NOT_PLANNED -> "could not be planned";
            case KIND_UNSPECIFIED, UNRECOGNIZED -> "unknown";
        };
    }

    private static String said(CardDifference difference) {
        return difference.getField() + ": " + difference.getDescription();
    }

    private static void lines(List<String> differences, PrintWriter out) {
        differences.forEach(difference -> out.println("     " + difference));
    }

    private static String oneLine(String text) {
        return CodePoints.shortened(text.strip().replaceAll("\\s+", " "), SHOWN);
    }
}
