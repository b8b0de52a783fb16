package dev.pinfactory.router.planner.bind;

import dev.pinfactory.proto.v1.InputDescription;
import dev.pinfactory.proto.v1.Port;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which tables a specialist can read, as far as its card names columns. */
public final class TableColumns {
    /** A specialist of which less is there would have little more to go by than the average of all rows. */
    private static final double LEAST = 0.5;

    private TableColumns() {}

    /** Whether the input may be a table for the port: that columns are missing has to be known. */
    public static boolean mayFit(Port port, InputDescription input) {
        if (port.getColumnsCount() == 0 || input.getColumnsCount() == 0) {
            return true;
        }
        Set<String> there = new HashSet<>(input.getColumnsList());
        long found = port.getColumnsList().stream().filter(there::contains).count();
        return found >= LEAST * port.getColumnsCount();
    }

    /** The inputs whose columns fit; all where none's do. */
    static List<InputDescription> fitting(Port port, List<InputDescription> inputs) {
        List<InputDescription> fitting =
                inputs.stream().filter(input -> mayFit(port, input)).toList();
        return fitting.isEmpty() ? inputs : fitting;
    }
}
