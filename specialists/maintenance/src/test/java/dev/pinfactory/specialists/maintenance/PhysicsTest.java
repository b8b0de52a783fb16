package dev.pinfactory.specialists.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pinfactory.specialists.tabular.Row;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PhysicsTest {
    @Test
    void powerIsTorqueTimesAngularSpeed() {
        Row row = Physics.derive(new Row(Map.of("torque_nm", 40.0, "rpm", "1500")));
        assertThat(row.number("power_w").orElseThrow()).isCloseTo(6283.2, within(0.1));
    }

    @Test
    void whatCanNotBeComputedIsNotThere() {
        Row row = Physics.derive(new Row(Map.of("torque_nm", 40.0)));
        assertThat(row.cells()).containsOnlyKeys("torque_nm");
    }
}
