package dev.pinfactory.orchestrator.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pin plan unpin}: forgets pinned plans. */
@Command(
        name = "unpin",
        mixinStandardHelpOptions = true,
        description =
                "Forgets a version of a pinned plan, or all versions of a name. Tasks that were accepted with it go on.")
final class PlanUnpinCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME[@VERSION]", description = "All versions where none is named.")
    private String pinned = "";

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private SwarmOptions swarmOptions;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        try (Swarm swarm = swarmOptions.connectKept()) {
            new PinnedPlans(swarm).delete(pinned);
        }
        spec.commandLine().getOut().println("Unpinned " + pinned);
        spec.commandLine().getOut().flush();
        return 0;
    }
}
