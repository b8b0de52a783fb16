package dev.pinfactory.specialists.training.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All monitors of one specialist together: of what it is given, what it says, how sure it is, what people find wrong, and where a shadow disagrees. It learns first
 * what is usual, and watches then; after an alarm it is silent until it is told to learn anew. Memory is bounded by the reference. Deterministic by its seed. Not
 * thread-safe.
 */
public final class SpecialistMonitor {
    /** ADWIN's bound is loose, and people judge few of the calls: this is far below one false alarm in 20,000 calls. */
    private static final double DELTA = 1e-4;

    private final MonitorSettings settings;
    private final long seed;
    private final List<Observation> reference = new ArrayList<>();
    private Adwin errors = new Adwin(DELTA);
    private Adwin disagreement = new Adwin(DELTA);

    @Nullable
    private Window window;

    private double[] thresholds = {};
    private boolean alarmed;
    private long observed;

    public SpecialistMonitor(MonitorSettings settings, long seed) {
        this.settings = settings;
        this.seed = seed;
    }

    /** Whether it has seen enough to notice anything. */
    public boolean watches() {
        return window != null && !alarmed;
    }

    /**
     * One more call.
     *
     * @throws IllegalArgumentException when its embedding has another length than those before
     */
    public Optional<Alarm> observe(Observation observation) {
        if (!reference.isEmpty() && reference.getFirst().embedding().length != observation.embedding().length) {
            throw new IllegalArgumentException("the embedding has " + observation.embedding().length
                    + " dimensions, expected " + reference.getFirst().embedding().length);
        }
        observed++;
        if (window == null) {
            reference.add(observation);
            if (reference.size() == settings.reference()) {
                thresholds = Thresholds.of(reference, settings, seed);
                window = new Window(reference, settings.window());
            }
            return Optional.empty();
        }
        window.add(observation);
        return alarmed || !window.full() || observed % settings.stride() != 0 ? Optional.empty() : look(window);
    }

    private Optional<Alarm> look(Window full) {
        List<Distance> distances = full.distances();
        for (int i = 0; i < thresholds.length; i++) {
            Distance.Measured measured = distances.get(i).measure();
            if (measured.value() > thresholds[i]) {
                return alarm(distances.get(i).monitor(), measured.field(), measured.value(), thresholds[i]);
            }
        }
        return Optional.empty();
    }

    /** A person has said whether an answer was right, however late. */
    public Optional<Alarm> judged(boolean right) {
        return rising(errors.add(!right), Alarm.Monitor.ERRORS, "error");
    }

    /** A shadow was given the same. */
    public Optional<Alarm> compared(boolean agreed) {
        return rising(disagreement.add(!agreed), Alarm.Monitor.DISAGREEMENT, "disagreement");
    }

    /** Better than before is no alarm. */
    private Optional<Alarm> rising(Optional<Adwin.Change> change, Alarm.Monitor monitor, String field) {
        return change.filter(found -> found.after() > found.before() && !alarmed)
                .flatMap(found -> alarm(monitor, field, found.after() - found.before(), found.bound()));
    }

    private Optional<Alarm> alarm(Alarm.Monitor monitor, String field, double value, double threshold) {
        alarmed = true;
        return Optional.of(new Alarm(monitor, field, observed, value, threshold));
    }

    /** What comes from now on is the usual: after a new version, or when an alarm was none. */
    public void relearn() {
        reference.clear();
        window = null;
        alarmed = false;
        errors = new Adwin(DELTA);
        disagreement = new Adwin(DELTA);
    }
}
