package dev.pinfactory.router.models;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.InputDescription;
import dev.pinfactory.proto.v1.PlanRequest;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.router.planner.EncoderPlanner;
import dev.pinfactory.router.planner.PlanOutcome;
import dev.pinfactory.router.planner.PlanOutcome.Planned;
import dev.pinfactory.router.planner.PlanningRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * How long a plan takes: five clauses over 50 cards or more, one thread, every instruction new, so that neither the plan nor a vector is remembered. To be
 * run by hand, with the number of plans and of cards; see docs/router.md.
 */
final class PlanningBenchmark {
    private static final long SEED = 5;
    private static final int WARM_UP = 300;
    private static final List<String> PLACES =
            List.of("Oslo", "Lyon", "Porto", "Riga", "Turin", "Leeds", "Gent", "Brno", "Linz", "Vaasa");
    private static final List<String> THINGS =
            List.of("pumps", "lamps", "tyres", "chairs", "valves", "bricks", "cables", "boots", "drills", "tiles");

    private static final List<String> ACTIONS = List.of(
            "Counts", "Prices", "Ships", "Audits", "Draws", "Orders", "Recalls", "Weighs", "Paints", "Insures", "Rents",
            "Labels");

    private PlanningBenchmark() {}

    public static void main(String[] arguments) {
        int runs = arguments.length == 0 ? 400 : Integer.parseInt(arguments[0]);
        RouterModels models = RouterModels.shipped(SentenceEncoder.shared());
        Contracts contracts = contracts(arguments.length < 2 ? 50 : Integer.parseInt(arguments[1]));
        models.prepare(contracts);
        EncoderPlanner planner = new EncoderPlanner(models.plannerModels(), Clock.systemUTC());
        Random random = new Random(SEED);
        double[] milliseconds = new double[runs];
        double[] processor = new double[runs];
        var threads = java.lang.management.ManagementFactory.getThreadMXBean();
        int steps = 0;
        for (int run = -WARM_UP; run < runs; run++) {
            PlanningRequest request = request(random, contracts);
            long cpu = threads.getCurrentThreadCpuTime();
            long start = System.nanoTime();
            PlanOutcome outcome = planner.plan(request);
            double took = (System.nanoTime() - start) / 1e6;
            if (run >= 0) {
                milliseconds[run] = took;
                processor[run] = (threads.getCurrentThreadCpuTime() - cpu) / 1e6;
                steps += outcome instanceof Planned planned ? planned.plan().getStepsCount() : 0;
            }
        }
        Arrays.sort(milliseconds);
        Arrays.sort(processor);
        System.out.printf(
                "seed %d, %d plans of 5 clauses over %d cards, %.1f steps each: p50 %.1f ms, p90 %.1f ms, p99 %.1f ms; processor time p50 %.1f ms, p99 %.1f ms%n",
                SEED,
                runs,
                contracts.size(),
                (double) steps / runs,
                milliseconds[runs / 2],
                milliseconds[runs * 9 / 10],
                milliseconds[runs * 99 / 100],
                processor[runs / 2],
                processor[runs * 99 / 100]);
    }

    /** The fifty, and made-up cards of one line each until there are enough. */
    private static Contracts contracts(int count) {
        List<Contract> contracts = new ArrayList<>(TestingLibraries.fifty().all());
        for (int i = 0; contracts.size() < count; i++) {
            String action = ACTIONS.get(i % ACTIONS.size());
            String thing = THINGS.get(i / ACTIONS.size() % THINGS.size());
            String place = PLACES.get(i / ACTIONS.size() / THINGS.size() % PLACES.size());
            String summary = "%s the %s of the branch in %s, register %d".formatted(action, thing, place, i);
            contracts.add(Contract.newBuilder()
                    .setId("made-up-" + i)
                    .setCapability("made.up")
                    .setSummary(summary)
                    .setDescription(summary)
                    .addInputs(Port.newBuilder().setName("text").setType("text"))
                    .addOutputs(Port.newBuilder().setName("text").setType("text"))
                    .setKind(Contract.Kind.CODE)
                    .build());
        }
        return Contracts.of(contracts);
    }

    /** Five clauses of common length. Every one has a word of its own in it, so that no text has been encoded before. */
    private static PlanningRequest request(Random random, Contracts contracts) {
        String instruction =
                "Read carrier and weight of the %s from the waybill, tell me how urgent the message is for %s, find the tariff number for the %s,"
                                .formatted(word(random), word(random), word(random))
                        + " give me the key points about %s and translate them for %s into German."
                                .formatted(word(random), word(random));
        PlanRequest request = PlanRequest.newBuilder()
                .setInstruction(instruction)
                .addInputs(InputDescription.newBuilder().setName("message").setType("text"))
                .addInputs(InputDescription.newBuilder().setName("waybill").setType("text"))
                .build();
        return new PlanningRequest(request, contracts, Instant.MAX);
    }

    private static String word(Random random) {
        return PLACES.get(random.nextInt(PLACES.size())) + " " + THINGS.get(random.nextInt(THINGS.size())) + " "
                + random.nextInt(1_000);
    }
}
