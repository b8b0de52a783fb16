package dev.pinfactory.specialists.normaliser;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.YearMonth;
import java.util.Optional;

/** Days that exist, in ISO 8601. */
final class Days {
    /** Two digits stand for the hundred years that begin with this one. */
    private static final int PIVOT = 1950;

    private Days() {}

    static Optional<String> date(String year, String month, String day) {
        try {
            return Optional.of(LocalDate.of(year(year), Integer.parseInt(month), Integer.parseInt(day))
                    .toString());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    static Optional<String> dayOfYear(String month, String day) {
        try {
            return Optional.of(
                    MonthDay.of(Integer.parseInt(month), Integer.parseInt(day)).toString());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    static String month(String year, int month) {
        return YearMonth.of(year(year), month).toString();
    }

    private static int year(String digits) {
        int year = Integer.parseInt(digits);
        if (digits.length() > 2) {
            if (year < 1000) {
                throw new DateTimeException("no year of four digits");
            }
            return year;
        }
        int century = PIVOT / 100 * 100;
        return century + year < PIVOT ? century + 100 + year : century + year;
    }
}
