package dev.pinfactory.specialists.fraud;

import dev.pinfactory.specialists.tabular.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Describes each transaction by what its card and its terminal did before it. That a transaction was fraud is used for those that are at least
 * {@value #DELAY_DAYS} days later: so long it takes until it is known.
 */
final class Behaviour {
    static final int DELAY_DAYS = 7;
    private static final double DAY = 86_400;
    private static final int[] WINDOWS = {1, 7, 30};
    private static final int LONGEST = 37;
    private static final Track NOTHING = new Track();

    private final Map<String, Track> customers = new HashMap<>();
    private final Map<String, Track> terminals = new HashMap<>();

    /** Collects transactions; the order does not matter. */
    static Behaviour of(List<Transaction> transactions) {
        Behaviour behaviour = new Behaviour();
        IntStream.range(0, transactions.size())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> transactions.get(i).time()))
                .map(transactions::get)
                .forEach(behaviour::add);
        return behaviour;
    }

    static Behaviour of(List<Transaction> history, List<Transaction> transactions) {
        List<Transaction> all = new ArrayList<>(history);
        all.addAll(transactions);
        return of(all);
    }

    private void add(Transaction transaction) {
        customers.computeIfAbsent(transaction.customer(), key -> new Track()).add(transaction);
        terminals.computeIfAbsent(transaction.terminal(), key -> new Track()).add(transaction);
    }

    /** Whether card or terminal did anything before. */
    boolean knows(Transaction transaction) {
        return track(customers, transaction.customer())
                                .window(0, transaction.time())
                                .count()
                        > 0
                || track(terminals, transaction.terminal())
                                .window(0, transaction.time())
                                .count()
                        > 0;
    }

    /** The columns that the model goes by. */
    Row describe(Transaction transaction) {
        Map<String, Object> cells = new HashMap<>();
        double now = transaction.time();
        put(cells, "amount", transaction.amount());
        put(cells, "hour", Math.floorMod((long) now, (long) DAY) / 3600.0);
        customer(cells, transaction, track(customers, transaction.customer()), now);
        terminal(cells, track(terminals, transaction.terminal()), now);
        return new Row(cells);
    }

    private static void customer(Map<String, Object> cells, Transaction transaction, Track track, double now) {
        for (int days : WINDOWS) {
            Track.Window window = track.window(now - days * DAY, now);
            put(cells, "customer_count_" + days + "d", window.count());
            put(cells, "customer_mean_" + days + "d", window.mean());
        }
        Track.Window month = track.window(now - 30 * DAY, now);
        put(cells, "amount_to_customer_mean", transaction.amount() / month.mean());
        put(cells, "amount_deviations", (transaction.amount() - month.mean()) / (month.deviation() + 0.01));
        // A card stolen two weeks ago has made its own mean useless.
        Track.Window earlier = track.window(now - LONGEST * DAY, now - 14 * DAY);
        put(cells, "amount_to_earlier_mean", transaction.amount() / earlier.mean());
        put(cells, "recent_to_earlier_mean", track.window(now - 4 * DAY, now).mean() / earlier.mean());
        put(
                cells,
                "customer_known_frauds",
                track.window(now - LONGEST * DAY, now - DELAY_DAYS * DAY).frauds());
        put(
                cells,
                "customer_known_risk_7d",
                track.window(now - 2 * DELAY_DAYS * DAY, now - DELAY_DAYS * DAY).risk());
    }

    private static void terminal(Map<String, Object> cells, Track track, double now) {
        double known = now - DELAY_DAYS * DAY;
        for (int days : WINDOWS) {
            Track.Window window = track.window(known - days * DAY, known);
            put(cells, "terminal_count_" + days + "d", window.count());
            put(cells, "terminal_risk_" + days + "d", window.risk());
        }
        put(cells, "terminal_count_now", track.window(known, now).count());
        put(cells, "terminal_mean_now", track.window(known, now).mean());
        double since = now - LONGEST * DAY;
        put(cells, "terminal_days_since_first_fraud", (now - track.fraudTime(since, known, true)) / DAY);
        put(cells, "terminal_days_since_last_fraud", (now - track.fraudTime(since, known, false)) / DAY);
        put(cells, "terminal_known_frauds", track.window(since, known).frauds());
    }

    private static Track track(Map<String, Track> tracks, String key) {
        return tracks.getOrDefault(key, NOTHING);
    }

    private static void put(Map<String, Object> cells, String column, double value) {
        if (Double.isFinite(value)) {
            cells.put(column, value);
        }
    }
}
