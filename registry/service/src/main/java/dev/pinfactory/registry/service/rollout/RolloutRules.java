package dev.pinfactory.registry.service.rollout;

import dev.pinfactory.proto.v1.Version.State;
import dev.pinfactory.registry.service.catalog.PublishedVersion;
import dev.pinfactory.registry.service.catalog.Stage;
import dev.pinfactory.registry.service.catalog.Verdict;
import dev.pinfactory.registry.service.rollout.Decision.Move;
import dev.pinfactory.registry.service.rollout.Decision.Rest;
import dev.pinfactory.registry.service.rollout.Decision.Wait;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Decides what becomes of a version. Knows no clock and asks nobody: the same situation, the same decision. */
public final class RolloutRules {
    private static final int ALL = 100;
    private static final String NO_CHAMPION = "there is no champion to compare with";

    private final RolloutPolicy policy;

    public RolloutRules(RolloutPolicy policy) {
        this.policy = policy;
    }

    public Decision decide(Situation situation) {
        return switch (situation.version().state()) {
            case CANDIDATE -> candidate(situation);
            case SHADOW ->
                situation.stage().map(stage -> shadow(situation, stage)).orElseGet(Rest::new);
            case CANARY ->
                situation.stage().map(stage -> canary(situation, stage)).orElseGet(Rest::new);
            case CHAMPION ->
                situation.stage().map(stage -> champion(situation, stage)).orElseGet(Rest::new);
            case RETIRED, REJECTED, STATE_UNSPECIFIED, UNRECOGNIZED -> new Rest();
        };
    }

    private Decision candidate(Situation situation) {
        return unjudged(situation)
                .orElseGet(() -> on(Transition.TRY_BESIDE, 0, "judged and passed against " + champion(situation)));
    }

    private Decision shadow(Situation situation, Stage stage) {
        List<Finding> findings = new Comparison(policy, stage).ofShadow();
        if (stage.rival().isEmpty()) {
            return new Wait(NO_CHAMPION, true);
        }
        Optional<String> worse = worse(findings);
        if (worse.isPresent()) {
            return back(Transition.REJECT_SHADOW, worse.get());
        }
        if (judgedAgainstAnother(situation)) {
            return on(Transition.JUDGE_AGAIN, 0, champion(situation) + " is the champion now");
        }
        return unjudged(situation)
                .or(() -> tooEarly(situation, stage, "compared", stage.own().compared(), policy.shadowCalls()))
                .or(() -> doubtful(findings))
                .or(() -> unready(situation))
                .orElseGet(() -> on(
                        Transition.TRY_ON_SOME,
                        policy.canarySteps().getFirst(),
                        stage.own().agreed() + " of " + stage.own().compared() + " compared calls agreed"));
    }

    private Decision canary(Situation situation, Stage stage) {
        List<Finding> findings = new Comparison(policy, stage).ofUse();
        Optional<String> worse = worse(findings);
        if (worse.isPresent()) {
            return back(Transition.REJECT_CANARY, worse.get());
        }
        if (judgedAgainstAnother(situation)) {
            return on(Transition.STOP_TRYING, 0, champion(situation) + " is the champion now");
        }
        String reason = "as good as the champion in " + stage.own().calls() + " calls";
        int share = situation.version().weightPercent();
        Optional<Integer> wider =
                policy.canarySteps().stream().filter(step -> step > share).findFirst();
        return unjudged(situation)
                .or(() -> tooEarly(situation, stage, "answered", stage.own().calls(), policy.canaryCalls()))
                .or(() -> doubtful(findings))
                .or(() -> unready(situation))
                .orElseGet(() -> wider.map(step -> on(Transition.TRY_ON_MORE, step, reason))
                        .orElseGet(() -> on(Transition.PROMOTE, 0, reason)));
    }

    private Decision champion(Situation situation, Stage stage) {
        Instant over = stage.startedAt().plus(policy.probation());
        if (stage.rival().isEmpty() || !situation.now().isBefore(over)) {
            return new Rest();
        }
        Optional<String> worse = worse(new Comparison(policy, stage).ofUse());
        if (worse.isEmpty()) {
            return new Wait("on probation until " + over, false);
        }
        if (!situation.canGoBack()) {
            return new Wait(
                    "is worse, but " + stage.rival().orElseThrow() + " can't serve again: " + worse.get(), true);
        }
        return back(Transition.ROLL_BACK, worse.get());
    }

    /** What is worse beyond chance, the surest first. */
    private Optional<String> worse(List<Finding> findings) {
        double bound = Math.log(Comparison.TESTS / policy.level());
        return findings.stream()
                .filter(finding -> finding.evidence() >= bound)
                .max(Comparator.comparingDouble(Finding::evidence))
                .map(finding -> String.format(
                        Locale.ROOT,
                        "%s (likelihood ratio 10^%.1f, bound 10^%.1f)",
                        finding.what(),
                        finding.evidence() / Math.log(10),
                        bound / Math.log(10)));
    }

    private static Optional<Decision> doubtful(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> !finding.good())
                .findFirst()
                .map(finding -> new Wait("more calls, to tell whether it is worse: " + finding.what(), false));
    }

    private static Optional<Decision> unjudged(Situation situation) {
        String champion = champion(situation);
        if (champion.isEmpty()) {
            return Optional.of(new Wait(NO_CHAMPION, true));
        }
        return situation
                        .verdict()
                        .filter(verdict -> verdict.speaksFor(champion))
                        .isPresent()
                ? Optional.empty()
                : Optional.of(new Wait("a judgement against the champion " + champion, false));
    }

    private static boolean judgedAgainstAnother(Situation situation) {
        return situation
                .verdict()
                .filter(Verdict::counts)
                .filter(verdict -> !verdict.judgement().getChampion().equals(champion(situation)))
                .isPresent();
    }

    private Optional<Decision> tooEarly(Situation situation, Stage stage, String done, long calls, int wanted) {
        if (calls < wanted) {
            return Optional.of(new Wait("calls: " + done + " " + calls + " of " + wanted, false));
        }
        Instant earliest = stage.startedAt().plus(policy.shortest());
        return situation.now().isBefore(earliest)
                ? Optional.of(new Wait("slow calls to end, until " + earliest, false))
                : Optional.empty();
    }

    private static Optional<Decision> unready(Situation situation) {
        if (!situation.alive()) {
            return Optional.of(new Wait("a host that serves it", false));
        }
        return situation.specialist().versions().stream()
                .filter(other -> other.state() == State.CANARY)
                .map(PublishedVersion::number)
                .filter(number -> !number.equals(situation.version().number()))
                .findFirst()
                .map(number -> new Wait("the canary " + number + " to be decided", false));
    }

    private Decision on(Transition transition, int weightPercent, String reason) {
        boolean enters = transition.isOn() && transition.from() != transition.to();
        if (enters && policy.approval().contains(transition.to())) {
            return new Wait("a person to make it " + transition.to() + ": " + reason, true);
        }
        if (!policy.automatic()) {
            return new Wait("a person, since automatic is off, to make it " + transition.to() + ": " + reason, true);
        }
        return new Move(transition, Math.min(weightPercent, ALL), reason);
    }

    private Decision back(Transition transition, String reason) {
        return policy.rollback()
                ? new Move(transition, 0, reason)
                : new Wait("a person, since rollback is off, to reject it: " + reason, true);
    }

    private static String champion(Situation situation) {
        return situation.specialist().champion().map(PublishedVersion::number).orElse("");
    }
}
