package dev.pinfactory.specialists.normaliser;

import java.util.Optional;

/**
 * How a text writes, where its language, the caller or the text itself tells.
 *
 * @param tongue its language
 * @param order of day and month where only numbers stand
 * @param mark before the decimals
 */
record Writing(Optional<Tongue> tongue, Optional<DateOrder> order, Optional<Numeral.Mark> mark) {
    /** Which comes first. */
    enum DateOrder {
        DMY,
        MDY
    }

    /**
     * @param language BCP 47; empty when unknown
     * @param asked by the caller; goes before everything
     */
    static Writing of(String text, String language, Optional<DateOrder> asked) {
        Optional<Tongue> tongue = Tongue.of(language, text);
        Optional<DateOrder> order = asked.or(() -> usual(language, tongue)).or(() -> NumericDates.shown(text));
        Optional<Numeral.Mark> mark = Numeral.shown(text).or(() -> tongue.flatMap(Writing::usual));
        return new Writing(tongue, order, mark);
    }

    private static Optional<DateOrder> usual(String language, Optional<Tongue> tongue) {
        return switch (language) {
            case "en-US" -> Optional.of(DateOrder.MDY);
            case "en-GB", "en-AU", "en-NZ", "en-IE", "en-IN" -> Optional.of(DateOrder.DMY);
            default -> tongue.filter(known -> known != Tongue.ENGLISH).map(continental -> DateOrder.DMY);
        };
    }

    /** French groups with blanks, so that a point before three digits is nothing that French writes; a comma is. */
    private static Optional<Numeral.Mark> usual(Tongue tongue) {
        return Optional.of(tongue == Tongue.ENGLISH ? Numeral.Mark.POINT : Numeral.Mark.COMMA);
    }
}
