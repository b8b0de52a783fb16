package dev.pinfactory.router.llm;

import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.router.planner.PlanningRequest;
import java.util.List;

/** Chooses the specialists that the language model is shown. It sees no others, so what is needed on the way (a reader, an OCR) belongs to them. */
@FunctionalInterface
public interface ShortLister {
    /** The best first, at most so many. */
    List<Contract> shortList(PlanningRequest request, int atMost);

    /** By words that instruction and card share; the whole catalogue where it is small enough. */
    static ShortLister byWords() {
        return new WordShortLister();
    }
}
