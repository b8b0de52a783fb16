package dev.pinfactory.orchestrator.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pin token}: a token for the swarm that {@code pin up --authenticated} starts here. */
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        description = "Prints a token for the swarm that 'pin up --authenticated' starts on this machine.",
        footer = {
            "",
            "  export PINFACTORY_TOKEN=$(./pin token --tenant acme --role caller)",
            "  curl -H \"Authorization: Bearer $PINFACTORY_TOKEN\" localhost:8080/v1/tasks",
            "",
            "It is for development: whoever can read .pinfactory/issuer can make any token. Elsewhere an issuer of your own makes them."
        })
final class TokenCommand implements Callable<Integer> {
    private static final List<String> ROLES = List.of("caller", "reviewer", "platform", "operator", "learner");
    private static final Pattern TENANT = Pattern.compile("[\\x21-\\x7e]{1,128}");
    private static final Duration LONGEST = Duration.ofDays(30);

    @Option(names = "--tenant", required = true, paramLabel = "NAME", description = "For whom its holder acts.")
    private String tenant = "";

    @Option(
            names = "--role",
            required = true,
            paramLabel = "ROLE",
            description = "caller, reviewer, platform, operator or learner; may be repeated.")
    private List<String> roles = new ArrayList<>();

    @Option(
            names = "--expires",
            defaultValue = "1h",
            converter = TaskOptions.DurationConverter.class,
            paramLabel = "DURATION",
            description = "How long it is good, such as 10m or 8h, 720h at most; ${DEFAULT-VALUE} by default.")
    private Duration expires = Duration.ofHours(1);

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (!TENANT.matcher(tenant).matches()) {
            throw new UsageException(
                    "--tenant is '" + tenant + "'; expected 1 to 128 printable ASCII characters without spaces");
        }
        roles.stream().filter(role -> !ROLES.contains(role)).findFirst().ifPresent(role -> {
            throw new UsageException("--role is '" + role + "'; expected one of " + String.join(", ", ROLES));
        });
        if (expires.compareTo(LONGEST) > 0) {
            throw new UsageException("--expires is more than 720h; expected that at most");
        }
        spec.commandLine()
                .getOut()
                .println(LocalIssuer.in(Home.installed().data())
                        .token(tenant, roles.stream().distinct().toList(), expires));
        return 0;
    }
}
