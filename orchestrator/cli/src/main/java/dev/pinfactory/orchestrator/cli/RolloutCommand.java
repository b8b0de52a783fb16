package dev.pinfactory.orchestrator.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import dev.pinfactory.proto.v1.GetJudgementRequest;
import dev.pinfactory.proto.v1.GetJudgementResponse;
import dev.pinfactory.proto.v1.ListAuditRequest;
import dev.pinfactory.proto.v1.ListAuditResponse;
import dev.pinfactory.proto.v1.ListRolloutsRequest;
import dev.pinfactory.proto.v1.ListRolloutsResponse;
import dev.pinfactory.proto.v1.RollBackRequest;
import dev.pinfactory.proto.v1.SetVersionStateRequest;
import dev.pinfactory.proto.v1.Version;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pin rollout}: the versions on their way, and how a person moves them. */
@Command(
        name = "rollout",
        mixinStandardHelpOptions = true,
        description = "Shows the versions that are on their way, and moves them.",
        subcommands = {
            RolloutCommand.ListStages.class,
            RolloutCommand.Audit.class,
            RolloutCommand.ShowJudgement.class,
            RolloutCommand.Move.class,
            RolloutCommand.Back.class
        },
        footer = {
            "",
            "Versions move by themselves as far as the registry's settings allow; docs/learning.md has the table.",
            "Where roles have certificates, the registry takes these calls from an operator's alone."
        })
final class RolloutCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        throw new UsageException("say what to do: 'pin rollout list', 'audit', 'judgement SPECIALIST VERSION', "
                + "'move SPECIALIST VERSION --to STATE' or 'back SPECIALIST'");
    }

    private static void print(MessageOrBuilder answer, PrintWriter out) throws InvalidProtocolBufferException {
        out.println(JsonFormat.printer().print(answer));
    }

    /** What each of them needs. */
    private abstract static class OfRegistry implements Callable<Integer> {
        @Mixin
        @SuppressWarnings("NullAway.Init") // set by picocli
        RegistryOptions registry;

        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        PrintWriter out() {
            return spec.commandLine().getOut();
        }
    }

    /** One version of one specialist. */
    private static final class Which {
        @Parameters(index = "0", paramLabel = "SPECIALIST", description = "Such as intent.")
        private String specialist = "";

        @Parameters(index = "1", paramLabel = "VERSION", description = "Such as 1.1.0.")
        private String version = "";
    }

    /** Who moves a version, and why. */
    private static final class Mover {
        @Option(names = "--actor", description = "Who moves it, for the audit log. Default: ${DEFAULT-VALUE}.")
        private String actor = System.getProperty("user.name", "somebody");

        @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why, for the audit log.")
        private String reason = "";
    }

    /** {@code pin rollout list}. */
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the versions that are on their way, and what they wait for.")
    static final class ListStages extends OfRegistry {
        @Parameters(arity = "0..1", paramLabel = "SPECIALIST", description = "Of this one alone.")
        private String specialist = "";

        @Option(names = "--json", description = "Print the list as JSON.")
        private boolean json;

        @Override
        public Integer call() throws InvalidProtocolBufferException {
            ListRolloutsResponse stages = registry.call(calls -> calls.listRollouts(
                    ListRolloutsRequest.newBuilder().setSpecialist(specialist).build()));
            PrintWriter out = out();
            if (json) {
                print(stages, out);
            } else if (stages.getStagesCount() == 0) {
                out.println("No version is on its way.");
            } else {
                stages.getStagesList().forEach(stage -> RolloutView.print(stage, out));
            }
            out.flush();
            return 0;
        }
    }

    /** {@code pin rollout audit}. */
    @Command(
            name = "audit",
            mixinStandardHelpOptions = true,
            description = "Lists who moved which version, and why; the newest first.")
    static final class Audit extends OfRegistry {
        private static final int MOST_ENTRIES = 500;

        @Parameters(arity = "0..1", paramLabel = "SPECIALIST", description = "Of this one alone.")
        private String specialist = "";

        @Option(
                names = "--limit",
                defaultValue = "20",
                description = "How many at most, up to 500; ${DEFAULT-VALUE} if not given.")
        private int limit;

        @Option(names = "--json", description = "Print the list as JSON.")
        private boolean json;

        @Override
        public Integer call() throws InvalidProtocolBufferException {
            if (limit < 1 || limit > MOST_ENTRIES) {
                throw new UsageException("--limit is " + limit + ", expected 1 to " + MOST_ENTRIES);
            }
            ListAuditResponse audit = registry.call(calls -> calls.listAudit(ListAuditRequest.newBuilder()
                    .setSpecialist(specialist)
                    .setPageSize(limit)
                    .build()));
            PrintWriter out = out();
            if (json) {
                print(audit, out);
            } else if (audit.getEntriesCount() == 0) {
                out.println("No version was moved.");
            } else {
                audit.getEntriesList().forEach(entry -> RolloutView.print(entry, out));
            }
            out.flush();
            return 0;
        }
    }

    /** {@code pin rollout judgement}. */
    @Command(
            name = "judgement",
            mixinStandardHelpOptions = true,
            description = "Shows what came of comparing a version with the champion.")
    static final class ShowJudgement extends OfRegistry {
        @Mixin
        @SuppressWarnings("NullAway.Init")
        private Which which;

        @Option(names = "--report", paramLabel = "FILE", description = "Write the page for people there.")
        @Nullable
        private Path report;

        @Option(names = "--json", description = "Print the judgement as JSON.")
        private boolean json;

        @Override
        public Integer call() throws IOException {
            GetJudgementResponse judged = registry.call(calls -> calls.getJudgement(GetJudgementRequest.newBuilder()
                    .setSpecialist(which.specialist)
                    .setVersion(which.version)
                    .setIncludeReport(report != null)
                    .build()));
            PrintWriter out = out();
            if (report != null) {
                Files.writeString(report, judged.getReportHtml());
            }
            if (json) {
                print(judged.getJudgement(), out);
            } else {
                RolloutView.print(judged.getJudgement(), out);
            }
            out.flush();
            return 0;
        }
    }

    /** {@code pin rollout move}. */
    @Command(
            name = "move",
            mixinStandardHelpOptions = true,
            description = "Moves a version by hand; who was champion before is retired.")
    static final class Move extends OfRegistry {
        @Mixin
        @SuppressWarnings("NullAway.Init")
        private Mover mover;

        @Mixin
        @SuppressWarnings("NullAway.Init")
        private Which which;

        @Option(
                names = "--to",
                paramLabel = "STATE",
                required = true,
                description = "candidate, shadow, canary, champion, retired or rejected.")
        private String to = "";

        @Option(names = "--percent", defaultValue = "0", description = "Of a canary: its share of the tasks, 1 to 99.")
        private int percent;

        @Override
        public Integer call() {
            var answer = registry.call(calls -> calls.setVersionState(SetVersionStateRequest.newBuilder()
                    .setSpecialist(which.specialist)
                    .setVersion(which.version)
                    .setState(state(to))
                    .setWeightPercent(percent)
                    .setActor(mover.actor)
                    .setReason(mover.reason)
                    .build()));
            RolloutView.print(answer.getEntry(), out());
            return 0;
        }

        private static Version.State state(String name) {
            try {
                Version.State state = Version.State.valueOf(name.toUpperCase(Locale.ROOT));
                if (state != Version.State.STATE_UNSPECIFIED && state != Version.State.UNRECOGNIZED) {
                    return state;
                }
            } catch (IllegalArgumentException e) {
                // Said below, as for the two that are no states.
            }
            throw new UsageException(
                    "--to is '" + name + "', expected candidate, shadow, canary, champion, retired or rejected");
        }
    }

    /** {@code pin rollout back}. */
    @Command(
            name = "back",
            mixinStandardHelpOptions = true,
            description = "Takes a version out that is tried, or the champion: then the one before it comes back.")
    static final class Back extends OfRegistry {
        @Mixin
        @SuppressWarnings("NullAway.Init")
        private Mover mover;

        @Parameters(index = "0", paramLabel = "SPECIALIST", description = "Such as intent.")
        private String specialist = "";

        @Parameters(
                index = "1",
                arity = "0..1",
                paramLabel = "VERSION",
                description = "The version that goes; the champion if not given.")
        private String version = "";

        @Override
        public Integer call() {
            var answer = registry.call(calls -> calls.rollBack(RollBackRequest.newBuilder()
                    .setSpecialist(specialist)
                    .setVersion(version)
                    .setActor(mover.actor)
                    .setReason(mover.reason)
                    .build()));
            RolloutView.print(answer.getEntry(), out());
            return 0;
        }
    }
}
