package dev.pinfactory.orchestrator.service.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.Task;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class AdmissionTest {
    private final Admission admission = new Admission(new AdmissionLimits(1, 20, 21, DataSize.ofKilobytes(1)));

    @Test
    void whoComesWhenAllIsTakenIsToldWhenToComeAgain() {
        for (int i = 0; i < 21; i++) {
            enter(Task.Priority.INTERACTIVE);
        }
        assertThatThrownBy(() -> admission.enter("other", Task.Priority.INTERACTIVE, 1))
                .isInstanceOfSatisfying(PinfactoryException.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo(ErrorCode.OVERLOADED);
                    assertThat(refusal.retryAfter()).isPresent();
                });
        assertThat(admission.refused()).isEqualTo(1);
        assertThat(admission.running()).isEqualTo(1);
        assertThat(admission.waiting()).isEqualTo(20);
    }

    @Test
    void oneTenantTakesNoMoreThanItsShare() {
        Admission shared = new Admission(new AdmissionLimits(1, 20, 2, DataSize.ofKilobytes(1)));
        shared.enter("a", Task.Priority.INTERACTIVE, 1);
        Admission.Place second = shared.enter("a", Task.Priority.INTERACTIVE, 1);
        assertThatThrownBy(() -> shared.enter("a", Task.Priority.INTERACTIVE, 1))
                .hasMessageContaining("share");
        assertThat(shared.enter("b", Task.Priority.INTERACTIVE, 1)).isNotNull();
        second.close();
        assertThat(shared.enter("a", Task.Priority.INTERACTIVE, 1)).isNotNull();
    }

    @Test
    void theBytesOfAllRequestsAreBounded() {
        admission.enter("a", Task.Priority.INTERACTIVE, 1_000);
        assertThatThrownBy(() -> admission.enter("a", Task.Priority.INTERACTIVE, 25))
                .hasMessageContaining("bytes");
    }

    @Test
    void interactiveGoesFirstAndBatchIsNotStarved() {
        Admission.Place running = enter(Task.Priority.INTERACTIVE);
        List<Admission.Place> waiting = new ArrayList<>();
        Admission.Place batch = enter(Task.Priority.BATCH);
        for (int i = 0; i < 12; i++) {
            waiting.add(enter(Task.Priority.INTERACTIVE));
        }
        int before = 0;
        running.close();
        while (!batch.turn().isDone()) {
            waiting.get(before).close();
            before++;
        }
        assertThat(before).isEqualTo(7);
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

    private Admission.Place enter(Task.Priority priority) {
        return admission.enter("a", priority, 1);
    }
}
