package dev.pinfactory.specialists.receiptfields;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Bills of shops, hotels and workshops of several countries, made up: the receipts that people have transcribed are of one country and in upper case. The sums are
 * right, the dates, notes and payments around them as such bills have them.
 */
final class MadeUpBills {
    private static final double LETTER = 8;
    private static final double LINE = 22;
    private static final double RIGHT = 460;
    private static final LocalDate FIRST = LocalDate.of(2019, 1, 1);
    private static final int DAYS = 2_500;

    private final Random random;
    private final BillWords words;
    private final String currency;
    private final boolean upper;
    private final List<String> lines = new ArrayList<>();
    private final List<double[]> boxes = new ArrayList<>();
    private double top = 20;

    private MadeUpBills(Random random) {
        this.random = random;
        this.words = BillWords.pick(BillWords.COUNTRIES, random);
        this.currency = BillWords.pick(words.currencies(), random);
        this.upper = random.nextInt(3) == 0;
    }

    static List<LabelledReceipt> make(int count, long seed) {
        Random random = new Random(seed);
        List<LabelledReceipt> bills = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            bills.add(new MadeUpBills(random).bill("made-up-" + i));
        }
        return bills;
    }

    private LabelledReceipt bill(String id) {
        if (chance(0.15)) {
            line(BillWords.pick(List.of("Invoice", "Receipt", "Tax invoice", "Bill"), random));
        }
        String company = words.company(random);
        line(company);
        String address = chance(0.9) ? address() : "";
        maybe(0.4, "Tel. " + BillWords.numbered("0000 00 00 00", random));
        maybe(0.3, words.tax().split(" ")[0] + " no. " + BillWords.numbered("000 0000 00", random));
        boolean dateLast = chance(0.2);
        String date = DateTimeFormatter.ofPattern(BillWords.pick(words.dates(), random), Locale.ENGLISH)
                .format(FIRST.plusDays(random.nextInt(DAYS)));
        if (!dateLast) {
            date(date);
        }
        maybe(
                0.3,
                BillWords.pick(
                                List.of(
                                        "Table ",
                                        "Guest: Mr Smith, Room ",
                                        "Customer No. ",
                                        "Server: Tom, Check ",
                                        "Order "),
                                random)
                        + random.nextInt(400));
        long total = sums();
        if (dateLast) {
            date(date);
        }
        maybe(
                0.4,
                BillWords.pick(
                        List.of(
                                "Thank you for your visit",
                                "Please pay within 14 days",
                                "See you again soon!",
                                "www.example.com"),
                        random));
        return new LabelledReceipt(
                id,
                ReceiptTraining.placed(lines, boxes),
                Map.of(
                        Field.COMPANY, company,
                        Field.DATE, date,
                        Field.ADDRESS, address,
                        Field.TOTAL, String.format(Locale.ROOT, "%.2f", total / 100.0)));
    }

    private String address() {
        String street = BillWords.numbered(BillWords.pick(words.street(), random), random);
        String city = BillWords.numbered(BillWords.pick(words.city(), random), random);
        if (chance(0.5)) {
            line(street + ", " + city);
            return street + ", " + city;
        }
        line(street);
        line(city);
        return street + " " + city;
    }

    private void date(String date) {
        String time = chance(0.3) ? " " + (10 + random.nextInt(12)) + ":" + (10 + random.nextInt(49)) : "";
        switch (random.nextInt(5)) {
            case 0 -> line("Date: " + date + time);
            case 1 -> line("Invoice date: " + date);
            case 2 -> pair("Invoice No. " + random.nextInt(90_000), date);
            case 3 -> line("Bill " + random.nextInt(9_000) + "    " + date + time);
            default -> line(date + time);
        }
    }

    /** Items, what is added to them, the total and how it was paid. */
    private long sums() {
        long items = 0;
        int count = 1 + random.nextInt(6);
        for (int i = 0; i < count; i++) {
            long price = chance(0.25) ? 2_000 + random.nextInt(60_000) : 90 + random.nextInt(3_000);
            int quantity = 1 + (chance(0.2) ? random.nextInt(4) : 0);
            items += price * quantity;
            String number = quantity > 1 || chance(0.2) ? quantity + " x " : "";
            pair(number + BillWords.pick(BillWords.ITEMS, random), money(price * quantity));
        }
        long total = items;
        boolean added = chance(0.5);
        if (added) {
            pair(BillWords.pick(words.before(), random), money(items));
            long tax = Math.round(items * (0.05 + random.nextInt(16) / 100.0));
            pair(words.tax(), money(tax));
            total += tax;
            if (words.tax().equals("Tax") && chance(0.7)) {
                long tip = Math.round(items * (0.1 + random.nextInt(12) / 100.0));
                pair(BillWords.pick(List.of("Tip", "Gratuity", "Service charge"), random), money(tip));
                total += tip;
            }
        }
        pair(BillWords.pick(words.totals(), random), money(total));
        paid(total);
        if (!added && chance(0.4)) {
            pair("incl. " + words.tax(), money(Math.round(total / 6.0)));
        }
        return total;
    }

    private void paid(long total) {
        switch (random.nextInt(6)) {
            case 0 ->
                pair(
                        BillWords.pick(List.of("Card", "Visa", "Paid by card", "Mastercard", "Payment"), random),
                        money(total));
            case 1 -> {
                long cash = (total / 1_000 + 1) * 1_000;
                pair("Cash", money(cash));
                pair("Change", money(cash - total));
            }
            case 2 -> {
                long deposit = total / 300 * 100;
                pair("Deposit paid", money(deposit));
                pair("Card", money(total - deposit));
            }
            case 3 -> line("Suggested tip: 18% " + money(total * 18 / 100) + "  20% " + money(total / 5));
            default -> {}
        }
    }

    private String money(long cents) {
        String amount = words.amount(cents, random);
        return currency.isEmpty() && words.commas() && chance(0.15) ? amount + " EUR" : currency + amount;
    }

    private boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    private void maybe(double probability, String text) {
        if (chance(probability)) {
            line(text);
        }
    }

    private void line(String text) {
        add(text, 20);
        top += LINE;
    }

    /** On one line; sometimes a single piece, as text that was pasted has it. */
    private void pair(String left, String right) {
        if (chance(0.3)) {
            add(left + " " + right, 20);
        } else {
            add(left, 20);
            add(right, RIGHT - LETTER * right.length());
        }
        top += LINE;
    }

    private void add(String text, double left) {
        lines.add(upper ? text.toUpperCase(Locale.ROOT) : text);
        boxes.add(new double[] {left, top, left + LETTER * text.length(), top + LINE * 0.8});
    }
}
