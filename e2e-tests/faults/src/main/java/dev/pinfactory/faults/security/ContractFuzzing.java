package dev.pinfactory.faults.security;

import dev.pinfactory.faults.bar.Bar;
import dev.pinfactory.faults.bar.Form;
import dev.pinfactory.faults.bar.Trial;
import dev.pinfactory.faults.security.contract.Barrage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** S1: requests that were made of the published contract and then broken, over REST and gRPC, get answers that the contract knows and that tell nothing of the inside. */
public final class ContractFuzzing implements Bar {
    private static final int EACH = 25_000;
    private static final int LONG_ROUNDS = 40;

    @Override
    public String id() {
        return "S1";
    }

    @Override
    public String title() {
        return "whatever comes over REST or gRPC, the answer is one of the contract's, never the server's fault, tells nothing of the inside, and memory stays flat";
    }

    @Override
    public String unit() {
        return "requests";
    }

    @Override
    public String sabotage() {
        return "REST answers what it threw";
    }

    @Override
    public int rounds(Form form) {
        return switch (form) {
            case SHORT -> 1;
            case LONG -> LONG_ROUNDS;
        };
    }

    @Override
    public Trial start(Setting setting) throws Exception {
        return new Rounds(setting);
    }

    private static final class Rounds implements Trial {
        /** Of each kind, to the orchestrator that asks for tokens. Then everything is loaded, and what is kept in memory is kept. */
        private static final int FIRST = EACH / 5;

        /** What may come on top of that: ended tasks, caches. */
        private static final long GROWTH = 48L << 20;

        /** Of the short form, so that a change is tried with what others were; the long form goes on to look for what nobody has tried. */
        private static final long SAME = 20_261_123;

        private static final int MAX_LOGGED = 20;

        private final Form form;
        private final Path folder;
        private final Barrage authenticated;
        private final Barrage open;

        private Rounds(Setting setting) throws IOException, InterruptedException {
            form = setting.form();
            folder = setting.folder();
            authenticated = new Barrage(setting.folder().resolve("authenticated"), true, setting.sabotage());
            open = new Barrage(setting.folder().resolve("open"), false, setting.sabotage());
        }

        @Override
        public Outcome round(long fresh) throws IOException, InterruptedException {
            long seed = form == Form.SHORT ? SAME : fresh;
            List<String> failures = new ArrayList<>(authenticated.send(FIRST, FIRST, seed));
            failures.addAll(open.send(FIRST, FIRST, seed));
            long before = live();
            if (failures.isEmpty()) {
                failures.addAll(open.send(EACH - 2 * FIRST, EACH - 2 * FIRST, seed + 1));
            }
            if (!failures.isEmpty()) {
                failures.addAll(logged());
            }
            long grown = live() - before;
            if (grown > GROWTH) {
                failures.add("the heap has grown by " + (grown >> 20) + " MiB");
            }
            return new Outcome(
                    2 * EACH,
                    failures,
                    "heap %+d MiB; asked for tokens: %s; open: %s"
                            .formatted(grown >> 20, authenticated.answers(), open.answers()),
                    Map.of("REST", (long) EACH, "gRPC", (long) EACH));
        }

        /** What the orchestrators called their own failures, and its causes. Those of one process share a log. */
        private List<String> logged() throws IOException {
            List<String> errors = new ArrayList<>();
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path log :
                        files.filter(file -> file.endsWith("orchestrator.log")).toList()) {
                    try (Stream<String> lines = Files.lines(log)) {
                        lines.filter(line -> line.contains("ERROR") || line.startsWith("Caused by: "))
                                .limit(MAX_LOGGED)
                                .forEach(errors::add);
                    }
                }
            }
            return errors;
        }

        /** Bytes, after everything that can go is gone. */
        private static long live() {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            return runtime.totalMemory() - runtime.freeMemory();
        }

        @Override
        public void close() {
            open.close();
            authenticated.close();
        }
    }
}
