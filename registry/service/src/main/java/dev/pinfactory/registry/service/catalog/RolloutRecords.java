package dev.pinfactory.registry.service.catalog;

import dev.pinfactory.proto.v1.Judgement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What a change of the catalogue may read and write of judgements, stages and reports. */
public interface RolloutRecords {
    /** The size of a model, if its bytes are here. */
    OptionalLong modelSize(String digest);

    /** The stages of a specialist's versions that are tried or in use. */
    List<Stage> stages(String specialist);

    void save(Stage stage);

    void end(Stage stage);

    Optional<Verdict> verdict(String specialist, String number);

    /** Writes a judgement that counts, in place of the one before, with its page. */
    void save(String specialist, String number, Judgement judgement, String report, Instant now);

    /** A judgement that there may be moves the version no more. */
    void discount(String specialist, String number);

    /** The last report of a reporter that was counted, or 0. */
    long lastReport(String reporter);

    void reported(String reporter, long sequence, Instant now);

    /** Ids of specialists with a version that may move by itself: judged, tried, or champion since this moment with one to go back to. */
    List<String> onTheWay(Instant championSince);
}
