package dev.pinfactory.faults.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.faults.history.Stored.Task;
import dev.pinfactory.faults.history.Stored.Told;
import dev.pinfactory.faults.history.Violation.Kind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The checker finds every violation that is made here, and nothing in a history that is right. */
class HistoryCheckerTest {
    private static final String END = "COMPLETE at noon";

    private final History history = new History();
    private final List<Task> tasks = new ArrayList<>();
    private final List<String> endings = new ArrayList<>();
    private final List<Told> outbox = new ArrayList<>();

    HistoryCheckerTest() {
        for (int i = 0; i < 3; i++) {
            history.begin("k" + i);
            history.acknowledge("k" + i, "t" + i);
            history.sawEnd("t" + i, END);
            tasks.add(new Task("t" + i, "k" + i, END, "k" + i, List.of("step first"), 1));
            endings.add("t" + i);
            outbox.add(new Told("s" + i, "t" + i, "step first"));
            outbox.add(new Told("e" + i, "t" + i, "task"));
        }
    }

    private List<Kind> found() {
        return HistoryChecker.check(history, new Stored(tasks, endings, outbox), key -> key).stream()
                .map(Violation::kind)
                .toList();
    }

    @Test
    void aHistoryThatIsRightHasNoViolation() {
        assertThat(found()).isEmpty();
    }

    @Test
    void anAcknowledgedTaskThatIsGoneIsLost() {
        tasks.remove(1);
        assertThat(found()).containsExactly(Kind.LOST);
    }

    @Test
    void aTaskThatNobodyWasToldOfIsFound() {
        tasks.add(new Task("t9", "k1", END, "k1", List.of(), 1));
        endings.add("t9");
        outbox.add(new Told("e9", "t9", "task"));
        assertThat(found()).containsExactly(Kind.UNKNOWN_TASK);
    }

    @Test
    void aSubmissionOfUnknownOutcomeIsSettledByBeingSentAgain() {
        history.begin("k3");
        assertThat(found()).containsExactly(Kind.UNSETTLED);
        history.acknowledge("k3", "t3");
        tasks.add(new Task("t3", "k3", END, "k3", List.of(), 1));
        endings.add("t3");
        outbox.add(new Told("e3", "t3", "task"));
        assertThat(found()).isEmpty();
    }

    @Test
    void aKeyThatBecameTwoTasksIsFound() {
        history.acknowledge("k1", "t2");
        assertThat(found()).containsExactly(Kind.ANOTHER_TASK);
    }

    @Test
    void aTaskThatDidNotEndIsFound() {
        tasks.set(0, new Task("t0", "k0", "", "", List.of("step first"), 1));
        endings.remove("t0");
        assertThat(found()).containsExactly(Kind.NOT_ENDED);
    }

    @Test
    void aTaskThatEndedTwiceIsFound() {
        endings.add("t2");
        assertThat(found()).containsExactly(Kind.NOT_ENDED_ONCE);
    }

    @Test
    void anEndThatChangedBetweenTwoReadersIsFound() {
        history.sawEnd("t2", "FAILED at noon");
        assertThat(found()).containsExactly(Kind.END_CHANGED);
    }

    @Test
    void anotherTasksResultIsFound() {
        tasks.set(0, new Task("t0", "k0", END, "k1", List.of("step first"), 1));
        assertThat(found()).containsExactly(Kind.WRONG_RESULT);
    }

    @Test
    void anEventThatIsToldTwiceUnderAnotherIdIsFound() {
        outbox.add(new Told("again", "t1", "task"));
        assertThat(found()).containsExactly(Kind.EVENT_REPEATED);
    }

    @Test
    void anEventThatIsNotToldIsFound() {
        outbox.removeIf(told -> told.id().equals("s1"));
        assertThat(found()).containsExactly(Kind.EVENT_MISSING);
    }
}
