package dev.pinfactory.specialists.receiptfields;

import java.util.List;

/** Everything in a receipt that a field could be, with what speaks for and against it. */
@FunctionalInterface
interface CandidateFinder {
    List<Candidate> find(Receipt receipt);

    static CandidateFinder of(Field field) {
        return switch (field) {
            case COMPANY -> new CompanyCandidates();
            case DATE -> new DateCandidates();
            case ADDRESS -> new AddressCandidates();
            case TOTAL -> new TotalCandidates();
        };
    }
}
