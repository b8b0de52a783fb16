package dev.pinfactory.orchestrator.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Timestamps;
import dev.pinfactory.proto.v1.Amount;
import dev.pinfactory.proto.v1.GetUsageRequest;
import dev.pinfactory.proto.v1.GetUsageResponse;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pin usage}: what the tenant has used today. */
@Command(
        name = "usage",
        mixinStandardHelpOptions = true,
        description = "Shows what your tenant has used today (UTC), and may use.")
final class UsageCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private SwarmOptions swarmOptions;

    @Option(names = "--json", description = "Print the answer as JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws InvalidProtocolBufferException {
        PrintWriter out = spec.commandLine().getOut();
        GetUsageResponse usage;
        try (Swarm swarm = swarmOptions.connect(spec.commandLine().getErr())) {
            usage = swarm.calls()
                    .withDeadlineAfter(30, TimeUnit.SECONDS)
                    .getUsage(GetUsageRequest.getDefaultInstance());
        }
        if (json) {
            out.println(JsonFormat.printer().print(usage));
        } else {
            print(usage, out);
        }
        out.flush();
        return 0;
    }

    private static void print(GetUsageResponse usage, PrintWriter out) {
        out.println(usage.getDay() + ", until " + Timestamps.toString(usage.getResetsAt()));
        row(out, "tasks", count(usage.getTasks()), usage.hasTaskQuota(), count(usage.getTaskQuota()));
        row(
                out,
                "processor seconds",
                seconds(usage.getCpuSeconds()),
                usage.hasCpuSecondQuota(),
                seconds(usage.getCpuSecondQuota()));
        row(out, "language models", money(usage.getLlm()), usage.hasLlmQuota(), money(usage.getLlmQuota()));
    }

    private static void row(PrintWriter out, String name, String used, boolean limited, String quota) {
        out.println("  %-18s %s%s".formatted(name, used, limited ? " of " + quota : ", no quota"));
    }

    private static String count(long tasks) {
        return String.format(Locale.ROOT, "%,d", tasks);
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%,.2f", seconds);
    }

    private static String money(Amount amount) {
        return amount.getValue() + " " + amount.getCurrency();
    }
}
