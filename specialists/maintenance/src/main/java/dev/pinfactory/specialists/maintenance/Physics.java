package dev.pinfactory.specialists.maintenance;

import dev.pinfactory.specialists.tabular.Row;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.DoubleBinaryOperator;

/** Columns that follow from others by physics: what wears and breaks a machine is seldom one reading alone. */
final class Physics {
    private static final double WATTS_PER_NM_RPM = 2 * Math.PI / 60;

    private Physics() {}

    /** Adds the power in watts, how much warmer the process is than the air, and the load on a worn tool, where the readings for it are there. */
    static Row derive(Row row) {
        Map<String, Object> cells = new HashMap<>(row.cells());
        put(
                cells,
                "power_w",
                row.number("torque_nm"),
                row.number("rpm"),
                (torque, rpm) -> torque * rpm * WATTS_PER_NM_RPM);
        put(cells, "heat_k", row.number("process_temp_k"), row.number("air_temp_k"), (process, air) -> process - air);
        put(
                cells,
                "strain_nm_min",
                row.number("torque_nm"),
                row.number("tool_wear_min"),
                (torque, wear) -> torque * wear);
        return new Row(cells);
    }

    private static void put(
            Map<String, Object> cells,
            String column,
            OptionalDouble a,
            OptionalDouble b,
            DoubleBinaryOperator formula) {
        if (a.isPresent() && b.isPresent()) {
            cells.put(column, formula.applyAsDouble(a.getAsDouble(), b.getAsDouble()));
        }
    }
}
