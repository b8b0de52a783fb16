package dev.pinfactory.orchestrator.cli;

import dev.pinfactory.proto.v1.Refusal;
import dev.pinfactory.proto.v1.UnmetRequest;
import java.io.PrintWriter;
import picocli.CommandLine.Help.Ansi;

/** A refusal, with what was not understood. */
final class RefusalView {
    private final Ansi ansi;

    RefusalView(Ansi ansi) {
        this.ansi = ansi;
    }

    void print(Refusal refusal, PrintWriter out) {
        out.println(ansi.string("@|bold,red Refused|@ ") + refusal.getReason() + ": " + refusal.getMessage());
        for (UnmetRequest unmet : refusal.getUnmetList()) {
            out.println("  \"" + unmet.getText() + "\": " + unmet.getReason());
            if (unmet.getCandidatesCount() > 0) {
                out.println("      nearest: " + PlanView.candidates(unmet.getCandidatesList()));
            }
        }
    }
}
