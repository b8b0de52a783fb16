package dev.pinfactory.specialists.dedupe;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Things that tables list, with what is taken for the same: families at one address, namesakes, branches, invoices in a row, sizes and colours, devices that
 * differ in a digit of their number.
 */
final class GeneratedThings {
    /** What a table may list. */
    enum Kind {
        PEOPLE,
        FIRMS,
        INVOICES,
        PRODUCTS,
        DEVICES
    }

    private static final List<String> PREFIXES = List.of("", "RE-", "INV", "2025/", "F-", "A.");

    private final Vocabulary words;
    private final Random random;

    GeneratedThings(Vocabulary words, Random random) {
        this.words = words;
        this.random = random;
    }

    /** One thing, now and then with others that look like it. */
    void add(Kind kind, List<Map<String, String>> all) {
        switch (kind) {
            case PEOPLE -> people(all);
            case FIRMS -> firms(all);
            case INVOICES -> invoices(all);
            case PRODUCTS -> products(all);
            case DEVICES -> devices(all);
        }
    }

    private void people(List<Map<String, String>> all) {
        String surname = words.surname(random);
        String first = any(words.first());
        Map<String, String> person = new HashMap<>(place());
        person.put("name", first + " " + surname);
        person.put("date", day());
        person.put("member", String.valueOf(1_000 + random.nextInt(90_000)));
        person.put("phone", phone());
        person.put("email", mail(first, surname));
        all.add(person);
        for (int i = random.nextInt(3); i > 0 && random.nextBoolean(); i--) {
            Map<String, String> other = new HashMap<>(person);
            other.put("date", day());
            other.put("member", next(person.get("member")));
            if (random.nextInt(3) > 0) { // of one family
                String name = any(words.first());
                other.put("name", name + " " + surname);
                other.put("email", random.nextBoolean() ? person.get("email") : mail(name, surname));
                other.put("phone", random.nextBoolean() ? person.get("phone") : phone());
            } else { // a namesake
                String city = random.nextBoolean() ? person.get("city") : any(words.cities());
                other.putAll(place());
                other.put("city", city);
                other.put("phone", phone());
                other.put("email", mail(first.substring(0, 2), surname));
            }
            all.add(other);
        }
    }

    private void firms(List<Map<String, String>> all) {
        String name = words.surname(random);
        String trade = any(words.trades());
        Map<String, String> firm = new HashMap<>(place());
        firm.put("company", name + " " + trade + " " + any(words.forms()));
        firm.put("contact", any(words.first()) + " " + words.surname(random));
        firm.put("phone", phone());
        firm.put("taxId", "DE" + (100_000_000 + random.nextInt(899_999_999)));
        all.add(firm);
        for (int i = random.nextInt(3); i > 0 && random.nextBoolean(); i--) {
            Map<String, String> other = new HashMap<>(firm);
            switch (random.nextInt(4)) {
                case 0 -> { // another firm of the name, or in the house
                    other.put("company", name + " " + any(words.trades()) + " " + any(words.forms()));
                    other.put("taxId", next(firm.get("taxId")));
                    other.put("contact", any(words.first()) + " " + words.surname(random));
                    other.put("phone", phone());
                }
                case 1 -> { // a colleague in the same firm, where people are listed
                    other.put("contact", any(words.first()) + " " + words.surname(random));
                    other.put("phone", next(firm.get("phone")));
                    other.put("taxId", next(firm.get("taxId")));
                }
                default -> { // a branch
                    other.putAll(place());
                    other.put("phone", phone());
                    other.put("company", firm.get("company") + (random.nextBoolean() ? "" : " " + other.get("city")));
                }
            }
            all.add(other);
        }
    }

    /** A supplier with up to five invoices, often in a row and over the same amount. */
    private void invoices(List<Map<String, String>> all) {
        Map<String, String> invoice = new HashMap<>();
        invoice.put("supplier", words.surname(random) + " " + any(words.trades()) + " " + any(words.forms()));
        invoice.put("invoice", PREFIXES.get(random.nextInt(PREFIXES.size())) + (100 + random.nextInt(90_000)));
        invoice.put("date", day());
        invoice.put("amount", money(9_000));
        invoice.put("text", any(words.things()) + " " + any(words.traits()));
        all.add(invoice);
        for (int i = random.nextInt(5); i > 0; i--) {
            invoice = new HashMap<>(invoice);
            invoice.put("invoice", next(invoice.get("invoice")));
            LocalDate date = LocalDate.parse(invoice.get("date"));
            invoice.put(
                    "date",
                    date.plusDays(random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(31))
                            .toString());
            invoice.put("amount", random.nextBoolean() ? invoice.get("amount") : money(9_000));
            if (random.nextBoolean()) {
                invoice.put("text", any(words.things()) + " " + any(words.traits()));
            }
            all.add(invoice);
        }
    }

    /** A thing in several sizes and colours. */
    private void products(List<Map<String, String>> all) {
        String brand = words.surname(random);
        String thing = any(words.things());
        String series = words.surname(random);
        int model = 10 + random.nextInt(900);
        boolean apart = random.nextBoolean(); // whether size and colour have columns
        String price = money(500);
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            Map<String, String> product = new HashMap<>();
            String trait = any(words.traits());
            String size = any(words.sizes());
            product.put("product", thing + " " + series + (apart ? "" : " " + trait + " " + size));
            product.put("brand", brand);
            product.put("colour", trait);
            product.put("size", size);
            product.put(
                    "model",
                    brand.substring(0, 2).toUpperCase(Locale.ROOT) + "-" + model
                            + (random.nextBoolean()
                                    ? ""
                                    : "-" + trait.substring(0, 1).toUpperCase(Locale.ROOT) + size));
            product.put("price", price);
            all.add(product);
            model += random.nextBoolean() ? 0 : 1 + random.nextInt(10);
            price = random.nextBoolean() ? price : money(500);
        }
    }

    /** Of one delivery: all is the same but the number, and perhaps the room. */
    private void devices(List<Map<String, String>> all) {
        Map<String, String> device = new HashMap<>();
        device.put(
                "serial", List.of("SN-", "", "X", "MX-").get(random.nextInt(4)) + (1_000 + random.nextInt(90_000_000)));
        device.put("device", any(words.things()) + " " + words.surname(random) + " " + any(words.traits()));
        device.put("room", (1 + random.nextInt(4)) + "." + (10 + random.nextInt(30)));
        device.put("date", day());
        device.put("price", money(900));
        all.add(device);
        for (int i = random.nextInt(4); i > 0; i--) {
            device = new HashMap<>(device);
            device.put("serial", next(device.get("serial")));
            if (random.nextBoolean()) {
                device.put("room", (1 + random.nextInt(4)) + "." + (10 + random.nextInt(30)));
            }
            all.add(device);
        }
    }

    /** A number that is taken for it: one further, some further, or with another digit. */
    private String next(String code) {
        int from = code.length();
        while (from > 0 && Character.isDigit(code.charAt(from - 1))) {
            from--;
        }
        String digits = code.substring(from);
        int place = random.nextInt(digits.length());
        long number = Long.parseLong(digits)
                + switch (random.nextInt(4)) {
                    case 0 -> 2 + random.nextInt(30);
                    case 1 -> (1 + random.nextInt(8)) * (long) Math.pow(10, place);
                    default -> 1;
                };
        String padded = "0".repeat(digits.length()) + number;
        return code.substring(0, from)
                + (digits.startsWith("0")
                        ? padded.substring(padded.length() - digits.length())
                        : String.valueOf(number));
    }

    private Map<String, String> place() {
        return Map.of(
                "street", any(words.streets()) + " " + (1 + random.nextInt(90)),
                "zip", String.valueOf(10_000 + random.nextInt(89_999)),
                "city", any(words.cities()));
    }

    private String phone() {
        return "0" + (20 + random.nextInt(70)) + " " + (100_000 + random.nextInt(899_999));
    }

    private static String mail(String first, String surname) {
        return (first.charAt(0) + "." + surname + "@" + surname + ".example").toLowerCase(Locale.ROOT);
    }

    private String day() {
        return LocalDate.of(2025, 1, 1).minusDays(random.nextInt(20_000)).toString();
    }

    private String money(int most) {
        return String.format(Locale.ROOT, "%.2f", 5 + random.nextInt(most * 100) / 100.0);
    }

    private String any(List<String> list) {
        return Vocabulary.any(list, random);
    }
}
