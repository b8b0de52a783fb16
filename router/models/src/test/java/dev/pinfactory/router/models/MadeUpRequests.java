package dev.pinfactory.router.models;

import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.InputDescription;
import dev.pinfactory.proto.v1.PlanRequest;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.router.planner.PlanningRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Requests that nobody has made before, over catalogues of any size. */
final class MadeUpRequests {
    private static final List<String> PLACES =
            List.of("Oslo", "Lyon", "Porto", "Riga", "Turin", "Leeds", "Gent", "Brno", "Linz", "Vaasa");
    private static final List<String> THINGS =
            List.of("pumps", "lamps", "tyres", "chairs", "valves", "bricks", "cables", "boots", "drills", "tiles");
    private static final List<String> ACTIONS = List.of(
            "Counts", "Prices", "Ships", "Audits", "Draws", "Orders", "Recalls", "Weighs", "Paints", "Insures", "Rents",
            "Labels");

    /** Nine that ask for or forbid something and four that only tell, as people mix them. */
    private static final List<String> SENTENCES = List.of(
            "Read carrier and weight of the %s from the waybill. ",
            "Tell me how urgent the message is for %s. ",
            "Find the tariff number for the %s. ",
            "Give me the key points about %s and translate them into German. ",
            "Then check the grammar of what the branch wrote about %s. ",
            "Transcribe the call about the %s and extract its keywords. ",
            "Make a slideshow from the two pictures of the %s. ",
            "If the message is urgent, write a shorter version for %s. ",
            "Don't change the part that speaks of %s. ",
            "The customer in %s has been waiting since the second week of the month, and nobody has told them anything. ",
            "We had the same trouble with the %s last year, when the forwarder lost half of the papers. ",
            "My colleague says that the %s were packed on Tuesday by the evening shift. ",
            "I have attached what the driver sent us about the %s, which is hard to read because it was raining. ");

    private final Contracts contracts;
    private final int characters;
    private final Random random;

    /** @param characters that an instruction has at least; 0 for five clauses of common length */
    MadeUpRequests(Contracts contracts, int characters, long seed) {
        this.contracts = contracts;
        this.characters = characters;
        this.random = new Random(seed);
    }

    /** A forwarder's cards, then media tools, then made-up cards of one line each until there are enough. */
    static Contracts contracts(int count) {
        List<Contract> contracts = new ArrayList<>(TestingLibraries.freight().all());
        contracts.addAll(TestingLibraries.multimedia().all());
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
        return Contracts.of(contracts.subList(0, count));
    }

    /** The next one. Every clause has a word of its own in it, so that no text has been encoded before. */
    PlanningRequest next() {
        PlanRequest request = PlanRequest.newBuilder()
                .setInstruction(characters == 0 ? fiveClauses() : sentences())
                .addInputs(InputDescription.newBuilder().setName("message").setType("text"))
                .addInputs(InputDescription.newBuilder().setName("waybill").setType("text"))
                .build();
        return new PlanningRequest(request, contracts, Instant.MAX);
    }

    private String fiveClauses() {
        return "Read carrier and weight of the %s from the waybill, tell me how urgent the message is for %s, find the tariff number for the %s,"
                        .formatted(word(), word(), word())
                + " give me the key points about %s and translate them for %s into German.".formatted(word(), word());
    }

    private String sentences() {
        StringBuilder text = new StringBuilder();
        while (text.length() < characters) {
            text.append(SENTENCES.get(random.nextInt(SENTENCES.size())).formatted(word()));
        }
        return text.toString().strip();
    }

    private String word() {
        return PLACES.get(random.nextInt(PLACES.size())) + " " + THINGS.get(random.nextInt(THINGS.size())) + " "
                + random.nextInt(1_000);
    }
}
