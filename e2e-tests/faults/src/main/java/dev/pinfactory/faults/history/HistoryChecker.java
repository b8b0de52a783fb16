package dev.pinfactory.faults.history;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.pinfactory.faults.history.Violation.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Compares what clients were told with what the store keeps: the two sets of tasks are equal, and each task has one end, one result and one event for each fact. */
public final class HistoryChecker {
    private final History history;
    private final Stored stored;
    private final List<Violation> violations = new ArrayList<>();

    private HistoryChecker(History history, Stored stored) {
        this.history = history;
        this.stored = stored;
    }

    /**
     * Everything that is wrong, empty when nothing is. To be called when all has ended.
     *
     * @param expected the merged result that a key's task must have
     */
    public static List<Violation> check(History history, Stored stored, UnaryOperator<String> expected) {
        HistoryChecker checker = new HistoryChecker(history, stored);
        checker.submissions();
        checker.sets();
        stored.tasks().forEach(task -> checker.task(task, expected));
        checker.events();
        return List.copyOf(checker.violations);
    }

    private void submissions() {
        history.open().forEach(key -> found(Kind.UNSETTLED, key));
        history.acknowledged().forEach((key, ids) -> {
            if (ids.size() > 1) {
                found(Kind.ANOTHER_TASK, key + " is " + ids);
            }
        });
    }

    private void sets() {
        Set<String> kept = stored.tasks().stream().map(Stored.Task::id).collect(Collectors.toSet());
        Set<String> told = new HashSet<>();
        history.acknowledged().forEach((key, ids) -> {
            told.addAll(ids);
            ids.stream().filter(id -> !kept.contains(id)).forEach(id -> found(Kind.LOST, key + ", task " + id));
        });
        stored.tasks().stream()
                .filter(task -> !told.contains(task.id()))
                .forEach(task -> found(Kind.UNKNOWN_TASK, task.key() + ", task " + task.id()));
    }

    private void task(Stored.Task task, UnaryOperator<String> expected) {
        String name = task.key() + ", task " + task.id();
        if (!task.ended()) {
            found(Kind.NOT_ENDED, name);
            return;
        }
        if (!task.output().equals(expected.apply(task.key()))) {
            found(Kind.WRONG_RESULT, name + " has '" + task.output() + "', " + task.end());
        }
        history.endsOf(task.id()).stream()
                .filter(seen -> !seen.equals(task.end()))
                .forEach(seen -> found(Kind.END_CHANGED, name + ": " + seen + ", then " + task.end()));
    }

    private void events() {
        Map<String, Long> endings = stored.endings().stream().collect(groupingBy(id -> id, counting()));
        Map<String, Map<String, Long>> told = stored.outbox().stream()
                .collect(groupingBy(Stored.Told::taskId, groupingBy(Stored.Told::about, counting())));
        for (Stored.Task task : stored.tasks()) {
            long times = endings.getOrDefault(task.id(), 0L);
            if (times != (task.ended() ? 1 : 0)) {
                found(Kind.NOT_ENDED_ONCE, "task " + task.id() + " says so " + times + " times");
            }
            Map<String, Long> events = told.getOrDefault(task.id(), Map.of());
            events.forEach((about, count) -> {
                if (count > 1) {
                    found(Kind.EVENT_REPEATED, about + " of task " + task.id() + ", " + count + " times");
                }
            });
            List<String> facts = new ArrayList<>(task.steps());
            if (task.ended()) {
                facts.add("task");
            }
            facts.stream()
                    .filter(fact -> !events.containsKey(fact))
                    .forEach(fact -> found(Kind.EVENT_MISSING, fact + " of task " + task.id()));
        }
    }

    private void found(Kind kind, String about) {
        violations.add(new Violation(kind, about));
    }
}
