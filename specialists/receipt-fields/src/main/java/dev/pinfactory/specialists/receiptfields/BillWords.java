package dev.pinfactory.specialists.receiptfields;

import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * How bills of a country are worded and written: what {@link MadeUpBills} draws from.
 *
 * @param street patterns of {@link #numbered}
 * @param city patterns of {@link #numbered}
 * @param commas whether amounts have a decimal comma
 * @param dates as {@link java.time.format.DateTimeFormatter} patterns
 */
record BillWords(
        List<String> names,
        List<String> trades,
        List<String> suffixes,
        List<String> street,
        List<String> city,
        List<String> currencies,
        boolean commas,
        List<String> dates,
        List<String> totals,
        List<String> before,
        String tax) {
    static final List<String> ITEMS = List.of(
            "Room 12, 3 nights",
            "Single room",
            "Room 305",
            "Overnight stay",
            "Breakfast",
            "Lunch menu",
            "Dinner buffet",
            "Parking fee",
            "Soup of the day",
            "Grilled chicken",
            "Pasta",
            "Pizza Margherita",
            "Fish and chips",
            "Burger",
            "Fries",
            "House salad",
            "Cheesecake",
            "Espresso",
            "Cappuccino",
            "Tea",
            "Orange juice",
            "Mineral water 0.5l",
            "Draft beer",
            "Red wine glass",
            "Notebook",
            "Ballpoint pens",
            "Printer cartridge",
            "LED bulb",
            "Light fitting",
            "Labour, 3 hours",
            "Oil change",
            "Brake pads",
            "Tyres",
            "Consulting",
            "Delivery",
            "Taxi ride",
            "Day ticket",
            "Shirt",
            "Socks",
            "Umbrella",
            "Milk",
            "Bread",
            "Apples 1kg",
            "Cheese",
            "Laundry",
            "Late checkout",
            "Spa");

    private static final List<String> BEGINNINGS = List.of(
            "Bal", "Cor", "Dun", "El", "Fal", "Gor", "Hart", "Ler", "Mal", "Nor", "Ost", "Pel", "Rav", "Sal", "Tor",
            "Wen");
    private static final List<String> MIDDLES = List.of(
            "bury", "den", "field", "inger", "lock", "mer", "nau", "ora", "rick", "sey", "stein", "ville", "wick",
            "wood");

    static final List<BillWords> COUNTRIES = List.of(
            new BillWords(
                    List.of(
                            "Ashcombe",
                            "Wetherby",
                            "The Red Lion",
                            "Kensal",
                            "Thornfield",
                            "Pennine",
                            "The Anchor",
                            "Marlow & Sons",
                            "Brookside"),
                    List.of(
                            "Hotel",
                            "Inn",
                            "Bakery",
                            "Garage",
                            "Books",
                            "Cafe",
                            "Plumbing",
                            "Taxis",
                            "Stores",
                            "B&B",
                            "Dental Practice",
                            ""),
                    List.of("Ltd", "Limited", "", "", "plc", "& Co."),
                    List.of(
                            "# High Street",
                            "# Victoria Road",
                            "Unit #, Park Estate",
                            "# The Green",
                            "Abbey Lane",
                            "# Market Place",
                            "# @ Street",
                            "# @gate",
                            "@ Road",
                            "## @"),
                    List.of(
                            "Bristol BS0 0AB",
                            "London W0 0PQ",
                            "Durham DH0 0XY",
                            "Exeter EX00 0LN",
                            "Norwich, NR0 0TS",
                            "Oxford OX0 0HH",
                            "@ BA0 0RS",
                            "@ham SY00 0LD",
                            "@ton ML0 0GB",
                            "@, TN0 0EF",
                            "@ 4"),
                    List.of("£", "GBP ", "", ""),
                    false,
                    List.of("dd/MM/yyyy", "d MMMM yyyy", "dd/MM/yy", "d MMM yyyy", "dd.MM.yyyy", "yyyy-MM-dd"),
                    List.of(
                            "Total",
                            "TOTAL",
                            "Total GBP",
                            "Balance due",
                            "Amount due",
                            "Total due",
                            "Total to pay",
                            "Grand total",
                            "Total payable",
                            "Invoice total",
                            "Total incl. VAT"),
                    List.of("Subtotal", "Net", "Goods total", "Total excl. VAT"),
                    "VAT"),
            new BillWords(
                    List.of(
                            "Schneider",
                            "Zur Post",
                            "Hoffmann",
                            "Adler",
                            "Fischer & Sohn",
                            "Rheinblick",
                            "Kaiser",
                            "Vogel",
                            "Krüger",
                            "Zum Hirschen"),
                    List.of(
                            "Hotel",
                            "Gasthof",
                            "Bäckerei",
                            "Metzgerei",
                            "Bürotechnik",
                            "Elektro",
                            "Autohaus",
                            "Apotheke",
                            "Druckerei",
                            "Pension",
                            ""),
                    List.of("GmbH", "KG", "OHG", "e.K.", "", "", "AG"),
                    List.of(
                            "Bahnhofstraße #",
                            "Gartenweg #",
                            "Schillerstr. #",
                            "Am Markt #",
                            "Kirchgasse #",
                            "Ringstraße #",
                            "@straße ##",
                            "@weg #",
                            "@platz #",
                            "Am @ #"),
                    List.of(
                            "00000 Hamburg",
                            "00000 Leipzig",
                            "00000 München",
                            "D-00000 Kassel",
                            "00000 Ulm",
                            "0000 Wien",
                            "00000 @",
                            "00000 @burg",
                            "00000 Bad @"),
                    List.of("", "", "EUR ", "€ "),
                    true,
                    List.of("dd.MM.yyyy", "d.M.yyyy", "dd.MM.yy", "yyyy-MM-dd", "d MMMM yyyy"),
                    List.of(
                            "Total",
                            "Total EUR",
                            "Total amount",
                            "Sum",
                            "Invoice total",
                            "Amount payable",
                            "Amount due",
                            "Gross total",
                            "Invoice amount",
                            "To pay",
                            "Gross amount"),
                    List.of("Net amount", "Subtotal", "Net", "Net total"),
                    "VAT 19%"),
            new BillWords(
                    List.of(
                            "Mama Rosa's",
                            "Lakeview",
                            "Big Sky",
                            "Route 9",
                            "Harper's",
                            "Golden Gate",
                            "Old Town",
                            "Pine Ridge",
                            "Lucky Star"),
                    List.of(
                            "Diner",
                            "Grill",
                            "Pizzeria",
                            "Motel",
                            "Coffee",
                            "Hardware",
                            "Steakhouse",
                            "Auto Repair",
                            "Pharmacy",
                            "Deli",
                            "Inn & Suites"),
                    List.of("", "", "", "Inc.", "LLC", "Co."),
                    List.of(
                            "### Elm St",
                            "#### W 5th Ave",
                            "## Broadway",
                            "### Maple Drive",
                            "#### State Hwy 12",
                            "## Union Square",
                            "### @ St",
                            "#### @ Avenue",
                            "## @ Rd W",
                            "### N @ Blvd"),
                    List.of(
                            "Denver, CO 00000",
                            "Portland, OR 00000",
                            "Miami, FL 00000",
                            "Boston, MA 00000",
                            "Toronto, ON M0B 0K0",
                            "Columbus, OH 00000",
                            "@, WA 00000",
                            "@, NY 00000",
                            "@ville, GA 00000",
                            "@, BC V0N 0C0"),
                    List.of("$", "$", "", "USD "),
                    false,
                    List.of("MMMM d, yyyy", "MMM d, yyyy", "yyyy-MM-dd", "MM/dd/yyyy"),
                    List.of(
                            "Total",
                            "TOTAL",
                            "Grand Total",
                            "Amount",
                            "Amount Due",
                            "Total Charges",
                            "Balance Due",
                            "Total Due",
                            "Order Total"),
                    List.of("Subtotal", "SUBTOTAL", "Sub Total", "Food total"),
                    "Tax"),
            new BillWords(
                    List.of(
                            "Chez Lucie",
                            "La Piazza",
                            "Café Central",
                            "Casa Verde",
                            "Van Dijk",
                            "Wattle",
                            "Lotus",
                            "Svensson",
                            "Kowalski"),
                    List.of(
                            "Restaurant",
                            "Boutique",
                            "Hotel",
                            "Bistro",
                            "Pharmacie",
                            "Market",
                            "Books",
                            "Services",
                            ""),
                    List.of("SA", "SARL", "BV", "S.r.l.", "Pty Ltd", "AB", "", "", ""),
                    List.of(
                            "## rue de la Gare",
                            "Via Roma ##",
                            "Calle Mayor #",
                            "Keizersgracht ###",
                            "## Queen Street",
                            "Park Road ##",
                            "Quai @ ##",
                            "rue @ #",
                            "Via @ ##",
                            "@straat ##"),
                    List.of(
                            "00000 Paris",
                            "00000 Milano",
                            "00000 Madrid",
                            "0000 AB Utrecht",
                            "Melbourne VIC 0000",
                            "Mumbai 000000",
                            "0000 Zürich",
                            "0000 @",
                            "00000 @",
                            "00000 @ville",
                            "@ 000000"),
                    List.of("€", "CHF ", "", "EUR ", "", "AUD "),
                    true,
                    List.of("dd/MM/yyyy", "dd-MM-yyyy", "dd.MM.yyyy", "yyyy-MM-dd", "dd MMM yyyy"),
                    List.of(
                            "Total",
                            "TOTAL",
                            "Total EUR",
                            "Total to pay",
                            "Amount paid",
                            "Net payable",
                            "Total due",
                            "To pay",
                            "Grand total"),
                    List.of("Subtotal", "Excl. VAT", "Net"),
                    "VAT"));

    String company(Random random) {
        return String.join(" ", pick(names, random), pick(trades, random), pick(suffixes, random))
                .strip()
                .replaceAll(" +", " ");
    }

    /** With digits in place of {@code #} and {@code 0}, and names that nobody has heard of in place of {@code @}. */
    static String numbered(String pattern, Random random) {
        StringBuilder text = new StringBuilder();
        for (char sign : pattern.toCharArray()) {
            switch (sign) {
                case '#', '0' -> text.append(random.nextInt(1, 10));
                case '@' -> text.append(name(random));
                default -> text.append(sign);
            }
        }
        return text.toString();
    }

    private static String name(Random random) {
        String name = pick(BEGINNINGS, random) + pick(MIDDLES, random);
        return random.nextInt(3) == 0 ? name + pick(MIDDLES, random) : name;
    }

    String amount(long cents, Random random) {
        String plain = String.format(Locale.ROOT, random.nextInt(4) == 0 ? "%,.2f" : "%.2f", cents / 100.0);
        return commas ? plain.replace(',', ' ').replace('.', ',').replace(' ', '.') : plain;
    }

    static <T> T pick(List<T> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }
}
