package dev.pinfactory.router.models;

import dev.pinfactory.proto.card.CardReader;
import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.router.models.evaluation.LabelledRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A library of tools and requests for them.
 *
 * @param name of the library
 * @param contracts its tools
 * @param requests each with the ids of the tools that it needs
 */
record TrainingLibrary(String name, List<Contract> contracts, List<Request> requests) {
    TrainingLibrary {
        contracts = List.copyOf(contracts);
        requests = List.copyOf(requests);
    }

    /** One labelled request; no tools for one that the library can't answer. */
    record Request(String text, Set<String> tools) {
        Request {
            tools = Set.copyOf(tools);
        }
    }

    /** Reads a folder with {@code tools.json} and {@code requests-train.jsonl} or {@code .jsonl.gz}. */
    static TrainingLibrary read(String name, Path folder) {
        List<Contract> contracts = CardReader.read(folder.resolve("tools.json")).stream()
                .map(Card::getContract)
                .toList();
        Path plain = folder.resolve("requests-train.jsonl");
        List<Request> requests =
                LabelledRequest.read(Files.exists(plain) ? plain : folder.resolve("requests-train.jsonl.gz")).stream()
                        .map(request -> new Request(request.text(), request.tools()))
                        .toList();
        return new TrainingLibrary(name, contracts, requests);
    }
}
