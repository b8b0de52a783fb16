package dev.pinfactory.specialists.fraud;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Card payments that nobody made, for training what ships. Towns have terminals; customers live in a town, have a usual amount and a habit of paying so and
 * so often. Terminals are tampered with for some weeks, cards are copied for some days and used for large amounts, and now and then an amount is beyond
 * what any customer's card may pay.
 */
record SimulatedTransactions(int customers, int terminals, int towns, int days, long seed) {
    private static final double DAY = 86_400;
    private static final double LIMIT = 240;
    private static final double TAMPERINGS_A_DAY = 1.8;
    private static final double COPIES_A_DAY = 2.6;

    /** In order of time, all with their outcome. */
    List<Transaction> make() {
        Random random = new Random(seed);
        int[] townOfTerminal = random.ints(terminals, 0, towns).toArray();
        double[][] tampered = spells(random, terminals, TAMPERINGS_A_DAY, 18, 34);
        double[][] copied = spells(random, customers, COPIES_A_DAY, 8, 18);
        List<List<Integer>> terminalsOfTown = new ArrayList<>();
        for (int town = 0; town < towns; town++) {
            terminalsOfTown.add(new ArrayList<>());
        }
        for (int terminal = 0; terminal < terminals; terminal++) {
            terminalsOfTown.get(townOfTerminal[terminal]).add(terminal);
        }
        List<Transaction> all = new ArrayList<>();
        for (int customer = 0; customer < customers; customer++) {
            List<Integer> near = terminalsOfTown.get(random.nextInt(towns));
            if (!near.isEmpty()) {
                pay(random, customer, near, tampered, copied[customer], all);
            }
        }
        all.sort(Comparator.comparingDouble(Transaction::time));
        return all;
    }

    private void pay(
            Random random,
            int customer,
            List<Integer> near,
            double[][] tampered,
            double[] copied,
            List<Transaction> all) {
        double usual = 6 + 90 * random.nextDouble();
        double spread = usual * (0.35 + 0.3 * random.nextDouble());
        double perDay = 4 * random.nextDouble();
        double time = 0;
        while (true) {
            time += -Math.log(1 - random.nextDouble()) / Math.max(perDay, 0.05) * DAY;
            if (time >= days * DAY) {
                return;
            }
            int terminal = near.get(random.nextInt(near.size()));
            double amount = Math.max(0.5, usual + spread * random.nextGaussian());
            boolean fraud = within(time, tampered[terminal]);
            if (within(time, copied) && random.nextInt(3) == 0) {
                amount *= 3 + 4 * random.nextDouble();
                fraud = true;
            }
            if (amount > LIMIT || random.nextInt(1_200) == 0) {
                amount = Math.max(amount, LIMIT * (1 + 0.3 * random.nextDouble()));
                fraud = true;
            }
            all.add(new Transaction(
                    Math.floor(time),
                    "c" + customer,
                    "t" + terminal,
                    Math.round(amount * 100) / 100.0,
                    Optional.of(fraud)));
        }
    }

    /** When each is in the wrong hands, {from, to}; null-length where never. */
    private double[][] spells(Random random, int count, double perDay, int shortest, int longest) {
        double[][] spells = new double[count][2];
        // Some began before the first day.
        for (int day = -longest; day < days; day++) {
            int begin = (int) perDay + (random.nextDouble() < perDay - (int) perDay ? 1 : 0);
            for (int i = 0; i < begin; i++) {
                int length = shortest + random.nextInt(longest - shortest + 1);
                spells[random.nextInt(count)] = new double[] {day * DAY, (day + length) * DAY};
            }
        }
        return spells;
    }

    private static boolean within(double time, double[] spell) {
        return time >= spell[0] && time < spell[1];
    }
}
