package dev.pinfactory.orchestrator.cli;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import dev.pinfactory.proto.v1.ApiKey;
import dev.pinfactory.proto.v1.CreateApiKeyRequest;
import dev.pinfactory.proto.v1.CreateApiKeyResponse;
import dev.pinfactory.proto.v1.ListApiKeysRequest;
import dev.pinfactory.proto.v1.ListApiKeysResponse;
import dev.pinfactory.proto.v1.NewApiKey;
import dev.pinfactory.proto.v1.RevokeApiKeyRequest;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pin key}: API keys of the tenant, for programs that can't get tokens from the issuer. */
@Command(
        name = "key",
        mixinStandardHelpOptions = true,
        description = "Makes, lists and revokes API keys of your tenant, where authentication is configured.",
        subcommands = {KeyCommand.Create.class, KeyCommand.ListKeys.class, KeyCommand.Revoke.class},
        footer = {
            "",
            "It needs a token with the role platform or operator in PINFACTORY_TOKEN; a key can have the roles of that token alone.",
            "Programs send the key as they would a token: \"Authorization: Bearer pf_...\"."
        })
final class KeyCommand implements Callable<Integer> {
    private static final long SECONDS = 30;

    @Override
    public Integer call() {
        throw new UsageException("say what to do: 'pin key create', 'pin key list' or 'pin key revoke ID'");
    }

    /** {@code pin key create}. */
    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = "Makes a key and prints it. It can't be shown again.")
    static final class Create implements Callable<Integer> {
        private static final Pattern DAYS = Pattern.compile("(\\d{1,4})d");

        @Mixin
        @SuppressWarnings("NullAway.Init") // set by picocli
        private SwarmOptions swarmOptions;

        @Option(names = "--name", required = true, paramLabel = "NAME", description = "Who uses it, for people.")
        private String name = "";

        @Option(
                names = "--role",
                required = true,
                paramLabel = "ROLE",
                description = "caller, reviewer, platform or operator; may be repeated.")
        private List<String> roles = new ArrayList<>();

        @Option(
                names = "--expires",
                defaultValue = "90d",
                paramLabel = "DAYS",
                description = "After how many days it ends, such as 90d, or never; ${DEFAULT-VALUE} if not given.")
        private String expires = "";

        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Override
        public Integer call() {
            NewApiKey.Builder key = NewApiKey.newBuilder().setName(name).addAllRoles(roles);
            if (!expires.equals("never")) {
                Matcher days = DAYS.matcher(expires);
                if (!days.matches()) {
                    throw new UsageException(
                            "--expires is '" + expires + "', expected a number of days such as 90d, or never");
                }
                key.setExpiresAfter(Durations.fromDays(Long.parseLong(days.group(1))));
            }
            try (Swarm swarm = swarmOptions.connect(spec.commandLine().getErr())) {
                CreateApiKeyResponse made = swarm.calls()
                        .withDeadlineAfter(SECONDS, TimeUnit.SECONDS)
                        .createApiKey(
                                CreateApiKeyRequest.newBuilder().setKey(key).build());
                PrintWriter err = spec.commandLine().getErr();
                err.println(
                        "key " + made.getKey().getId() + ", " + until(made.getKey()) + "; it can't be shown again:");
                err.flush();
                PrintWriter out = spec.commandLine().getOut();
                out.println(made.getSecret());
                out.flush();
            }
            return 0;
        }
    }

    /** {@code pin key list}. */
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the keys of your tenant, newest first.")
    static final class ListKeys implements Callable<Integer> {
        @Mixin
        @SuppressWarnings("NullAway.Init")
        private SwarmOptions swarmOptions;

        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Override
        public Integer call() {
            try (Swarm swarm = swarmOptions.connect(spec.commandLine().getErr())) {
                ListApiKeysResponse keys = swarm.calls()
                        .withDeadlineAfter(SECONDS, TimeUnit.SECONDS)
                        .listApiKeys(ListApiKeysRequest.getDefaultInstance());
                PrintWriter out = spec.commandLine().getOut();
                for (ApiKey key : keys.getKeysList()) {
                    out.println(key.getId() + "  " + PlanView.escaped(key.getName()) + "  "
                            + String.join(",", key.getRolesList()) + "  " + until(key));
                }
                out.flush();
            }
            return 0;
        }
    }

    /** {@code pin key revoke}. */
    @Command(
            name = "revoke",
            mixinStandardHelpOptions = true,
            description = "Ends a key for good, from the next call on.")
    static final class Revoke implements Callable<Integer> {
        @Mixin
        @SuppressWarnings("NullAway.Init")
        private SwarmOptions swarmOptions;

        @Parameters(paramLabel = "ID", description = "Of the key, as 'pin key list' shows it.")
        private String id = "";

        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Override
        public Integer call() {
            try (Swarm swarm = swarmOptions.connect(spec.commandLine().getErr())) {
                var ignored = swarm.calls()
                        .withDeadlineAfter(SECONDS, TimeUnit.SECONDS)
                        .revokeApiKey(
                                RevokeApiKeyRequest.newBuilder().setKeyId(id).build());
            }
            PrintWriter out = spec.commandLine().getOut();
            out.println("revoked " + id);
            out.flush();
            return 0;
        }
    }

    private static String until(ApiKey key) {
        if (key.hasRevokedAt()) {
            return "revoked " + day(key.getRevokedAt());
        }
        return key.hasExpiresAt() ? "until " + day(key.getExpiresAt()) : "without end";
    }

    private static String day(Timestamp time) {
        return Timestamps.toString(time).substring(0, 10);
    }
}
