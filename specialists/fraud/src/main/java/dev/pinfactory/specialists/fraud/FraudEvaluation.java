package dev.pinfactory.specialists.fraud;

import com.google.protobuf.Value;
import dev.pinfactory.specialists.learning.Bootstrap;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.ScoreMetrics;
import dev.pinfactory.specialists.learning.evaluation.EvaluatedItem;
import dev.pinfactory.specialists.learning.evaluation.EvaluationData;
import dev.pinfactory.specialists.learning.evaluation.EvaluationItem;
import dev.pinfactory.specialists.learning.evaluation.SpecialistEvaluation;
import dev.pinfactory.specialists.tabular.Row;
import dev.pinfactory.specialists.tabular.ScoreTable;
import dev.pinfactory.specialists.tabular.TableRows;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Measures on CSV files of transactions. Where the file spans more than ten days, its first week is the delay until frauds are known: it is not scored, and its
 * labels serve as history. Labels of what is scored reach no request. Cards known as stolen a week before a day, by frauds of the fortnight before the scored
 * part on, are not counted.
 */
public final class FraudEvaluation implements SpecialistEvaluation<FraudEvaluation.Part> {
    private static final double DAY = 86_400;
    private static final int PART = 1_000;
    private static final int LONG_FILE = 10;
    private static final int REACH = 38;
    private static final int CARDS = 100;
    private static final List<String> COLUMNS =
            List.of(Transaction.TIME, Transaction.CUSTOMER, Transaction.TERMINAL, Transaction.AMOUNT);
    private static final List<String> KNOWN_COLUMNS =
            Stream.concat(COLUMNS.stream(), Stream.of(Transaction.FRAUD)).toList();

    /** What is known of a call's rows. */
    public record Part(List<Known> rows) {
        public Part {
            rows = List.copyOf(rows);
        }
    }

    /**
     * What is known of a row.
     *
     * @param counts false where the card was known as stolen by then
     */
    public record Known(String customer, int day, boolean fraud, boolean counts) {}

    @Override
    public String specialist() {
        return FraudTrainer.KIND;
    }

    @Override
    public String example() {
        return "a CSV file with the header \"tx_id,time_s,customer,terminal,amount,fraud\"";
    }

    @Override
    public List<EvaluationItem<Part>> read(EvaluationData data) {
        List<Transaction> file = sorted(TransactionFile.read(data.file()));
        double first = Math.floor(file.getFirst().time() / DAY) * DAY;
        boolean delayed = file.getLast().time() - first > LONG_FILE * DAY;
        double start = delayed ? first + Behaviour.DELAY_DAYS * DAY : first;
        List<Transaction> before =
                new ArrayList<>(data.history().map(TransactionFile::read).orElse(List.of()));
        file.stream().filter(one -> one.time() < start).forEach(before::add);
        List<Transaction> scored =
                file.stream().filter(one -> one.time() >= start).toList();
        List<Transaction> all = new ArrayList<>(sorted(before));
        // What is scored is history for what comes later, without its outcome.
        scored.forEach(one -> all.add(unlabelled(one)));
        int parts = (scored.size() + PART - 1) / PART;
        List<Transaction> labelled = new ArrayList<>(before);
        labelled.addAll(scored);
        Map<String, Double> stolen = firstFrauds(labelled, start - 2 * Behaviour.DELAY_DAYS * DAY);
        return new AbstractList<>() {
            @Override
            public EvaluationItem<Part> get(int index) {
                return item(scored.subList(index * PART, Math.min((index + 1) * PART, scored.size())), all, stolen);
            }

            @Override
            public int size() {
                return parts;
            }
        };
    }

    private static EvaluationItem<Part> item(
            List<Transaction> part, List<Transaction> all, Map<String, Double> stolen) {
        Set<String> customers = new HashSet<>();
        Set<String> terminals = new HashSet<>();
        part.forEach(one -> {
            customers.add(one.customer());
            terminals.add(one.terminal());
        });
        double from = part.getFirst().time();
        List<Row> history = all.stream()
                .filter(one -> one.time() < from && one.time() >= from - REACH * DAY)
                .filter(one -> customers.contains(one.customer()) || terminals.contains(one.terminal()))
                .map(FraudEvaluation::row)
                .toList();
        List<Row> rows = part.stream().map(one -> row(unlabelled(one))).toList();
        boolean known = part.stream().allMatch(one -> one.fraud().isPresent());
        return new EvaluationItem<>(
                List.of(
                        TableRows.artifact(FraudSpecialist.TABLE, COLUMNS, rows),
                        TableRows.artifact(FraudSpecialist.HISTORY, KNOWN_COLUMNS, history)),
                Map.of(),
                known
                        ? Optional.of(new Part(part.stream()
                                .map(one -> new Known(
                                        one.customer(),
                                        day(one.time()),
                                        one.fraud().orElse(false),
                                        stolen.getOrDefault(one.customer(), Double.MAX_VALUE)
                                                >= (day(one.time()) - Behaviour.DELAY_DAYS) * DAY))
                                .toList()))
                        : Optional.empty());
    }

    private static int day(double time) {
        return (int) Math.floor(time / DAY);
    }

    private static Map<String, Double> firstFrauds(List<Transaction> transactions, double from) {
        Map<String, Double> first = new HashMap<>();
        for (Transaction one : transactions) {
            if (one.time() >= from && one.fraud().orElse(false)) {
                first.merge(one.customer(), one.time(), Math::min);
            }
        }
        return first;
    }

    private static List<Transaction> sorted(List<Transaction> transactions) {
        return transactions.stream()
                .sorted(Comparator.comparingDouble(Transaction::time))
                .toList();
    }

    private static Transaction unlabelled(Transaction one) {
        return new Transaction(one.time(), one.customer(), one.terminal(), one.amount(), Optional.empty());
    }

    private static Row row(Transaction one) {
        Map<String, Object> cells = new HashMap<>(Map.of(
                Transaction.TIME, one.time(),
                Transaction.CUSTOMER, one.customer(),
                Transaction.TERMINAL, one.terminal(),
                Transaction.AMOUNT, one.amount()));
        one.fraud().ifPresent(fraud -> cells.put(Transaction.FRAUD, fraud ? 1.0 : 0.0));
        return new Row(cells);
    }

    @Override
    public Map<String, Metric> measure(List<EvaluatedItem<Part>> items) {
        List<Known> counted = new ArrayList<>();
        List<Double> scores = new ArrayList<>();
        for (EvaluatedItem<Part> item : items) {
            for (int i = 0; i < item.gold().rows().size(); i++) {
                if (item.gold().rows().get(i).counts()) {
                    counted.add(item.gold().rows().get(i));
                    scores.add(ScoreTable.score(item.answer().object(FraudSpecialist.SCORES), i)
                            .orElse(0));
                }
            }
        }
        double[] values = scores.stream().mapToDouble(Double::doubleValue).toArray();
        boolean[] happened = new boolean[values.length];
        for (int i = 0; i < happened.length; i++) {
            happened[i] = counted.get(i).fraud();
        }
        Map<String, Metric> metrics = new LinkedHashMap<>(new ScoreMetrics(values, happened).metrics());
        metrics.put("card_precision_100", cardPrecision(counted, values));
        return metrics;
    }

    /** Of the hundred cards with the highest score of each day, the share with a fraud on it; a card that was found is blocked from then on. */
    static Metric cardPrecision(List<Known> rows, double[] scores) {
        TreeMap<Integer, Map<String, Double>> best = new TreeMap<>();
        TreeMap<Integer, Set<String>> stolen = new TreeMap<>();
        for (int i = 0; i < scores.length; i++) {
            Known row = rows.get(i);
            best.computeIfAbsent(row.day(), day -> new HashMap<>()).merge(row.customer(), scores[i], Math::max);
            stolen.computeIfAbsent(row.day(), day -> new HashSet<>());
            if (row.fraud()) {
                stolen.get(row.day()).add(row.customer());
            }
        }
        Set<String> blocked = new HashSet<>();
        double[] days = new double[best.size()];
        int at = 0;
        for (Map.Entry<Integer, Map<String, Double>> day : best.entrySet()) {
            Set<String> truly = stolen.getOrDefault(day.getKey(), Set.of());
            List<String> found = day.getValue().entrySet().stream()
                    .filter(entry -> !blocked.contains(entry.getKey()))
                    .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                            .thenComparing(Map.Entry.comparingByKey()))
                    .limit(CARDS)
                    .map(Map.Entry::getKey)
                    .filter(truly::contains)
                    .toList();
            blocked.addAll(found);
            days[at++] = found.size() / (double) CARDS;
        }
        return Bootstrap.mean("card_precision_100", days);
    }

    @Override
    public List<Map<String, Object>> predictions(EvaluatedItem<Part> item) {
        int rows = item.answer()
                .object(FraudSpecialist.SCORES)
                .getFieldsOrDefault("rows", Value.getDefaultInstance())
                .getListValue()
                .getValuesCount();
        if (rows == 0) {
            return List.of(item.answer().json());
        }
        List<Map<String, Object>> lines = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            OptionalDouble score = ScoreTable.score(item.answer().object(FraudSpecialist.SCORES), i);
            lines.add(
                    score.isPresent()
                            ? Map.of("outcome", "answered", "score", score.getAsDouble())
                            : Map.of("outcome", "abstained"));
        }
        return lines;
    }
}
