package dev.pinfactory.orchestrator.service.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class AdmissionTest {
    private final Admission admission = admission(40, 100);

    private static Admission admission(int queue, int perTenant) {
        return new Admission(new AdmissionLimits(1, 1, queue, perTenant, DataSize.ofKilobytes(1)));
    }

    @Test
    void whoComesWhenAllIsTakenIsToldWhenToComeAgain() {
        for (int i = 0; i < 21; i++) {
            enter(Task.Priority.INTERACTIVE);
        }
        assertThatThrownBy(() -> enter(Task.Priority.INTERACTIVE))
                .isInstanceOfSatisfying(PinfactoryException.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo(ErrorCode.OVERLOADED);
                    assertThat(refusal.retryAfter()).isPresent();
                });
        assertThat(admission.refused()).isEqualTo(1);
        assertThat(admission.running()).isEqualTo(1);
        assertThat(admission.waiting()).isEqualTo(20);
    }

    @Test
    void whoWaitsForASilentEndpointLeavesThePlaceToAnother() {
        Admission.Place stuck = enter(Task.Priority.INTERACTIVE);
        Admission.Place next = enter(Task.Priority.INTERACTIVE);
        stuck.silent(true);
        assertThat(next.turn()).isDone();
        stuck.silent(false);
        assertThat(enter(Task.Priority.INTERACTIVE).turn()).isNotDone();
        next.close();
        assertThat(admission.running()).isEqualTo(1);
        assertThat(admission.waiting()).isEqualTo(1);
    }

    @Test
    void noMorePlacesAreLeftThanThereAre() {
        Admission.Place stuck = enter(Task.Priority.INTERACTIVE);
        Admission.Place second = enter(Task.Priority.INTERACTIVE);
        Admission.Place third = enter(Task.Priority.INTERACTIVE);
        stuck.silent(true);
        second.silent(true);
        assertThat(third.turn()).isNotDone();
    }

    @Test
    void aSilentPlaceThatIsGivenUpIsLeftOnce() {
        Admission.Place stuck = enter(Task.Priority.INTERACTIVE);
        stuck.silent(true);
        stuck.silent(true);
        Admission.Place next = enter(Task.Priority.INTERACTIVE);
        stuck.close();
        stuck.silent(false);
        assertThat(next.turn()).isDone();
        assertThat(enter(Task.Priority.INTERACTIVE).turn()).isNotDone();
    }

    @Test
    void oneTenantTakesNoMoreThanItsShare() {
        Admission shared = admission(20, 2);
        shared.enter("a", Task.Priority.INTERACTIVE, 1, false);
        Admission.Place second = shared.enter("a", Task.Priority.INTERACTIVE, 1, false);
        assertThatThrownBy(() -> shared.enter("a", Task.Priority.INTERACTIVE, 1, false))
                .hasMessageContaining("share");
        assertThat(shared.enter("b", Task.Priority.INTERACTIVE, 1, false)).isNotNull();
        second.close();
        assertThat(shared.enter("a", Task.Priority.INTERACTIVE, 1, false)).isNotNull();
    }

    @Test
    void theBytesOfAllRequestsAreBounded() {
        admission.enter("a", Task.Priority.INTERACTIVE, 1_000, false);
        assertThatThrownBy(() -> admission.enter("a", Task.Priority.INTERACTIVE, 25, false))
                .hasMessageContaining("bytes");
    }

    @Test
    void aTenantThatFloodsTheQueueLeavesRoomForOthers() {
        for (int i = 0; i < 21; i++) {
            enter(Task.Priority.INTERACTIVE);
        }
        for (int i = 0; i < 10; i++) {
            admission.enter("b", Task.Priority.INTERACTIVE, 1, false);
        }
        assertThatThrownBy(() -> admission.enter("b", Task.Priority.INTERACTIVE, 1, false))
                .hasMessageContaining("as many tasks as it takes");
        assertThat(admission.enter("c", Task.Priority.INTERACTIVE, 1, false)).isNotNull();
    }

    @Test
    void tenantsTakeTurns() {
        Admission.Place running = enter(Task.Priority.INTERACTIVE);
        List<Admission.Place> flood = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            flood.add(enter(Task.Priority.INTERACTIVE));
        }
        Admission.Place other = admission.enter("b", Task.Priority.INTERACTIVE, 1, false);
        running.close();
        assertThat(flood.getFirst().turn()).isDone();
        flood.getFirst().close();
        assertThat(other.turn()).isDone();
    }

    @Test
    void ofThoseWhoWaitForAResultFewQueue() {
        for (int i = 0; i < 2; i++) {
            admission.enter("a", Task.Priority.INTERACTIVE, 1, true);
        }
        assertThatThrownBy(() -> admission.enter("a", Task.Priority.INTERACTIVE, 1, true))
                .isInstanceOf(PinfactoryException.class);
        assertThat(admission.enter("b", Task.Priority.INTERACTIVE, 1, true)).isNotNull();
        assertThat(admission.enter("a", Task.Priority.INTERACTIVE, 1, false)).isNotNull();
    }

    @Test
    void whoIsWaitedForGoesFirstAndNobodyIsStarved() {
        Admission busy = new Admission(new AdmissionLimits(30, 30, 100, 100, DataSize.ofKilobytes(1)));
        List<Admission.Place> running = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            running.add(busy.enter("a", Task.Priority.INTERACTIVE, 1, true));
        }
        Map<String, List<Admission.Place>> waiting = Map.of(
                "batch", places(busy, Task.Priority.BATCH, false),
                "accepted", places(busy, Task.Priority.INTERACTIVE, false),
                "waited for", places(busy, Task.Priority.INTERACTIVE, true));
        running.subList(0, 16).forEach(Admission.Place::close);
        assertThat(started(waiting.get("batch"))).isEqualTo(2);
        assertThat(started(waiting.get("accepted"))).isEqualTo(2);
        assertThat(started(waiting.get("waited for"))).isEqualTo(12);
    }

    private static List<Admission.Place> places(Admission busy, Task.Priority priority, boolean waitedFor) {
        List<Admission.Place> places = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            places.add(busy.enter("a", priority, 1, waitedFor));
        }
        return places;
    }

    private static long started(List<Admission.Place> places) {
        return places.stream().filter(place -> place.turn().isDone()).count();
    }

    @Test
    void whoGivesUpHisPlaceInTheQueueMakesRoom() {
        Admission.Place running = enter(Task.Priority.INTERACTIVE);
        Admission.Place impatient = enter(Task.Priority.INTERACTIVE);
        Admission.Place patient = enter(Task.Priority.INTERACTIVE);
        impatient.close();
        running.close();
        running.close();
        assertThat(patient.turn()).isDone();
        assertThat(impatient.turn()).isNotDone();
        assertThat(admission.running()).isEqualTo(1);
        assertThat(admission.enterIfFree("a", Task.Priority.BATCH, 1)).isEmpty();
        patient.close();
        assertThat(admission.enterIfFree("a", Task.Priority.BATCH, 1)).isPresent();
    }

    /** Or those of a process that died would be taken up a few at a time, once in each round of the leases. */
    @Test
    void tasksThatAreTakenOverWaitForTheirTurnUpToTheMostThatMayRun() {
        Admission adaptive = new Admission(new AdmissionLimits(1, 3, 100, 100, DataSize.ofKilobytes(1)));
        Admission.Place first =
                adaptive.enterIfFree("a", Task.Priority.INTERACTIVE, 1).orElseThrow();
        Admission.Place second =
                adaptive.enterIfFree("a", Task.Priority.INTERACTIVE, 1).orElseThrow();
        assertThat(adaptive.enterIfFree("a", Task.Priority.INTERACTIVE, 1)).isPresent();
        assertThat(adaptive.enterIfFree("a", Task.Priority.INTERACTIVE, 1)).isEmpty();
        assertThat(adaptive.running()).isEqualTo(1);
        assertThat(second.turn()).isNotDone();
        first.close();
        assertThat(second.turn()).isDone();
        assertThat(adaptive.free()).isEqualTo(1);
    }

    private Admission.Place enter(Task.Priority priority) {
        return admission.enter("a", priority, 1, false);
    }
}
