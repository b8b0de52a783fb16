package dev.pinfactory.router.models;

import dev.pinfactory.proto.card.CardReader;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.proto.v1.Contract;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Cards of other trades to plan with. */
final class TestingLibraries {
    private TestingLibraries() {}

    /** A freight forwarder's and a personnel office's. */
    static Contracts freight() {
        return Contracts.of(read("freight-cards.yaml"));
    }

    /** 40 media tools. */
    static Contracts multimedia() {
        return Contracts.of(read("multimedia-tools.json"));
    }

    /** Both, 50 cards. */
    static Contracts fifty() {
        List<Contract> all = new ArrayList<>(read("freight-cards.yaml"));
        all.addAll(read("multimedia-tools.json"));
        return Contracts.of(all);
    }

    private static List<Contract> read(String resource) {
        try (InputStream in = TestingLibraries.class.getResourceAsStream(resource)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return CardReader.read(text).stream().map(Card::getContract).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
