package dev.pinfactory.specialists.dedupe;

import java.util.List;
import java.util.Random;

/** Names and things to fill tables with. Two halves that have no word in common, so that what is learnt from one can be judged on the other. */
record Vocabulary(
        List<String> first,
        List<String> syllables,
        List<String> trades,
        List<String> forms,
        List<String> streets,
        List<String> cities,
        List<String> things,
        List<String> traits,
        List<String> sizes) {
    static final Vocabulary LEARNING = new Vocabulary(
            words(
                    "Anna Peter Maria John Sarah Thomas Julia Michael Laura David Emma Daniel Sophie Martin Elena Paul Nina Robert Clara Stefan Alice George Marta Oliver"),
            words(
                    "ber man ler son ker ton wick field stein hart mar lo vi ro sen dor gra wal tei bran ost kel fin ham"),
            words("Logistics Consulting Foods Textiles Software Electronics Bau Metall Transport Media Energy Pharma"),
            List.of("GmbH", "Ltd", "Inc.", "AG", "SARL", "LLC"),
            List.of(
                    "Main Street",
                    "Bahnhofstraße",
                    "Rue de Lyon",
                    "Park Avenue",
                    "Hauptstr.",
                    "Mill Road",
                    "Kirchweg",
                    "Station Rd"),
            words("Berlin London Paris Vienna Hamburg Leeds Lyon Zürich Boston Graz Dublin Köln"),
            words("printer chair cable lamp monitor paper router drill pump valve filter tablet"),
            words("black white large small steel wireless portable heavy 12V 24V A4 compact"),
            words("S M L XL 36 38 40 M6 M8 20cm 30cm"));

    static final Vocabulary JUDGING = new Vocabulary(
            words(
                    "Ines Oscar Helga Victor Amelia Bruno Greta Felix Hanna Igor Joana Karl Lydia Moritz Nora Pablo Rita Simon Tessa Ulrich"),
            words("chev al mon roux nak ov ska cz yk pel ri go tan zu bel fro quist lund aa vers"),
            words("Shipping Advisory Bakery Garments Systems Optics Holzbau Chemie Travel Press Solar Medical"),
            List.of("S.A.", "PLC", "Corp.", "KG", "B.V.", "Oy"),
            List.of(
                    "High Street",
                    "Lindenallee",
                    "Avenue Foch",
                    "Broadway",
                    "Gartenweg",
                    "Bridge Lane",
                    "Am Markt",
                    "Via Roma"),
            words("Madrid Oslo Turin Porto Bremen York Nantes Basel Austin Linz Cork Bonn"),
            words("scanner desk adapter torch display envelope switch saw motor hinge sieve phone"),
            words("blue red medium tiny alloy corded foldable light 9V 48V A5 slim"),
            words("XS XXL 41 42 43 M5 M10 25cm 50cm 1l 2l"));

    private static List<String> words(String words) {
        return List.of(words.split(" "));
    }

    static String any(List<String> words, Random random) {
        return words.get(random.nextInt(words.size()));
    }

    /** A name that was never heard, of two or three syllables. */
    String surname(Random random) {
        StringBuilder name = new StringBuilder();
        for (int i = 2 + random.nextInt(2); i > 0; i--) {
            name.append(any(syllables, random));
        }
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
}
