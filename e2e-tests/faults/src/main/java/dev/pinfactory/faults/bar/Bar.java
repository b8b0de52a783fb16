package dev.pinfactory.faults.bar;

import java.nio.file.Path;
import java.util.Map;

/** A promise with a number, and what tries to break it. One class for each; a suite lists them. */
public interface Bar {
    /** As in {@code R1}. */
    String id();

    /** The promise, in a line. */
    String title();

    /** What is counted, such as {@code kills}. */
    String unit();

    /** What the sabotage breaks: with it the bar has to fail, or it proves nothing. */
    String sabotage();

    /** How many rounds the form has. Long forms are resumed between rounds. */
    int rounds(Form form);

    /** Starts what the rounds need. */
    Trial start(Setting setting) throws Exception;

    /**
     * What a trial runs in.
     *
     * @param sabotage whether the seeded bug is switched on
     * @param folder for its files; gone afterwards
     * @param tried what the parts of the bar were tried with in earlier calls, for a bar that has parts
     */
    record Setting(Form form, boolean sabotage, Path folder, Map<String, Long> tried) {
        public Setting {
            tried = Map.copyOf(tried);
        }
    }
}
