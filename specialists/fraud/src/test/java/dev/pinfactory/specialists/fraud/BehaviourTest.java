package dev.pinfactory.specialists.fraud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pinfactory.specialists.tabular.Row;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BehaviourTest {
    private static final double DAY = 86_400;

    @Test
    void aFraudIsKnownAWeekLater() {
        Behaviour behaviour = Behaviour.of(List.of(payment(10, "a", 20, true)));
        assertThat(known(behaviour, 16.9)).isZero();
        assertThat(known(behaviour, 17.1)).isEqualTo(1);
    }

    @Test
    void theAmountIsComparedWithWhatTheCardPaidBefore() {
        Behaviour behaviour = Behaviour.of(
                List.of(payment(1, "a", 10, false), payment(2, "a", 30, false), payment(9, "a", 500, false)));
        Row row = behaviour.describe(payment(8, "a", 60, false));
        assertThat(row.number("amount_to_customer_mean").orElseThrow()).isCloseTo(3, within(1e-9));
        assertThat(row.number("customer_count_30d").orElseThrow()).isEqualTo(2);
    }

    @Test
    void theOrderOfTheRowsDoesNotMatter() {
        Transaction first = payment(1, "a", 10, true);
        Transaction second = payment(9, "a", 30, false);
        Transaction asked = payment(20, "a", 60, false);
        assertThat(Behaviour.of(List.of(second, first)).describe(asked))
                .isEqualTo(Behaviour.of(List.of(first, second)).describe(asked));
    }

    @Test
    void theOutcomeOfATransactionSaysNothingOfItself() {
        Transaction fraud = payment(20, "a", 60, true);
        Transaction honest = payment(20, "a", 60, false);
        assertThat(Behaviour.of(List.of(fraud)).describe(fraud))
                .isEqualTo(Behaviour.of(List.of(honest)).describe(honest));
    }

    private static double known(Behaviour behaviour, double day) {
        return behaviour
                .describe(payment(day, "b", 1, false))
                .number("terminal_known_frauds")
                .orElseThrow();
    }

    private static Transaction payment(double day, String customer, double amount, boolean fraud) {
        return new Transaction(day * DAY, customer, "t", amount, Optional.of(fraud));
    }
}
