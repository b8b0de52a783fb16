package dev.pinfactory.specialists.testkit;

import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.specialists.sdk.sample.Samples;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The contract test as a program. Exit code 0: everything holds; 1: something does not; 2: wrong usage. */
public final class Testkit {
    private static final String USAGE = """
            Checks whether the specialists at an address keep the contract.

            usage: testkit ADDRESS [--samples ID=FILE]... [--json]

              ADDRESS            host:port of a server of pinfactory.v1.SpecialistService
              --samples ID=FILE  requests that specialist ID can answer: a list of InferRequest in YAML or JSON;
                                 without it, requests are made up from its card
              --json             prints the report as JSON
            """;

    private Testkit() {}

    public static void main(String[] arguments) {
        System.exit(run(System.out, System.err, arguments));
    }

    static int run(PrintStream out, PrintStream err, String... arguments) {
        String address = "";
        boolean json = false;
        Map<String, List<InferRequest>> samples = new HashMap<>();
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            if (argument.equals("--json")) {
                json = true;
            } else if (argument.equals("--samples") && i + 1 < arguments.length) {
                String[] parts = arguments[++i].split("=", 2);
                try {
                    samples.put(parts[0], Samples.read(Files.readString(Path.of(parts[1])), parts[0]));
                } catch (IOException | RuntimeException e) {
                    err.println("--samples " + arguments[i] + " can't be read: " + e.getMessage());
                    return 2;
                }
            } else if (address.isEmpty() && !argument.startsWith("-")) {
                address = argument;
            } else {
                err.print(USAGE);
                return argument.equals("--help") ? 0 : 2;
            }
        }
        if (address.isEmpty()) {
            err.print(USAGE);
            return 2;
        }
        Report report = report(address, samples, json ? null : out);
        if (json) {
            out.println(report.toJson());
        } else {
            out.println(report.summary());
        }
        return report.passed() ? 0 : 1;
    }

    private static Report report(
            String address,
            Map<String, List<InferRequest>> samples,
            @org.jspecify.annotations.Nullable PrintStream progress) {
        List<Report.Line> lines = new ArrayList<>();
        try (Connection connection = new Connection(address)) {
            for (Check check : new Contract(connection, samples).checks()) {
                lines.add(Report.Line.of(check));
                if (progress != null) {
                    progress.println(lines.getLast());
                }
            }
        } catch (ContractViolation | IllegalArgumentException e) {
            Report.Line line = new Report.Line("can be reached", false, String.valueOf(e.getMessage()), 0);
            lines.add(line);
            if (progress != null) {
                progress.println(line);
            }
        }
        return new Report(address, lines);
    }
}
