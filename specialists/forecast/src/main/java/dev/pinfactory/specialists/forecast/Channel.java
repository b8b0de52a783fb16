package dev.pinfactory.specialists.forecast;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.pinfactory.proto.v1.Artifact;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One of the series of a call, with its holes filled.
 *
 * @param name empty where it has none
 * @param missing share of values that were not there
 */
record Channel(String name, double[] values, Optional<TimeSteps> times, double missing) {
    static final int MOST = 32;
    static final int LONGEST = 20_000;
    private static final int LONGEST_NAME = 200;

    /**
     * The channels of the list.
     *
     * @throws IllegalArgumentException when something is wrong with one; the message names the place
     */
    static List<Channel> of(Artifact list) {
        String port = list.getName();
        List<Artifact> items = list.getItems().getItemsList();
        if (items.isEmpty() || items.size() > MOST) {
            throw new IllegalArgumentException(
                    "'%s' has %,d series, expected 1 to %d".formatted(port, items.size(), MOST));
        }
        if (list.getItems().getHolesCount() > 0) {
            throw new IllegalArgumentException("'%s' has holes, expected every series".formatted(port));
        }
        List<Channel> channels = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            channels.add(of(port + "[" + i + "]", items.get(i).getJson().getStructValue()));
            int length = channels.get(i).values().length;
            if (length != channels.getFirst().values().length) {
                throw new IllegalArgumentException("%s[%d] has %,d values, %s[0] has %,d; expected as many"
                        .formatted(port, i, length, port, channels.getFirst().values().length));
            }
        }
        return List.copyOf(channels);
    }

    private static Channel of(String field, Struct json) {
        List<Value> values = json.getFieldsOrThrow("values").getListValue().getValuesList();
        if (values.size() > LONGEST) {
            throw new IllegalArgumentException(
                    "%s.values has %,d values, at most %,d are taken".formatted(field, values.size(), LONGEST));
        }
        String name =
                json.getFieldsOrDefault("name", Value.getDefaultInstance()).getStringValue();
        if (name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("%s.name is longer than %d".formatted(field, LONGEST_NAME));
        }
        Optional<TimeSteps> times = Optional.empty();
        if (json.containsFields("times")) {
            List<Value> written = json.getFieldsOrThrow("times").getListValue().getValuesList();
            if (written.size() != values.size()) {
                throw new IllegalArgumentException("%s.times has %,d entries, expected %,d as there are values"
                        .formatted(field, written.size(), values.size()));
            }
            if (!written.isEmpty()) {
                times = Optional.of(TimeSteps.of(
                        field + ".times",
                        written.stream().map(Value::getStringValue).toList()));
            }
        }
        double[] numbers = new double[values.size()];
        int missing = 0;
        for (int i = 0; i < numbers.length; i++) {
            Value value = values.get(i);
            numbers[i] = value.hasNumberValue() ? value.getNumberValue() : Double.NaN;
            if (!value.hasNumberValue()) {
                missing++;
            } else if (!(Math.abs(numbers[i]) <= 1e100)) {
                throw new IllegalArgumentException("%s.values[%d] is %s, expected a number of at most 1e100, or null"
                        .formatted(field, i, numbers[i]));
            }
        }
        fill(numbers);
        return new Channel(name, numbers, times, numbers.length == 0 ? 0 : (double) missing / numbers.length);
    }

    /** Holes become a straight line between their neighbours, at the ends the nearest value. */
    private static void fill(double[] values) {
        int known = -1;
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i])) {
                continue;
            }
            for (int hole = known + 1; hole < i; hole++) {
                double share = known < 0 ? 1 : (double) (hole - known) / (i - known);
                values[hole] = (known < 0 ? 0 : (1 - share) * values[known]) + share * values[i];
            }
            known = i;
        }
        for (int hole = known + 1; hole < values.length && known >= 0; hole++) {
            values[hole] = values[known];
        }
    }
}
